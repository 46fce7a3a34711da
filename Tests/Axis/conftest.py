"""The stand-in as a process, and a hand that speaks to it: headers signed here for themselves, so that a test can sign
wrongly on purpose."""

import hashlib
import hmac
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
OFFICE = timezone(timedelta(hours=7))
SYSTEMS = {
    "systems": [
        {"id": "a", "secret": "khoa-a", "codes": ["000.00.15.H51"]},
        {"id": "b", "secret": "khoa-b", "codes": ["H36.12", "H36.13"]},
        {"id": "c", "secret": "khoa-c", "codes": ["H36.12"]}],
    "agencies": [
        {"code": "H36.12", "code102": "000.00.12.H36", "oldCode": "12.H36", "name": "Sở Tư pháp"},
        {"code": "H99", "name": "Đã khóa", "locked": True}],
    "traceOrgan": "001.00.20.TT2"}


class Axis:
    def __init__(self, folder, systems):
        self.folder, self.port, self.process = folder, 0, None
        (folder / "systems.json").write_text(json.dumps(systems), encoding="utf-8")

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-B", HERE / "axis.py", "--storage", self.folder / "storage", "--systems",
             self.folder / "systems.json", "--port", str(self.port), "--while-input"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        return self

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def raw(self, method, path, headers=(), body=b""):
        """Status and body; headers are pairs, sent as they are."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value.encode("utf-8"))
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def call(self, path, parameters=(), **how):
        """The JSON of a signed call; see `signed` for what can be done wrong."""
        body = how.pop("body", b"{}")
        return json.loads(self.raw(how.pop("method", "POST"), path, signed(list(parameters), **how), body)[1])

    def send(self, message, to=("H36.12",), system="a", secret="khoa-a", sender="000.00.15.H51", kind="edoc", digest=None):
        message = message if isinstance(message, bytes) else message.encode("utf-8")
        told = [("from", sender), ("to", json.dumps(list(to))), ("servicetype", "eDoc"), ("messagetype", kind),
                ("hash-file", digest or hash_file(message))]
        return self.call("/sendEdoc", told, system=system, secret=secret, form=True, body=form(message))

    def waiting(self, system="b", secret="khoa-b", kind="edoc"):
        return self.call("/getReceivedEdocList", [("servicetype", "eDoc"), ("messagetype", kind)],
                         system=system, secret=secret)["data"]

    def fetch(self, doc_id, system="b", secret="khoa-b"):
        return self.raw("GET", "/downloadEdoc", signed([("docId", doc_id)], system=system, secret=secret))[1]

    def done(self, doc_id, system="b", secret="khoa-b"):
        return self.call("/updateStatus", [("docId", doc_id), ("status", "done")], system=system, secret=secret)

    def inside(self, path):
        return json.loads(self.raw("GET", "/_stand-in/" + path)[1])

    def fault(self, fault, **more):
        status, _ = self.raw("POST", "/_stand-in/faults", body=json.dumps({"fault": fault, **more}).encode())
        assert status == 200


def hash_file(content):
    return "".join("%x" % byte for byte in hashlib.sha256(content).digest())


def form(message, name="file_doc"):
    return (b"--x-1\r\nContent-Disposition: form-data; name=\"" + name.encode() + b"\"; filename=\"a.edxml\"\r\n"
            b"Content-Type: application/xml\r\n\r\n" + message + b"\r\n--x-1--\r\n")


def signed(parameters, system="a", secret="khoa-a", form=False, late=0, change=lambda headers: headers, **other):
    """Headers of a call. `change` may spoil them before they are signed, `after` afterwards."""
    moment = datetime.fromtimestamp(time.time() - late, OFFICE)
    stamp = other.get("stamp") or moment.strftime("%d%m%YT%H%M%S+0") + f"{moment.microsecond // 1000:03}"
    kind = "application/octet-stream" if form else "application/json"
    named = change([("timestamp", stamp), ("systemid", system), ("Content-Type", kind), *parameters])
    text = json.dumps({"XroadVnpt-" + name: value for name, value in named})
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    headers = [("XroadVnpt-" + name, value) for name, value in named] + [
        ("Content-Type", "multipart/form-data; boundary=x-1" if form else kind),
        ("XroadVnpt-sign-header-key", ";".join(name for name, _ in named)), ("XroadVnpt-sign-header", text),
        ("XroadVnpt-hash-header", digest), ("User-Agent", "JAVASDKAgent/1.0.0 XRoad/VPCP"),
        ("XroadVnpt-version", "3.0.201608")]
    return other.get("after", lambda given: given)(headers)


@pytest.fixture
def axis(tmp_path):
    axis = Axis(tmp_path, SYSTEMS).start()
    yield axis
    axis.kill()


@pytest.fixture(scope="module")
def quiet_axis(tmp_path_factory):
    """One for all tests of a file that leave nothing in it."""
    axis = Axis(tmp_path_factory.mktemp("axis"), SYSTEMS).start()
    yield axis
    axis.kill()


@pytest.fixture
def axis_with(tmp_path):
    """A stand-in whose systems.json says something more."""
    started = []

    def start(**more):
        started.append(Axis(tmp_path, {**SYSTEMS, **more}).start())
        return started[-1]

    yield start
    for axis in started:
        axis.kill()
