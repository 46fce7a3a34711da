"""What goes wrong in an office every day: each gets a clear message in Vietnamese, and nothing typed is lost."""

import re
import sqlite3
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

import story

SHARED = Path(__file__).resolve().parents[3] / "shared" / "documents"
LEAD = "Bùi Ngọc Quyền"
OTHER = "thử nhập văn bản đến, không thuộc câu chuyện"


@pytest.fixture
def shared():
    if not SHARED.is_dir():
        pytest.skip("no folder `shared` beside the repository: its spoiled files are not tried")
    return SHARED


def refused(page, words):
    """The message at the top, under which nothing was done."""
    expect(page.get_by_role("alert").first).to_contain_text(words)


@pytest.mark.parametrize(("name", "words"), [
    ("15-pdf-co-mat-khau.pdf", "Tệp PDF có mật khẩu"),
    ("16-pdf-bi-cat.pdf", "Tệp bị hỏng"),
    ("18-anh-png-doi-duoi.pdf", "Tệp không phải là PDF"),
    ("01-cong-van-van-ban-dien-tu.docx", "Tệp không phải là PDF"),
])
def test_a_spoiled_file_is_refused_with_its_reason(page_as, shared, name, words):
    """B1: encrypted, truncated, a picture renamed, a Word file."""
    page = page_as("vt.tuphap")
    story.upload_letter(page, shared / name)
    refused(page, words)
    expect(page.locator("[name=tep]")).to_be_visible()


def test_an_empty_file_and_no_file_are_refused(page_as, tmp_path):
    """B1."""
    page = page_as("vt.tuphap")
    empty = tmp_path / "trong.pdf"
    empty.touch()
    story.upload_letter(page, empty)
    refused(page, "0 byte")
    story.press(page, "Tải lên và nhập thông tin")
    refused(page, "Chưa có tệp nào.")


def test_a_secret_document_is_refused(page_as, browser, tmp_path):
    """Quy chế, Điều 10: the mark of secrecy printed on the page."""
    sheet, secret = browser.new_page(), tmp_path / "bao-cao.pdf"
    sheet.set_content("<p>UBND TỈNH KIÊN GIANG<p><b>MẬT</b><p>Số: 05/BC-UBND<p>Nội dung thử nghiệm")
    sheet.pdf(path=secret)
    sheet.close()
    page = page_as("vt.tuphap")
    story.upload_letter(page, secret)
    refused(page, "không nhận văn bản mật")
    refused(page, "Bản quét đã xóa")


def test_every_missing_field_is_named_at_once_and_what_was_typed_stays(page_as, world, assert_accessible):
    """B1: the list at the top leads to the fields, each says it again."""
    page = page_as("vt.tuphap")
    story.upload_letter(page, world / "letters" / story.LETTER)
    story.fill_particulars(page, so="", ngay_van_ban="31/2/2026", trich_yeu="")
    page.locator("[name=nguoi-ky]").fill("Nguyễn Thị Ngọc Ánh <b>&")
    story.press(page, "Đăng ký văn bản")
    for words in ("“Số” còn trống", "Ngày văn bản không đọc được", "“Trích yếu” còn trống"):
        refused(page, words)
    for name, typed in (("ngay-van-ban", "31/2/2026"), ("ky-hieu", "STP-HCTP"), ("nguoi-ky", "Nguyễn Thị Ngọc Ánh <b>&"),
                        ("co-quan-ban-hanh", "Sở Tư pháp tỉnh Kiên Giang")):
        expect(page.locator(f"[name={name}]")).to_have_value(typed)
    expect(page.locator("[name=so]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=do-khan]")).to_have_value("khan")
    page.get_by_role("alert").get_by_role("link").first.click()
    assert_accessible(page)


def test_a_twin_can_still_be_registered_knowingly(page_as, world):
    """B5: the same number, notation and agency again."""
    page = page_as("vt.noivu")
    for turn in (1, 2):
        page.goto("/phong-noi-vu/van-ban-den/dang-ky")
        page.locator("[name=tep]").set_input_files(world / "letters" / story.LETTER)
        story.press(page, "Tải lên và nhập thông tin")
        story.fill_particulars(page, so="901", han="", trich_yeu=OTHER)
        story.press(page, "Đăng ký văn bản")
    refused(page, "Có thể trùng với số đến")
    story.press(page, "Văn bản khác, vẫn đăng ký")
    expect(page.get_by_text(re.compile(r"Đã đăng ký, số đến \d+"))).to_be_visible()


