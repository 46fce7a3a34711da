"""A certification authority of the tests' own: it makes the keys that lie on tokens in these tests."""

import datetime
import ipaddress
import struct
import zlib

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

START = datetime.datetime(2026, 1, 1)
END = datetime.datetime(2031, 1, 1)


class Authority:
    def __init__(self, name):
        self.key = rsa.generate_private_key(65537, 2048)
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        self.certificate = (
            self._builder(self.name, self.key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(self.key, hashes.SHA256()))

    def _builder(self, subject, key):
        return (
            x509.CertificateBuilder().subject_name(subject).issuer_name(self.name)
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(START).not_valid_after(END))

    def issue(self, name):
        """A key and its certificate, for signing documents."""
        key = rsa.generate_private_key(65537, 2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        certificate = (
            self._builder(subject, key)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(self.key, hashes.SHA256()))
        return key, certificate

    def write_root(self, path):
        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.DER))

    def write_key(self, name, folder, stem, passphrase):
        """`stem.p12` for the token and `stem.cer` for the office."""
        key, certificate = self.issue(name)
        hidden = serialization.BestAvailableEncryption(passphrase.encode())
        packed = pkcs12.serialize_key_and_certificates(
            name.encode(), key, certificate, [self.certificate], hidden)
        (folder / f"{stem}.p12").write_bytes(packed)
        (folder / f"{stem}.cer").write_bytes(certificate.public_bytes(serialization.Encoding.DER))
        return folder / f"{stem}.p12", folder / f"{stem}.cer"

    def signer(self, name):
        key, certificate = self.issue(name)
        der = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return signers.SimpleSigner(
            signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
            signing_key=asn1_keys.PrivateKeyInfo.load(der), cert_registry=SimpleCertificateStore())

    def tls_pem(self):
        """Key and certificate of 127.0.0.1."""
        key = rsa.generate_private_key(65537, 2048)
        here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        certificate = self._builder(subject, key).add_extension(here, critical=False).sign(
            self.key, hashes.SHA256())
        return key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption()) + certificate.public_bytes(serialization.Encoding.PEM)


def picture(red, green, blue, width=80, height=40):
    """A PNG with transparency: an oval line, as a signature or a seal is drawn for want of a real one."""
    rows = b""
    for y in range(height):
        rows += b"\0"
        for x in range(width):
            distance = ((x - width / 2) / (width / 2)) ** 2 + ((y - height / 2) / (height / 2)) ** 2
            rows += bytes((red, green, blue, 255 if 0.7 < distance < 0.95 else 0))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
