"""A service of the Cloud Signature Consortium's API, version 2."""

import base64
import uuid
from urllib.parse import parse_qs

from remote_rules import LOCK, SHA, STATE, Refused, b64, certificate, decoded, fields, sign, wrong

PSS_PARAMETERS = {
    "2.16.840.1.101.3.4.2.1":
        "3030a00d300b0609608648016503040201a11a301806092a864886f70d010108300b0609608648016503040201a203020120",
}
CSC_KEYS = {
    "rsa": {"algo": ["1.2.840.113549.1.1.11", "1.2.840.113549.1.1.10"], "len": 2048},
    "bare": {"algo": ["1.2.840.113549.1.1.1"], "len": 2048},
    "p256": {"algo": ["1.2.840.10045.4.3.2"], "len": 256, "curve": "1.2.840.10045.3.1.7"},
    "p384": {"algo": ["1.2.840.10045.4.3.3"], "len": 384, "curve": "1.3.132.0.34"},
}
CSC_USERS = {
    "agrees": ["rsa"], "curves": ["p256", "p384"], "bare": ["bare"], "phone": ["rsa"], "refuses": ["rsa"],
    "sleeps": ["rsa"], "swaps": ["rsa"], "locked": ["rsa"], "page": ["rsa"], "short": ["rsa"], "later": ["rsa"],
    "nobody": [],
}


def csc_detail(user, name):
    explicit = user in ("agrees", "curves", "bare", "locked")
    auth = {"mode": "oauth2code"} if user == "page" else {"mode": "explicit", "objects": []}
    if explicit:
        auth = {
            "mode": "explicit", "expression": "PIN AND OTP",
            "objects": [
                {"type": "Password", "id": "PIN", "format": "N", "label": "Mã PIN"},
                {"type": "Password", "id": "OTP", "format": "N", "generator": "totp", "label": "Mã OTP"},
            ],
        }
    own = "rsa" if name == "bare" else name
    return {
        "credentialID": f"{user}/{name}", "key": dict(CSC_KEYS[name], status="enabled"),
        "cert": {"status": "valid", "certificates": [b64(certificate(own)), b64(certificate("root"))]},
        "auth": auth, "SCAL": "2", "multisign": 3, "lang": "vi-VN",
    }


def csc(path, body, headers):
    if path == "/oauth2/token":
        if headers["Content-Type"] != "application/x-www-form-urlencoded":
            raise wrong("no form")
        form = {name: values[0] for name, values in parse_qs(body.decode(), strict_parsing=True).items()}
        if form != {"grant_type": "client_credentials", "client_id": "van-thu", "client_secret": "bí mật & 100%"}:
            raise Refused(401, {"error": "invalid_client"})
        with LOCK:
            STATE["logins"] += 1
            # The second login's token lasts; the first is good for nothing, as one that ran out.
            return 200, {"access_token": f"fresh-{STATE['logins']}", "token_type": "Bearer", "expires_in": 3600}
    token = headers.get("Authorization", "")
    if token not in ("Bearer service-token", "Bearer fresh-2", "Bearer fresh-3"):
        raise Refused(401, {"error": "invalid_token", "error_description": "token"})
    return CSC_METHODS[path.removeprefix("/csc/v2/")](body)


def csc_list(body):
    fields(body, {"credentialInfo": bool, "certificates": str, "certInfo": bool, "authInfo": bool, "onlyValid": bool},
           {"userID": str})
    user = body.get("userID", "agrees")
    names = CSC_USERS.get(user)
    if names is None:
        raise wrong("Invalid parameter userID")
    answer = {"credentialIDs": [f"{user}/{name}" for name in names]}
    if user != "short":
        answer["credentialInfos"] = [csc_detail(user, name) for name in names] + [
            {"credentialID": "x", "key": {"status": "disabled", "algo": [], "len": 2048}, "cert": {}, "auth": {}}]
    return 200, answer


def csc_info(body):
    fields(body, {"credentialID": str, "certificates": str, "certInfo": bool, "authInfo": bool})
    detail = csc_detail(*body["credentialID"].split("/"))
    del detail["credentialID"]
    return 200, detail


def csc_challenge(body):
    fields(body, {"credentialID": str, "authObjectID": str})
    if body["authObjectID"] != "OTP":
        return 200, {"challenge": "Tên trường tiểu học của ông/bà?"}
    with LOCK:
        STATE["otps"].add(body["credentialID"])
    return 204, None


