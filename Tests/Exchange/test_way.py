"""A letter between two installations and everything that is said about it afterwards (E1–E4, D11, D21, D22)."""

import json

from conftest import GHOST, NOIVU, TUPHAP, UBND
from installation import until
from keys import Authority
from messages import document
from partner import ask, call


def blob(installation, file):
    name = file["hash"]
    return installation.data / "tep" / name[:2] / name[2:4] / name


def test_the_statuses_come_back_by_themselves(a, b, letter):
    """E1, E2: sent, arrived 01, accepted 03, directed 04, in work 05, finished 06"""
    path = letter()
    key = a.issue("phong-tu-phap", [NOIVU], files=[str(path)], abstract="cung cấp số liệu hộ tịch quý I")
    receipt = b.arrives(key)[0]
    assert receipt["sender"] == TUPHAP
    assert receipt["abstract"] == "cung cấp số liệu hộ tịch quý I"
    assert [file["name"] for file in receipt["files"]] == ["cong-van.pdf"]
    assert blob(b, receipt["files"][0]).read_bytes() == path.read_bytes()
    a.becomes(key, "01")
    for act, status in (("accept", "03"), ("direct", "04"), ("start", "05"), ("finish", "06")):
        assert b.do(act, at="phong-noi-vu", about=key)["count"] == 1
        delivery = a.becomes(key, status)
    assert sorted(delivery["taken"] + delivery["setAside"]) == ["01", "03", "04", "05", "06"]
    assert len([one for one in b.look()["incoming"] if one["key"] == key]) == 1


def test_many_recipients_are_one_message_and_an_entry_each(a, b, letter):
    """D6: two agencies of one installation get it in one message"""
    before = len(b.look()["inbound"])
    key = a.issue("phong-tu-phap", [NOIVU, UBND], files=[str(letter()), str(letter(name="phụ lục.pdf"))])
    both = b.arrives(key, count=2)
    assert {one["agency"] for one in both} == {"phong-noi-vu", "ubnd-thanh-pho"}
    assert all([file["name"] for file in one["files"]] == ["cong-van.pdf", "phụ lục.pdf"] for one in both)
    assert len(b.look()["inbound"]) == before + 1
    for recipient in (NOIVU, UBND):
        a.becomes(key, "01", recipient)
    b.do("refuse", at="phong-noi-vu", about=key, reason="Không thuộc thẩm quyền.")
    b.do("accept", at="ubnd-thanh-pho", about=key)
    a.becomes(key, "02", NOIVU)
    a.becomes(key, "03", UBND)


def test_a_recipient_that_is_nobody_there_is_refused(a, b, letter):
    """E3, E5: of several recipients one has no such code there: it alone is refused, with the code, and once"""
    key = a.issue("phong-tu-phap", [NOIVU, GHOST, UBND], files=[str(letter())])
    b.arrives(key, count=2)
    refused = a.becomes(key, "02", GHOST)
    assert GHOST in refused["note"] and "không có cơ quan mang mã" in refused["note"]
    for recipient in (NOIVU, UBND):
        a.becomes(key, "01", recipient)
    assert (refused["taken"], refused["setAside"]) == (["02"], [])
    assert len(b.receipts(key)) == 2


def test_the_same_again_is_refused_once(a, b, letter):
    """E5: the document comes once more in another message, with another company: nothing new is said"""
    path = letter()
    key = a.issue("phong-tu-phap", [NOIVU, GHOST, UBND], files=[str(path)])
    for recipient, status in ((NOIVU, "01"), (GHOST, "02"), (UBND, "01")):
        a.becomes(key, status, recipient)
    number = key.split(",")[2].split("/")[0]
    for to in ([NOIVU, GHOST], [GHOST, UBND, NOIVU], [UBND, GHOST, GHOST]):
        again = document(TUPHAP, to, number, files=[("cong-van.pdf", path.read_bytes())], key=key)
        assert call(b, a.identity, again)[0] == 201
    b.settles()
    a.settles()
    assert (a.delivery(key, GHOST)["taken"], a.delivery(key, GHOST)["setAside"]) == (["02"], [])
    assert len(b.receipts(key)) == 2


