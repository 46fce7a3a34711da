"""The head signs and the clerk seals with keys on tokens of their own, through the signing program on the same machine: a
real browser, a real WebSocket under TLS, real signatures; and everything that can go wrong on the way."""

import json
import re
import sqlite3
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

import story
from demo_server import PROGRAM
from key_authority import picture

HOME = "/ubnd-thanh-pho"
HEAD = "Phạm Quỳnh Giao"
AGENCY = "Ủy ban nhân dân thành phố Rạch Giá"
DRAFT = "03-cong-van-gui-nhan-van-ban-dien-tu.docx"
ABSTRACT = "chấn chỉnh việc tiếp nhận, xử lý văn bản trên Hệ thống quản lý văn bản và điều hành"
PASSPHRASE = "mã của thiết bị thử"
WAITING = 30_000
IS_FETCHED = """fetch(document.getElementById('form-giao-ky').action.replace(/huy$/, 'trang-thai'))
    .then((answer) => answer.json()).then((known) => known.state === 'fetched')"""


class RunningTool:
    """The stand-in for the signing program, with one person's token in it."""

    def __init__(self, port, key):
        self.port = port
        command = [
            sys.executable, Path(__file__).with_name("signing_tool.py"), "--port", str(port), "--p12", key,
            "--passphrase", PASSPHRASE, "--tls"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline().startswith("listening")

    def behave(self, manner):
        self._ask("/manner", manner.encode())

    def asked(self):
        return json.loads(self._ask("/asked"))["asked"]

    def _ask(self, path, body=None):
        trusting = ssl._create_unverified_context()
        return urllib.request.urlopen(f"https://127.0.0.1:{self.port}{path}", body, context=trusting).read()

    def stop(self):
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="module")
def tokens(server, authority, tmp_path_factory):
    """The head's and the agency's keys; the office knows their certificates."""
    if server.folder is None:
        pytest.skip("a server that already runs does not trust the tests' own authority")
    folder = tmp_path_factory.mktemp("tokens")
    keys = {}
    for stem, name, owner, colour in (
        ("head", HEAD, ("--login", "ct.ubnd"), (20, 50, 150)),
        ("agency", AGENCY, ("--agency", "ubnd-thanh-pho"), (205, 24, 30)),
    ):
        keys[stem], certificate = authority.write_key(name, folder, stem, PASSPHRASE)
        drawn = folder / f"{stem}.png"
        drawn.write_bytes(picture(*colour))
        subprocess.run(
            [PROGRAM, "admin", "key", "enter", "--data", server.folder / "data", *owner, "--kind", "handOver",
             "--certificate", certificate, "--picture", drawn],
            check=True, capture_output=True, text=True)
    return keys


@pytest.fixture(scope="module")
def start_tool(tokens, tool_port):
    running = {}

    def start(stem):
        """The program with that token in it; there is one at a time."""
        if stem not in running:
            for tool in running.values():
                tool.stop()
            running.clear()
            running[stem] = RunningTool(tool_port, tokens[stem])
        return running[stem]

    yield start
    for tool in running.values():
        tool.stop()


@pytest.fixture(scope="module")
def life():
    return {}


@pytest.fixture
def seen(assert_accessible, shoot):
    def look(page, name):
        assert_accessible(page)
        shoot(page, name)

    return look


def hand_over(page, draft):
    page.goto(f"{draft}/ky")
    story.press(page, "Ký bằng phần mềm VGCA")
    expect(page).to_have_url(re.compile("/giao-ky/"))


def standing(page, words):
    expect(page.locator("#tinh-trang > :not([hidden])")).to_contain_text(words, timeout=WAITING)


def pass_the_time(data_folder):
    """As if ten minutes had gone by for every file that is out."""
    with sqlite3.connect(data_folder / "vanthu.sqlite", timeout=10) as database:
        database.execute("UPDATE handover SET expires_at = opened_at WHERE state IN ('opened', 'fetched')")


def test_1_a_draft_waits_for_the_head(page_as, world, life, tokens):
    page = page_as("cv1.ubnd")
    page.goto(f"{HOME}/du-thao/lap")
    page.locator("[name=loai]").select_option(label="Công văn")
    page.locator("[name=trich-yeu]").fill(ABSTRACT)
    page.locator("[name=ky-hieu]").fill("UBND-VP")
    story.press(page, "Lập dự thảo")
    expect(page).to_have_url(re.compile(r"/du-thao/\d+($|\?)"))
    life["draft"] = page.url.split("?")[0]
    story.add_version(page, world / "drafts" / DRAFT)
    story.add_enclosure(page, world / "drafts" / story.ENCLOSURE)
    story.wait_for_conversion(page)
    story.submit(page, HEAD)
    expect(page.get_by_text("Đã trình dự thảo.")).to_be_visible()


def test_2_the_program_is_missing_fails_or_is_closed(page_as, life, start_tool, seen):
    """What each looks like, and that the draft waits after every one of them."""
    page = page_as("ct.ubnd")
    page.goto(f"{life['draft']}/ky")
    expect(page.locator("[name=pin]")).to_have_count(0)
    seen(page, "ky-vgca")
    hand_over(page, life["draft"])
    standing(page, "Không tìm thấy phần mềm ký số.")
    seen(page, "giao-ky-khong-thay")

    tool = start_tool("head")
    tool.behave("refuses")
    story.press(page, "Thử lại")
    standing(page, "Không tìm thấy thiết bị USB Token")
    seen(page, "giao-ky-phan-mem-loi")
    page.get_by_role("link", name="Ký lại").click()
    expect(page).to_have_url(re.compile("/ky$"))

    tool.behave("closes")
    hand_over(page, life["draft"])
    standing(page, "Đã hủy, chưa ký.")
    page.goto(f"{life['draft']}/ky")
    expect(page.get_by_role("button", name="Ký bằng phần mềm VGCA")).to_be_visible()


