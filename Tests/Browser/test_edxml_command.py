"""`vanthu edxml` as scripts use it: what it prints, how it ends, how much memory a large message takes."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from demo_server import PROGRAM

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples/edxml"


def vanthu(*arguments, code=0):
    done = subprocess.run([PROGRAM, "edxml", *map(str, arguments)], capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def particulars(tmp_path):
    path = tmp_path / "cong-van.json"
    path.write_text(json.dumps({"document": {
        "header": {
            "from": {"organID": "000.00.15.H51", "name": "UBND thành phố Rạch Giá"},
            "to": [{"organID": "H36.12", "name": "Sở Tư pháp"}],
            "documentID": "000.00.15.H51,2026/05/12,54/UBND-VP",
            "code": {"number": "54", "notation": "UBND-VP"},
            "promulgation": {"place": "Rạch Giá", "date": "2026/05/12"},
            "type": {"name": "Công văn"}, "subject": "V/v cung cấp số liệu hộ tịch",
            "signer": {"fullName": "Trần Văn Ninh"},
            "toPlaces": ["Như trên"], "other": {"priority": "1"},
        },
    }}, ensure_ascii=False))
    return path


def test_e4_a_message_is_written_checked_and_shown_again(particulars, tmp_path):
    letter = tmp_path / "54.pdf"
    letter.write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 40)
    for packing in ([], ["--zip"]):
        message = tmp_path / "54.edxml"
        vanthu("write", particulars, message, "--attach", letter, *packing)
        assert "<edXML:MessageHeader>" in message.read_text()
        assert "gửi được" in vanthu("check", message)
        out = tmp_path / f"tep{len(packing)}"
        shown = json.loads(vanthu("show", message, "--json", "--attachments", out))
        assert shown["document"]["header"]["subject"] == "V/v cung cấp số liệu hộ tịch"
        assert (out / "54.pdf").read_bytes() == letter.read_bytes()


def test_e4_what_cannot_be_sent_is_not_written(particulars, tmp_path):
    message = tmp_path / "54.edxml"
    said = vanthu("write", particulars, message, code=1)
    assert "thiếu mục: Attachment" in said
    assert not message.exists()
    assert "Không đọc được" in vanthu("write", particulars, message, "--attach", tmp_path / "khong-co", code=2)


def test_e4_bad_messages_are_named_with_the_place(tmp_path):
    bad = tmp_path / "bad.edxml"
    bad.write_text("<edXML>\n<a></b></edXML>")
    assert "dòng 2" in vanthu("check", bad, code=2)
    bad.write_text('<!DOCTYPE x [<!ENTITY a "b">]><edXML>&a;</edXML>')
    assert "DOCTYPE" in vanthu("show", bad, code=2)


@pytest.mark.skipif(not SAMPLES.exists(), reason="shared is not beside the repository: the samples are NOT read")
def test_e4_the_samples_of_the_wild_are_shown():
    for sample in sorted(SAMPLES.glob("*.edxml")):
        assert ("Văn bản:" in (said := vanthu("show", sample))) or "Trạng thái:" in said, sample


def test_e5_a_message_of_a_hundred_megabytes_takes_little_memory(particulars, tmp_path):
    letter = tmp_path / "lon.pdf"
    with letter.open("wb") as file:
        for _ in range(100):
            file.write(os.urandom(1 << 20))
    message = tmp_path / "lon.edxml"
    small = tmp_path / "nho.edxml"
    note = tmp_path / "nho.pdf"
    note.write_bytes(b"%PDF-1.7")
    most = {}
    for target, attached in ((small, note), (message, letter)):
        for command in (["write", particulars, target, "--attach", attached], ["check", target]):
            process = subprocess.Popen([PROGRAM, "edxml", *map(str, command)], stdout=subprocess.DEVNULL)
            _, status, used = os.wait4(process.pid, 0)
            assert status == 0
            most[target, command[0]] = used.ru_maxrss
    for command in ("write", "check"):
        assert most[message, command] - most[small, command] < 24 << 10, most
