"""Who lives in the test world."""

from certificates import AUTHORITY_VALID, Party, day, issue, read_keys

OCSP_MODES = (
    "good", "by-key", "direct", "unknown", "try-later", "unauthorised", "internal-error", "malformed", "garbage", "empty",
    "wrong-nonce", "no-nonce", "other-certificate", "wrong-key", "stranger", "no-eku", "expired-responder", "stale",
    "future", "http-500", "html", "slow", "trickle", "endless", "hang-up",
)
CRL_MODES = (
    "good", "stale", "future", "wrong-key", "other-issuer", "partial", "garbage", "empty", "http-500", "html", "slow",
    "trickle", "endless", "hang-up",
)
ISSUERS_MODES = ("good", "bundle", "pem", "other", "garbage", "empty", "http-500", "slow", "trickle", "endless", "hang-up")
TIMESTAMP_MODES = (
    "good", "ec", "wrong-imprint", "wrong-nonce", "no-nonce", "wrong-key", "wrong-digest", "stranger", "no-eku", "expired",
    "no-certificate", "refused", "garbage", "empty", "http-500", "html", "slow", "trickle", "endless", "hang-up",
)


def authorities():
    root = Party("root", "CA gốc thử nghiệm", "root", kind="authority", valid=AUTHORITY_VALID, ocsp=None)
    other = Party("other-root", "CA gốc khác", "other-root", kind="authority", valid=AUTHORITY_VALID, ocsp=None)
    made = [root, other]
    for name, title, above in (
        ("intermediate-rsa", "CA cấp hai RSA thử nghiệm", root), ("intermediate-ec", "CA cấp hai EC thử nghiệm", root),
    ):
        made.append(Party(name, title, name, above, kind="authority", valid=AUTHORITY_VALID))
    return made


def services(known):
    """The responders and timestamp authorities, honest and not. A responder's certificate is not asked about (nocheck)."""
    quiet = {"ocsp": None, "crl": None, "issuers": None, "valid": AUTHORITY_VALID}
    past = {**quiet, "valid": (day("2012-01-01"), day("2018-01-01"))}
    made = []
    for name in ("root", "intermediate-rsa", "intermediate-ec", "other-root"):
        above = known[name]
        made += [
            Party(f"responder-{name}", f"OCSP của {above.common_name}", "responder", above, kind="responder", **quiet),
            Party(f"responder-expired-{name}", f"OCSP hết hạn của {above.common_name}", "responder", above,
                  kind="responder", **past),
            Party(f"responder-no-eku-{name}", f"Không phải OCSP của {above.common_name}", "responder", above,
                  kind="signer", **quiet),
        ]
    issuer = known["intermediate-rsa"]
    seen = {"ocsp": "good", "crl": "good", "issuers": "good", "valid": AUTHORITY_VALID}
    return made + [
        Party("timestamp", "Dấu thời gian thử nghiệm", "timestamp", issuer, kind="timestamp", **seen),
        Party("timestamp-ec", "Dấu thời gian EC thử nghiệm", "timestamp-ec", known["intermediate-ec"], kind="timestamp",
              **seen),
        Party("timestamp-expired", "Dấu thời gian hết hạn", "timestamp", issuer, kind="timestamp", **past),
        Party("timestamp-no-eku", "Không phải dấu thời gian", "timestamp", issuer, kind="signer", **seen),
        Party("timestamp-stranger", "Dấu thời gian của gốc khác", "timestamp", known["other-root"], kind="timestamp",
              **quiet),
    ]


