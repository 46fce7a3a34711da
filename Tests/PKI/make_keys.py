#!/usr/bin/env python3
"""Makes keys.pem, the private keys of the test world. They are kept in the repository, so that the world starts at once
and is the same every time; they guard nothing.

    Tests/PKI/make_keys.py > Tests/PKI/keys.pem
"""

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

KEYS = {
    "root": 4096, "other-root": 2048, "intermediate-rsa": 3072, "intermediate-ec": ec.SECP384R1(),
    "responder": 2048, "timestamp": 2048, "timestamp-ec": ec.SECP256R1(), "stranger": 2048,
    "rsa2048": 2048, "rsa3072": 3072, "rsa4096": 4096, "p256": ec.SECP256R1(), "p384": ec.SECP384R1(),
}


def main():
    for name, kind in KEYS.items():
        key = rsa.generate_private_key(65537, kind) if isinstance(kind, int) else ec.generate_private_key(kind)
        print(name)
        print(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(), end="")


if __name__ == "__main__":
    main()
