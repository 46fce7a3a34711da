"""What lies in an official mailbox, and what a power cut does to it (E5, E6, H6): many mails, mails that the server cannot
hand out, that are too large, that cannot be moved; two agencies with a mailbox each, one of which does not answer."""

import os
import socket
import tempfile
import uuid

import pytest
from installation import Installation, until
from test_mail import FRIEND, OFFICE, PostOffice, deliver, incoming, letter, pytestmark, sent_to_friend  # noqa: F401

TUPHAP, NOIVU, OTHER = "phong-tu-phap", "phong-noi-vu", "theodoi@rachgia.example"
SERVER = "mx.tuphap.example"


@pytest.fixture(scope="module")
def post():
    office = PostOffice()
    yield office
    office.close()


def open_office(folder, post, database=None, **more):
    """Two agencies with a mailbox each."""
    one = Installation(folder / "a", "a", database, {TUPHAP: "H31.12.05", NOIVU: "H01.7"})
    one.do("install", agencies=one.agencies)
    one.settings = {"mail": {
        TUPHAP: {**account(post, OFFICE), "verifiedBy": SERVER}, NOIVU: {**account(post, OTHER), **more}}}
    one.write_settings()
    one.do("catalogue", entries=[{"name": "UBND thành phố", "code": "X01", "channel": "mail", "mail": FRIEND}])
    one.start()
    return one


def account(post, address):
    return {"address": address, "submission": post.place("smtp", address), "mailbox": post.place("imap", address),
            "every": 1}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def office(request, tmp_path_factory, post, postgres):
    one = open_office(tmp_path_factory.mktemp("box"), post, postgres() if request.param == "postgres" else None)
    yield one
    one.settles()
    one.verify()
    one.close()


@pytest.fixture
def held(office):
    """The mailbox is held while the test lays things out in it; calling the value lets go."""
    office.do("hold", channel="mail", partner=TUPHAP, at=TUPHAP)

    def go():
        office.do("release", channel="mail", partner=TUPHAP)
    yield go
    go()


def mark():
    return uuid.uuid4().hex[:8]


def receipts(office, words):
    return [one for one in office.look()["receipts"] if words in one["abstract"]]


def arrives(office, words):
    return until(lambda: receipts(office, words), lambda: f"{words} is a receipt: {office.story()}")


def health(office, partner=TUPHAP, direction="nhan"):
    found = [one for one in office.look()["health"]
             if (one["channel"], one["partner"], one["direction"]) == ("mail", partner, direction)]
    return found[0] if found else {"error": "", "failures": 0}


def is_empty(office, post, user=OFFICE):
    until(lambda: not post.mailbox(user), lambda: f"the inbox is empty: {office.story()}")


def fill(post, count, mail):
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        file.write(bytes(mail))
        file.flush()
        file_mode(file)
        post.say(f"fill {OFFICE} {count} {file.name}")


def file_mode(file):
    """The post office has no rights."""
    os.chmod(file.name, 0o644)


def test_what_people_left_lying_as_deleted_holds_nothing_up(office, post, letter, held):
    """E6: a mailbox full of mails that are marked and not removed"""
    words = mark()
    fill(post, 250, incoming("Thư rác", None, Auto_Submitted="auto-replied"))
    post.say(f"throw-away {OFFICE}")
    deliver(post, incoming(f"[1/UBND-VP] {words}", letter))
    held()
    arrives(office, words)
    until(lambda: len(post.mailbox(OFFICE)) == 250, "the letter is out of the way, the others stay")
    assert not [one for one in office.look()["inbound"] if "Thư rác" in one["subject"]]
    clear(post, OFFICE)


def clear(post, user, folder="INBOX"):
    with post.imap(user) as box:
        box.select(f'"{folder}"')
        box.store("1:*", "+FLAGS", "\\Deleted")
        box.expunge()


def test_a_mail_that_the_server_cannot_hand_out_keeps_nobody_else(office, post, letter, held):
    """E6: the one behind it is taken, the mailbox's line says so, and it comes when it can be read again"""
    bad, good = mark(), mark()
    deliver(post, incoming(f"[2/UBND-VP] {bad}", letter, message_id=f"<{bad}@rachgia.example>"))
    post.say(f"spoil {OFFICE} {bad}")
    deliver(post, incoming(f"[3/UBND-VP] {good}", letter))
    held()
    arrives(office, good)
    until(lambda: "chưa giao được 1 thư" in health(office)["error"], lambda: f"it is said: {office.look()['health']}")
    assert not receipts(office, bad)
    post.say(f"mend {OFFICE}")
    arrives(office, bad)
    is_empty(office, post)
    until(lambda: health(office)["failures"] == 0, lambda: f"the line is well again: {office.look()['health']}")


