"""The official e-mail as a channel (E6): a real post office on loopback, and one installation with a mailbox in it."""

import email
import email.policy
import imaplib
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import uuid
from email.message import EmailMessage
from pathlib import Path

import pytest
from installation import ROOT, Installation, until
from letters import pdf

OFFICE, FRIEND = "vanthu@tuphap.example", "vanthu@rachgia.example"
pytestmark = pytest.mark.skipif(
    not (shutil.which("exim4") or shutil.which("/usr/sbin/exim4")) or not shutil.which("dovecot"),
    reason="SKIPPED ALOUD: exim4 and dovecot are not installed; run bin/setup --test")


class PostOffice:
    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "Tests/Mail/world.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.doors = json.loads(self.process.stdout.readline())

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert answer.get("done"), answer

    def place(self, door, user=None):
        place = {"host": "localhost", "port": self.doors[door], "roots": self.doors["root"], "protection": "startTLS"}
        return {**place, "user": user, "password": self.doors["users"][user]} if user else place

    def imap(self, user):
        box = imaplib.IMAP4_SSL(
            "localhost", self.doors["imaps"], ssl_context=ssl.create_default_context(cafile=self.doors["root"]))
        box.login(user, self.doors["users"][user])
        return box

    def logins(self, user):
        """How often somebody has logged in to read."""
        log = (Path(self.doors["folder"]) / "dovecot.log").read_text(errors="replace")
        return sum("imap-login: Info: Login" in line and f"user=<{user}>" in line for line in log.splitlines())

    def connections(self):
        """How often somebody has connected to send."""
        log = (Path(self.doors["folder"]) / "exim-mainlog").read_text(errors="replace")
        return log.count("SMTP connection from")

    def mailbox(self, user, folder="INBOX"):
        """What lies in somebody's folder."""
        with self.imap(user) as box:
            if box.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            numbers = box.search(None, "ALL")[1][0].split()
            # A server also tells of flags in between.
            told = [part for number in numbers for part in box.fetch(number, "(RFC822)")[1]]
            return [
                email.message_from_bytes(part[1], policy=email.policy.default) for part in told if isinstance(part, tuple)]

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def post():
    office = PostOffice()
    yield office
    office.close()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def office(request, tmp_path_factory, post, postgres):
    one = Installation(
        tmp_path_factory.mktemp("mail") / "a", "a", postgres() if request.param == "postgres" else None,
        {"phong-tu-phap": "H31.12.05"})
    one.do("install", agencies=one.agencies)
    one.settings = {"mail": {"phong-tu-phap": {
        "address": OFFICE, "submission": post.place("smtp", OFFICE), "mailbox": post.place("imap", OFFICE),
        "every": 1}}}
    one.write_settings()
    one.do("catalogue", entries=[
        {"name": "UBND thành phố", "code": "X01", "channel": "mail", "mail": FRIEND},
        {"name": "Nơi không còn", "code": "X02", "channel": "mail", "mail": "khong-co@rachgia.example"}])
    one.start()
    yield one
    one.settles()
    one.verify()
    one.close()


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "công văn.pdf"
    path.write_bytes(pdf([(100, 700, f"Cong van {uuid.uuid4().hex}")]))
    return path


def sent_to_friend(post, abstract):
    return [one for one in post.mailbox(FRIEND) if abstract in one["Subject"]]


def test_a_letter_goes_as_a_mail_with_its_files(office, post, letter):
    """E6, D6: the sealed PDF, under its own name, with number and abstract in the subject"""
    abstract = f"cung cấp số liệu {uuid.uuid4().hex[:8]}"
    key = office.issue("phong-tu-phap", ["X01"], files=[str(letter)], abstract=abstract, answerBy="2031-05-20")
    mail = until(lambda: sent_to_friend(post, abstract), "the mail is in the other's mailbox")[0]
    assert "/PTP] " in mail["Subject"]
    assert OFFICE in mail["From"]
    files = list(mail.iter_attachments())
    assert [file.get_filename() for file in files] == ["công văn.pdf"]
    assert files[0].get_payload(decode=True) == letter.read_bytes()
    assert "Trích yếu: " + abstract in mail.get_body().get_content()
    assert "Đề nghị trả lời trước ngày: 20/5/2031" in mail.get_body().get_content()
    until(lambda: office.delivery(key)["carried"], "the delivery is known as carried")