def test_the_catalogue_of_the_other_side(a, b):
    """A9, E1: the agencies of the other installation as it lists them itself; it speaks for nobody else"""
    dry = a.admin("agencies", "refresh", "--partner", b.name, "--dry-run")
    assert "Xem trước, chưa ghi gì" in dry
    # The ghost was never in the list of `b`: what others wrote down stays theirs.
    done = a.admin("agencies", "refresh", "--partner", b.name)
    assert "kết thúc 0" in done and "không nhận 0" in done
    shown = a.admin("agencies", "show", NOIVU)
    assert "Cách gửi: hệ thống VanThu khác, b" in shown and "(b)" not in shown.split("\n")[1]
    assert "thêm 0, đổi 0" in a.admin("agencies", "refresh", "--partner", b.name)
    assert "chưa có nơi kết nối" in a.admin("agencies", "refresh", "--partner", "la", fails=True)


def test_who_asks_for_the_catalogue(a, b, rough, tmp_path):
    """A9: a known certificate hears who is here, a stranger nothing"""
    status, said = ask(b, a.identity, "/lien-thong/v1/co-quan")
    assert status == 200
    assert {one["code"] for one in json.loads(said)["agencies"]} == {NOIVU, UBND}
    stranger = Authority(tmp_path / "la", "strangers").issue("la-client")
    for identity in (None, stranger, rough.identity):
        status, said = ask(b, identity, "/lien-thong/v1/co-quan")
        assert status in (0, 403) and NOIVU not in said


def test_a_refusal_comes_back_with_its_reason(a, b, letter):
    """E3, B7: 02 and why, and by whom"""
    key = b.issue("phong-noi-vu", [TUPHAP], files=[str(letter())])
    a.arrives(key)
    a.do("refuse", at="phong-tu-phap", about=key, reason="Gửi nhầm nơi nhận.")
    delivery = b.becomes(key, "02")
    assert delivery["note"].startswith("Gửi nhầm nơi nhận. (")
    assert a.receipts(key)[0]["state"] == "refused"
    assert not [one for one in a.look()["incoming"] if one["key"] == key]


def test_a_recall_that_is_agreed_to_destroys_the_copy(a, b, letter):
    """E3: 13 asks, 15 agrees; the receiver's bytes are gone, the record stays"""
    path = letter()
    key = a.issue("phong-tu-phap", [NOIVU], files=[str(path)])
    kept = blob(b, b.arrives(key)[0]["files"][0])
    b.do("accept", at="phong-noi-vu", about=key)
    a.becomes(key, "03")
    assert a.do("recall", at="phong-tu-phap", about=key, reason="Sai số liệu.")["count"] == 1
    until_asked(b, key)
    assert kept.exists()
    assert b.do("agree", at="phong-noi-vu", about=key)["count"] == 1
    until_answered(a, key, "agreed")
    delivery = a.delivery(key)
    assert delivery["recalled"]
    receipt = b.receipts(key)[0]
    assert receipt["frozen"] and receipt["files"] == []
    assert receipt["requests"][0]["note"] == "Sai số liệu."
    assert not kept.exists()
    assert not [p for p in (b.data / "tep").rglob("*") if p.is_file() and path.read_bytes() in p.read_bytes()]
    assert [one["state"] for one in b.look()["incoming"] if one["key"] == key] == ["closed"]


def test_a_recall_can_be_refused(a, b, letter):
    """E3: 16 with a reason, and nothing changes"""
    key = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())])
    b.arrives(key)
    b.do("accept", at="phong-noi-vu", about=key)
    a.becomes(key, "03")
    a.do("recall", at="phong-tu-phap", about=key, reason="Muốn sửa.")
    until_asked(b, key)
    b.do("disagree", at="phong-noi-vu", about=key, reason="Đã trình lãnh đạo.")
    request = until_answered(a, key, "refused")
    assert request["answer"].startswith("Đã trình lãnh đạo.")
    receipt = b.receipts(key)[0]
    assert not receipt["frozen"] and receipt["files"][0]["sound"]
    assert not a.delivery(key)["recalled"]


