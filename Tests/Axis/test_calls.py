"""Who may call, how calls are signed, and where messages go. E4, E5."""

import http.client
import json
import random
import signal
import threading
from datetime import datetime, timedelta

import pytest
from conftest import OFFICE, form, hash_file
from letters import letter, status

LIST = [("servicetype", "eDoc"), ("messagetype", "edoc")]


def drop(name):
    return lambda headers: [pair for pair in headers if pair[0].lower() != name.lower()]


def put(name, value):
    return lambda headers: [(n, value if n.lower() == name.lower() else v) for n, v in headers]


def test_a_rightly_signed_call_is_answered(axis):
    assert axis.call("/getReceivedEdocList", LIST)["ErrorCode"] == "0"


@pytest.mark.parametrize("how", [
    {"secret": "khoa-sai"}, {"system": "khong-co"}, {"late": 301}, {"late": -301}, {"stamp": "12052026T073000+0700"},
    {"stamp": "2026-05-12T07:30:00"}, {"after": drop("XroadVnpt-hash-header")}, {"after": drop("XroadVnpt-sign-header")},
    {"after": drop("XroadVnpt-sign-header-key")}, {"after": drop("XroadVnpt-timestamp")},
    {"after": drop("XroadVnpt-systemid")}, {"after": drop("XroadVnpt-version")}, {"after": drop("User-Agent")},
    {"after": drop("XroadVnpt-messagetype")}, {"after": put("XroadVnpt-messagetype", "status")},
    {"after": put("XroadVnpt-systemid", "b")}, {"after": put("XroadVnpt-version", "1")},
    {"after": lambda headers: [(n, v.upper() if n == "XroadVnpt-hash-header" else v) for n, v in headers]},
    {"after": lambda headers: headers + [("XroadVnpt-docId", "x")]},
    {"after": lambda headers: headers + [("XroadVnpt-messagetype", "status")]},
    # Another text of the same value is not what was signed.
    {"after": lambda headers: [(n, v.replace("{", "{ ", 1) if n == "XroadVnpt-sign-header" else v) for n, v in headers]},
    {"change": drop("Content-Type")}, {"change": put("servicetype", "khac")}, {"change": put("messagetype", "khac")},
    # What an earlier call left behind.
    {"change": lambda headers: headers + [("docId", "x")]},
])
def test_a_call_that_is_not_signed_rightly_is_refused(quiet_axis, how):
    answer = quiet_axis.call("/getReceivedEdocList", LIST, **how)
    assert (answer["status"], answer["ErrorCode"]) == ("FAIL", "15")


def test_the_clock_may_be_a_little_off_and_its_own_can_be_put_wrong(axis):
    assert axis.call("/getReceivedEdocList", LIST, late=250)["ErrorCode"] == "0"
    axis.fault("clock", seconds=600)
    assert axis.call("/getReceivedEdocList", LIST)["ErrorDesc"] == "timestamp ngoài khoảng cho phép"
    assert axis.call("/getReceivedEdocList", LIST)["ErrorCode"] == "0"


def test_the_digest_has_no_leading_zeros(axis):
    assert axis.send(letter())["ErrorCode"] == "0"
    for digest in ("0" * 64, hash_file(letter().encode()) + "0"):
        assert axis.send(letter(), digest=digest)["ErrorDesc"] == "hash-file không khớp"
    number = next(n for n in range(500) if len(hash_file(letter(n).encode())) < 64)
    assert axis.send(letter(number))["ErrorCode"] == "0"


def test_a_body_that_is_no_form_or_breaks_off_is_refused(axis):
    told = [("from", "000.00.15.H51"), ("to", '["H36.12"]'), *LIST, ("hash-file", "0")]
    for body in (b"", b"x", form(b"")[:-9], form(b"abc", name="khac"), form(b"")):
        assert axis.call("/sendEdoc", told, form=True, body=body)["ErrorCode"] == "10"
    for to in ("", "H36.12", "[]", "{}", "[1]"):
        spoiled = [(name, to if name == "to" else value) for name, value in told]
        assert axis.call("/sendEdoc", spoiled, form=True, body=form(b"<a/>"))["ErrorCode"] in ("10", "18")


def test_a_message_may_be_the_body_with_a_lines_end_after_it(axis):
    message = letter().encode()
    told = [("from", "000.00.15.H51"), ("to", '["H36.12"]'), *LIST, ("hash-file", hash_file(message))]

    def raw(body):
        return axis.call("/sendEdoc", told, form=True, body=body, after=lambda headers: [
            (name, "application/octet-stream" if name == "Content-Type" else value) for name, value in headers])

    assert raw(message + b"\r\n")["ErrorCode"] == "0"
    assert raw(message)["ErrorDesc"] == "Sau gói tin không có dấu xuống dòng"
    assert raw(message + b"\r\n\r\n")["ErrorDesc"] == "hash-file không khớp"
    assert raw(b"")["ErrorCode"] == "10"
    assert len(axis.inside("messages")) == 1


