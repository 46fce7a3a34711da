"""The disk is full (E5): whoever brings a message is told to come again, a person is told in Vietnamese, nothing is half
written, and all of it goes once there is room."""

import os
import subprocess
import uuid

import pytest
from conftest import NOIVU, TUPHAP, UBND, check_both
from installation import Installation, introduce, until
from letters import pdf
from person import Person, words

SIZE = 96 << 20


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own, where the machine lets us make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SIZE},mode=0777,uid={os.getuid()}", "vanthu-test", str(folder)]
    for with_rights in ([], ["sudo", "-n"]):
        try:
            done = subprocess.run([*with_rights, "mount", *options], capture_output=True, text=True)
        except FileNotFoundError:
            continue
        if done.returncode == 0:
            yield folder
            subprocess.run([*with_rights, "umount", "-l", str(folder)], capture_output=True)
            return
    pytest.skip("SKIPPED ALOUD: no disk of a test's own can be mounted here")


@pytest.fixture(params=["sqlite", "postgres"])
def pair(request, tmp_path, small_disk, postgres):
    """`b` and all it keeps is on the small disk; its tables too, where they are in a file."""
    a = Installation(
        tmp_path / "a", "a", postgres() if request.param == "postgres" else None, {"phong-tu-phap": TUPHAP})
    b = Installation(
        small_disk / "b", "b", postgres() if request.param == "postgres" else None,
        {"phong-noi-vu": NOIVU, "ubnd-thanh-pho": UBND})
    for one in (a, b):
        one.do("install", agencies=one.agencies)
    introduce(a, b)
    for one in (a, b):
        one.start()
    yield a, b
    for one in (a, b):
        one.close()


def letter(folder):
    path = folder / f"{uuid.uuid4().hex}.pdf"
    path.write_bytes(pdf([(100, 700, uuid.uuid4().hex)]))
    return path


class Filler:
    """Takes all the room there is, to the last byte."""

    def __init__(self, folder):
        self.path = folder / "day-dia"

    def __enter__(self):
        for piece in (1 << 20, 4096, 1):
            with open(self.path, "ab", buffering=0) as file:
                try:
                    while True:
                        file.write(b"\0" * piece)
                except OSError:
                    pass
        return self

    def __exit__(self, *_):
        self.path.unlink()


def test_a_message_an_upload_and_a_letter_wait_for_room(pair, small_disk, tmp_path):
    """E5, B7: the partner comes again, the clerk is told why, and no half of anything is left"""
    a, b = pair
    first = a.issue("phong-tu-phap", [NOIVU], files=[str(letter(tmp_path))])
    a.becomes(first, "01")
    a.settles()
    b.settles()
    b.is_tidy()
    clerk = Person(b, "vt.noivu")
    before, store = b.totals(), stored(b)
    content = letter(tmp_path).read_bytes()
    with Filler(small_disk):
        second = a.issue("phong-tu-phap", [NOIVU, UBND], files=[str(letter(tmp_path))])
        until(lambda: [one for one in a.look()["outbox"] if "chưa ghi được gói tin" in one["error"]],
              lambda: f"the partner is told: {a.look()['outbox']} {b.log_end()}")
        status, page = clerk.upload("/phong-noi-vu/van-ban-den/dang-ky", content)
        assert status == 507, words(page)
        assert "Máy chủ đã hết chỗ lưu trữ nên chưa ghi được gì" in words(page)
        assert b.totals() == before
        assert stored(b) == store
        assert not list((b.data / "tep/unfinished").iterdir())

    def has_gone():
        a.hasten()
        return a.delivery(second, NOIVU)["status"] == a.delivery(second, UBND)["status"] == "01"
    until(has_gone, lambda: f"it goes when there is room: {a.story()}")
    assert len(b.receipts(second)) == 2
    status, page = clerk.upload("/phong-noi-vu/van-ban-den/dang-ky", content)
    assert status == 200 and "hết chỗ" not in page
    check_both(a, b)


def stored(one):
    return sorted(path.name for path in (one.data / "tep").rglob("*") if path.is_file() and len(path.name) == 64
                  and path.parent.name != "holds")