def test_a_letter_in_reply_to_ours_is_its_answer(office, post, letter):
    """D11, E6: by what mail programs say they reply to, and only from the recipient's own address"""
    abstract = f"đề nghị góp ý {uuid.uuid4().hex[:8]}"
    key = office.issue("phong-tu-phap", ["X01"], files=[str(letter)], abstract=abstract, answerBy="2031-05-20")
    ours = until(lambda: sent_to_friend(post, abstract), "the mail is there")[0]["Message-ID"]
    assert not office.delivery(key)["answered"]
    stranger = incoming(f"Không phải nơi nhận {uuid.uuid4().hex[:8]}", letter, In_Reply_To=ours)
    stranger.replace_header("From", "Người lạ <nguoi-la@rachgia.example>")
    deliver(post, stranger)
    until(lambda: [one for one in office.look()["receipts"] if one["sender"] == "Người lạ"],
          lambda: f"the stranger's letter arrives: {office.story()}")
    assert not office.delivery(key)["answered"]
    deliver(post, incoming(f"Góp ý {uuid.uuid4().hex[:8]}", letter, In_Reply_To=ours))
    until(lambda: office.delivery(key)["answered"], lambda: f"it is answered: {office.story()}")


def test_a_returned_mail_is_told_on_the_board(office, letter):
    """E6, E2: what the other side's server says of the letter, by the delivery it was"""
    key = office.issue("phong-tu-phap", ["X02"], files=[str(letter)])
    delivery = office.becomes(key, "02")
    assert "khong-co@rachgia.example" in delivery["note"]
    # Sent again it is a mail of its own, and what is reported of it is.
    assert office.do("sendAgain", at="phong-tu-phap", about=key, reason="Đã hỏi lại địa chỉ.")["count"] == 1
    until(lambda: office.delivery(key)["taken"] == ["02", "02"], lambda: f"it comes back again: {office.story()}")


def test_a_server_that_is_away_loses_and_doubles_nothing(office, post, letter):
    """E6, E5: the letter waits, and goes once"""
    abstract = f"văn bản chờ {uuid.uuid4().hex[:8]}"
    post.say("down smtp")
    try:
        key = office.issue("phong-tu-phap", ["X01"], files=[str(letter)], abstract=abstract)
        until(lambda: any(one["attempts"] for one in office.look()["outbox"]), "it was tried")
        assert not office.delivery(key)["carried"]
    finally:
        post.say("up smtp")
    office.do("letTimePass")
    until(lambda: office.delivery(key)["carried"], lambda: f"it goes: {office.story()}")
    assert len(until(lambda: sent_to_friend(post, abstract), "the mail is there")) == 1


def incoming(subject, path, **headers):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"UBND thành phố <{FRIEND}>", OFFICE, subject
    mail["Message-ID"] = headers.pop("message_id", f"<{uuid.uuid4().hex}@rachgia.example>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Kính gửi Phòng Tư pháp.")
    if path:
        mail.add_attachment(path.read_bytes(), maintype="application", subtype="pdf", filename=path.name)
    return mail


def deliver(post, mail, to=OFFICE):
    """The post office has no rights, so the file lies where everybody may read."""
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        file.write(bytes(mail))
        file.flush()
        os.chmod(file.name, 0o644)
        post.say(f"deliver {to} {file.name}")


def test_a_letter_in_the_mailbox_becomes_a_receipt_once(office, post, letter):
    """E6, E5, B7: number and notation are read from it; the same mail twice is one letter; it is put out of the way"""
    mark = uuid.uuid4().hex[:8]
    mail = incoming(f"[482/UBND-VP] Báo cáo công tác {mark}", letter)
    for _ in range(2):
        deliver(post, mail)
    found = until(
        lambda: [one for one in office.look()["receipts"] if mark in one["abstract"]],
        lambda: f"the letter is a receipt: {office.story()}")
    until(lambda: not post.mailbox(OFFICE), "the inbox is empty")
    office.settles()
    found = [one for one in office.look()["receipts"] if mark in one["abstract"]]
    assert len(found) == 1
    assert found[0]["document"] == "482/UBND-VP"
    assert len([one for one in post.mailbox(OFFICE, "VanThu") if mark in one["Subject"]]) == 2


def test_what_is_no_letter_is_put_aside(office, post):
    """E6: an automatic answer is no document; a mail without a file waits for a person"""
    mark = uuid.uuid4().hex[:8]
    deliver(post, incoming(f"Vắng mặt {mark}", None, Auto_Submitted="auto-replied"))
    deliver(post, incoming(f"Không có tệp {mark}", None))
    until(lambda: [one for one in office.inbound("failed") if mark in one["subject"]], "the one without a file waits")
    until(lambda: [one for one in office.inbound("done") if mark in one["subject"]], "the automatic one is done with")
    time.sleep(0.2)
    assert not [one for one in office.look()["receipts"] if mark in one["abstract"]]
