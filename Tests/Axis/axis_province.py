"""A province's façade before the axis."""

import json
import os
from datetime import date
from urllib.parse import parse_qs

from axis_checks import Refusal, text_of
from axis_web import Answer, Stored, form_parts, said


class Provincial:
    """A province's façade over the same storage."""

    METHODS = {"sendEdoc": "POST", "syncReceivedEdocList": "GET", "getEdoc": "GET", "updateStatus": "POST",
               "auth/login": "POST"}

    def __init__(self, axis, handler, url):
        self.axis, self.handler, self.faults = axis, handler, handler.faults
        self.call = url.path[len("/v1/"):]
        self.query = {name: values[0] for name, values in parse_qs(url.query).items()}

    def refused(self, refusal):
        if refusal.words.startswith("There is an error in XML document"):
            # The national office's parser speaks for itself, without a code of the list.
            return said({"code": 500, "message": "Lỗi gửi gói tin", "errorDetail": [{"exception": refusal.words}],
                         "data": None})
        told = {"docId": None, "status": "FAIL", "errorCode": refusal.code, "errorDesc": refusal.words}
        return said({"success": False, "message": refusal.words, "data": told}, status=refusal.status)

    def answer(self, body):
        if self.METHODS.get(self.call) != self.handler.command:
            body.all()
            return said({"success": False, "message": "Không có dịch vụ này"}, status=404)
        if self.call == "auth/login":
            return self.sign_in(body.all())
        headers = self.handler.headers
        self.system = headers.get("X-SystemId", "")
        if self.axis.secrets.get(self.system) != text_of(headers.get("X-SecretKey", "")):
            raise Refusal("15", "Sai SystemId hoặc SecretKey", status=401)
        if not self.axis.logins.is_signed_in(self.system, headers.get("Authorization", "")):
            return said({"code": 401, "message": "Unauthorized", "licenseInfo": "invalid"}, status=401)
        parts = form_parts(body, headers.get("Content-Type", ""), self.axis.store.place) \
            if self.call == "sendEdoc" else body.all()
        return getattr(self, self.call)(parts)

    def sign_in(self, body):
        token = self.axis.logins.sign_in(body) if self.query.get("allow_anonymous") == "true" else None
        if token is None:
            return said({"code": 401, "message": "Sai tài khoản hoặc mật khẩu", "data": None}, status=401)
        return said({"code": 200, "message": "Success", "data": {"username": "x", "token": token}})

    def sendEdoc(self, parts):
        try:
            name = self.axis.receive(
                self.system, parts, "edocFile", parts.get("messageType"), None, None, None, self.faults)
        finally:
            if os.path.isfile(parts.get("edocFile", "")):
                os.unlink(parts["edocFile"])
        told = {"status": "OK", "docId": name, "errorCode": None, "errorDesc": None}
        return said({"code": 200, "message": "Success", "data": told})

    def syncReceivedEdocList(self, _):
        days = [self.query.get(name, "").replace("/", "-") for name in ("fromDate", "toDate")]
        if not all(len(day) == 10 for day in days) or self.query.get("messageType") not in ("edoc", "status"):
            raise Refusal("10", "Thiếu messageType, fromDate hoặc toDate")
        try:
            first, end = (date.fromisoformat(day) for day in days)
        except ValueError:
            raise Refusal("10", "Ngày không hợp lệ")
        if (end - first).days > self.axis.systems.get("windowDays", 7):
            return said({"success": False, "message": "Khoảng thời gian quá rộng"})
        rows = self.axis.lines([{
            "serviceType": "eDoc", "createdTime": row["created_at"], "updatedTime": row["updated_at"],
            "messageType": row["kind"], "docId": row["doc_id"], "from": row["from_code"], "to": row["to_code"],
            "status": row["status"], "statusDesc": "Chưa nhận"
        } for row in self.axis.store.waiting(
            self.system, self.query["messageType"], *days, "listsDone" in self.faults)], self.faults)
        return said({"success": True, "message": "OK", "count": len(rows), "data": rows})

    def getEdoc(self, _):
        row = self.axis.store.message(self.system, self.query.get("docId", ""))
        head = json.dumps({"docId": row["doc_id"], "from": row["from_code"]})
        return Answer(
            b'{"success":true,"message":"OK","data":' + head[:-1].encode() + b',"edxml":"',
            Stored(self.axis.store.file_of(row["sending"]), wrapped=True), b'"}}')

    def updateStatus(self, body):
        try:
            told = json.loads(body)
            self.axis.store.acknowledge(self.system, told["docId"], told["status"])
        except (ValueError, KeyError, TypeError):
            raise Refusal("10", "Thiếu docId hoặc status")
        return said({"success": True, "message": "OK"})
