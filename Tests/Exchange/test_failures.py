"""A partner that is down, slow, forgetful, rude, or somebody else (E5): nothing is lost, nothing comes twice, and who has
to act is told why."""

import base64
import hashlib
import io
import threading
import uuid

import docx
import pytest
from conftest import NOIVU, PARTNER, TUPHAP
from installation import until
from keys import Authority
from letters import pdf
from messages import document, key_of, status
from partner import Partner, call
from scanner import EICAR, VIRUS, Scanner

# What happens before a message reaches the database is tried beside one of the two.
ON_THE_WIRE = pytest.mark.on_the_wire


def sent_to_rough(a, letter):
    return a.issue("phong-tu-phap", [PARTNER], files=[str(letter())])


def carried(a, key):
    """Waits for the message to have left, however often it has to be tried."""
    def is_gone():
        a.hasten()
        return a.delivery(key)["carried"]
    until(is_gone, lambda: f"{key} is carried: {a.look()['outbox']} {a.log_end()}")


def waits_with(a, words):
    """Waits until the sender's outbox says this error."""
    return until(
        lambda: [one for one in a.look()["outbox"] if words in one["error"]],
        lambda: f"the outbox says {words}: {a.look()['outbox']}")


def kept_once(rough):
    """Of every message one, and all its copies the same bytes."""
    assert rough.kept
    for copies in rough.kept.values():
        assert len({body for _, body in copies}) == 1


@pytest.fixture
def from_partner(a, rough):
    """Says something at `a`'s door as the rough partner."""
    def say(body, **more):
        return call(a, more.pop("identity", rough.identity), body, **more)
    return say


# The other side does not take it


def test_down_and_up_again(a, rough, letter):
    """E5: nobody answers for days; it goes when somebody does"""
    rough.close()
    key = sent_to_rough(a, letter)
    waits_with(a, "Không kết nối được nơi nhận")
    assert any(one["partner"] == "rough" and one["failures"] > 0 for one in a.look()["health"])
    rough.open()
    carried(a, key)
    kept_once(rough)
    assert not [one for one in a.look()["health"] if one["partner"] == "rough" and one["failures"]]


def test_three_days_down(a, rough, letter):
    """E5: three days of attempts make no dead letter, however many there were; it goes within one pause of the partner's return"""
    rough.close()
    key = sent_to_rough(a, letter)
    waits_with(a, "Không kết nối được nơi nhận")
    # At the longest pause three days are 432 attempts.
    a.has_tried(key, 432)
    a.hasten()
    waiting = until(lambda: [one for one in a.look()["outbox"] if one["attempts"] > 432], "it is tried again")
    assert not waiting[0]["dead"]
    rough.open()
    carried(a, key)
    kept_once(rough)
    assert len(rough.kept) == 1


def test_never(a, rough, letter):
    """E5: what the partner will never take waits for the clerk with its words; sent again by the clerk, it goes"""
    rough.manners[:] = ["400"]
    key = sent_to_rough(a, letter)
    dead = until(lambda: [one for one in a.look()["outbox"] if one["dead"]], lambda: f"it is dead: {a.look()['outbox']}")
    assert "Phần mềm nơi nhận không đọc được gói tin" in dead[0]["error"]
    a.settles()
    assert len(rough.calls) == 1, "it is not tried again by itself"
    assert a.do("revive")["count"] == 1
    carried(a, key)
    kept_once(rough)


@ON_THE_WIRE
def test_answers_twice(a, rough, letter):
    """E5: a second answer to one message is no answer to the next"""
    rough.manners[:] = ["twice"]
    first = sent_to_rough(a, letter)
    carried(a, first)
    rough.manners[:] = ["forget"]
    second = sent_to_rough(a, letter)
    carried(a, second)
    assert [how for _, how in rough.calls] == ["twice", "forget", "keep"] and len(rough.kept) == 2
    kept_once(rough)


@ON_THE_WIRE
def test_slow(a, rough, letter):
    """E5: a slow answer is an answer"""
    rough.manners[:] = ["slow"]
    key = sent_to_rough(a, letter)
    carried(a, key)
    assert len(rough.calls) == 1
    kept_once(rough)


def test_a_partner_who_hangs_holds_up_nobody_else(a, b, rough, letter):
    """E5: while one partner does not answer, letters to another go"""
    rough.standing = "hang"
    keys = [sent_to_rough(a, letter) for _ in range(8)]
    until(lambda: rough.calls, "the partner is called")
    other = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())])
    b.arrives(other)
    a.becomes(other, "01")
    assert not any(a.delivery(key)["carried"] for key in keys)
    waits_with(a, "Nơi nhận không trả lời kịp")
    rough.standing = "keep"
    for key in keys:
        carried(a, key)
    kept_once(rough)


