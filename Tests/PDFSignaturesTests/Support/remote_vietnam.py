"""VNPT SmartCA (sca/sp769/v1) and Viettel MySign (vtss/service), as their public samples show them."""

import base64
import re
import uuid

from cryptography.hazmat.primitives import hashes

from remote_rules import LOCK, STATE, Refused, b64, certificate, decoded, fields, sign, wrong

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


# Viettel MySign

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
