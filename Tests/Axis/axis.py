#!/usr/bin/env python3
"""A stand-in for the national document axis, and for a province's façade before it.

    python3 Tests/Axis/axis.py --storage DIR --port 0 --systems systems.json

Listens on loopback, prints its port and serves until it is ended; with --while-input also until its standard input
ends. What it said yes to is on the disk: it may be killed at any time and started again on the same storage.
Checks, refuses, re-writes and routes as described in docs/decisions/0018. systems.json:

    {"systems": [{"id": "vanthu", "secret": "…", "codes": ["000.00.15.H51", "H36.12"]}],
     "agencies": [{"code": "H36.12", "code102": "000.00.12.H36", "oldCode": "…", "name": "…", "locked": false}],
     "generatedAgencies": 120000, "traceOrgan": "001.00.20.TT2", "messageLimit": 52428800,
     "bodies": ["raw", "form"], "windowDays": 7, "tokenSeconds": 1800}

`bodies`: how a message may be handed over (axis_checks.py). A system with a "login" (axis_login.py) has to sign in at the
province's façade, whose lists leave out the day they go to and span at most `windowDays`.

--fault JSON: one that waits from the start (axis_faults.py). Its inside, for tests: /_stand-in/messages, /_stand-in/messages/NAME (as it was re-written), /_stand-in/calls, and
/_stand-in/faults (axis_faults.py).
"""

import argparse
import itertools
import json
import os
import shutil
import signal
import sys
import threading
import time
from collections import deque
from http.server import ThreadingHTTPServer
from urllib.parse import urlsplit

from axis_checks import PARAMETERS, Refusal, hash_file, signed_parameters
from axis_faults import Faults
from axis_login import Logins
from axis_message import StrictReader
from axis_province import Provincial
from axis_store import Store, load
from axis_web import Answer, Filler, Handler, Stored, form_parts, raw_part, said


