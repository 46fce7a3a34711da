"""`vanthu edxml` as scripts use it: what it prints, how it ends, how much memory a large message takes."""

import array
import base64
import fcntl
import io
import json
import os
import subprocess
import sys
import termios
import zipfile
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


# What comes from outside


def raw(references="", attachments="", header=""):
    """A message as a stranger may write it."""
    return (
        "<edXML><edXMLEnvelope><edXMLHeader><MessageHeader><DocumentId>1</DocumentId>"
        f"<Subject>V/v</Subject>{header}</MessageHeader></edXMLHeader><edXMLBody><edXMLManifest>{references}"
        f"</edXMLManifest></edXMLBody></edXMLEnvelope><AttachmentEncoded>{attachments}</AttachmentEncoded></edXML>")


def with_file(name, encoded):
    return raw(
        f"<Reference><ContentId>cid:1</ContentId><AttachmentName>{name}</AttachmentName></Reference>",
        f"<Attachment><ContentId>cid:1</ContentId><ContentTransferEncoded>{encoded}</ContentTransferEncoded></Attachment>")


def test_e4_names_with_blanks_and_diacritics_are_paths_that_exist(particulars, tmp_path):
    folder = tmp_path / "hồ sơ 100%"
    folder.mkdir()
    letter = folder / "Công văn 54 #1.pdf"
    letter.write_bytes(b"%PDF-1.7 mot")
    twin = folder / "khác" / letter.name
    twin.parent.mkdir()
    twin.write_bytes(b"%PDF-1.7 hai")
    message, again = folder / "gói.edxml", folder / "lại.edxml"
    vanthu("write", particulars, message, "--attach", letter, "--attach", twin)
    shown = vanthu("show", message, "--json", "--attachments", folder / "tệp ra")
    paths = [Path(one["file"]) for one in json.loads(shown)["document"]["attachments"]]
    assert [path.name for path in paths] == ["Công văn 54 #1.pdf", "Công văn 54 #1 (2).pdf"]
    assert [path.read_bytes() for path in paths] == [letter.read_bytes(), twin.read_bytes()]
    particulars.write_text(shown)
    vanthu("write", particulars, again)
    assert again.read_bytes() == message.read_bytes()


@pytest.mark.parametrize("name", ["../../..", "../../.", "..", "../../&#32;", "../../&#160;", "a/../..", "&#x202E;"])
def test_e5_no_name_leads_out_of_the_folder(tmp_path, name):
    message, out = tmp_path / "la.edxml", tmp_path / "a/b/ra"
    message.write_text(with_file(name, "RVZJTA=="))
    assert "Lưu ý: tên tệp" in vanthu("show", message, "--attachments", out)
    assert [path.read_text() for path in tmp_path.rglob("*") if path.is_file() and path != message] == ["EVIL"]
    assert (out / "tep-1").read_text() == "EVIL"


def test_e5_a_long_name_is_cut_and_keeps_its_ending(tmp_path):
    message, out = tmp_path / "dai.edxml", tmp_path / "ra"
    message.write_text(with_file("ắ" * 200 + ".pdf", "JVBERi0="))
    vanthu("show", message, "--attachments", out)
    assert [path.suffix for path in out.iterdir()] == [".pdf"]


def test_b7_a_damaged_file_is_named_and_the_message_is_shown(tmp_path):
    message, out = tmp_path / "hong.edxml", tmp_path / "ra"
    message.write_text(with_file("hong.pdf", "JVBERi0*"))
    shown = vanthu("show", message, "--attachments", out)
    assert "Trích yếu: V/v" in shown and "Tệp: hong.pdf, không đúng mã base64" in shown
    assert list(out.iterdir()) == []
    checked = vanthu("check", message, code=1)
    assert checked.count("hong.pdf") == 1 and "tệp đính kèm hỏng" in checked


def test_e5_a_missing_file_is_told_once(tmp_path):
    message = tmp_path / "thieu.edxml"
    message.write_text(raw("<Reference><ContentId>cid:1</ContentId><AttachmentName>a.pdf</AttachmentName></Reference>"))
    assert vanthu("check", message, code=1).count("a.pdf") == 1