def test_what_was_refused_is_given_back_without_asking(a, b, letter):
    """E3: nobody has to decide twice"""
    key = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())])
    b.arrives(key)
    b.do("refuse", at="phong-noi-vu", about=key, reason="Trùng.")
    a.becomes(key, "02")
    refused = a.do_or_error("recall", at="phong-tu-phap", about=key, reason="Sai.")
    assert "deliveryOver" in refused


def test_what_was_refused_is_sent_again(a, b, letter):
    """E3, E5: the very same letter is a new arrival for whom refused it and for nobody else, and carried twice it is one"""
    key = a.issue("phong-tu-phap", [NOIVU, UBND], files=[str(letter())])
    b.arrives(key, count=2)
    b.do("accept", at="ubnd-thanh-pho", about=key)
    b.do("refuse", at="phong-noi-vu", about=key, reason="Không mở được chữ ký số.")
    a.becomes(key, "02", NOIVU)
    assert a.do("sendAgain", at="phong-tu-phap", about=key, reason="Đã kiểm tra chữ ký số.")["count"] == 1
    three = b.arrives(key, count=3)
    assert sorted((one["agency"], one["state"]) for one in three) == [
        ("phong-noi-vu", "refused"), ("phong-noi-vu", "waiting"), ("ubnd-thanh-pho", "accepted")]
    b.do("accept", at="phong-noi-vu", about=key)
    delivery = a.becomes(key, "03", NOIVU)
    assert set(delivery["taken"]) == {"01", "02", "03"}
    assert set(a.becomes(key, "03", UBND)["taken"]) == {"01", "03"}
    assert len([one for one in b.look()["incoming"] if one["key"] == key]) == 2


def test_an_update_is_agreed_to(a, b, letter):
    """E3, D22: a correction is asked for with its words, and answered"""
    key = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())])
    b.arrives(key)
    b.do("accept", at="phong-noi-vu", about=key)
    a.do("update", at="phong-tu-phap", about=key, reason="Sửa ngày họp thành 20/5.")
    asked = until_asked(b, key)
    assert (asked["kind"], asked["note"]) == ("update", "Sửa ngày họp thành 20/5.")
    b.do("agree", at="phong-noi-vu", about=key)
    until_answered(a, key, "agreed")
    receipt = b.receipts(key)[0]
    assert not receipt["frozen"] and receipt["files"][0]["sound"]


def test_a_replacement_names_what_it_replaces(a, b, letter):
    """D21: the new document points to the old one"""
    old = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())])
    b.arrives(old)
    new = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())], replaces=old)
    receipt = b.arrives(new)[0]
    assert (receipt["business"], receipt["replaces"]) == ("replace", old)
    for key in (old, new):
        a.becomes(key, "01")


def test_an_answer_is_known_as_one(a, b, letter):
    """D11: the answer closes the letter there (06) and says here which letter it answers"""
    key = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())], abstract="đề nghị góp ý dự thảo",
                  answerBy="2031-05-20")
    asked = b.arrives(key)[0]
    assert 'answerBy("2031-05-20")' in asked["findings"]
    assert not a.delivery(key)["answered"]
    b.do("accept", at="phong-noi-vu", about=key)
    b.do("direct", at="phong-noi-vu", about=key)
    answer = b.issue("phong-noi-vu", [TUPHAP], files=[str(letter())], abstract="góp ý dự thảo", answers=key)
    delivery = a.becomes(key, "06")
    assert delivery["note"] == answer.split(",")[2]
    receipt = a.arrives(answer)[0]
    assert f'answers(code: "{asked["document"]}")' in receipt["findings"]
    assert a.delivery(key)["answered"]
    assert 'answerBy' not in str(receipt["findings"])
    b.becomes(answer, "01")


def until_asked(installation, key):
    def request():
        open_ones = [r for one in installation.receipts(key) for r in one["requests"] if r["state"] == "asked"]
        return open_ones and open_ones[0]
    return until(request, lambda: f"{key} is asked about: {installation.story()}")


def until_answered(installation, key, state):
    def request():
        done = [r for r in installation.delivery(key)["requests"] if r["state"] == state]
        return done and done[0]
    return until(request, lambda: f"{key} is answered: {installation.story()}")
