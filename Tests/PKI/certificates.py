"""The certificates of the test world: a root, two intermediates, their responders and timestamp authorities, and signers
in every state a signer can be in. Their addresses name the loopback port of this run; everything else is the same
every time."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

KEYS_FILE = Path(__file__).with_name("keys.pem")


def day(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def read_keys():
    """The private keys by name; a name stands on the line before its key."""
    keys, name, lines = {}, None, []
    for line in KEYS_FILE.read_text("ascii").splitlines():
        if not lines and not line.startswith("-----BEGIN"):
            name = line.strip()
            continue
        lines.append(line)
        if line.startswith("-----END"):
            keys[name] = load_pem_private_key("\n".join(lines).encode(), None)
            lines = []
    return keys


@dataclass
class Party:
    """Somebody with a key and a certificate. `issuer` is None for a root. `truth` says what a verdict must find."""

    name: str
    common_name: str
    key_name: str
    issuer: "Party | None" = None
    valid: tuple = (day("2020-01-01"), day("2045-01-01"))
    kind: str = "signer"
    ocsp: str | None = "good"
    crl: str | None = "good"
    issuers: str | None = "good"
    revoked: tuple | None = None
    pss: bool = False
    truth: str = "good"
    key: object = None
    certificate: x509.Certificate | None = field(default=None, repr=False)

    @property
    def chain(self):
        """The certificates above, without the root."""
        above, one = [], self.issuer
        while one and one.issuer:
            above.append(one)
            one = one.issuer
        return above


AUTHORITY_VALID = (day("2012-01-01"), day("2050-01-01"))
USES = {
    "responder": ExtendedKeyUsageOID.OCSP_SIGNING,
    "timestamp": ExtendedKeyUsageOID.TIME_STAMPING,
}


def serial_number(name):
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:12], "big") | 1 << 95


def subject(party):
    organisation = "Cơ quan thử nghiệm" if party.kind == "signer" else "Hạ tầng khóa thử nghiệm"
    return x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, party.common_name),
    ])


def key_usage(kind):
    wanted = {"authority": {"key_cert_sign", "crl_sign"}, "signer": {"digital_signature", "content_commitment"}}
    on = wanted.get(kind, {"digital_signature"})
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{name: name in on for name in names})


def digest_for(key):
    return hashes.SHA384() if getattr(key, "key_size", 0) == 384 else hashes.SHA256()


def issue(party, base_url):
    """Makes the party's certificate."""
    issuer = party.issuer or party
    public = party.key.public_key()
    builder = (
        x509.CertificateBuilder().subject_name(subject(party)).issuer_name(subject(issuer))
        .not_valid_before(party.valid[0]).not_valid_after(party.valid[1])
        .serial_number(serial_number(party.name)).public_key(public)
        .add_extension(x509.BasicConstraints(party.kind == "authority", None), critical=True)
        .add_extension(key_usage(party.kind), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False))
    if party.kind in USES:
        builder = builder.add_extension(x509.ExtendedKeyUsage([USES[party.kind]]), critical=party.kind == "timestamp")
    if party.kind == "responder":
        builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
    if party.issuer:
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
        builder = with_addresses(builder, party, base_url)
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32) if party.pss and isinstance(issuer.key, rsa.RSAPrivateKey) else None
    party.certificate = builder.sign(issuer.key, digest_for(issuer.key), rsa_padding=pss)


def with_addresses(builder, party, base_url):
    """Adds where the responder, the list and the issuer's certificate are; each address names how the answer shall be."""
    places, issuer = [], party.issuer
    if party.ocsp:
        places.append((AuthorityInformationAccessOID.OCSP, f"{base_url}/ocsp/{issuer.name}/{party.ocsp}"))
    if party.issuers:
        places.append((AuthorityInformationAccessOID.CA_ISSUERS, f"{base_url}/issuers/{issuer.name}/{party.issuers}"))
    if places:
        builder = builder.add_extension(x509.AuthorityInformationAccess(
            [x509.AccessDescription(kind, x509.UniformResourceIdentifier(url)) for kind, url in places]), critical=False)
    if party.crl:
        url = x509.UniformResourceIdentifier(f"{base_url}/crl/{issuer.name}/{party.crl}")
        builder = builder.add_extension(
            x509.CRLDistributionPoints([x509.DistributionPoint([url], None, None, None)]), critical=False)
    return builder
