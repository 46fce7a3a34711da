"""Who calls, and whether the call is what was signed: written anew from the description of the axis' headers, so that
it does not repeat what the engine gets wrong."""

import hashlib
import hmac
import json
import re
from datetime import datetime, timedelta, timezone

PREFIX = "xroadvnpt-"
OFFICE = timezone(timedelta(hours=7))
TOLERANCE = 300
UNSIGNED = {"sign-header-key", "sign-header", "hash-header", "version"}
ALWAYS = {"timestamp", "systemid", "Content-Type"}

# What each call may say; more is what an earlier call left behind.
PARAMETERS = {
    "/getReceivedEdocList": {"servicetype", "messagetype"},
    "/getSentEdocList": {"servicetype", "messagetype"},
    "/sendEdoc": {"from", "to", "servicetype", "messagetype", "hash-file"},
    "/getEdoc": {"docId"},
    "/downloadEdoc": {"docId"},
    "/updateStatus": {"docId", "status"},
    "/getAgenciesList": set(),
    "/getAgenciesListQD20": set(),
    "/getSynchronizeUnit": {"level"},
    "/registerAgency": set(),
    "/deleteAgency": {"AgencyCode"},
    "/countReceiveEdoc": set(),
    "/countReceiveStatus": set(),
}


class Refusal(Exception):
    """The partner's no, with his code and his words."""

    def __init__(self, code, words, status=200):
        super().__init__(words)
        self.code, self.words, self.status = code, words, status


def text_of(value):
    """http.server gives headers byte by byte as Latin-1; what was sent is UTF-8."""
    return value.encode("latin-1").decode("utf-8", "replace")


def no_pair_twice(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise Refusal("15", "Tham số lặp lại trong sign-header")
    return dict(pairs)


def signed_parameters(headers, path, secrets, now):
    """The system that calls, and what it says.

    headers: pairs as they came; secrets: key by systemid; now: seconds since 1970 by the clock of the axis.
    """
    sent = {}
    for name, value in headers:
        if name.lower().startswith(PREFIX):
            short = name[len(PREFIX):]
            if short in sent:
                raise Refusal("15", f"Header {name} gửi hai lần")
            sent[short] = value
    missing = sorted((UNSIGNED | ALWAYS) - set(sent))
    if missing:
        raise Refusal("15", "Thiếu header " + ", ".join(missing))
    one_way = {name.lower(): value for name, value in headers}
    if one_way.get("user-agent") != "JAVASDKAgent/1.0.0 XRoad/VPCP" or sent["version"] != "3.0.201608":
        raise Refusal("15", "Phiên bản SDK không được hỗ trợ")
    names = sent["sign-header-key"].split(";")
    if sorted(names) != sorted(set(sent) - UNSIGNED):
        raise Refusal("15", "sign-header-key không khớp với các header")
    system = sent["systemid"]
    secret = secrets.get(system)
    if secret is None:
        raise Refusal("15", "SystemId không tồn tại")
    raw = sent["sign-header"].encode("latin-1")
    expected = hmac.new(secret.encode("utf-8"), raw, hashlib.sha256).hexdigest()
    if sent["hash-header"] != expected:
        raise Refusal("15", "hash-header không khớp")
    try:
        signed = json.loads(raw, object_pairs_hook=no_pair_twice)
    except ValueError:
        raise Refusal("15", "sign-header không phải JSON")
    told = {"XroadVnpt-" + name: text_of(sent[name]) for name in names}
    if signed != told:
        raise Refusal("15", "sign-header không khớp với các header")
    check_clock(sent["timestamp"], now)
    parameters = {name: text_of(sent[name]) for name in names if name not in ALWAYS}
    check_parameters(path, parameters, text_of(sent["Content-Type"]), one_way.get("content-type", ""))
    return system, parameters


def check_clock(stamp, now):
    if not re.fullmatch(r"\d{8}T\d{6}\+0\d{3}", stamp):
        raise Refusal("15", "timestamp sai định dạng")
    moment = datetime.strptime(stamp[:15], "%d%m%YT%H%M%S").replace(tzinfo=OFFICE)
    if abs(moment.timestamp() + int(stamp[-3:]) / 1000 - now) > TOLERANCE:
        raise Refusal("15", "timestamp ngoài khoảng cho phép")


def check_parameters(path, parameters, signed_type, sent_type):
    allowed = PARAMETERS[path]
    if set(parameters) != allowed:
        raise Refusal("15", "Tham số không thuộc lời gọi này: "
                      + ", ".join(sorted(set(parameters) ^ allowed)))
    if path == "/sendEdoc":
        good = signed_type == "application/octet-stream" and (
            sent_type == signed_type or sent_type.startswith("multipart/form-data;"))
    else:
        good = signed_type == sent_type == "application/json"
    if not good:
        raise Refusal("15", "Content-Type không khớp")
    if parameters.get("servicetype", "eDoc") != "eDoc":
        raise Refusal("15", "servicetype không hợp lệ")
    if parameters.get("messagetype", "edoc") not in ("edoc", "status"):
        raise Refusal("15", "messagetype không hợp lệ")


def hash_file(path):
    """Each byte of the SHA-256 printed for itself, small and without a leading zero, as the Java software does."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 16), b""):
            digest.update(piece)
    return "".join(format(byte, "x") for byte in digest.digest())