class Axis:
    def __init__(self, folder, systems):
        self.systems, self.faults = systems, Faults()
        self.secrets = {system["id"]: system["secret"] for system in systems["systems"]}
        self.store, self.calls, self.count = Store(folder, systems), deque(maxlen=1000), itertools.count(1)
        self.logins = Logins(systems)

    def now(self, faults):
        return time.time() + float(faults.get("clock", {}).get("seconds", 0))

    def answer(self, handler, body):
        """The answer to one request; None: the connection is closed without one."""
        url = urlsplit(handler.path)
        if url.path.startswith("/_stand-in/"):
            return self.inside(handler.command, url.path[len("/_stand-in/"):], body)
        handler.faults = faults = self.faults.take(url.path)
        if "slow" in faults:
            time.sleep(float(faults["slow"]["seconds"]))
        if "reset" in faults:
            return None
        self.calls.append({
            "number": next(self.count), "path": url.path, "query": url.query, "headers": handler.headers.items()})
        if "signedOut" in faults:
            self.logins.forget()
        facade = Provincial(self, handler, url) if url.path.startswith("/v1/") else National(self, handler, url)
        try:
            result = self.early(faults, body) or facade.answer(body)
        except Refusal as refusal:
            result = facade.refused(refusal)
        if "die" in faults:
            os.kill(os.getpid(), signal.SIGKILL)
        return None if "lose" in faults else result

    def early(self, faults, body):
        """Faults that leave nothing to work on."""
        if not faults.keys() & {"status", "refuse", "body"}:
            return None
        body.all()
        if "refuse" in faults:
            raise Refusal(str(faults["refuse"]["code"]), faults["refuse"].get("words", "Từ chối theo lệnh thử"))
        if "status" in faults:
            page = faults["status"].get("body", "<html><body><h1>Lỗi máy chủ</h1></body></html>")
            return Answer(page.encode("utf-8"), status=faults["status"]["status"], kind="text/html")
        if "bytes" in faults["body"]:
            return Answer(Filler(faults["body"]["bytes"]))
        return Answer(faults["body"]["body"].encode("utf-8"))

    def lines(self, rows, faults):
        rows = [row for row in rows for _ in range(2 if "twice" in faults else 1)]
        if "listsFrom" in faults:
            rows = [{**row, "from": faults["listsFrom"]["code"]} if "from" in row else row for row in rows]
        if "status" in faults.get("listsDone", {}):
            rows = [{**row, "status": faults["listsDone"]["status"]} for row in rows]
        return rows[::-1] if "reverse" in faults else rows

    def receive(self, system, parts, part, kind, sender, to, digest, faults):
        """Checks and keeps one message that was uploaded; the sender's name for it."""
        path = parts.get(part)
        if path is None or not os.path.isfile(path):
            raise Refusal("10", "Thiếu tệp " + part)
        if not 0 < os.path.getsize(path) <= self.systems.get("messageLimit", 200 << 20):
            raise Refusal("10", "Tệp rỗng hoặc quá lớn")
        if digest is not None and digest != hash_file(path):
            raise Refusal("10", "hash-file không khớp")
        folder = self.store.place()
        os.mkdir(folder)
        try:
            message = StrictReader(folder).read(path)
            if message.kind != kind:
                raise Refusal("22", "messageType không khớp với gói tin")
            if sender is not None and not self.same(sender, [message.sender]):
                raise Refusal("19", "Đơn vị gửi không khớp với gói tin: " + sender)
            named = set(message.recipients)
            for code in to or []:
                if code not in named and not self.same(code, named):
                    raise Refusal("22", "Đơn vị nhận không có trong gói tin: " + code)
            return self.store.take(system, message, to or message.recipients, self.now(faults))
        finally:
            shutil.rmtree(folder)

    def same(self, code, others):
        names = self.store.names_of(code)[0]
        return any(names & self.store.names_of(other)[0] for other in others)

    def inside(self, method, path, body):
        text = body.all()
        try:
            if path == "faults" and method == "POST":
                self.faults.add(json.loads(text))
                return said({"ok": True})
        except (ValueError, AttributeError) as error:
            return said({"error": str(error)}, status=400)
        if path == "faults" and method == "DELETE":
            self.faults.clear()
            return said({"ok": True})
        if path == "faults":
            return said(self.faults.listed())
        if path == "messages":
            return said(self.store.everything())
        if path == "calls":
            return said(list(self.calls))
        name = path.removeprefix("messages/")
        if self.store.ask("SELECT 1 FROM sending WHERE doc_id = ?", name):
            return Answer(Stored(self.store.file_of(name)), kind="application/xml")
        return said({"error": "not here"}, status=404)


