"""`vanthu pdf sign --level`, `sign-batch --level` and `extend`: signatures that last, over HTTP on loopback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from letters import pdf

JUDGE = Path(__file__).resolve().parents[1] / "PDFSignaturesTests/Judges/long_term.py"


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf())
    return path


@pytest.fixture
def judged(world):
    def judge(path):
        done = subprocess.run(
            [sys.executable, JUDGE, path, Path(world["roots"]) / "root.pem"], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return judge


def lasting(world, level, stamp="good"):
    return ["--level", level, "--tsa", world["timestamps"][stamp], "--roots", world["roots"]]


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_each_level_is_signed_and_found(vanthu, world, key, letter, tmp_path, judged, level):
    target = tmp_path / "out.pdf"
    said = vanthu("pdf", "sign", letter, target, *key("rsa2048"), *lasting(world, level))
    assert said.code == 0, said.everything
    found = judged(target)
    [signature] = found["signatures"]
    assert signature["timestamped"] and signature["withTime"] == "OK"
    assert (found["store"] is not None) == (level != "B-T")
    assert len(found["timestamps"]) == (1 if level == "B-LTA" else 0)
    if level != "B-T":
        assert signature["longTerm"] == "OK"
        said = vanthu("pdf", "verify", target, "--trust", world["roots"], "--offline", "--json")
        assert said.code == 0, said.everything
        own = said.reports()[0]["signatures"][0]
        assert own["indication"] == "TOTAL-PASSED" and own["level"] == level and own["provenTime"]


def test_a_signature_is_raised_and_its_archive_timestamp_renewed(vanthu, world, key, letter, tmp_path, judged):
    first, second, third = (tmp_path / name for name in ("1.pdf", "2.pdf", "3.pdf"))
    assert vanthu("pdf", "sign", letter, first, *key("p256"), *lasting(world, "B-T")).code == 0
    assert vanthu("pdf", "extend", first, second, *lasting(world, "B-LTA")).code == 0
    said = vanthu("pdf", "extend", second, third, *lasting(world, "B-LTA", "ec"))
    assert said.code == 0, said.everything
    assert third.read_bytes().startswith(second.read_bytes()) and second.read_bytes().startswith(first.read_bytes())
    found = judged(third)
    assert len(found["timestamps"]) == 2 and found["signatures"][0]["longTerm"] == "OK"


def test_what_cannot_be_had_is_said_and_nothing_is_written(vanthu, world, key, letter, tmp_path):
    target = tmp_path / "out.pdf"
    assert vanthu("pdf", "sign", letter, target, *key("rsa2048"), "--level", "B-T").code == 64
    for stamp, word in (("wrong-imprint", "nội dung khác"), ("no-eku", "không dùng để cấp dấu"), ("http-500", "HTTP 500")):
        said = vanthu("pdf", "sign", letter, target, *key("rsa2048"), *lasting(world, "B-T", stamp))
        assert said.code == 1 and word in said.everything
    said = vanthu("pdf", "sign", letter, target, *key("revoked"), *lasting(world, "B-LT"))
    assert said.code == 1 and "thu hồi từ 2025-06-01" in said.everything
    said = vanthu("pdf", "extend", letter, target, *lasting(world, "B-LTA"))
    assert said.code == 1 and "chưa có chữ ký" in said.everything
    assert not target.exists()


def test_a_folder_is_signed_at_a_level(vanthu, world, key, letter, tmp_path, judged):
    results = tmp_path / "results"
    waiting = tmp_path / "waiting"
    waiting.mkdir()
    for name in ("a.pdf", "b.pdf"):
        (waiting / name).write_bytes(pdf())
    (waiting / "c.pdf").write_bytes(b"no PDF")
    said = vanthu("pdf", "sign-batch", waiting, results, *key("rsa2048"), *lasting(world, "B-LT"))
    assert said.code == 1 and not (results / "c.pdf").exists()
    assert [judged(results / name)["signatures"][0]["longTerm"] for name in ("a.pdf", "b.pdf")] == ["OK", "OK"]
