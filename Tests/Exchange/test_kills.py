"""A power cut on either side between every two steps of the exchange, once each on either database (E5). What the steps are, and
which test here is killed between them, is listed in docs/exchange-kills.md.

One message is killed at one place after the other: that a place is reached at all shows that the one before it was got over."""

import re
import uuid

import pytest
from axis_process import AxisProcess
from conftest import NOIVU, PARTNER, UBND, check_both, make_pair, together
from installation import ROOT, Installation, until
from keys import Authority
from letters import pdf
from messages import document
from partner import Partner, call

SENDING = ["wireLeased", "wireComposed", "wireSent", "wireFinished"]
TAKING = ["inboundStored", "inboundCommitted"]
READING = ["inboundLeased", "inboundBeforeEntry", "inboundEntered"]
WRITING_DOWN = ["failureBefore", "failureCommitted"]
TP, NV, CITY = "phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def world(request, tmp_path_factory, postgres):
    """The pair, a rough partner of `a`, and both axes."""
    folder = tmp_path_factory.mktemp(f"kills-{request.param}")
    a, b = pair = make_pair(folder, request.param, postgres)
    rough = Partner(Authority(folder / "rough", "rough authority"), "rough").open()
    axes = {
        channel: AxisProcess(folder / channel, {one.name: list(one.agencies.values()) for one in pair}, channel == "lgsp").start()
        for channel in ("axis", "lgsp")}
    for one in pair:
        one.settings = {channel: axis.account(one.name) for channel, axis in axes.items()}
        one.write_settings()
    a.knows("rough", rough.address, rough.authority, rough.identity)
    a.do("catalogue", entries=[{"name": "Sở bạn", "code": PARTNER, "channel": "vanthu", "partner": "rough"}])
    together(Installation.start, *pair)
    yield a, b, rough, axes
    check_both(a, b)
    for one in pair:
        one.close()
    rough.close()
    for axis in axes.values():
        axis.kill()


@pytest.fixture
def sides(world):
    """Both live, and so they do afterwards, with nothing under way and nothing lying about."""
    a, b, _, _ = world
    yield world
    for one in (a, b):
        one.settles()
        one.is_tidy()


def hastened(*some):
    for one in some:
        one.hasten()
    return True


def dies(victim, *places):
    """Started at each to die there; what it was at is taken up by the next life."""
    for place in places:
        victim.kill()
        victim.start(kill_at=place)
        until(lambda: hastened(victim, victim.peer) and victim.was_killed(),
              lambda: f"{victim.name} dies at {place}: {victim.story()}")


def in_the_end(one, condition, what):
    until(lambda: hastened(one, one.peer) and condition(), lambda: f"{what}: {one.story()}")


def told(a, key, status, recipient=NOIVU):
    in_the_end(a, lambda: a.delivery(key, recipient)["status"] == status, f"{key} is {status}")


def arrived(a, b, letter, to=NOIVU):
    """A letter that nobody disturbed."""
    key = a.issue(TP, [to], files=[str(letter())])
    told(a, key, "01", to)
    return key


def asked(b, key, count=1):
    in_the_end(b, lambda: len(b.receipts(key)[0]["requests"]) >= count, f"{key} is asked about")
    b.settles()
    assert len(b.receipts(key)[0]["requests"]) == count


def answered(a, key, state, code):
    in_the_end(a, lambda: a.delivery(key)["requests"][-1]["state"] == state, f"{key} is {state}")
    a.settles()
    assert a.delivery(key)["taken"].count(code) == 1


# Letters and what is reported of them

def test_a_letter_is_sent(sides, letter):
    """E5: new, by its sender"""
    a, b, _, _ = sides
    a.kill()
    key = a.issue(TP, [NOIVU], files=[str(letter())])
    dies(a, "wireLeased", "wireComposed")
    assert not b.receipts(key)
    dies(a, "wireSent", "wireFinished")
    a.start()
    told(a, key, "01")
    assert len(b.receipts(key)) == 1 and a.delivery(key)["taken"] == ["01"]


