"""Certificates of the exchange: every installation has an authority, a server's certificate and one to call with."""

import hashlib
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSPHRASE = "chung-thu"
DAY = timedelta(days=1)


def name_of(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        folder.mkdir(parents=True, exist_ok=True)
        self.key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(timezone.utc)
        self.certificate = (
            x509.CertificateBuilder().subject_name(name_of(name)).issuer_name(name_of(name))
            .public_key(self.key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - 60 * DAY).not_valid_after(now + 300 * DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
            .add_extension(x509.KeyUsage(False, False, False, False, False, True, True, False, False), True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), False)
            .sign(self.key, hashes.SHA256()))
        self.roots = folder / "roots.pem"
        self.roots.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, name, valid=(-1, 30), server=False):
        """`valid`: the first and the last day, counted from now."""
        return Identity(self, name, valid, server)

    def revokes(self, path, identities=(), until_day=7):
        """A list of these certificates in place of the last, all at once; `until_day`: when the next is due, from now."""
        now = datetime.now(timezone.utc)
        end = now + until_day * DAY
        builder = (x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
                   .last_update(min(now, end) - DAY).next_update(end))
        for one in identities:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder().serial_number(one.serial).revocation_date(now - DAY).build())
        new = path.with_name(f".{path.name}")
        new.write_bytes(builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        new.replace(path)

    def signing_key(self, name):
        """A key to sign documents with, in a file that the passphrase opens."""
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(timezone.utc)
        certificate = (
            x509.CertificateBuilder().subject_name(name_of(name)).issuer_name(self.certificate.subject)
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - 10 * DAY).not_valid_after(now + 200 * DAY)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
            .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False)
            .sign(self.key, hashes.SHA256()))
        path = self.folder / f"{certificate.serial_number:x}.p12"
        path.write_bytes(pkcs12.serialize_key_and_certificates(
            name.encode(), key, certificate, [self.certificate],
            serialization.BestAvailableEncryption(PASSPHRASE.encode())))
        return path


class Identity:
    """A certificate with its key, in the files that either side of TLS wants."""

    def __init__(self, authority, name, valid, server):
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(timezone.utc)
        use = ExtendedKeyUsageOID.SERVER_AUTH if server else ExtendedKeyUsageOID.CLIENT_AUTH
        certificate = (
            x509.CertificateBuilder().subject_name(name_of(name)).issuer_name(authority.certificate.subject)
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now + valid[0] * DAY).not_valid_after(now + valid[1] * DAY)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
            .add_extension(x509.ExtendedKeyUsage([use]), False)
            .add_extension(x509.SubjectAlternativeName(
                [x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("localhost")]), False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), False)
            .sign(authority.key, hashes.SHA256()))
        self.fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
        self.serial = certificate.serial_number
        self.key_digest = hashlib.sha256(key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)).hexdigest()
        stem = authority.folder / f"{name}-{certificate.serial_number:x}"
        self.certificate = stem.with_suffix(".pem")
        self.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.key = stem.with_suffix(".key")
        self.key.write_bytes(key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        self.key.chmod(0o600)
        self.pkcs12 = stem.with_suffix(".p12")
        self.pkcs12.write_bytes(pkcs12.serialize_key_and_certificates(
            name.encode(), key, certificate, None,
            serialization.BestAvailableEncryption(PASSPHRASE.encode())))