def test_routes_by_identifier_in_any_form_to_every_system_that_serves_it(axis):
    for code in ("H36.12", "000.00.12.H36", "12.H36"):
        assert axis.send(letter(to=[code]), to=["H36.12"])["ErrorCode"] == "0"
    assert len(axis.waiting("b", "khoa-b")) == len(axis.waiting("c", "khoa-c")) == 3
    assert axis.waiting("a", "khoa-a") == []


@pytest.mark.parametrize("code, how", [
    ("18", {"to": ["H77"]}), ("23", {"to": ["H99"]}), ("22", {"to": ["H36.13"], "named": ["H36.12"]}),
    ("19", {"sender": "H36.12"}), ("15", {"secret": "khoa-b"}),
])
def test_what_is_wrong_has_its_code(axis, code, how):
    named = how.pop("named", how.get("to", ["H36.12"]))
    assert axis.send(letter(to=named), **how)["ErrorCode"] == code
    assert axis.inside("messages") == []


def test_a_status_goes_to_whom_it_answers(axis):
    assert axis.send(status(), system="b", secret="khoa-b", sender="H36.12", to=["000.00.15.H51"], kind="status")[
        "ErrorCode"] == "0"
    assert [item["messageType"] for item in axis.waiting("a", "khoa-a", "status")] == ["status"]
    assert axis.waiting("a", "khoa-a", "edoc") == []
    assert axis.send(status(), system="b", secret="khoa-b", sender="H36.12", to=["000.00.15.H51"])["ErrorCode"] == "22"


def test_what_lies_ready_stays_until_it_is_acknowledged(axis):
    axis.send(letter())
    [item] = axis.waiting()
    assert axis.call("/updateStatus", [("docId", item["docId"]), ("status", "xong")], system="b", secret="khoa-b")[
        "ErrorCode"] == "10"
    assert axis.done(item["docId"], "a", "khoa-a")["ErrorCode"] == "100"
    assert axis.waiting() == [item]
    assert axis.done(item["docId"])["ErrorCode"] == "0"
    assert axis.waiting() == []
    assert axis.done(item["docId"])["ErrorCode"] == "0"


def test_nothing_is_lost_when_it_is_killed_under_load(axis):
    """Four senders, a receiver, and three kills at random moments: what was answered yes is there, once for each yes."""
    said_yes, stop, lock = [], threading.Event(), threading.Lock()

    def send(worker):
        number = 0
        while not stop.is_set():
            number += 1
            try:
                answer = axis.send(letter(f"{worker}-{number}"))
            except (OSError, ValueError, http.client.HTTPException):
                continue
            if answer["ErrorCode"] == "0":
                with lock:
                    said_yes.append(answer["DocId"])

    workers = [threading.Thread(target=send, args=(worker,)) for worker in range(4)]
    for worker in workers:
        worker.start()
    try:
        for _ in range(3):
            wanted = len(said_yes) + random.randint(3, 12)
            while len(said_yes) < wanted:
                stop.wait(0.005)
            axis.kill()
            axis.start()
    finally:
        stop.set()
        for worker in workers:
            worker.join()
    axis.kill()
    axis.start()
    kept = axis.inside("messages")
    assert set(said_yes) <= {message["doc_id"] for message in kept}
    assert len(said_yes) == len(set(said_yes))
    items = {item["docId"] for item in axis.waiting()}
    assert {item["doc_id"] for message in kept for item in message["items"] if item["system"] == "b"} == items
    for item in items:
        assert axis.fetch(item).endswith(b"</edXML>\n")


def test_agencies_by_the_hundred_thousand(axis_with):
    axis = axis_with(generatedAgencies=120_000)
    agencies = axis.call("/getAgenciesListQD20")["data"]
    assert len({agency["code"] for agency in agencies}) == 120_002
    assert {"id", "pid", "code", "name", "mail", "oldCode", "code102"} == set(agencies[0])


def day(days):
    return (datetime.now(OFFICE) + timedelta(days=days)).strftime("%Y/%m/%d")


def listed(axis, first, end, system="b", more=()):
    headers = [("X-SystemId", system), ("X-SecretKey", "khoa-" + system), *more]
    status, body = axis.raw(
        "GET", f"/v1/syncReceivedEdocList?messageType=edoc&fromDate={day(first)}&toDate={day(end)}", headers)
    return status, json.loads(body)