@pytest.mark.parametrize("first", [b"\xef\xbb\xbf", b"\xef\xbb", b"\xef", b"12", b"<"])
def test_e4_a_message_may_come_through_a_pipe_in_any_pieces(tmp_path, first):
    body = first + with_file("a.pdf", "JVBERi0=").encode()
    if first == b"<":
        body = body[1:]
    elif first.startswith(b"\xef"):
        body = b"\xef\xbb\xbf" + body[len(first):]
    command = subprocess.Popen(
        [PROGRAM, "edxml", "show", "/dev/stdin"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    for piece in (first, body[len(first):len(first) + 2], body[len(first) + 2:]):
        command.stdin.write(piece)
        command.stdin.flush()
        wait_until_read(command)
    said = command.communicate(timeout=60)[0].decode()
    assert command.returncode == 0 and "Trích yếu: V/v" in said, said


def wait_until_read(command):
    """Until the pipe is empty, so that the next piece is a read of its own."""
    left = array.array("i", [1])
    while command.poll() is None and left[0]:
        fcntl.ioctl(command.stdin, termios.FIONREAD, left)


def test_e4_what_the_axis_would_refuse_is_not_written(particulars, tmp_path):
    letter, message = tmp_path / "54.pdf", tmp_path / "54.edxml"
    letter.write_bytes(b"%PDF-1.7")
    plain = json.loads(particulars.read_text())
    for path, value, words in [
        ("type.type", "mười", "không phải số: Type mười"),
        ("promulgation.date", "12/05/2026", "ngày giờ không đúng dạng: PromulgationDate 12/05/2026"),
        ("dueDate", "mai", "ngày giờ không đúng dạng: DueDate mai"),
        ("content", "a\ufffeb", "có ký tự không đọc được: Content"),
    ]:
        changed = json.loads(json.dumps(plain))
        place, *steps = [changed["document"]["header"], *path.split(".")]
        for step in steps[:-1]:
            place = place[step]
        place[steps[-1]] = value
        particulars.write_text(json.dumps(changed))
        assert words in vanthu("write", particulars, message, "--attach", letter, code=1)
        assert not message.exists()


def test_e5_archives_do_not_unpack_to_more_than_a_message_may_hold(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("x.txt", bytes(60 << 20))
    encoded = base64.b64encode(packed.getvalue()).decode()
    message = tmp_path / "bom.edxml"
    message.write_text(with_file("bom.txt", encoded))
    assert "nở ra quá lớn" in vanthu("show", message)


def test_e4_base64_in_cdata_and_long_comments_take_little_memory(tmp_path):
    small, large = tmp_path / "nho.edxml", tmp_path / "lon.edxml"
    small.write_text(with_file("a.pdf", "JVBERi0="))
    text = base64.b64encode(os.urandom(60 << 20)).decode()
    large.write_text(f"<!--{'x' * (40 << 20)}-->" + with_file("a.pdf", f"<![CDATA[{text}]]>"))
    most = {}
    for message in (small, large):
        process = subprocess.Popen([PROGRAM, "edxml", "show", message], stdout=subprocess.PIPE)
        said = process.stdout.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        assert status == 0 and "Trích yếu: V/v" in said
        most[message] = used.ru_maxrss
    assert f"{60 << 20} byte" in said
    assert most[large] - most[small] < 24 << 10, most


@pytest.mark.parametrize("piece", ["attributes", "elements", "text", "instructions"])
def test_e5_a_hostile_header_of_sixty_megabytes_is_refused_in_little_memory(tmp_path, piece):
    message = tmp_path / "lon.edxml"
    one = {
        "attributes": "<a " + " ".join(f'a{number}=""' for number in range(5_000)) + "/>",
        "elements": "<a/>" * 1_000, "text": f"<Subject>{'x' * 100_000}</Subject>", "instructions": "<?x?>" * 1_000,
    }[piece]
    message.write_text(raw(header=one * ((60 << 20) // len(one))))
    # In a process of its own, since a child's figure begins with what its parent had.
    measure = (
        "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, "
        "stderr=subprocess.DEVNULL); print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    said = subprocess.run(
        [sys.executable, "-c", measure, PROGRAM, "edxml", "check", str(message)], capture_output=True, text=True,
        timeout=120, check=True).stdout
    code, most = map(int, said.split())
    assert code == 2 and most < 256 << 10, said
