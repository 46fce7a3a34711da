"""The catalogue of agencies, and recipients beyond the installation searched for on the issuing page: with the script that
keeps everything filled in, and without it."""

import os
import re
import subprocess

import pytest
from playwright.sync_api import expect

import story
from demo_server import PROGRAM

HEAD = "Hà Minh Đương"
ABSTRACT = "phối hợp cung cấp thông tin lý lịch tư pháp năm 2026"
LIST = """Mã định danh,Mã QCVN 102,Tên cơ quan,Cơ quan chủ quản,Hiệu lực đến,Mã kế thừa,Thư điện tử
H33.08,000.00.08.H33,Sở Nội vụ tỉnh Kiên Giang,Ủy ban nhân dân tỉnh Kiên Giang,,,snv@kiengiang.gov.vn
H33.09,000.00.09.H33,Sở Lao động cũ tỉnh Kiên Giang,Ủy ban nhân dân tỉnh Kiên Giang,30/06/2025,H33.08,sld@kiengiang.gov.vn
H33.10,000.00.10.H33,Sở Tư pháp tỉnh Kiên Giang,Ủy ban nhân dân tỉnh Kiên Giang,,,stp@kiengiang.gov.vn
00.22.W00,,Trục kết nối Sở Nội vụ,,,,
"""


@pytest.fixture
def seen(assert_accessible, shoot):
    def look(page, name):
        assert_accessible(page)
        shoot(page, name)

    return look


@pytest.fixture(scope="module")
def life():
    return {}


@pytest.fixture(scope="module", autouse=True)
def listed(server, tmp_path_factory):
    """The list is taken up from the command line while the server runs; of one that already ran, VANTHU_DATA says where its
    data is."""
    data = os.environ.get("VANTHU_DATA") or (server.folder and server.folder / "data")
    if not data:
        pytest.skip("the data folder of that server is not known; VANTHU_DATA may name it")
    file = tmp_path_factory.mktemp("list") / "danh-ba.csv"
    file.write_text(LIST, encoding="utf-8")
    for words in (
        ["admin", "agencies", "import", file, "--channel", "mail"],
        ["admin", "agencies", "code", "phong-tu-phap", "--code", "H33.12.05"],
    ):
        done = subprocess.run(
            [PROGRAM, *words, "--data", data], check=True, capture_output=True, text=True)
    assert "H33.12.05" in done.stdout


def test_1_the_catalogue_is_searched(page_as, seen):
    """A9: without strokes, by code; an agency that has ended says who follows it."""
    page = page_as("vt.tuphap")
    page.goto(f"{story.HOME}/van-ban-di")
    page.get_by_role("link", name="Danh bạ cơ quan").first.click()
    seen(page, "danh-ba")
    page.get_by_role("searchbox", name="Tên hoặc mã định danh").fill("so lao dong")
    story.press(page, "Lọc")
    expect(page.get_by_text("Kế thừa: Sở Nội vụ tỉnh Kiên Giang")).to_be_visible()
    page.get_by_role("searchbox", name="Tên hoặc mã định danh").fill("000.00.10.H33")
    story.press(page, "Lọc")
    page.get_by_role("link", name="Sở Tư pháp tỉnh Kiên Giang").click()
    expect(page.get_by_text("H33.10")).to_be_visible()
    seen(page, "danh-ba-co-quan")


def test_2_the_clerk_adds_an_organisation(page_as, seen):
    """A9: organisations outside the state are reached by mail or on paper."""
    page = page_as("vt.tuphap")
    page.goto(f"{story.HOME}/danh-ba/them")
    page.get_by_label("Tên cơ quan, tổ chức").fill("Công ty Cổ phần Cấp thoát nước")
    page.get_by_label("Kênh gửi").select_option(label="Bản giấy")
    story.press(page, "Thêm vào danh bạ")
    expect(page.get_by_role("alert")).to_contain_text("Địa chỉ nhận văn bản giấy")
    seen(page, "danh-ba-them")
    page.get_by_label("Địa chỉ nhận văn bản giấy").fill("66 Nguyễn Trung Trực, Rạch Giá")
    story.press(page, "Thêm vào danh bạ")
    expect(page.get_by_text("Đã thêm vào danh bạ.")).to_be_visible()


def test_3_a_letter_waits_to_be_issued(page_as, world, life, pin, seen):
    """D11, D21: the officer writes into the draft whom it goes to and by when an answer is asked for."""
    page = page_as("cv1.tuphap")
    page.goto(f"{story.HOME}/du-thao/lap")
    page.locator("[name=loai]").select_option(label="Công văn")
    page.locator("[name=trich-yeu]").fill(ABSTRACT)
    page.locator("[name=ky-hieu]").fill("PTP")
    story.press(page, "Lập dự thảo")
    expect(page).to_have_url(re.compile(r"/du-thao/\d+($|\?)"))
    draft = page.url.split("?")[0]
    story.add_version(page, world / "drafts" / story.DRAFT)
    story.wait_for_conversion(page)
    page.get_by_role("link", name="Ghi nơi nhận").click()
    page.get_by_role("checkbox", name="Ủy ban nhân dân thành phố Rạch Giá").check()
    page.locator("[name=tra-loi-truoc]").fill("29/5/2026")
    seen(page, "du-thao-noi-nhan")
    story.press(page, "Lưu nơi nhận")
    expect(page.get_by_text("Đã lưu nơi nhận của dự thảo.")).to_be_visible()
    expect(page.locator("#noi-nhan")).to_contain_text("Ủy ban nhân dân thành phố Rạch Giá")
    expect(page.locator("#noi-nhan")).to_contain_text("29/5/2026")
    story.submit(page, HEAD)
    expect(page.get_by_text("Đã trình dự thảo.")).to_be_visible()
    story.sign(page_as("tp.tuphap"), draft, pin)
    life["issuing"] = draft.replace("/du-thao/", "/van-ban-di/phat-hanh/")