def test_the_province_asks_for_its_two_headers_and_no_more(axis):
    query = f"/v1/syncReceivedEdocList?messageType=edoc&fromDate={day(-6)}&toDate={day(1)}"
    for headers in ([], [("X-SystemId", "b")], [("X-SystemId", "b"), ("X-SecretKey", "khoa-a")]):
        answer = axis.raw("GET", query, headers)
        assert answer[0] == 401 and json.loads(answer[1])["data"]["errorCode"] == "15"
    axis.send(letter())
    good = [("X-SystemId", "b"), ("X-SecretKey", "khoa-b")]
    found = json.loads(axis.raw("GET", query, good)[1])
    assert found["count"] == 1 and found["data"][0]["to"] == "H36.12"
    assert axis.raw("GET", "/v1/khongCo", good)[0] == 404


def test_the_lists_of_the_province_leave_the_last_day_out_and_span_a_week(axis):
    axis.send(letter())
    assert listed(axis, 0, 0)[1]["data"] == []
    assert listed(axis, 0, 1)[1]["count"] == 1
    assert listed(axis, -7, 0)[1]["data"] == []
    assert listed(axis, -7, 1)[1] == {"success": False, "message": "Khoảng thời gian quá rộng"}


def test_what_was_acknowledged_may_be_listed_all_the_same(axis):
    axis.send(letter())
    [item] = axis.waiting()
    axis.done(item["docId"])
    for how, status in (({}, "done"), ({"status": "initial"}, "initial")):
        for lines in (lambda: axis.waiting(), lambda: listed(axis, 0, 1)[1]["data"]):
            axis.fault("listsDone", **how)
            assert [line["status"] for line in lines()] == [status]
            assert lines() == []


def test_a_system_with_an_account_signs_in_at_the_province(axis_with):
    account = {"user": "lt", "password": "mk", "application": "VT"}
    axis = axis_with(systems=[{"id": "b", "secret": "khoa-b", "codes": ["H36.12"], "login": account}])
    told = {"username": "lt", "password": "mk", "applicationCode": "VT", "otp": None, "twoFactorProvider": None,
            "typeObjs": [0, 1]}

    def sign_in(query="?allow_anonymous=true", **change):
        status, body = axis.raw("POST", "/v1/auth/login" + query, body=json.dumps({**told, **change}).encode())
        return status, json.loads(body)["data"]

    assert listed(axis, 0, 1)[0] == 401
    for wrong in ({"query": ""}, {"password": "x"}, {"applicationCode": "X"}, {"typeObjs": []}, {"more": 1}):
        assert sign_in(**wrong) == (401, None)
    status, data = sign_in()
    assert status == 200
    bearer = [("Authorization", "Bearer " + data["token"])]
    assert listed(axis, 0, 1, more=bearer) == (200, {"success": True, "message": "OK", "count": 0, "data": []})
    assert listed(axis, 0, 1, more=[("Authorization", "Bearer x")])[0] == 401
    axis.fault("signedOut")
    assert listed(axis, 0, 1, more=bearer)[0] == 401


def test_calls_that_do_not_exist(axis):
    assert axis.raw("POST", "/khongCo")[0] == 404
    assert axis.raw("GET", "/sendEdoc")[0] == 404
    assert axis.raw("GET", "/_stand-in/khong-co")[0] == 404
    assert axis.raw("POST", "/_stand-in/faults", body=b'{"fault":"khac"}')[0] == 400
    assert axis.raw("POST", "/_stand-in/faults", body=b"[")[0] == 400


def test_faults_wait_for_their_path_and_their_number(axis):
    axis.fault("refuse", code="20", words="bận", path="/sendEdoc", count=2)
    assert axis.call("/getReceivedEdocList", LIST)["ErrorCode"] == "0"
    assert [axis.send(letter())["ErrorCode"] for _ in range(3)] == ["20", "20", "0"]
    axis.fault("status", status=503)
    assert axis.inside("faults") == [{"count": 1, "path": None, "fault": "status", "status": 503}]
    axis.raw("DELETE", "/_stand-in/faults")
    assert axis.call("/getReceivedEdocList", LIST)["ErrorCode"] == "0"


def test_it_dies_when_told_to(axis):
    """With what it was asked done, and nothing said; the next process has it."""
    axis.fault("die", path="/sendEdoc")
    with pytest.raises((OSError, http.client.HTTPException)):
        axis.send(letter())
    assert axis.process.wait(timeout=30) == -signal.SIGKILL
    axis.start()
    assert len(axis.waiting()) == 1