def signers(known):
    rsa, ec = known["intermediate-rsa"], known["intermediate-ec"]
    made = [
        Party("rsa2048", "Nguyễn Văn An", "rsa2048", rsa),
        Party("rsa3072", "Trần Thị Bình", "rsa3072", rsa),
        Party("rsa4096", "Lê Hữu Cường", "rsa4096", rsa),
        Party("pss", "Phạm Đức Dũng", "rsa2048", rsa, pss=True),
        Party("p256", "Hoàng Thị Em", "p256", ec),
        Party("p384", "Vũ Quốc Gia", "p384", ec),
        Party("agency", "Ủy ban nhân dân xã thử nghiệm", "rsa3072", rsa),
        Party("under-root", "Đỗ Thị Hạnh", "rsa2048", known["root"]),
        Party("stranger", "Người của gốc khác", "stranger", known["other-root"], truth="untrusted"),
        Party("same-key", "Người dùng chung khóa", "rsa2048", rsa),
        Party("expired", "Ngô Hết Hạn", "rsa2048", rsa, valid=(day("2020-01-01"), day("2022-01-01")), truth="expired"),
        Party("not-yet-valid", "Bùi Chưa Tới", "rsa2048", rsa, valid=(day("2040-01-01"), day("2045-01-01")),
              truth="not-yet-valid"),
        Party("revoked", "Đặng Bị Thu Hồi", "rsa2048", rsa, revoked=(day("2025-06-01"), "key_compromise"),
              truth="revoked 2025-06-01T00:00:00Z"),
        Party("revoked-ec", "Đặng Thu Hồi EC", "p256", ec, revoked=(day("2025-06-01"), "cessation_of_operation"),
              truth="revoked 2025-06-01T00:00:00Z"),
        Party("revoked-later", "Lý Thu Hồi Sau", "rsa2048", rsa, revoked=(day("2026-06-01"), "superseded"),
              truth="revoked 2026-06-01T00:00:00Z"),
        Party("on-hold", "Mai Tạm Dừng", "rsa2048", rsa, revoked=(day("2025-06-01"), "certificate_hold"),
              truth="on hold 2025-06-01T00:00:00Z"),
        Party("no-addresses", "Hồ Không Địa Chỉ", "rsa2048", rsa, ocsp=None, crl=None, issuers=None),
        Party("ocsp-only", "Dương Chỉ Hỏi", "rsa2048", rsa, crl=None),
        Party("crl-only", "Đinh Chỉ Danh Sách", "rsa2048", rsa, ocsp=None),
        Party("crl-only-revoked", "Đinh Trong Danh Sách", "rsa2048", rsa, ocsp=None,
              revoked=(day("2025-06-01"), "key_compromise"), truth="revoked 2025-06-01T00:00:00Z"),
    ]
    for mode in OCSP_MODES:
        made.append(Party(f"ocsp-{mode}", f"Hỏi {mode}", "rsa2048", rsa, ocsp=mode, crl=None, truth=f"ocsp {mode}"))
    for mode in CRL_MODES:
        made.append(Party(f"crl-{mode}", f"Danh sách {mode}", "rsa2048", rsa, ocsp=None, crl=mode, truth=f"crl {mode}"))
    for mode in ISSUERS_MODES:
        made.append(Party(f"issuers-{mode}", f"Cấp trên {mode}", "rsa2048", rsa, issuers=mode, truth=f"issuers {mode}"))
    return made


class Population:
    """Everybody, with certificates that point to `base_url`."""

    def __init__(self, base_url):
        keys = read_keys()
        self.parties = {}
        for people in (authorities, lambda: services(self.parties), lambda: signers(self.parties)):
            for party in people():
                party.key = keys[party.key_name]
                issue(party, base_url)
                self.parties[party.name] = party
        self.stranger_key = keys["stranger"]

    def __getitem__(self, name):
        return self.parties[name]

    def of_kind(self, kind):
        return [party for party in self.parties.values() if party.kind == kind]

    def signers(self):
        """Those that get a key file: everybody who signs documents, not the services that pretend to."""
        return [one for one in self.of_kind("signer") if not one.name.startswith(("responder-", "timestamp-"))]

    def with_serial(self, issuer, serial):
        return next((one for one in self.parties.values()
                     if one.issuer is issuer and one.certificate.serial_number == serial), None)