@ON_THE_WIRE
@pytest.mark.parametrize("manner", ["lose", "forget", "cut"])
def test_broken_off(a, rough, letter, manner):
    """E5: it is stored there and the answer is lost, or it was not even stored: it is sent again under the same name"""
    rough.manners[:] = [manner]
    key = sent_to_rough(a, letter)
    carried(a, key)
    assert [how for _, how in rough.calls] == [manner, "keep"]
    assert len({message for message, _ in rough.calls}) == 1
    kept_once(rough)
    assert len(rough.kept) == 1


@pytest.mark.parametrize("manner, words", [
    ("garbage", "bị ngắt giữa chừng"), ("page", "không đúng gói tin đã gửi"), ("other", "không đúng gói tin đã gửi"),
    ("503", "HTTP 503"), ("long", "trả lời quá dài|bị ngắt giữa chừng"),
])
def test_bad_answers(a, rough, letter, manner, words):
    """E5: what is not an answer is none; it is sent again under the same name with the same bytes"""
    rough.manners[:] = [manner]
    key = sent_to_rough(a, letter)
    until(
        lambda: [one for one in a.look()["outbox"] if any(word in one["error"] for word in words.split("|"))],
        lambda: f"the outbox says {words}: {a.look()['outbox']} {rough.calls}")
    carried(a, key)
    assert [how for _, how in rough.calls] == [manner, "keep"]
    assert len({message for message, _ in rough.calls}) == 1
    kept_once(rough)
    assert len(rough.kept) == 1


def test_one_message_for_many_is_not_taken_for_less(a, rough, letter):
    """E5: a repetition in other company has another name: nobody's letter is taken for had"""
    a.do("catalogue", entries=[
        {"name": f"Đơn vị {n}", "code": f"H99.1.{n}", "channel": "vanthu", "partner": "rough"} for n in range(3)])
    rough.manners[:] = ["lose", "lose"]
    key = a.issue("phong-tu-phap", [f"H99.1.{n}" for n in range(3)], files=[str(letter())])

    def all_gone():
        a.hasten()
        return all(one["carried"] for one in a.look()["deliveries"] if one["key"] == key)
    until(all_gone, lambda: f"all are carried: {a.look()['outbox']}")
    for n in range(3):
        assert any(f"H99.1.{n}".encode() in body for copies in rough.kept.values() for _, body in copies)
    kept_once(rough)


# Whom it is


@ON_THE_WIRE
def test_a_certificate_nobody_knows(a, rough, letter, tmp_path):
    """E5: signed by the right authority and not the one in the settings: refused in words; by another: no talk at all"""
    before = a.totals()
    stranger = rough.authority.issue("stranger")
    code, said = call(a, stranger, document(PARTNER, [TUPHAP], 1))
    assert code == 403 and "không nhận chứng thư" in said
    assert call(a, Authority(tmp_path, "nobody").issue("nobody"), document(PARTNER, [TUPHAP], 1))[0] == 0
    assert call(a, None, document(PARTNER, [TUPHAP], 1))[0] == 0
    assert a.totals() == before


@ON_THE_WIRE
@pytest.mark.parametrize("valid, server", [((-20, -1), False), ((1, 20), False), ((-20, -1), True), ((1, 20), True)],
                         ids=["expired caller", "caller's clock wrong", "expired server", "server's clock wrong"])
def test_certificates_out_of_their_days(a, rough, letter, valid, server):
    """E5: an expired certificate, or one that a wrong clock takes for not yet valid, on either side"""
    if server:
        rough.close()
        bad = Partner(rough.authority, "rough", rough.authority.issue("bad", valid, server=True))
        bad.port = rough.port
        bad.open()
        try:
            key = sent_to_rough(a, letter)
            waits_with(a, "không được tin cậy hoặc hết hạn")
            assert not bad.kept
        finally:
            bad.close()
        rough.open()
        carried(a, key)
        kept_once(rough)
    else:
        before = a.totals()
        assert call(a, rough.authority.issue("bad", valid), document(PARTNER, [TUPHAP], 1))[0] == 0
        assert a.totals() == before


@ON_THE_WIRE
def test_somebody_else_at_the_partners_address(a, rough, letter, tmp_path):
    """E5: a server with a valid certificate of another authority is given nothing"""
    rough.close()
    impostor = Partner(rough.authority, "rough", Authority(tmp_path, "other").issue("rough-server", server=True))
    impostor.port = rough.port
    impostor.open()
    try:
        key = sent_to_rough(a, letter)
        waits_with(a, "không được tin cậy hoặc hết hạn")
        assert not impostor.kept and not impostor.calls
    finally:
        impostor.close()
    rough.open()
    carried(a, key)
    kept_once(rough)


