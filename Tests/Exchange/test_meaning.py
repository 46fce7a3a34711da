"""What a message means beside what came before: corrections with their files, letters sent again after a refusal (E3, E5)."""

import uuid

from conftest import NOIVU, PARTNER, TUPHAP
from installation import until
from letters import pdf
from messages import document, key_of
from test_failures import from_partner  # noqa: F401
from test_way import blob, until_asked


def says(rough, code, key):
    """Waits until the partner has been told this status of this document."""
    def told():
        return [
            body for copies in list(rough.kept.values()) for _, body in copies
            if f"<edXML:StatusCode>{code}".encode() in body and key.encode() in body]
    return until(told, f"the partner is told {code} about {key}")


def from_rough(key, *files, **more):
    return document(PARTNER, [TUPHAP], 12, list(files), key=key, **more)


def test_a_correction_that_is_taken(a, rough, from_partner):
    """E3: 15; the corrected letter and its particulars are the ones in use, the first letter is still in the store"""
    key = key_of(PARTNER, uuid.uuid4().hex[:6])
    from_partner(from_rough(key, ("thu.pdf", pdf([(9, 9, "first " + key)])), subject="Số liệu quý I"))
    first = a.arrives(key)[0]
    a.do("accept", at="phong-tu-phap", about=key)
    corrected = pdf([(9, 9, "second " + key)])
    from_partner(from_rough(
        key, ("thu.pdf", corrected), business=2, subject="Số liệu quý I, đã sửa", reason="Sửa phụ lục."))
    asked = until_asked(a, key)
    assert (asked["kind"], asked["note"]) == ("update", "Sửa phụ lục.")
    assert a.receipts(key)[0]["files"] == first["files"]
    a.do("agree", at="phong-tu-phap", about=key)
    says(rough, "15", key)
    now = a.receipts(key)[0]
    assert now["abstract"] == "Số liệu quý I, đã sửa"
    assert blob(a, now["files"][0]).read_bytes() == corrected
    assert blob(a, first["files"][0]).exists()
    assert len([one for one in a.look()["incoming"] if one["key"] == key]) == 1


def test_a_correction_that_is_refused(a, rough, from_partner):
    """E3: 16; nothing of it stays"""
    key = key_of(PARTNER, uuid.uuid4().hex[:6])
    from_partner(from_rough(key, ("thu.pdf", pdf([(9, 9, "first " + key)]))))
    first = a.arrives(key)[0]
    corrected = pdf([(9, 9, "second " + key)])
    from_partner(from_rough(key, ("thu.pdf", corrected), business=2, reason="Sửa."))
    until_asked(a, key)
    a.do("disagree", at="phong-tu-phap", about=key, reason="Sai mẫu.")
    says(rough, "16", key)
    assert a.receipts(key)[0]["files"] == first["files"]
    assert not [p for p in (a.data / "tep").rglob("*") if p.is_file() and p.read_bytes() == corrected]


def test_sent_again_after_a_refusal(a, rough, from_partner):
    """E5: other content under the same key enters once more; the very same does not, and its answer is said again"""
    key = key_of(PARTNER, uuid.uuid4().hex[:6])
    body = from_rough(key, ("thu.pdf", pdf([(9, 9, key)])))
    from_partner(body)
    a.arrives(key)
    a.do("refuse", at="phong-tu-phap", about=key, reason="Thiếu phụ lục.")
    told = len(says(rough, "02", key))
    from_partner(body)
    until(lambda: len(says(rough, "02", key)) > told, "the answer is said again")
    assert len(a.receipts(key)) == 1
    from_partner(from_rough(key, ("thu.pdf", pdf([(9, 9, key)])), ("phu-luc.pdf", pdf([(9, 9, "more")]))))
    both = a.arrives(key, count=2)
    assert sorted(one["state"] for one in both) == ["refused", "waiting"]


def test_our_own_correction_is_words(a, b, letter):
    """D22: what was issued never changes: it goes as it is, and the recipient is asked to mind the words"""
    key = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())])
    before = b.arrives(key)[0]
    a.do("update", at="phong-tu-phap", about=key, reason="Đọc là ngày 20/5.")
    until_asked(b, key)
    b.do("agree", at="phong-noi-vu", about=key)
    after = b.receipts(key)[0]
    assert (after["files"], after["abstract"]) == (before["files"], before["abstract"])