def test_a_mail_that_is_too_large_is_put_before_a_person(office, post, letter, held):
    """E6: it is not brought here; the one behind it is; reading it again says the same"""
    large, good = mark(), mark()
    mail = bytes(incoming(f"Bản đồ {large}", None))
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        file.write(mail)
        line = b"x" * 998 + b"\r\n"
        for _ in range(202):
            file.write(line * 1049)
        file.flush()
        file_mode(file)
        post.say(f"deliver {OFFICE} {file.name}")
    deliver(post, incoming(f"[4/UBND-VP] {good}", letter))
    held()
    arrives(office, good)

    def failed():
        return [one for one in office.inbound("failed") if large in one["subject"]]
    found = until(failed, lambda: f"a person sees it: {office.story()}")[0]
    assert "lớn hơn 200 MB" in found["error"] and found["sender"] == FRIEND and not found["kept"]
    is_empty(office, post)
    office.do("reopen")
    until(failed, "it is put there again")
    assert failed()[0]["error"] == found["error"] and failed()[0]["sender"] == FRIEND
    clear(post, OFFICE, "VanThu")


def test_what_cannot_be_moved_is_entered_once_and_holds_nothing_up(office, post, letter, held):
    """E6, E5: not even when the folder gets new numbers; when it can be moved again it is"""
    words = [mark() for _ in range(6)]
    post.say(f"shut {OFFICE} VanThu")
    try:
        for number, word in enumerate(words):
            mail = incoming(f"[1{number}/UBND-VP] {word}", letter)
            if number % 2:
                # Known by nothing but what stands in it.
                del mail["Message-ID"]
            deliver(post, mail)
        held()
        for word in words:
            arrives(office, word)
        until(lambda: "chưa chuyển được 6 thư" in health(office)["error"], lambda: f"it is said: {office.look()['health']}")
        before = names(office)
        office.do("hold", channel="mail", partner=TUPHAP, at=TUPHAP)
        post.say("down imap")
        post.say(f"renumber {OFFICE}")
        post.say("up imap")
        office.do("release", channel="mail", partner=TUPHAP)
        until(lambda: len(names(office) - before) == 6, lambda: f"all are seen under new numbers: {office.story()}")
        office.settles()
        assert [len(receipts(office, word)) for word in words] == [1] * 6
        assert len(post.mailbox(OFFICE)) == 6
    finally:
        post.say(f"reopen {OFFICE} VanThu")
    office.kill()
    office.start()
    is_empty(office, post)
    until(lambda: health(office)["failures"] == 0, "the line is well again")


def names(office):
    return {one["external"] for one in office.look()["inbound"]}


def test_a_held_mailbox_neither_sends_nor_takes_and_the_other_does_both(office, post, letter, held):
    """H6, E6: both directions of one line"""
    ours, theirs = mark(), mark()
    keys = {at: office.issue(at, ["X01"], files=[str(letter)], abstract=words)
            for at, words in ((TUPHAP, ours), (NOIVU, theirs))}
    deliver(post, incoming(f"[5/UBND-VP] đến {ours}", letter))
    deliver(post, incoming(f"[6/UBND-VP] đến {theirs}", letter), to=OTHER)
    arrives(office, theirs)
    is_empty(office, post, OTHER)
    until(lambda: office.delivery(keys[NOIVU])["carried"], lambda: f"the other's letter goes: {office.story()}")
    assert not office.delivery(keys[TUPHAP])["carried"] and not receipts(office, ours)
    assert len(post.mailbox(OFFICE)) == 1 and not sent_to_friend(post, ours)
    held()
    arrives(office, ours)
    until(lambda: office.delivery(keys[TUPHAP])["carried"], lambda: f"and then ours: {office.story()}")
    is_empty(office, post)
    assert len(sent_to_friend(post, ours)) == 1


def test_an_address_is_believed_only_when_the_own_server_vouches_for_it(office, post, letter):
    """E6, B7: anybody can write any address"""
    good, expected = f"{SERVER}; dkim=pass header.d=rachgia.example", {}
    for field, is_warned in ((None, True), (good, False), (good.replace(SERVER, "mx.khac.example"), True),
                             (good.replace("rachgia", "xau"), True)):
        headers = {"Authentication-Results": field} if field else {}
        expected[words := mark()] = is_warned
        deliver(post, incoming(f"[7/UBND-VP] {words}", letter, **headers))
    for words, is_warned in expected.items():
        findings = arrives(office, words)[0]["findings"]
        assert any("senderNotVerified" in one for one in findings) == is_warned, (words, expected, findings)