class National:
    """The surface of the national axis."""

    def __init__(self, axis, handler, url):
        self.axis, self.handler, self.path, self.faults = axis, handler, url.path, handler.faults

    def refused(self, refusal):
        return said({"status": "FAIL", "ErrorCode": refusal.code, "ErrorDesc": refusal.words}, status=refusal.status)

    def fine(self, **more):
        return said({"status": "OK", "ErrorCode": "0", "ErrorDesc": "Thanh cong", **more})

    def answer(self, body):
        method = "GET" if self.path in ("/downloadEdoc", "/countReceiveEdoc", "/countReceiveStatus") else "POST"
        if self.path not in PARAMETERS or method != self.handler.command:
            body.all()
            return said({"error": "no such call"}, status=404)
        parts = self.message(body) if self.path == "/sendEdoc" else body.all()
        try:
            self.system, self.told = signed_parameters(
                self.handler.headers.items(), self.path, self.axis.secrets, self.axis.now(self.faults))
            return getattr(self, self.path[1:])(parts)
        finally:
            for part in parts.values() if isinstance(parts, dict) else []:
                if os.path.isfile(part):
                    os.unlink(part)

    def message(self, body):
        place, kind = self.axis.store.place, self.handler.headers.get("Content-Type", "")
        how = "raw" if kind == "application/octet-stream" else "form"
        if how not in self.axis.systems.get("bodies", ["raw", "form"]):
            body.all()
            raise Refusal("10", "Thân gói tin không đúng cách")
        return {"file_doc": raw_part(body, place)} if how == "raw" else form_parts(body, kind, place)

    def listed(self, rows):
        return self.fine(data=self.axis.lines(list(rows), self.faults))

    def getReceivedEdocList(self, _):
        return self.listed({
            "docId": row["doc_id"], "serviceType": "eDoc", "messageType": row["kind"],
            "created_time": row["created_at"], "updated_time": row["updated_at"], "from": row["from_code"],
            "to": row["to_code"], "status": row["status"], "status_desc": "Chưa nhận"
        } for row in self.axis.store.waiting(self.system, self.told["messagetype"], done="listsDone" in self.faults))

    def getSentEdocList(self, _):
        return self.listed({
            "serviceType": "eDoc", "receiverDocId": row["doc_id"], "senderDocId": row["sending"],
            "fromCode": row["from_code"], "toCode": row["to_code"], "sendStatus": "done",
            "sendStatusDesc": "Đã gửi", "receiveStatus": row["status"], "receiveStatusDesc": row["status"],
            "title": row["title"], "notation": row["notation"], "messageType": row["kind"],
            "sentTime": row["sent_at"], "receivedTime": row["updated_at"]
        } for row in self.axis.store.sent(self.system, self.told["messagetype"]))

    def sendEdoc(self, parts):
        try:
            to = json.loads(self.told["to"])
        except ValueError:
            to = None
        if not isinstance(to, list) or not to or not all(isinstance(code, str) for code in to):
            raise Refusal("18", "Tham số to không phải mảng mã định danh")
        return self.fine(DocId=self.axis.receive(
            self.system, parts, "file_doc", self.told["messagetype"], self.told["from"], to, self.told["hash-file"],
            self.faults))

    def getEdoc(self, _):
        row = self.axis.store.message(self.system, self.told["docId"])
        return Answer(
            b'{"status":"OK","ErrorCode":"0","ErrorDesc":"Thanh cong","data":"',
            Stored(self.axis.store.file_of(row["sending"]), wrapped=True), b'"}')

    def downloadEdoc(self, _):
        try:
            row = self.axis.store.message(self.system, self.told["docId"])
        except Refusal:
            return Answer(b"", kind="application/octet-stream")
        return Answer(Stored(self.axis.store.file_of(row["sending"])), kind="application/octet-stream")

    def updateStatus(self, _):
        self.axis.store.acknowledge(self.system, self.told["docId"], self.told["status"])
        return self.fine()

    def getAgenciesList(self, _):
        return self.listed(self.axis.store.agencies("current"))

    def getAgenciesListQD20(self, _):
        return self.listed(self.axis.store.agencies("QD20"))

    def getSynchronizeUnit(self, _):
        if not self.told["level"].isdigit():
            raise Refusal("10", "level không phải số")
        return self.listed(self.axis.store.units(int(self.told["level"])))

    def registerAgency(self, body):
        try:
            agency = json.loads(body)
        except ValueError:
            raise Refusal("10", "Không phải JSON")
        self.axis.store.register(agency if isinstance(agency, dict) else {})
        return self.fine()

    def deleteAgency(self, _):
        self.axis.store.delete_agency(self.told["AgencyCode"])
        return self.fine()

    def countReceiveEdoc(self, _):
        return self.fine(count=len(self.axis.store.waiting(self.system, "edoc")))

    def countReceiveStatus(self, _):
        return self.fine(count=len(self.axis.store.waiting(self.system, "status")))


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--storage", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--systems", required=True)
    parser.add_argument("--while-input", action="store_true")
    parser.add_argument("--fault", type=json.loads, action="append", default=[])
    options = parser.parse_args()
    os.makedirs(options.storage, exist_ok=True)
    server = Server(("127.0.0.1", options.port), Handler)
    server.axis = Axis(options.storage, load(options.systems))
    for fault in options.fault:
        server.axis.faults.add(fault)
    print(server.server_address[1], flush=True)
    if options.while_input:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        while sys.stdin.buffer.read(1 << 10):
            pass
    else:
        server.serve_forever()


if __name__ == "__main__":
    main()
