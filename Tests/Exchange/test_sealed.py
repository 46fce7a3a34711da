"""A letter that a leader signed and an agency sealed goes from one installation to the other, and the other's clerk sees on the
arrival card what both signatures are worth (E1, B7, D10)."""

import os
import re
import subprocess
import uuid

import pytest
from conftest import NOIVU, PARTNER, make_pair
from installation import PROGRAM, until
from keys import PASSPHRASE, Authority
from letters import pdf
from messages import document, key_of
from partner import Partner, call
from person import Person, words

LEADER, AGENCY = "Trần Thị Bình", "Phòng Tư pháp thành phố Rạch Giá"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def sides(request, tmp_path_factory, postgres):
    """`b` trusts the authority of its signers, and `a`, which sends, as well; there is one more that nobody trusts."""
    folder = tmp_path_factory.mktemp("sealed-" + request.param)
    a, b = make_pair(folder, request.param, postgres)
    known, unknown = Authority(folder / "known", "Nơi cấp có tin cậy"), Authority(folder / "unknown", "Nơi cấp lạ")
    (b.data / "tin-cay").mkdir(exist_ok=True)
    (b.data / "tin-cay/goc.pem").write_bytes(known.roots.read_bytes())
    rough = Partner(Authority(folder / "rough", "rough authority"), "rough").open()
    b.knows("rough", rough.address, rough.authority, rough.identity)
    b.do("catalogue", entries=[{"name": "Sở bạn", "code": PARTNER, "channel": "vanthu", "partner": "rough"}])
    for one in (a, b):
        one.start()
    yield a, b, {"trusted": known, "untrusted": unknown}, rough
    for one in (a, b):
        one.close()
    rough.close()


def sealed(folder, authority):
    """Signed by the leader, then sealed by the agency, each with a key of its own."""
    plain, signed, whole = folder / "plain.pdf", folder / "signed.pdf", folder / "whole.pdf"
    plain.write_bytes(pdf([(100, 700, f"Cong van {uuid.uuid4().hex}")]))
    for source, target, role, name in ((plain, signed, "head", LEADER), (signed, whole, "seal", AGENCY)):
        done = subprocess.run(
            [PROGRAM, "pdf", "sign", source, target, "--p12", authority.signing_key(name), "--pin-env", "PIN",
             "--role", role], env={**os.environ, "PIN": PASSPHRASE}, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return whole


def card(b, receipt_words):
    """What the clerk reads of the arrival, once the signatures have been looked at."""
    clerk = Person(b, "vt.noivu")

    def read():
        _, page = clerk.read("/phong-noi-vu/van-ban-den/tiep-nhan")
        for path in re.findall(r'href="(/phong-noi-vu/van-ban-den/tiep-nhan/[0-9a-f-]{36})"', page):
            status, found = clerk.read(path)
            text = words(found)
            if status == 200 and receipt_words in text and "Máy đang kiểm tra chữ ký" not in text:
                return text
        return None
    return until(read, lambda: f"the card of {receipt_words} is there: {b.story()}")


def test_both_signatures_arrive_whole(sides, tmp_path):
    """E1, B7, D10: whose they are, that they hold, that nothing was changed; the bytes are the sender's"""
    a, b, authorities, _ = sides
    path, abstract = sealed(tmp_path, authorities["trusted"]), f"hộ tịch {uuid.uuid4().hex[:8]}"
    key = a.issue("phong-tu-phap", [NOIVU], files=[str(path)], abstract=abstract)
    receipt = b.arrives(key)[0]
    name = receipt["files"][0]["hash"]
    assert (b.data / "tep" / name[:2] / name[2:4] / name).read_bytes() == path.read_bytes()
    text = card(b, abstract)
    assert f"Chữ ký hợp lệ của {LEADER}" in text
    assert f"Chữ ký cơ quan hợp lệ của {AGENCY}" in text
    assert "Có giá trị như bản gốc" in text
    assert b.do("accept", at="phong-noi-vu", about=key)["count"] == 1
    a.becomes(key, "03")


def test_of_an_authority_that_is_not_trusted_here(sides, tmp_path):
    """B7, D10: nothing is wrong with it, and nothing is established"""
    a, b, authorities, _ = sides
    path, abstract = sealed(tmp_path, authorities["untrusted"]), f"hộ khẩu {uuid.uuid4().hex[:8]}"
    key = a.issue("phong-tu-phap", [NOIVU], files=[str(path)], abstract=abstract)
    b.arrives(key)
    text = card(b, abstract)
    assert f"Chưa kết luận được chữ ký của {LEADER}" in text
    assert f"Chưa kết luận được chữ ký cơ quan của {AGENCY}" in text
    assert "Có giá trị như bản gốc" not in text and "không hợp lệ của" not in text


def test_a_byte_changed_under_way(sides, tmp_path):
    """B7, D10: a partner passes the letter on with one byte of its content changed: the clerk sees it"""
    a, b, authorities, rough = sides
    content = bytearray(sealed(tmp_path, authorities["trusted"]).read_bytes())
    place = content.index(b"Cong van ") + len("Cong van ")
    content[place] = ord("x") if content[place] != ord("x") else ord("y")
    number = uuid.uuid4().hex[:6]
    key = key_of(PARTNER, number)
    body = document(PARTNER, [NOIVU], number, [("thu.pdf", bytes(content))], key=key, subject=f"thư sửa {number}")
    assert call(b, rough.identity, body)[0] == 201
    b.arrives(key)
    text = card(b, f"thư sửa {number}")
    assert f"không hợp lệ của {LEADER}" in text
    assert "nội dung không còn đúng như lúc ký" in text
    assert "Có giá trị như bản gốc" not in text
