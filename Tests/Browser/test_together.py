"""A head signs several waiting drafts with one entry of the PIN; certificates are tried and asked for."""

import re

import pytest
from playwright.sync_api import expect

import story

HEAD = "Hà Minh Đương"
ABSTRACTS = [
    "cung cấp số liệu hòa giải ở cơ sở quý I năm 2026",
    "cử công chức dự lớp bồi dưỡng nghiệp vụ chứng thực năm 2026",
    "trả lời kiến nghị của cử tri về cấp bản sao trích lục hộ tịch",
]


@pytest.fixture(scope="module")
def waiting():
    """Where the drafts stand, as one step hands them to the next."""
    return []


@pytest.fixture
def seen(assert_accessible, shoot):
    def look(page, name):
        assert_accessible(page)
        assert len(page.content().encode()) < 100_000, f"{page.url} is over 100 KB of HTML"
        shoot(page, name)

    return look


def open_draft(page, abstract):
    page.goto(f"{story.HOME}/du-thao/lap")
    page.locator("[name=loai]").select_option(label="Công văn")
    page.locator("[name=trich-yeu]").fill(abstract)
    page.locator("[name=ky-hieu]").fill("PTP")
    story.press(page, "Lập dự thảo")
    expect(page).to_have_url(re.compile(r"/du-thao/\d+($|\?)"))
    return page.url.split("?")[0]


def test_1_three_drafts_wait_for_the_head(page_as, world, waiting, tmp_path):
    """The first is converted from Word; the others take the PDF that came of it."""
    page = page_as("cv1.tuphap")
    for abstract in ABSTRACTS:
        draft = open_draft(page, abstract)
        if not waiting:
            story.add_version(page, world / "drafts" / story.DRAFT)
            story.wait_for_conversion(page)
            pdf = tmp_path / "cong-van.pdf"
            pdf.write_bytes(page.request.get(f"{draft}/tep/1").body())
        else:
            story.add_version(page, pdf)
        story.submit(page, HEAD)
        expect(page.get_by_text("Đã trình dự thảo.")).to_be_visible()
        waiting.append(draft)


def test_2_the_head_signs_them_together(page_as, waiting, pin, seen):
    """D1: chosen in one press, a wrong PIN signs none, the progress has a line for each."""
    page = page_as("tp.tuphap")
    seen(page, "viec-ky-nhieu")
    page.get_by_role("link", name=re.compile("Ký nhiều dự thảo một lượt")).click()
    expect(page.get_by_role("heading", name="Chờ ký")).to_be_visible()
    seen(page, "cho-ky")
    story.press(page, "Ký số các dự thảo đã chọn")
    expect(page.get_by_role("alert")).to_contain_text("Chưa chọn văn bản nào")
    page.get_by_role("link", name=re.compile("Chọn tất cả")).click()
    expect(page.locator("[name=chon]:checked")).to_have_count(page.locator("[name=chon]").count())
    page.locator("[name=pin]").fill("000000")
    story.press(page, "Ký số các dự thảo đã chọn")
    expect(page.get_by_role("alert")).to_contain_text("Mã PIN không đúng")
    expect(page.locator("[name=chon]:checked")).to_have_count(page.locator("[name=chon]").count())
    page.locator("[name=pin]").fill(pin)
    story.press(page, "Ký số các dự thảo đã chọn")
    expect(page).to_have_url(re.compile("/tien-trinh/"))
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"Đã ký (\d+) trên \1 văn bản"), timeout=story.ISSUING)
    for abstract in ABSTRACTS:
        expect(page.get_by_role("row", name=re.compile(abstract))).to_contain_text("Đã ký")
    seen(page, "tien-trinh")
    progress = page.url
    page.goto(waiting[0])
    expect(page.get_by_text("Đã ký").first).to_be_visible()

    stranger = page_as("cv1.tuphap")
    assert stranger.goto(progress).status == 404
    assert stranger.goto(f"{story.HOME}/du-thao/cho-ky").status == 404


def test_3_without_a_script_everything_is_there(page_as, seen):
    page = page_as("tp.tuphap", script=False)
    page.goto(f"{story.HOME}/du-thao/cho-ky")
    expect(page.get_by_role("heading", name="Chờ ký")).to_be_visible()
    page.goto(f"{story.HOME}/chung-thu-so")
    expect(page.get_by_role("heading", name="Chứng thư số")).to_be_visible()


def test_4_a_certificate_is_tried(page_as, pin, seen):
    """D12: who has one, until when, and whether it works."""
    page = page_as("tp.tuphap")
    page.goto(f"{story.HOME}/chung-thu-so")
    page.locator("[name=pin]").fill("000000")
    story.press(page, "Kiểm tra chứng thư số")
    expect(page.get_by_role("alert")).to_contain_text("Chưa kiểm tra được chứng thư số.")
    page.locator("[name=pin]").fill(pin)
    story.press(page, "Kiểm tra chứng thư số")
    expect(page.get_by_role("row", name=re.compile(HEAD))).to_contain_text("Hoạt động")
    seen(page, "chung-thu-so")


def test_5_a_request_is_made_and_withdrawn(page_as, seen):
    """D12: what is asked stands in the list until it is answered or taken back."""
    page = page_as("cv2.tuphap")
    page.goto(f"{story.HOME}/chung-thu-so/de-nghi")
    seen(page, "de-nghi-trong")
    page.locator("[name=loai-de-nghi]").select_option("recover")
    story.press(page, "Gửi đề nghị cho đầu mối")
    expect(page.get_by_role("alert")).to_contain_text("còn trống")
    page.locator("[name=noi-ro]").fill("Thiết bị báo khóa sau khi nhập sai mã PIN.")
    story.press(page, "Gửi đề nghị cho đầu mối")
    expect(page.get_by_text("Đã gửi đề nghị cho đầu mối chứng thư số.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Khôi phục thiết bị"))).to_contain_text("Mới gửi")
    seen(page, "de-nghi")
    table = page.request.get(f"{story.HOME}/chung-thu-so/de-nghi/tong-hop.csv").text()
    assert "Khôi phục thiết bị" in table
    story.press(page, "Rút đề nghị")
    expect(page.get_by_text("Đã rút đề nghị.")).to_be_visible()
