"""Signing services on loopback that look closely at what they are asked: CSC API v2, VNPT SmartCA, Viettel MySign.

    python remote_services.py FOLDER

FOLDER holds keys and certificates in DER (rsa, p256, p384, other: .key, .crt; root.crt). Prints its port and runs
until its standard input ends. They sign for real. What the person does is told by the user's name: "agrees" at the
second question, "refuses", "sleeps", and so on. A request that is not exactly as documented is refused with the
reason, so a test that gets its signature has sent the right one.
"""

import base64
import json
import re
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

FOLDER = Path(sys.argv[1])
SHA = {"2.16.840.1.101.3.4.2.1": hashes.SHA256(), "2.16.840.1.101.3.4.2.2": hashes.SHA384()}
PSS_PARAMETERS = {
    "2.16.840.1.101.3.4.2.1":
        "3030a00d300b0609608648016503040201a11a301806092a864886f70d010108300b0609608648016503040201a203020120",
}
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


# ---------------------------------------------------------------------------------------------- CSC API v2

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

# ---------------------------------------------------------------------------------------------- VNPT SmartCA

SMART_ACCOUNT = {"sp_id": str, "sp_password": str, "user_id": str, "serial_number": str, "transaction_id": str}


def smart_answer(code, message, data=None):
    return 200, {"status_code": code, "message": message, "data": data}


def smart(path, body, headers):
    rest = path.removeprefix("/sca/sp769/v1/")
    if match := re.fullmatch(r"signatures/sign/([0-9a-f-]{36})/status", rest):
        return smart_status(match[1], body)
    needed = dict(SMART_ACCOUNT)
    if rest == "signatures/sign":
        needed |= {"transaction_desc": str, "sign_files": list}
    elif rest != "credentials/get_certificate":
        raise Refused(404, {"status_code": 404, "message": "no such method"})
    fields(body, needed)
    if not re.fullmatch(r"[0-9a-f-]{36}", body["transaction_id"]):
        raise wrong("transaction_id")
    if (body["sp_id"], body["sp_password"]) != ("van-thu", "sp-secret"):
        return smart_answer(401, "CLIENT_INVALID")
    if body["user_id"] == "stranger":
        return smart_answer(404, "USER_NOT_FOUND")
    return smart_sign(body) if rest == "signatures/sign" else smart_certificate(body)


def smart_certificate(body):
    if body["serial_number"] != "":
        raise wrong("serial_number")
    old = {"serial_number": "5400OLD", "cert_status_code": "EXPIRED", "cert_data": b64(certificate("other"))}
    own = {
        "service_type": "P", "serial_number": "54001234", "cert_status_code": "VALID", "cert_status": "Đang hoạt động",
        "cert_data": base64.encodebytes(certificate("rsa")).decode(), "cert_subject": "CN=Người ký",
        "chain_data": {"ca_cert": b64(certificate("root")), "root_cert": None},
    }
    return smart_answer(200, "SUCCESS", {"user_certificates": [old, own]})


def smart_sign(body):
    if body["serial_number"] != "54001234" or not body["transaction_desc"]:
        raise wrong("serial_number or transaction_desc")
    if not 1 <= len(body["sign_files"]) <= 50:
        raise wrong("sign_files")
    for entry in body["sign_files"]:
        fields(entry, {"doc_id": str, "data_to_be_signed": str, "file_type": str, "sign_type": str})
        if (entry["file_type"], entry["sign_type"]) != ("pdf", "hash"):
            raise wrong("file_type or sign_type")
        if not re.fullmatch(r"[0-9a-f]{64}", entry["data_to_be_signed"]):
            raise wrong("data_to_be_signed")
    if body["user_id"] == "broke":
        return smart_answer(500, "INTERNAL_ERROR")
    transaction = str(uuid.uuid4())
    with LOCK:
        STATE["transactions"][transaction] = (body, 0)
    return smart_answer(200, "SUCCESS", {"transaction_id": transaction, "tran_code": "123456", "expired_in": 300})


def smart_status(transaction, body):
    if body != {}:
        raise wrong("no body was expected")
    with LOCK:
        request, asked = STATE["transactions"].get(transaction, (None, 0))
        if request is None:
            return smart_answer(400, "TRANSACTION_NOT_FOUND")
        STATE["transactions"][transaction] = (request, asked + 1)
    waiting = {"transaction_id": transaction, "signatures": None}
    if asked < 1:
        return smart_answer(200, "WAITING_FOR_SIGNER_CONFIRM", waiting)
    ends = {"refuses": "SIGNER_REJECTED", "sleeps": "EXPIRED", "mistypes": "AUTHORIZE_KEY_FAILED"}
    if end := ends.get(request["user_id"]):
        return smart_answer(200, end, waiting)
    name = "other" if request["user_id"] == "swaps" else "rsa"
    signatures = [
        {"doc_id": entry["doc_id"], "timestamp_signature": None,
         "signature_value": b64(sign(name, bytes.fromhex(entry["data_to_be_signed"]), hashes.SHA256()))}
        for entry in request["sign_files"]
    ]
    if request["user_id"] == "loses":
        signatures.pop()
    return smart_answer(200, "SUCCESS", {"transaction_id": transaction, "signatures": signatures[::-1]})


# ---------------------------------------------------------------------------------------------- Viettel MySign