def test_4_recipients_are_found_and_ticked_with_the_script(page_as, life, pin, seen):
    """The PIN and the ticks stay while the clerk searches; the page is never left."""
    page = page_as("vt.tuphap")
    page.goto(life["issuing"])
    page.locator("[name=pin]").fill(pin)
    # As the signer saw it.
    expect(page.get_by_role("checkbox", name="Ủy ban nhân dân thành phố Rạch Giá")).to_be_checked()
    page.evaluate("window.stays = true")
    search = page.get_by_role("searchbox", name="Tìm trong danh bạ cơ quan")
    search.fill("so noi vu")
    search.press("Enter")
    # An agency that has ended names its successor too.
    found = page.get_by_role("checkbox", name=re.compile("^Sở Nội vụ tỉnh Kiên Giang"))
    expect(found).to_be_visible()
    expect(page.get_by_role("checkbox", name="Trục kết nối")).to_have_count(0)
    found.check()
    # What is ticked is sent as the panel below says, without a button.
    expect(page.locator("#hinh-thuc")).to_contain_text("Sở Nội vụ tỉnh Kiên Giang")
    seen(page, "phat-hanh-tim-noi-nhan")
    search.fill("H33.09")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("checkbox", name="Sở Lao động cũ")).to_be_disabled()
    expect(found).to_be_checked()
    expect(page.get_by_role("checkbox", name="Ủy ban nhân dân thành phố Rạch Giá")).to_be_checked()
    expect(page.locator("[name=pin]")).to_have_value(pin)
    expect(page.locator("#noi-nhan-van-ban")).to_contain_text("đang chọn 2 nơi")
    assert page.evaluate("window.stays") is True


def test_5_and_without_it(page_as, life):
    """The same by forms alone; what is ticked stays, and is kept as a group."""
    page = page_as("vt.tuphap", script=False)
    page.goto(life["issuing"])
    page.get_by_role("searchbox", name="Tìm trong danh bạ cơ quan").fill("cap thoat nuoc")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("checkbox", name="Công ty Cổ phần Cấp thoát nước").check()
    page.get_by_role("searchbox", name="Tìm trong danh bạ cơ quan").fill("so tu phap")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("checkbox", name="Sở Tư pháp tỉnh Kiên Giang").check()
    page.get_by_text("Nhóm nơi nhận", exact=True).click()
    page.get_by_role("textbox", name="Tên nhóm mới").fill("Nơi hay gửi")
    story.press(page, "Lưu nơi đang chọn")
    expect(page.get_by_text("Đã lưu nhóm “Nơi hay gửi”.")).to_be_visible()
    page.goto(life["issuing"])
    page.get_by_text("Nhóm nơi nhận", exact=True).click()
    story.press(page, "Chọn 3 nơi của nhóm “Nơi hay gửi”")
    expect(page.get_by_role("checkbox", name="Công ty Cổ phần Cấp thoát nước")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Sở Tư pháp tỉnh Kiên Giang")).to_be_checked()


def test_6_it_is_issued_to_them(page_as, life, pin, seen):
    """E1, D22: the board names everybody, whether of this installation or not; whom the clerk adds wants a reason."""
    page = page_as("vt.tuphap")
    page.goto(life["issuing"])
    page.get_by_text("Nhóm nơi nhận", exact=True).click()
    story.press(page, "Chọn 3 nơi của nhóm “Nơi hay gửi”")
    expect(page.get_by_role("checkbox", name="Công ty Cổ phần Cấp thoát nước")).to_be_checked()
    page.locator("[name=pin]").fill(pin)
    page.locator("[name=pin]").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("khác bản người ký duyệt")
    seen(page, "phat-hanh-khac-ban-duyet")
    page.locator("[name=ly-do-thay-doi]").fill("Người ký đồng ý gửi thêm")
    page.locator("[name=pin]").fill(pin)
    page.locator("[name=pin]").press("Enter")
    expect(page).to_have_url(re.compile(r"/van-ban-di/2026/[a-z-]+/\d+"), timeout=story.ISSUING)
    for name in ("Công ty Cổ phần Cấp thoát nước", "Sở Tư pháp tỉnh Kiên Giang", "Ủy ban nhân dân thành phố Rạch Giá"):
        expect(page.get_by_text(name).first).to_be_visible()
    expect(page.locator("#noi-nhan")).to_contain_text("Văn thư thêm")
    expect(page.locator("#noi-nhan")).to_contain_text("Người ký đồng ý gửi thêm")
    expect(page.locator("#theo-doi")).to_contain_text("Chờ trả lời")
    seen(page, "da-phat-hanh-ra-ngoai")