def test_a_directive_without_words_or_lead_keeps_who_was_ticked(page_as, world):
    """B9."""
    arrival = story.register(page_as("vt.tuphap"), world, so="902", trich_yeu=OTHER)
    page = page_as("tp.tuphap")
    page.goto(arrival)
    page.get_by_role("checkbox", name="Trần Văn Thuận phối hợp").check()
    page.locator("[name=han-chu-tri]").fill("hôm nào đó")
    story.press(page, "Ghi ý kiến và phân công")
    refused(page, "Chưa ghi được ý kiến chỉ đạo")
    expect(page.get_by_role("checkbox", name="Trần Văn Thuận phối hợp")).to_be_checked()
    expect(page.locator("[name=han-chu-tri]")).to_have_value("hôm nào đó")


def test_a_stale_page_says_that_someone_was_quicker(page_as, world):
    """Two windows of the head: the second directive is refused, its words stay."""
    arrival = story.register(page_as("vt.tuphap"), world, so="903", trich_yeu=OTHER)
    first, second = page_as("tp.tuphap"), page_as("tp.tuphap")
    second.goto(arrival)
    second.locator("[name=y-kien]").fill("Giao cho người khác.")
    story.person(second, "chu-tri", "Danh Kim Long")
    story.direct(first, arrival, LEAD)
    story.press(second, "Ghi ý kiến và phân công")
    expect(second.locator("main")).to_contain_text(re.compile("đã có ý kiến chỉ đạo|người khác cập nhật"))
    expect(second.locator("#chi-dao")).to_contain_text(LEAD)


def test_a_form_sent_after_the_session_ended_is_shown_again(page_as, world, data_folder):
    """Decision 21: signed in again as the same person, the words are there and can be sent."""
    page = page_as("vt.tuphap")
    story.upload_letter(page, world / "letters" / story.LETTER)
    story.fill_particulars(page, so="904", trich_yeu=OTHER)
    end_sessions(data_folder)
    story.press(page, "Đăng ký văn bản")
    expect(page).to_have_url(re.compile("/dang-nhap"))
    page.locator("[name=ten-dang-nhap]").fill("vt.tuphap")
    page.locator("[name=mat-khau]").fill("rachgia-2026")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("còn đây")
    expect(page.locator("main")).to_contain_text(OTHER)
    story.press(page, "Gửi lại")
    expect(page.get_by_text(re.compile(r"Đã đăng ký, số đến \d+"))).to_be_visible()


def end_sessions(data_folder):
    """Lets every session run out, and waits until the server has forgotten what it knew of them."""
    with sqlite3.connect(data_folder / "vanthu.sqlite", timeout=10) as database:
        database.execute("UPDATE session SET expires_at = 1")
    time.sleep(5.5)


def test_without_script_a_letter_is_registered_and_directed(page_as, world):
    """No act needs a script."""
    arrival = story.register(page_as("vt.tuphap", script=False), world, so="905", trich_yeu=OTHER)
    head = page_as("tp.tuphap", script=False)
    story.direct(head, arrival, LEAD, cooperate=["Trần Văn Thuận"])
    expect(head.get_by_text("Đã giao việc theo ý kiến chỉ đạo.")).to_be_visible()


def test_a_second_press_registers_nothing_twice(page_as, world):
    """Decision 21: the same form sent twice, as an impatient hand or a slow line does, gives one number."""
    page = page_as("vt.tuphap")
    story.upload_letter(page, world / "letters" / story.LETTER)
    story.fill_particulars(page, so="906", trich_yeu=OTHER)
    form = story.form_as_sent(page, "#dang-ky")
    answers = [story.send_again(page, form) for _ in range(2)]
    assert {answer.status for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1


def test_the_queue_is_walked_with_the_keyboard(page_as):
    """j, k, Enter and /."""
    page = page_as("tp.tuphap")
    rows = page.locator(".row")
    expect(rows.nth(1)).to_be_visible()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    page.keyboard.press("/")
    expect(page.locator("#tim")).to_be_focused()
    page.keyboard.press("Escape")
    page.goto(page.url)
    page.keyboard.press("j")
    address = rows.nth(1).locator("a").first.get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(address)))


@pytest.mark.parametrize("path", [
    "viec", "van-ban-den", "van-ban-den/tiep-nhan", "van-ban-den/dang-ky", "van-ban-den/2026/1", "du-thao",
    "du-thao/lap", "du-thao/1", "van-ban-di", "van-ban-di/cho-phat-hanh", "van-ban-di/2026/cong-van/1", "tim?q=a",
])
def test_pages_of_another_agency_do_not_exist(page_as, path):
    """Decision 14: 404, whether there is something or not."""
    page = page_as("vt.noivu")
    assert page.goto(f"{story.HOME}/{path}").status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