# What the server for sending says

def waiting(office):
    return office.look()["outbox"]


def give_up(office):
    """So that the next test finds nothing waiting."""
    office.change("DELETE FROM outbox WHERE dead_at IS NOT NULL")


def test_a_bad_address_is_that_letters_alone(office, post, letter):
    """E6: refused by the server, or none at all; the letters behind it go"""
    nobody, mangled, good = mark(), mark(), mark()
    office.do("catalogue", entries=[
        {"name": "Nơi bị từ chối", "code": "X03", "channel": "mail", "mail": "tu-choi@rachgia.example"},
        {"name": "Nơi sai địa chỉ", "code": "X04", "channel": "mail", "mail": "sở@rachgia.example"}])
    post.say("refuse tu-choi@rachgia.example 550 5.1.1 khong co nguoi nay")
    for to, words in (("X03", nobody), ("X04", mangled), ("X01", good)):
        key = office.issue(TUPHAP, [to], files=[str(letter)], abstract=words)
    until(lambda: office.delivery(key)["carried"], lambda: f"the good one goes: {office.story()}")
    until(lambda: len([one for one in waiting(office) if one["dead"]]) == 2, lambda: f"two wait for a person: {office.story()}")
    errors = {one["to"]: one["error"] for one in waiting(office)}
    assert "tu-choi@rachgia.example" in errors["Nơi bị từ chối"] and "danh bạ" in errors["Nơi sai địa chỉ"]
    give_up(office)


def test_content_that_is_not_taken_now_is_that_letters_alone(office, post, letter):
    """E6: each is tried by itself, and goes when it is taken"""
    post.say("refuse-content 451 4.3.0 thu lai sau")
    try:
        keys = [office.issue(TUPHAP, ["X01"], files=[str(letter)], abstract=mark()) for _ in range(2)]
        # Where the first was taken for the mailbox's trouble, the second would not be tried.
        until(lambda: all(one["attempts"] for one in waiting(office)) and len(waiting(office)) == 2,
              lambda: f"both are tried: {office.story()}")
        assert not any(one["dead"] for one in waiting(office))
    finally:
        post.say("accept-content")

    def go():
        office.hasten()
        return all(office.delivery(key)["carried"] for key in keys)
    until(go, lambda: f"both go: {office.story()}")


def test_a_letter_too_large_for_the_server_is_that_letters_alone(office, post, letter, tmp_path):
    """E6: its length is told with the sender, and refused there; the mailbox goes on"""
    large = tmp_path / "bản vẽ.pdf"
    large.write_bytes(letter.read_bytes() + b"%" + b"x" * 300_000 + b"\n")
    # The server's limit is that of when it was connected to.
    office.kill()
    post.say("limit 100K")
    try:
        office.start()
        office.issue(TUPHAP, ["X01"], files=[str(large)], abstract=mark())
        key = office.issue(TUPHAP, ["X01"], files=[str(letter)], abstract=mark())
        until(lambda: office.delivery(key)["carried"], lambda: f"the small one goes: {office.story()}")
        until(lambda: any(one["dead"] for one in waiting(office)), lambda: f"the large one waits: {office.story()}")
        assert ["lớn hơn" in one["error"] for one in waiting(office)] == [True]
    finally:
        post.say("limit 200M")
    give_up(office)


def test_a_batch_goes_over_one_connection(office, post, letter, held):
    """E6: a server counts how often it is logged in to"""
    keys = [office.issue(TUPHAP, ["X01"], files=[str(letter)], abstract=mark()) for _ in range(12)]
    before = post.connections()
    held()
    until(lambda: all(office.delivery(key)["carried"] for key in keys), lambda: f"all go: {office.story()}")
    assert post.connections() - before <= 2


def test_what_was_waiting_before_mailboxes_were_ways_still_goes(office, post, letter, held):
    """E5, E6: letters that lay in the outbox under no mailbox's name"""
    words = mark()
    key = office.issue(TUPHAP, ["X01"], files=[str(letter)], abstract=words)
    assert not office.delivery(key)["carried"]
    office.change("UPDATE outbox SET partner = '' WHERE channel = 'mail'")
    until(lambda: office.delivery(key)["carried"], lambda: f"it goes: {office.story()}")
    assert len(sent_to_friend(post, words)) == 1


# A power cut between every two steps