def test_a_letter_is_taken_and_read(sides, letter):
    """E5: by its receiver, who reports that it came: the row is committed and the sender has no answer, or the other way round"""
    a, b, _, _ = sides
    b.kill()
    key = a.issue(TP, [NOIVU], files=[str(letter())])
    dies(b, "inboundStored")
    assert not b.inbound("waiting")
    dies(b, "inboundCommitted")
    assert b.inbound("waiting") and not a.delivery(key)["carried"]
    dies(b, *READING, *SENDING)
    b.start()
    told(a, key, "01")
    assert len(b.receipts(key)) == 1 and a.delivery(key)["taken"] == ["01"]


def test_bytes_of_no_more_use(sides, letter):
    """E5: who died while it threw them away, and whoever clears up behind it and dies too"""
    a, b, _, _ = sides
    b.kill()
    first = a.issue(TP, [NOIVU], files=[str(letter())])
    dies(b, "discardMarked")
    assert b.inbound("waiting") and not a.delivery(first)["carried"]
    dies(b, "discardMarked")
    b.start()
    told(a, first, "01")
    b.is_tidy()
    b.kill()
    second = a.issue(TP, [NOIVU], files=[str(letter())])
    # Past the first discarding, on to that of a message that is entered.
    dies(b, "inboundCommitted", "discardMarked")
    assert len(b.receipts(second)) == 1
    b.start()
    told(a, second, "01")
    assert len(b.receipts(first)) == len(b.receipts(second)) == 1


def test_statuses(sides, letter):
    """E5, E2: 02 … 06, by who says them and by who is told"""
    a, b, _, _ = sides
    key, refused = arrived(a, b, letter), arrived(a, b, letter)
    a.kill()
    b.do("accept", at=NV, about=key)
    dies(a, *TAKING, *READING)
    a.start()
    told(a, key, "03")
    b.kill()
    for act in ("direct", "start", "finish"):
        b.do(act, at=NV, about=key)
    dies(b, "wireFinished", "wireFinished", "wireFinished")
    b.do("refuse", at=NV, about=refused, reason="Gửi nhầm.")
    dies(b, "wireSent")
    b.start()
    told(a, key, "06")
    told(a, refused, "02")
    assert a.delivery(key)["taken"] == ["01", "03", "04", "05", "06"] and not a.delivery(key)["setAside"]
    assert a.delivery(refused)["taken"] == ["01", "02"]


# What is asked about a letter

def test_a_recall_is_asked_and_agreed_to(sides, letter):
    """E5, E3: 13, by who sends it; 15, by who destroys the copy before it says so"""
    a, b, _, _ = sides
    key = arrived(a, b, letter)
    a.kill()
    a.do("recall", at=TP, about=key, reason="Gửi nhầm.")
    dies(a, *SENDING)
    a.start()
    asked(b, key)
    b.is_tidy()
    b.kill()
    b.do("agree", at=NV, about=key)
    dies(b, "discardMarked", "copyDestroyed", "wireLeased", "wireComposed")
    # The bytes are gone before anybody says so.
    assert not a.delivery(key)["recalled"] and b.receipts(key)[0]["files"] == []
    dies(b, "wireSent", "wireFinished")
    b.start()
    answered(a, key, "agreed", "15")
    assert a.delivery(key)["recalled"]


def test_a_recall_is_read_and_refused(sides, letter):
    """E5, E3: 13, by who is asked; 16, by who is told"""
    a, b, _, _ = sides
    key = arrived(a, b, letter)
    b.kill()
    a.do("recall", at=TP, about=key, reason="Gửi nhầm.")
    dies(b, *TAKING, *READING)
    b.start()
    asked(b, key)
    a.kill()
    b.do("disagree", at=NV, about=key, reason="Đã làm.")
    dies(a, *TAKING, *READING)
    a.start()
    answered(a, key, "refused", "16")
    assert b.receipts(key)[0]["files"] and not a.delivery(key)["recalled"]