def csc_authorize(body):
    fields(body, {"credentialID": str, "numSignatures": int, "hashes": list, "hashAlgorithmOID": str,
                  "authData": list, "description": str})
    user, name = body["credentialID"].split("/")
    digest = SHA.get(body["hashAlgorithmOID"])
    if digest is None or (name == "p384") != (digest.name == "sha384"):
        raise wrong("Invalid parameter hashAlgorithmOID")
    if body["numSignatures"] != len(body["hashes"]) or not 1 <= body["numSignatures"] <= 3:
        raise wrong("Numbers of signatures is too high")
    for entry in body["hashes"]:
        decoded(entry, digest.digest_size, "hash")
    if not body["description"] or len(body["description"]) > 500:
        raise wrong("description")
    if user == "locked":
        raise wrong("Credential locked")
    proofs = {}
    for proof in body["authData"]:
        fields(proof, {"id": str, "value": str})
        proofs[proof["id"]] = proof["value"]
    if user in ("agrees", "curves", "bare"):
        with LOCK:
            asked = body["credentialID"] in STATE["otps"]
            STATE["otps"].discard(body["credentialID"])
        if proofs.get("PIN") != "1357":
            raise Refused(400, {"error": "invalid_pin", "error_description": "The PIN is invalid"})
        if proofs != {"PIN": "1357", "OTP": "246810"} or not asked:
            raise Refused(400, {"error": "invalid_authentication_data", "error_description": "invalid"})
        return 200, grant(body)
    if proofs:
        raise wrong("authData")
    if user in ("phone", "refuses", "sleeps"):
        handle = uuid.uuid4().hex
        with LOCK:
            STATE["transactions"][handle] = (body, 0)
        return 202, {"handle": handle}
    return 200, grant(body)


def grant(body):
    sad = uuid.uuid4().hex
    with LOCK:
        STATE["sads"][sad] = body
    return {"SAD": sad, "expiresIn": 300}


def csc_check(body):
    fields(body, {"handle": str})
    with LOCK:
        request, asked = STATE["transactions"].pop(body["handle"], (None, 0))
        if request is None:
            raise wrong("Invalid parameter handle")
        handle = uuid.uuid4().hex
        STATE["transactions"][handle] = (request, asked + 1)
    user = request["credentialID"].split("/")[0]
    if asked < 1 or user == "sleeps" and asked < 2:
        return 202, {"handle": handle}
    if user == "refuses":
        raise Refused(400, {"error": "access_denied", "error_description": "The user refused"})
    if user == "sleeps":
        raise Refused(400, {"error": "expired_request", "error_description": "Too late"})
    return 200, grant(request)


def csc_sign(body):
    fields(body, {"credentialID": str, "SAD": str, "hashes": list, "signAlgo": str, "hashAlgorithmOID": str},
           {"signAlgoParams": str, "operationMode": str})
    user, name = body["credentialID"].split("/")
    if user == "page":
        if body["SAD"] != "credential-token":
            raise wrong("Invalid parameter SAD")
    else:
        with LOCK:
            granted = STATE["sads"].pop(body["SAD"], None)
        if granted is None or granted["credentialID"] != body["credentialID"]:
            raise wrong("Invalid parameter SAD")
        if granted["hashes"] != body["hashes"] or granted["hashAlgorithmOID"] != body["hashAlgorithmOID"]:
            raise wrong("Hash is not authorized by the SAD")
    if body["signAlgo"] not in CSC_KEYS[name]["algo"]:
        raise wrong("Invalid parameter signAlgo")
    pss = body["signAlgo"] == "1.2.840.113549.1.1.10"
    if pss != ("signAlgoParams" in body):
        raise wrong("Missing (or invalid type) string parameter signAlgoParams")
    if pss and base64.b64decode(body["signAlgoParams"]).hex() != PSS_PARAMETERS[body["hashAlgorithmOID"]]:
        raise wrong("signAlgoParams")
    digest = SHA[body["hashAlgorithmOID"]]
    signer = "other" if user == "swaps" else "rsa" if name == "bare" else name
    values = [b64(sign(signer, decoded(entry, digest.digest_size, "hash"), digest, pss, raw=name == "p256"))
              for entry in body["hashes"]]
    if user == "later":
        if body.get("operationMode") != "A":
            raise wrong("operationMode")
        reference = uuid.uuid4().hex
        with LOCK:
            STATE["transactions"][reference] = (values, 0)
        return 200, {"responseID": reference}
    return 200, {"signatures": values}


def csc_poll(body):
    fields(body, {"requestID": str})
    with LOCK:
        values, asked = STATE["transactions"].get(body["requestID"], (None, 0))
        if values is None:
            raise wrong("Invalid parameter requestID")
        STATE["transactions"][body["requestID"]] = (values, asked + 1)
    if asked < 1:
        return 202, {"error": "accepted_request", "error_description": "not yet completed"}
    return 200, {"signatures": values}


CSC_METHODS = {
    "credentials/list": csc_list, "credentials/info": csc_info, "credentials/getChallenge": csc_challenge,
    "credentials/authorize": csc_authorize, "credentials/authorizeCheck": csc_check, "signatures/signHash": csc_sign,
    "signatures/signPolling": csc_poll,
}