MY_ACCOUNT = {"client_id": str, "client_secret": str, "profile_id": str, "user_id": str}


def my_refusal(code, message, status=400):
    return Refused(status, {"error": code, "error_description": message})


def my_sign_in(body):
    fields(body, MY_ACCOUNT)
    if body["client_id"] != "van-thu":
        raise my_refusal(58007, "Client ID does not exist")
    if body["client_secret"] != "my-secret":
        raise my_refusal("86024", "Client secret is invalid", 401)
    if body["user_id"] == "CMT_stranger":
        raise my_refusal(58008, "User ID does not exist")
    if body["profile_id"] != "adss:ras:profile:001":
        raise wrong("profile_id")
    token = uuid.uuid4().hex
    with LOCK:
        # Good for two requests, so that the third finds it run out.
        STATE["tokens"][token] = [body["user_id"], 2]
    return 200, {"access_token": token, "refresh_token": "", "token_type": "Bearer", "expires_in": "3600"}


def my(path, body, headers):
    rest = path.removeprefix("/vtss/service/")
    if rest == "ras/v1/login":
        return my_sign_in(body)
    with LOCK:
        person = STATE["tokens"].get(headers.get("Authorization", "").removeprefix("Bearer "))
        if person is None or person[1] == 0:
            raise Refused(401, {"error": "invalid_token", "error_description": "expired"})
        person[1] -= 1
    return {"certificates/info": my_certificates, "signHash": my_sign, "requests/status": my_status}[rest](
        body, person[0])


def my_certificates(body, user):
    fields(body, MY_ACCOUNT | {"certificates": str, "certInfo": bool, "authInfo": bool})
    if body["certificates"] != "chain" or body["user_id"] != user:
        raise wrong("certificates or user_id")
    return 200, [
        {
            "description": "…", "key": {"status": "enabled", "algo": ["1.2.840.113549.1.1.1"], "len": "2048"},
            "cert": {"status": status, "certificates": [b64(certificate(name)), b64(certificate("root"))]},
            "authMode": "implicit", "multisign": "2147483647", "credential_id": f"{user}_{name}", "scal": "2",
        }
        for name, status in (("other", "expired"), ("rsa", "valid"))
    ]


def my_sign(body, user):
    fields(body, {"client_id": str, "client_secret": str, "credentialID": str, "numSignatures": int,
                  "description": str, "documents": list, "hash": list, "hashAlgo": str, "signAlgo": str, "async": int})
    if body["credentialID"] != f"{user}_rsa" or body["async"] != 1:
        raise wrong("credentialID or async")
    if (body["hashAlgo"], body["signAlgo"]) != ("2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.1"):
        raise wrong("hashAlgo or signAlgo")
    if not body["numSignatures"] == len(body["documents"]) == len(body["hash"]) > 0:
        raise wrong("numSignatures")
    for entry in body["hash"]:
        decoded(entry, 32, "hash")
    for entry in body["documents"]:
        fields(entry, {"document_id": str, "document_name": str})
    for text in [body["description"]] + [entry["document_name"] for entry in body["documents"]]:
        if len(text) > 100 or not decoded(text, None, "a name").decode("utf-8"):
            raise wrong("a name")
    if user == "CMT_broke":
        raise my_refusal(50000, "Internal")
    transaction = str(uuid.uuid4())
    with LOCK:
        STATE["transactions"][transaction] = (body, 0)
    return 200, {"transactionId": transaction}


def my_status(body, user):
    fields(body, {"transactionId": str})
    with LOCK:
        request, asked = STATE["transactions"].get(body["transactionId"], (None, 0))
        if request is None:
            raise wrong("transactionId")
        STATE["transactions"][body["transactionId"]] = (request, asked + 1)
    if asked < 2:
        return 200, {"status": "4000" if asked == 0 else 6000, "signatures": None}
    ends = {"CMT_refuses": "4002", "CMT_sleeps": "4001", "CMT_poor": "4005", "CMT_revoked": "13004"}
    if end := ends.get(user):
        return 200, {"status": end, "signatures": None}
    name = "other" if user == "CMT_swaps" else "rsa"
    values = [b64(sign(name, base64.b64decode(entry), hashes.SHA256())) for entry in request["hash"]]
    return 200, {"status": "1", "signatures": values}


# ---------------------------------------------------------------------------------------------- the server


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            status, answer = self.serve(raw)
        except Refused as refusal:
            status, answer = refusal.status, refusal.body
        except Exception as error:  # what the test did not foresee shows in the test
            status, answer = 418, {"error": "server", "error_description": repr(error)}
        body = b"" if answer is None else answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve(self, raw):
        if self.path.startswith("/down/"):
            return 503, b"<html>Bad gateway</html>"
        if self.path.startswith("/noise/"):
            return 200, b"<html>Sign in to the network</html>"
        if self.headers["Accept"] != "application/json":
            raise wrong("Accept")
        if self.path == "/oauth2/token":
            return csc(self.path, raw, self.headers)
        if self.headers["Content-Type"] != "application/json":
            raise wrong("Content-Type")
        body = json.loads(raw)
        for start, service in (("/csc/v2/", csc), ("/sca/sp769/v1/", smart), ("/vtss/service/", my)):
            if self.path.startswith(start):
                return service(self.path, body, self.headers)
        raise Refused(404, {"error": "no such path"})

    def do_GET(self):
        self.send_error(405)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