def test_somebody_elses_name(a, b, from_partner):
    """E5: a partner who speaks for an agency reached through another, or for one of this installation"""
    for sender in (NOIVU, TUPHAP):
        body = document(sender, [TUPHAP], 77, [("thu.pdf", pdf())], key=key_of(sender, f"77{uuid.uuid4().hex[:4]}"))
        message = str(uuid.uuid4())
        assert from_partner(body, message=message)[0] == 201
        failed = came(a, message, "failed")
        assert "mã định danh của cơ quan khác" in failed["error"]
    assert not [one for one in a.look()["receipts"] if one["document"] == "77/CV-THU"]


def test_speaking_of_somebody_elses_document(a, b, rough, letter, from_partner):
    """E5: only the recipient reports on a delivery, only the sender asks a document back"""
    sent = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())])
    b.arrives(sent)
    a.becomes(sent, "01")
    received = b.issue("phong-noi-vu", [TUPHAP], files=[str(letter())])
    a.arrives(received)
    b.becomes(received, "01")
    message = str(uuid.uuid4())
    from_partner(status(NOIVU, TUPHAP, sent, "06"), kind="status", message=message)
    assert "cơ quan khác" in came(a, message, "failed")["error"]
    # Under its own name: it was never sent the one, and never sent the other.
    messages = [str(uuid.uuid4()), str(uuid.uuid4())]
    from_partner(status(PARTNER, TUPHAP, sent, "06"), kind="status", message=messages[0])
    from_partner(status(PARTNER, TUPHAP, received, "13", "Trả lại."), kind="status", message=messages[1])
    for message in messages:
        assert "Chưa tìm thấy văn bản" in fails_in_the_end(a, message)["error"]
    assert a.delivery(sent)["status"] == "01"
    receipt = a.receipts(received)[0]
    assert receipt["requests"] == [] and not receipt["frozen"]


# What it says


def came(a, message, state):
    return until(
        lambda: next((one for one in a.inbound(state) if one["external"] == message), None),
        lambda: f"{message} is {state}: {a.look()['inbound'][-3:]} {a.log_end()}")


def fails_in_the_end(a, message):
    """After as many looks as it gets; the first few are watched, most are skipped."""
    until(lambda: any(one["external"] == message and one["error"] for one in a.inbound("waiting")), f"{message} waits")
    a.has_looked(message, 9)

    def has_failed():
        a.hasten()
        return next((one for one in a.inbound("failed") if one["external"] == message), None)
    return until(has_failed, lambda: f"{message} fails: {a.look()['inbound'][-3:]}")


def test_unknown_recipient(a, from_partner):
    """E5: nobody here goes by that code: it waits for the administrator, who knows from whom and why"""
    message = str(uuid.uuid4())
    assert from_partner(document(PARTNER, ["H00.99"], 5, [("thu.pdf", pdf())]), message=message)[0] == 201
    failed = came(a, message, "failed")
    assert "không gửi cho cơ quan nào của hệ thống này" in failed["error"]
    assert failed["sender"] == "Cơ quan thử" and failed["kept"]


def test_unknown_sender(a, rough, from_partner):
    """E5, B7: it is taken, put into the catalogue under its own name, and the clerk is told"""
    code = f"H88.{uuid.uuid4().int % 9999}"
    key = key_of(code, "12")
    from_partner(document(code, [TUPHAP], 12, [("thu.pdf", pdf([(9, 9, key)]))], key=key, name="Sở lạ"))
    receipt = a.arrives(key)[0]
    assert any("unknownSender" in one for one in receipt["findings"])
    again = key_of(code, "13")
    from_partner(document(code, [TUPHAP], 13, [("thu.pdf", pdf([(9, 9, again)]))], key=again, name="Sở lạ"))
    assert any("unknownSender" in one for one in a.arrives(again)[0]["findings"]), "having written once proves nothing"
    # The answer finds its way to whoever brought the letter.
    until(lambda: any(b"<edXML:StatusCode>01" in body for copies in rough.kept.values() for _, body in copies),
          "the sender is told")


