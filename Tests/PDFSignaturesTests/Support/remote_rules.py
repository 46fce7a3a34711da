"""What all signing services of these tests share: keys that sign for real, and how requests are looked at."""

import base64
import sys
import threading
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

FOLDER = Path(sys.argv[1])
SHA = {"2.16.840.1.101.3.4.2.1": hashes.SHA256(), "2.16.840.1.101.3.4.2.2": hashes.SHA384()}
LOCK = threading.Lock()
STATE = {"transactions": {}, "sads": {}, "otps": set(), "logins": 0, "tokens": {}}


def certificate(name):
    return (FOLDER / f"{name}.crt").read_bytes()


def key(name):
    return serialization.load_der_private_key((FOLDER / f"{name}.key").read_bytes(), None)


def b64(data):
    return base64.b64encode(data).decode()


def sign(name, digest, algorithm, pss=False, raw=False):
    private = key(name)
    prehashed = utils.Prehashed(algorithm)
    if isinstance(private, rsa.RSAPrivateKey):
        scheme = (padding.PSS(padding.MGF1(algorithm), algorithm.digest_size) if pss else padding.PKCS1v15())
        return private.sign(digest, scheme, prehashed)
    value = private.sign(digest, ec.ECDSA(prehashed))
    if raw:
        size = (private.key_size + 7) // 8
        value = b"".join(number.to_bytes(size, "big") for number in utils.decode_dss_signature(value))
    return value


class Refused(Exception):
    """An answer other than what was asked for."""

    def __init__(self, status, body):
        super().__init__(body)
        self.status, self.body = status, body


def wrong(message):
    return Refused(400, {"error": "invalid_request", "error_description": message})


def fields(body, required, optional=()):
    """Exactly these fields, of these types."""
    if not isinstance(body, dict):
        raise wrong("no object")
    for name, kind in required.items():
        if name not in body:
            raise wrong(f"missing {name}")
    kinds = dict(required, **dict(optional))
    for name, value in body.items():
        if name not in kinds:
            raise wrong(f"unknown field {name}")
        if not isinstance(value, kinds[name]) or (kinds[name] is int and isinstance(value, bool)):
            raise wrong(f"{name} is a {type(value).__name__}")


def decoded(text, size, what):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise wrong(f"{what} is no base64") from None
    if size is not None and len(data) != size:
        raise wrong(f"{what} has {len(data)} bytes")
    return data