def test_3_it_waits_through_a_reload_is_cancelled_and_times_out(page_as, life, start_tool, seen, data_folder):
    page = page_as("ct.ubnd")
    tool = start_tool("head")
    tool.behave("never")
    hand_over(page, life["draft"])
    standing(page, "Đang chờ ký.")
    seen(page, "giao-ky-dang-cho")
    page.wait_for_function(IS_FETCHED)
    page.reload()
    standing(page, "Đang chờ ký.")
    page.goto(f"{life['draft']}/ky")
    page.get_by_role("link", name="Mở trang ký để theo dõi hoặc hủy").click()
    standing(page, "Đang chờ ký.")
    story.press(page, "Hủy, chưa ký")
    standing(page, "Đã hủy, chưa ký.")
    seen(page, "giao-ky-da-huy")

    hand_over(page, life["draft"])
    standing(page, "Đang chờ ký.")
    pass_the_time(data_folder)
    standing(page, "Hết giờ, chưa ký.")
    seen(page, "giao-ky-het-gio")


@pytest.mark.parametrize(
    "manner, words",
    [
        ("unsigned", "Tệp trả về chưa có chữ ký nào mới."),
        ("other-key", "ký bằng chứng thư số của “Người khác”"),
        ("stamps", "Phần mềm đã in thêm nội dung lên trang"),
        ("rewrites", "Tệp trả về không phải là tệp đã giao"),
    ])
def test_4_what_is_not_right_is_not_taken(page_as, life, start_tool, seen, manner, words):
    """H2, H5: said in plain words, and the draft waits."""
    page = page_as("ct.ubnd")
    start_tool("head").behave(manner)
    hand_over(page, life["draft"])
    standing(page, words)
    seen(page, f"giao-ky-{manner}")
    page.goto(f"{life['draft']}/ky")
    expect(page.get_by_role("button", name="Ký bằng phần mềm VGCA")).to_be_visible()


def test_5_the_head_signs(page_as, life, start_tool):
    """D1: the file that comes back twice counts once; the program's own field will do."""
    page = page_as("ct.ubnd")
    tool = start_tool("head")
    tool.behave("twice")
    before = len(tool.asked())
    hand_over(page, life["draft"])
    expect(page).to_have_url(re.compile(r"/du-thao/\d+\?xong=ky"), timeout=WAITING)
    expect(page.get_by_text("Đã ký số và chuyển văn thư phát hành.")).to_be_visible()
    expect(page.locator("main")).to_contain_text(HEAD)
    assert [each["path"] for each in tool.asked()][before:] == ["/SignApproved"]


def test_6_the_clerk_seals_letter_and_enclosure(page_as, life, start_tool, seen):
    """D2, D3, D6: number, seal on the letter, signature on the enclosure; given up in between, it goes on."""
    page = page_as("vt.ubnd")
    tool = start_tool("agency")
    code = life["draft"].rsplit("/", 1)[1]
    page.goto(f"{HOME}/van-ban-di/phat-hanh/{code}")
    for group in page.locator("[name=nhom]").all():
        group.check()
    seen(page, "phat-hanh-vgca")
    tool.behave("never")
    story.press(page, "Cấp số, đóng dấu bằng phần mềm VGCA")
    standing(page, "Đang chờ ký.")
    story.press(page, "Hủy, chưa ký")
    standing(page, "Đã hủy, chưa ký.")
    page.get_by_role("link", name="Ký lại").click()
    expect(page.locator("main")).to_contain_text("chưa đóng dấu – tiếp tục")
    seen(page, "phat-hanh-vgca-tiep")
    tool.behave("honest")
    story.press(page, "Đóng dấu tiếp bằng phần mềm VGCA")
    expect(page).to_have_url(re.compile(r"/van-ban-di/2026/[a-z-]+/\d+"), timeout=60_000)
    expect(page.get_by_text("Đã phát hành.")).to_be_visible()
    assert [each["path"] for each in tool.asked()] == ["/SignIssued", "/SignIssued", "/SignAppendix"]
    assert re.fullmatch(r"\d+/UBND-VP", tool.asked()[2]["DocNumber"])
    seen(page, "da-phat-hanh-vgca")


def test_7_without_a_script_the_page_says_what_it_needs(page_as, world, tokens):
    """And cancelling works all the same; nobody else finds the page."""
    officer = page_as("cv1.ubnd")
    officer.goto(f"{HOME}/du-thao/lap")
    officer.locator("[name=loai]").select_option(label="Công văn")
    officer.locator("[name=trich-yeu]").fill(f"{ABSTRACT} (tiếp)")
    officer.locator("[name=ky-hieu]").fill("UBND-VP")
    story.press(officer, "Lập dự thảo")
    expect(officer).to_have_url(re.compile(r"/du-thao/\d+($|\?)"))
    draft = officer.url.split("?")[0]
    story.add_version(officer, world / "drafts" / DRAFT)
    story.wait_for_conversion(officer)
    story.submit(officer, HEAD)

    page = page_as("ct.ubnd", script=False)
    hand_over(page, draft)
    standing(page, "Trang này cần JavaScript")
    assert officer.goto(page.url).status == 404
    story.press(page, "Hủy, chưa ký")
    standing(page, "Đã hủy, chưa ký.")