def test_twice(a, from_partner):
    """E5: the same message again, the same document in another message, with or without the same bytes"""
    key = key_of(PARTNER, uuid.uuid4().hex[:6])
    body = document(PARTNER, [TUPHAP], 3, [("thu.pdf", pdf([(9, 9, key)]))], key=key)
    message = str(uuid.uuid4())
    assert from_partner(body, message=message)[0] == 201
    assert from_partner(body, message=message)[0] == 200
    assert from_partner(body)[0] == 201
    assert from_partner(body.replace("Văn bản thử", "Văn bản thử lại"))[0] == 201
    a.settles()
    assert len(a.receipts(key)) == 1


def test_many_at_once_of_one(a, from_partner):
    """E5: eight connections bring the same message in the same moment"""
    key, message, answers = key_of(PARTNER, uuid.uuid4().hex[:6]), str(uuid.uuid4()), []
    body = document(PARTNER, [TUPHAP], 4, [("thu.pdf", pdf([(9, 9, key)]))], key=key)
    threads = [threading.Thread(target=lambda: answers.append(from_partner(body, message=message)[0])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] * 7 + [201]
    assert len(a.arrives(key)) == 1


def test_status_before_its_document_is_known(a, rough, letter, from_partner):
    """E5: the order is changed: a request for what has not come yet waits for it"""
    key = key_of(PARTNER, uuid.uuid4().hex[:6])
    from_partner(status(PARTNER, TUPHAP, key, "13", "Gửi nhầm."), kind="status")
    until(lambda: [one for one in a.inbound("waiting") if "Chưa tìm thấy" in one["error"]], "the request waits")
    from_partner(document(PARTNER, [TUPHAP], 6, [("thu.pdf", pdf([(9, 9, key)]))], key=key))
    a.arrives(key)

    def is_asked():
        a.hasten()
        return a.receipts(key)[0]["requests"]
    assert until(is_asked, "the request is there")[0]["note"] == "Gửi nhầm."
    a.do("agree", at="phong-tu-phap", about=key)
    a.settles()
    assert a.receipts(key)[0]["frozen"]


def test_late_and_doubled_statuses(a, rough, letter, from_partner):
    """E2: a jump forward is taken; what is late or comes twice changes nothing and is kept"""
    key = sent_to_rough(a, letter)
    carried(a, key)
    for code in ("01", "05", "03", "05", "06", "04"):
        from_partner(status(PARTNER, TUPHAP, key, code), kind="status")
        a.settles()
    delivery = a.delivery(key)
    assert delivery["status"] == "06"
    assert sorted(delivery["taken"]) == ["01", "05", "06"]


def test_cut_in_the_middle(a, rough, from_partner):
    """E5: half a message is none, and leaves nothing"""
    before = a.totals()
    body = document(PARTNER, [TUPHAP], 8, [("thu.pdf", pdf() * 300)])
    from_partner(body, cut_after=len(body) // 2)
    code, said = from_partner(body, digest="0" * 64)
    assert code == 422 and "không nguyên vẹn" in said
    assert a.totals() == before
    until(lambda: not list((a.data / "tep/unfinished").iterdir()), "no half file is left")


@pytest.mark.parametrize("body, words", [
    (b"\x00\xff garbage", "không phải gói tin|sai cú pháp"), (b"<html>no</html>", "không phải gói tin"),
    (b"", "không phải gói tin|sai cú pháp"),
    (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><edXML>&b;</edXML>', "không được phép"),
    (b'<?xml version="1.0"?>' + b"<edXML>" * 3000, "vượt giới hạn|sai cú pháp"),
], ids=["noise", "html", "nothing", "entities", "nested"])
def test_garbage_that_comes(a, from_partner, body, words):
    """E5: its sender is told why, nothing of it is kept, and it does not hold up what comes after it"""
    before = a.totals()
    code, said = from_partner(body)
    assert code == 400 and any(word in said for word in words.split("|")), said
    assert a.totals() == before
    key = key_of(PARTNER, uuid.uuid4().hex[:6])
    from_partner(document(PARTNER, [TUPHAP], 9, [("thu.pdf", pdf([(9, 9, key)]))], key=key))
    a.arrives(key)


def test_a_file_that_a_bad_message_has_too(a, from_partner):
    """E5: while one message is read, another with one of its files ends badly: the file stays"""
    common, key = pdf([(9, 9, uuid.uuid4().hex)]), key_of(PARTNER, uuid.uuid4().hex[:6])
    files = [("thu.pdf", pdf([(9, 9, key)])), ("chung.pdf", common)]
    files += [(f"{n}.pdf", pdf([(9, 9, uuid.uuid4().hex)])) for n in range(20)]
    name = hashlib.sha256(common).hexdigest()
    from_partner(document(PARTNER, [TUPHAP], 14, files, key=key))
    until((a.data / "tep" / name[:2] / name[2:4] / name).exists, "the first message is half read")
    bad, message = key_of(PARTNER, uuid.uuid4().hex[:6]), str(uuid.uuid4())
    from_partner(document(PARTNER, [TUPHAP], 15, [("chung.pdf", common)], key=bad).replace(
        "<edXML:PromulgationDate>", "<edXML:PromulgationDate>?"), message=message)
    assert "không có ngày" in came(a, message, "failed")["error"]
    a.arrives(key)
    until(lambda: all(one["sound"] for one in a.receipts(key)[0]["files"]), "every file is there", patience=10)


def word_file(*paragraphs):
    page = docx.Document()
    for words in paragraphs:
        page.add_paragraph(words)
    file = io.BytesIO()
    page.save(file)
    return file.getvalue()


def test_a_mark_of_secrecy(a, rough, from_partner):
    """B4: nothing of it is kept, and its sender is told why (02)"""
    key = key_of(PARTNER, uuid.uuid4().hex[:6])
    secret = word_file("TUYỆT MẬT", key)
    from_partner(document(
        PARTNER, [TUPHAP], 10, [("thu.pdf", pdf([(9, 9, key)])), ("mat.docx", secret)], key=key, subject="Nội dung mật"))
    receipt = a.arrives(key)[0]
    a.settles()
    assert receipt["state"] == "refused" and receipt["files"] == []
    assert "mật" not in receipt["abstract"].replace("dấu độ mật", "")
    store = [p for p in (a.data / "tep").rglob("*") if p.is_file()]
    assert not [p for p in store if secret in p.read_bytes() or key.encode() in p.read_bytes()]
    until(lambda: any(b"<edXML:StatusCode>02" in body and key.encode() in body
                      for copies in rough.kept.values() for _, body in copies), "the sender is told")


def test_an_infected_file(a, rough, from_partner, tmp_path):
    """B7: it is taken, and the clerk is told of the virus; without a scanner, that there is none"""
    with Scanner(tmp_path) as scanner:
        a.kill()
        a.clamd = scanner.address
        a.start()
        key = key_of(PARTNER, uuid.uuid4().hex[:6])
        from_partner(document(
            PARTNER, [TUPHAP], 11, [("thu.pdf", pdf([(9, 9, key)])), ("phim.txt", EICAR)], key=key))
        findings = a.arrives(key)[0]["findings"]
        a.settles()
    a.kill()
    a.clamd = None
    a.start()
    assert f'infected(file: "phim.txt", virus: "{VIRUS}")' in findings
    assert not any("notScanned" in one for one in findings)
    other = key_of(PARTNER, uuid.uuid4().hex[:6])
    from_partner(document(PARTNER, [TUPHAP], 12, [("thu.pdf", pdf([(9, 9, other)]))], key=other))
    assert 'notScanned(file: "thu.pdf")' in a.arrives(other)[0]["findings"]


def test_a_damaged_file(a, from_partner):
    """B7, E5: the letter enters with what is sound in it, and the clerk is told which file is damaged; a byte that no text
    can hold does not keep it out"""
    key, enclosure = key_of(PARTNER, uuid.uuid4().hex[:6]), b"%PDF-1.7 phu luc"
    encoded = base64.b64encode(enclosure).decode()
    body = document(
        PARTNER, [TUPHAP], 16, [("thu.pdf", pdf([(9, 9, key)])), ("phu-luc.pdf", enclosure)], key=key, subject="V/v\0 hỏng")
    assert encoded in body
    from_partner(body.replace(encoded, encoded[:9]))
    receipt = a.arrives(key)[0]
    assert 'unreadable(file: "phu-luc.pdf")' in receipt["findings"]
    assert not [one for one in receipt["findings"] if "missing(" in one or "attachment-" in one]
    assert any("bad-characters" in one for one in receipt["findings"])
    assert receipt["abstract"] == "V/v hỏng" and [one["sound"] for one in receipt["files"]] == [True]


def test_a_store_that_cannot_be_written(a, b, letter, from_partner):
    """E5: whoever brings something is told to come again, and nothing is half there"""
    before = a.totals()
    store = a.data / "tep/unfinished"
    away = store.rename(a.data / "khong-ghi-duoc")
    try:
        code, said = from_partner(document(PARTNER, [TUPHAP], 13, [("thu.pdf", pdf())]))
        assert code == 503 and "chưa ghi được" in said
        key = b.issue("phong-noi-vu", [TUPHAP], files=[str(letter())])
        waits_with(b, "chưa ghi được")
        assert a.totals() == before
    finally:
        away.rename(store)
    carried(b, key)
    a.arrives(key)
    b.becomes(key, "01")