def test_an_update(sides, letter):
    """E5, E3: asked and refused by who sends the one and the other; asked and agreed to by who reads the one and the other"""
    a, b, _, _ = sides
    key = arrived(a, b, letter)
    a.kill()
    a.do("update", at=TP, about=key, reason="Sửa ngày họp.")
    dies(a, *SENDING)
    a.start()
    asked(b, key)
    b.kill()
    b.do("disagree", at=NV, about=key, reason="Đã họp.")
    dies(b, *SENDING)
    b.start()
    answered(a, key, "refused", "16")
    b.kill()
    a.do("update", at=TP, about=key, reason="Sửa giờ họp.")
    dies(b, *TAKING, *READING)
    b.start()
    asked(b, key, count=2)
    a.kill()
    b.do("agree", at=NV, about=key)
    dies(a, *TAKING, *READING)
    a.start()
    answered(a, key, "agreed", "15")


def test_a_replacement(sides, letter):
    """E5, D22: it is the new letter of the old one's receiver, once"""
    a, b, _, _ = sides
    old = arrived(a, b, letter)
    a.kill()
    key = a.issue(TP, [NOIVU], files=[str(letter())], replaces=old)
    dies(a, *SENDING)
    b.kill()
    a.start()
    again = a.issue(TP, [NOIVU], files=[str(letter())], replaces=old)
    dies(b, *TAKING, *READING)
    b.start()
    for one in (key, again):
        told(a, one, "01")
        [receipt] = b.receipts(one)
        assert receipt["replaces"] == old


# What goes wrong

def test_a_failure_is_written_down(sides, letter):
    """E5: a partner who is away, and one who never takes it: noted or not, it is tried again, and goes once"""
    a, _, rough, _ = sides
    a.kill()
    rough.close()
    key = a.issue(TP, [PARTNER], files=[str(letter())])
    dies(a, "failureBefore")
    assert [one["attempts"] for one in a.look()["outbox"]] == [0]
    dies(a, "failureCommitted")
    assert [(one["attempts"], one["dead"]) for one in a.look()["outbox"]] == [(1, False)]
    rough.open()
    a.start()
    in_the_end(a, lambda: a.delivery(key, PARTNER)["carried"], "it goes")
    a.kill()
    rough.manners[:] = ["400", "400"]
    never = a.issue(TP, [PARTNER], files=[str(letter())])
    dies(a, "failureBefore")
    assert a.totals()["dead"] == 0
    dies(a, "failureCommitted")
    assert a.totals()["dead"] == 1
    a.start()
    assert a.do("revive")["count"] == 1
    in_the_end(a, lambda: a.delivery(never, PARTNER)["carried"], "it goes, once a clerk said so")
    assert [len(copies) for copies in rough.kept.values()] == [1, 1]


def test_what_cannot_be_entered_is_written_down(sides):
    """E5: it is put before the administrator, once"""
    a, _, rough, _ = sides
    message, body = str(uuid.uuid4()), document(PARTNER, ["H00.99"], 5, [("thu.pdf", pdf())])
    a.kill()
    a.start(kill_at="inboundCommitted")
    until(lambda: call(a, rough.identity, body, message=message)[0] == 0 and a.was_killed(), "it is kept, and nobody was told")
    dies(a, "failureBefore")
    assert [one["external"] for one in a.inbound("waiting")] == [message]
    dies(a, "failureCommitted")
    a.start()
    assert call(a, rough.identity, body, message=message)[0] == 200
    assert [one["external"] for one in a.inbound("failed")] == [message]


# Within one installation

def stop_receipts(b, stops):
    """No receipt can be written in that database."""
    if not stops:
        b.change("DROP TRIGGER stops ON receipt; DROP FUNCTION stops()" if b.database else "DROP TRIGGER stops")
    elif b.database:
        b.change("CREATE FUNCTION stops() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stopped'; END $$; "
                 "CREATE TRIGGER stops BEFORE INSERT ON receipt EXECUTE FUNCTION stops()")
    else:
        b.change("CREATE TRIGGER stops BEFORE INSERT ON receipt BEGIN SELECT RAISE(ABORT, 'stopped'); END")