def dies(office, *places):
    for place in places:
        office.start(kill_at=place)
        until(office.was_killed, lambda: f"dies at {place}: {office.log_end()}")


@pytest.mark.parametrize("places, lying", [
    (["inboundStored"], 1), (["mailMoved"], 0),
    # Once it is kept here, nobody reads it but who starts next.
    (["inboundCommitted"], 1), (["inboundLeased", "inboundBeforeEntry", "inboundEntered"], None),
], ids=["stored", "moved", "kept", "read"])
def test_killed_while_a_mail_is_taken(office, post, letter, places, lying):
    """E5, E6: it is entered once, and out of the way"""
    words = mark()
    office.kill()
    deliver(post, incoming(f"[8/UBND-VP] {words}", letter))
    dies(office, *places)
    # What is kept here and was not yet moved is still in the mailbox.
    assert lying is None or len(post.mailbox(OFFICE)) == lying
    office.start()
    arrives(office, words)
    is_empty(office, post)
    office.settles()
    assert len(receipts(office, words)) == 1


def test_killed_while_a_mail_is_sent(office, post, letter):
    """E5, E6: it is there; twice only when nobody could know that it went, and then under one Message-ID"""
    words = mark()
    office.kill()
    key = office.issue(TUPHAP, ["X01"], files=[str(letter)], abstract=words)
    dies(office, "wireLeased", "wireComposed")
    assert not sent_to_friend(post, words)
    dies(office, "wireSent")
    until(lambda: sent_to_friend(post, words), "it went, and nobody noted it")
    dies(office, "wireFinished")
    sent = until(lambda: len(found := sent_to_friend(post, words)) == 2 and found, "it is there again")
    assert len({one["Message-ID"] for one in sent}) == 1
    office.start()
    assert office.delivery(key)["carried"] and not office.look()["outbox"]
    assert len(sent_to_friend(post, words)) == 2


# Mailboxes beside each other, and very full ones

@pytest.fixture
def own_post():
    """The installation of the other tests reads its mailboxes as long as this file lasts."""
    post = PostOffice()
    yield post
    post.close()


@pytest.fixture
def silence():
    """A port at which somebody listens who never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door.getsockname()[1]


def test_a_mailbox_that_does_not_answer_keeps_no_other(tmp_path, own_post, letter, silence):
    """E6: neither what goes nor what comes, of another agency"""
    post = own_post
    nowhere = {"host": "127.0.0.1", "port": silence, "protection": "tls", "user": "a", "password": "b"}
    office = open_office(tmp_path, post, submission=nowhere, mailbox=nowhere)
    try:
        ours, theirs = mark(), mark()
        stuck = office.issue(NOIVU, ["X01"], files=[str(letter)], abstract=theirs)
        key = office.issue(TUPHAP, ["X01"], files=[str(letter)], abstract=ours)
        deliver(post, incoming(f"[9/UBND-VP] {ours}", letter))
        arrives(office, ours)
        until(lambda: office.delivery(key)["carried"], lambda: f"it goes: {office.story()}")
        assert not office.delivery(stuck)["carried"]
        assert health(office)["error"] == ""
        is_empty(office, post)
    finally:
        office.close()


def test_a_full_mailbox_is_taken_over_one_connection_in_bounded_memory(tmp_path, own_post, letter):
    """E6: automatic answers, more than are asked about at once, and a letter behind them"""
    post = own_post
    office, count, words = open_office(tmp_path, post), 300, mark()
    try:
        office.do("hold", channel="mail", partner=TUPHAP, at=TUPHAP)
        fill(post, count, incoming("Vắng mặt", None, message_id="<v%n%@rachgia.example>", Auto_Submitted="auto-replied"))
        deliver(post, incoming(f"[10/UBND-VP] {words}", letter))
        before, logins = resident(office), post.logins(OFFICE)
        office.do("release", channel="mail", partner=TUPHAP)
        arrives(office, words)
        until(lambda: office.totals()["taken"] == count + 1, lambda: f"all are taken: {office.totals()}")
        until(lambda: office.totals()["waiting"] == 0, "all are read")
        grown, logins = resident(office) - before, post.logins(OFFICE) - logins
        print(f"{count} mails: {logins} logins, {grown >> 20} MB more at the most")
        assert grown < 100 << 20
        # One for the round; others only of looks before and after it.
        assert logins < 30
        is_empty(office, post)
        office.verify()
    finally:
        office.close()


def resident(office):
    """The most memory that the server has ever had, in bytes."""
    lines = open(f"/proc/{office.process.pid}/status").read().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) << 10
