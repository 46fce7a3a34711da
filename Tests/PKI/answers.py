"""What the authorities of the test world answer: OCSP (RFC 6960), CRL (RFC 5280, section 5) and timestamps (RFC 3161),
truthful or false in one named way."""

import hashlib
from datetime import timedelta

from asn1crypto import algos, cms, core, crl, ocsp, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding

DIGESTS = {"sha1": hashes.SHA1, "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
POLICY = "1.3.6.1.4.1.32473.1"
ANSWER_LIFE = timedelta(days=7)


def decoded(party):
    return asn1_x509.Certificate.load(party.certificate.public_bytes(Encoding.DER))


def sign(key, content):
    """The signature value and its algorithm."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(content, ec.ECDSA(hashes.SHA256())), {"algorithm": "sha256_ecdsa"}
    return key.sign(content, padding.PKCS1v15(), hashes.SHA256()), {"algorithm": "sha256_rsa"}


def hashed(name, content):
    return hashlib.new(name, content).digest()


class Answers:
    """The authorities' desk. `now` gives the time by the world's clock."""

    def __init__(self, population, now):
        self.population = population
        self.now = now
        self.counter = 0

    # OCSP

    def ocsp(self, issuer_name, mode, body):
        refusals = {"unauthorised": "unauthorized", "try-later": "try_later", "internal-error": "internal_error",
                    "malformed": "malformed_request"}
        if mode in refusals:
            return ocsp.OCSPResponse({"response_status": refusals[mode]}).dump()
        asked = ocsp.OCSPRequest.load(body)["tbs_request"]
        issuer = self.population[issuer_name]
        signer, key = self.responder(issuer, mode)
        data = {
            "responder_id": self.responder_id(signer, mode), "produced_at": self.now().replace(microsecond=0),
            "responses": [self.single(issuer, one["req_cert"], mode) for one in asked["request_list"]],
        }
        nonce = self.nonce(asked, mode)
        if nonce is not None:
            data["response_extensions"] = [{"extn_id": "nonce", "extn_value": core.OctetString(nonce)}]
        tbs = ocsp.ResponseData(data)
        value, algorithm = sign(key, tbs.dump())
        basic = {"tbs_response_data": tbs, "signature_algorithm": algorithm, "signature": value}
        if signer is not issuer:
            basic["certs"] = [decoded(signer)]
        return ocsp.OCSPResponse({
            "response_status": "successful",
            "response_bytes": {"response_type": "basic_ocsp_response", "response": ocsp.BasicOCSPResponse(basic)},
        }).dump()

    def responder(self, issuer, mode):
        """Who the answer says signed it, and the key that really did."""
        own = self.population
        names = {"no-eku": f"responder-no-eku-{issuer.name}", "expired-responder": f"responder-expired-{issuer.name}",
                 "stranger": "responder-other-root"}
        signer = issuer if mode == "direct" else own[names.get(mode, f"responder-{issuer.name}")]
        return signer, own.stranger_key if mode == "wrong-key" else signer.key

    @staticmethod
    def responder_id(signer, mode):
        certificate = decoded(signer)
        if mode == "by-key":
            return ocsp.ResponderId({"by_key": core.OctetString(certificate.public_key.sha1)})
        return ocsp.ResponderId({"by_name": certificate.subject})

    def nonce(self, asked, mode):
        if mode == "no-nonce":
            return None
        sent = next((one["extn_value"].parsed.native for one in asked["request_extensions"] or []
                     if one["extn_id"].native == "nonce"), None)
        return b"another nonce 16" if mode == "wrong-nonce" and sent else sent

    def single(self, issuer, asked, mode):
        identity = {name: asked[name] for name in
                    ("hash_algorithm", "issuer_name_hash", "issuer_key_hash", "serial_number")}
        if mode == "other-certificate":
            identity["serial_number"] = asked["serial_number"].native + 1
        now, life = self.now().replace(microsecond=0), ANSWER_LIFE
        begins = {"stale": now - 4 * life, "future": now + life}.get(mode, now)
        return {"cert_id": identity, "cert_status": self.status(issuer, asked, mode),
                "this_update": begins, "next_update": begins + life}

    def status(self, issuer, asked, mode):
        subject = self.population.with_serial(issuer, asked["serial_number"].native)
        names = hashed(asked["hash_algorithm"]["algorithm"].native, decoded(issuer).subject.dump())
        if mode == "unknown" or subject is None or names != asked["issuer_name_hash"].native:
            return ocsp.CertStatus({"unknown": core.Null()})
        if subject.revoked and subject.revoked[0] <= self.now():
            moment, reason = subject.revoked
            return ocsp.CertStatus({"revoked": {"revocation_time": moment, "revocation_reason": reason}})
        return ocsp.CertStatus({"good": core.Null()})

    # CRL

    def crl(self, issuer_name, mode):
        issuer, population = self.population[issuer_name], self.population
        speaker = population["intermediate-ec" if issuer_name != "intermediate-ec" else "intermediate-rsa"] \
            if mode == "other-issuer" else issuer
        now, life = self.now().replace(microsecond=0), ANSWER_LIFE
        begins = {"stale": now - 4 * life, "future": now + life}.get(mode, now)
        _, algorithm = sign(speaker.key, b"")
        tbs = {
            "version": "v2", "signature": algorithm, "issuer": decoded(speaker).subject,
            "this_update": asn1_x509.Time({"utc_time": begins}), "next_update": asn1_x509.Time({"utc_time": begins + life}),
            "crl_extensions": [
                {"extn_id": "authority_key_identifier", "critical": False, "extn_value":
                    {"key_identifier": decoded(speaker).key_identifier}},
                {"extn_id": "crl_number", "critical": False, "extn_value": core.Integer(int(now.timestamp()))},
            ],
        }
        if mode == "partial":
            # Speaks of authorities only: says nothing about a signer.
            tbs["crl_extensions"].append({"extn_id": "issuing_distribution_point", "critical": True,
                                          "extn_value": {"only_contains_ca_certs": True}})
        gone = [self.crl_entry(one) for one in population.parties.values()
                if one.issuer is speaker and one.revoked and one.revoked[0] <= now]
        if gone:
            tbs["revoked_certificates"] = gone
        tbs = crl.TbsCertList(tbs)
        value, algorithm = sign(population.stranger_key if mode == "wrong-key" else speaker.key, tbs.dump())
        return crl.CertificateList({"tbs_cert_list": tbs, "signature_algorithm": algorithm, "signature": value}).dump()

    @staticmethod
    def crl_entry(party):
        moment, reason = party.revoked
        return {
            "user_certificate": party.certificate.serial_number,
            "revocation_date": asn1_x509.Time({"utc_time": moment}),
            "crl_entry_extensions": [
                {"extn_id": "crl_reason", "critical": False, "extn_value": crl.CRLReason(reason)}],
        }

    # Timestamps

    def timestamp(self, mode, body):
        if mode == "refused":
            # Without a token, which asn1crypto cannot leave out.
            status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {"bad_alg"}}).dump()
            return bytes([0x30, len(status)]) + status
        asked = tsp.TimeStampReq.load(body)
        names = {"ec": "timestamp-ec", "expired": "timestamp-expired", "no-eku": "timestamp-no-eku",
                 "stranger": "timestamp-stranger"}
        signer = self.population[names.get(mode, "timestamp")]
        content = self.timestamp_content(asked, mode).dump()
        with_certificate = asked["cert_req"].native and mode != "no-certificate"
        token = cms.ContentInfo({"content_type": "signed_data", "content": self.signed(
            content, signer, mode, [decoded(one) for one in (signer, *signer.chain)] if with_certificate else [])})
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()

    def timestamp_content(self, asked, mode):
        self.counter += 1
        imprint = asked["message_imprint"]
        value = imprint["hashed_message"].native
        content = {
            "version": "v1", "policy": POLICY, "serial_number": self.counter, "ordering": False,
            "message_imprint": {"hash_algorithm": imprint["hash_algorithm"],
                                "hashed_message": value[::-1] if mode == "wrong-imprint" else value},
            "gen_time": self.now().replace(microsecond=0), "accuracy": {"seconds": 1},
        }
        nonce = asked["nonce"].native
        if nonce is not None and mode != "no-nonce":
            content["nonce"] = nonce + 1 if mode == "wrong-nonce" else nonce
        return tsp.TSTInfo(content)

    def signed(self, content, signer, mode, certificates):
        certificate = decoded(signer)
        digest = hashed("sha256", b"another content" if mode == "wrong-digest" else content)
        identifier = tsp.ESSCertIDv2({"cert_hash": hashed("sha256", certificate.dump())})
        attributes = cms.CMSAttributes([
            {"type": "content_type", "values": ["tst_info"]},
            {"type": "message_digest", "values": [digest]},
            {"type": "signing_certificate_v2", "values": [{"certs": [identifier]}]},
        ])
        key = self.population.stranger_key if mode == "wrong-key" else signer.key
        value, algorithm = sign(key, attributes.dump())
        sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        signer_info = {
            "version": "v1", "digest_algorithm": sha256, "signed_attrs": attributes, "signature": value,
            "signature_algorithm": algorithm,
            "sid": {"issuer_and_serial_number":
                    {"issuer": certificate.issuer, "serial_number": certificate.serial_number}},
        }
        made = {
            "version": "v3", "digest_algorithms": [sha256], "signer_infos": [signer_info],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
        }
        if certificates:
            made["certificates"] = certificates
        return cms.SignedData(made)

    # Certificates of issuers

    def issuers(self, issuer_name, mode):
        """The answer and its type."""
        issuer = self.population["other-root" if mode == "other" else issuer_name]
        if mode == "pem":
            return issuer.certificate.public_bytes(Encoding.PEM), "application/x-pem-file"
        if mode == "bundle":
            bundle = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData({
                "version": "v1", "digest_algorithms": [], "signer_infos": [],
                "encap_content_info": {"content_type": "data"},
                "certificates": [decoded(one) for one in (self.population["root"], issuer)]})})
            return bundle.dump(), "application/pkcs7-mime"
        return decoded(issuer).dump(), "application/pkix-cert"