def test_within_one_installation(sides, letter):
    """E5: letter, status, request, answer, and what could not be carried"""
    b = sides[1]
    words = f"giao ban {uuid.uuid4().hex[:8]}"

    def here():
        return [one for one in b.look()["receipts"] if words in one["abstract"]]
    b.kill()
    stop_receipts(b, True)
    key = b.issue(NV, [UBND], files=[str(letter())], abstract=words)
    dies(b, "failureBefore")
    assert [one["attempts"] for one in b.look()["outbox"]] == [0]
    dies(b, "failureCommitted")
    assert [one["attempts"] for one in b.look()["outbox"]] == [1]
    stop_receipts(b, False)
    dies(b, "receiptBefore")
    assert not here()
    dies(b, "receiptCommitted", "statusBefore", "statusCommitted")
    assert len(here()) == 1 and b.delivery(key, UBND)["taken"] == ["01"]
    b.do("recall", at=NV, about=key, reason="Gửi nhầm.")
    dies(b, "requestBefore", "requestCommitted")
    assert b.do("agree", at=CITY)["count"] == 1
    dies(b, "statusBefore", "statusCommitted")
    b.start()
    b.settles()
    assert b.delivery(key, UBND)["recalled"] and b.delivery(key, UBND)["taken"] == ["01", "15"]
    [receipt] = here()
    assert receipt["frozen"] and len(receipt["requests"]) == 1


# Through an axis

CALLS = {
    "axis": ["/sendEdoc", "/getReceivedEdocList", "/getEdoc", "/updateStatus"],
    "lgsp": ["/v1/sendEdoc", "/v1/syncReceivedEdocList", "/v1/getEdoc", "/v1/updateStatus"],
}


@pytest.fixture(params=list(CALLS))
def by_axis(request, sides):
    a, b, _, axes = sides
    a.change(f"UPDATE correspondent SET channel = '{request.param}', partner = '' WHERE code = '{UBND}'")
    return a, b, axes[request.param], CALLS[request.param]


def test_through_an_axis(by_axis, letter):
    """E4, E5: put there, listed, fetched, kept, confirmed; what was put there twice is one entry"""
    a, b, axis, _ = by_axis
    for one in (a, b):
        one.kill()
    key = a.issue(TP, [UBND], files=[str(letter())])
    dies(a, *SENDING)
    a.start()
    dies(b, "axisListed", "axisFetched", *TAKING, "axisConfirmed")
    b.start()
    told(a, key, "01", UBND)
    b.settles()
    assert len(b.receipts(key)) == 1
    b.kill()
    b.do("accept", at=CITY, about=key)
    a.kill()
    dies(b, "wireSent")
    b.start()
    dies(a, "axisFetched", "inboundCommitted", "inboundEntered")
    a.start()
    told(a, key, "03", UBND)
    assert a.delivery(key, UBND)["taken"] == ["01", "03"]


def test_the_axis_dies(by_axis, letter):
    """E4, E5: at each call, when it has done what it was asked and has not yet said so"""
    a, b, axis, calls = by_axis
    axis.kill()
    key = a.issue(TP, [UBND], files=[str(letter())])
    for path in calls:
        axis.start(fault="die", path=path)
        until(lambda: hastened(a, b) and axis.was_killed(), lambda: f"it dies at {path}: {a.story()}")
    axis.start()
    told(a, key, "01", UBND)
    b.settles()
    assert len(b.receipts(key)) == 1 and a.delivery(key, UBND)["taken"] == ["01"]


def test_no_place_is_forgotten():
    """E5: every place at which a machine may die is listed, and somebody dies there"""
    office = (ROOT / "Sources/Operations/Office.swift").read_text()
    places = re.findall(r"\.(\w+)", office.split("ofExchange: Set<KillPlace> = [")[1].split("]")[0])
    assert len(places) > 15
    listed = (ROOT / "docs/exchange-kills.md").read_text()
    tried = "".join((ROOT / f"Tests/Exchange/{name}.py").read_text() for name in ("test_kills", "test_mailbox"))
    for place in places:
        assert f"`{place}`" in listed and f'"{place}"' in tried, place
