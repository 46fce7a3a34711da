"""One letter, its whole life, in the order in which the office lives it; each test goes on where the last one ended."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import outside_judges
import story
from conftest import PHONE

PERSON = {
    "tp.tuphap": "Hà Minh Đương", "pp.tuphap": "Danh Kim Long", "cv1.tuphap": "Bùi Ngọc Quyền",
    "cv2.tuphap": "Trần Văn Thuận", "tp.noivu": "Tạ Thế Anh", "cv1.noivu": "Nguyễn Tấn Đạt",
}

WORLD = Path(__file__).resolve().parents[2] / "Sources" / "TestKit" / "World"
TUPHAP = {"vt": "Đỗ Phương Uyên", "tp": "Hà Minh Đương", "cv1": "Bùi Ngọc Quyền"}


@pytest.fixture(scope="module")
def life():
    """Where the papers of the story stand, as one step hands them to the next."""
    return {}


@pytest.fixture
def seen(assert_accessible, shoot):
    """Judges the page as it stands with real papers, and takes its picture."""

    def look(page, name):
        assert_accessible(page)
        assert len(page.content().encode()) < 100_000, f"{page.url} is over 100 KB of HTML"
        shoot(page, name)

    return look


def test_1_the_clerk_registers_the_letter(page_as, world, life, seen):
    """B1, B5: the next arrival number of the year, and the same letter again shows its twin."""
    page = page_as("vt.tuphap")
    seen(page, "viec-cua-van-thu")
    page.goto(f"{story.HOME}/van-ban-den/dang-ky")
    seen(page, "dang-ky-chon-tep")
    story.upload_letter(page, world / "letters" / story.LETTER)
    seen(page, "dang-ky")
    life["arrival"] = story.register(page, world)
    expect(page.get_by_text(re.compile(r"Đã đăng ký, số đến \d+"))).to_be_visible()
    seen(page, "van-ban-den-moi")
    page.goto(f"{story.HOME}/van-ban-den")
    expect(page.get_by_role("link", name=re.compile(story.ABSTRACT))).to_be_visible()
    seen(page, "van-ban-den-danh-sach")

    story.upload_letter(page, world / "letters" / story.LETTER)
    story.fill_particulars(page)
    story.press(page, "Đăng ký văn bản")
    expect(page.get_by_role("alert")).to_contain_text("Có thể trùng với số đến")
    expect(page.locator("[name=trich-yeu]")).to_have_value(story.ABSTRACT)
    seen(page, "dang-ky-trung")


def test_2_the_head_directs_it(page_as, life, seen):
    """B9: a lead, one who cooperates, one who is informed; urgent work stands first."""
    page = page_as("tp.tuphap")
    seen(page, "viec-cua-toi")
    page.goto(life["arrival"])
    seen(page, "chi-dao")
    story.direct(
        page, life["arrival"], PERSON["cv1.tuphap"], cooperate=[PERSON["cv2.tuphap"]],
        inform=[PERSON["pp.tuphap"]])
    expect(page.get_by_text("Đã giao việc theo ý kiến chỉ đạo.")).to_be_visible()
    expect(page.locator("#chi-dao")).to_contain_text(PERSON["cv2.tuphap"])
    seen(page, "van-ban-den")


def test_3_the_officer_drafts_the_answer(page_as, world, life, seen):
    """C1, C2, B11: a Word file and an enclosure become PDF; the handlers are chosen in their order."""
    page = page_as("cv1.tuphap")
    page.goto(life["arrival"])
    page.get_by_role("link", name="Soạn dự thảo trả lời").first.click()
    seen(page, "du-thao-lap")
    life["draft"] = story.open_answer(page, life["arrival"])
    seen(page, "du-thao-trong")
    story.add_version(page, world / "drafts" / story.DRAFT)
    expect(page.get_by_text("Đã nhận phiên bản 1.")).to_be_visible()
    story.add_enclosure(page, world / "drafts" / story.ENCLOSURE)
    expect(page.get_by_text("Đã thêm tệp kèm theo.")).to_be_visible()
    story.wait_for_conversion(page)
    seen(page, "du-thao-soan")
    story.submit(page, PERSON["pp.tuphap"], PERSON["tp.tuphap"])
    expect(page.get_by_text("Đã trình dự thảo.")).to_be_visible()
    seen(page, "du-thao-da-trinh")


def test_4_it_climbs_and_comes_back_once(page_as, world, life, seen):
    """C3: returned with a comment, a new version, initials on that version."""
    deputy, officer = page_as("pp.tuphap"), page_as("cv1.tuphap")
    deputy.goto(life["draft"])
    seen(deputy, "du-thao")
    story.press(deputy, "Trả lại để sửa")
    expect(deputy.get_by_role("alert")).to_contain_text("Chưa trả lại")
    deputy.locator("[name=y-kien]").fill("Bổ sung số liệu chứng thực của tháng 3.")
    story.press(deputy, "Trả lại để sửa")
    expect(deputy.get_by_text("Đã trả lại.")).to_be_visible()

    officer.goto(life["draft"])
    expect(officer.locator("#y-kien-trinh")).to_contain_text("Bổ sung số liệu chứng thực")
    story.add_version(officer, world / "drafts" / story.DRAFT, note="bổ sung số liệu tháng 3")
    expect(officer.get_by_text("Đã nhận phiên bản 2.")).to_be_visible()
    story.wait_for_conversion(officer)
    story.submit(
        officer, PERSON["pp.tuphap"], PERSON["tp.tuphap"], words="Đã bổ sung số liệu tháng 3 theo ý kiến.")
    expect(officer.get_by_text("Đã trình dự thảo.")).to_be_visible()

    deputy.goto(life["draft"])
    expect(deputy.locator("#y-kien-trinh")).to_contain_text("Đã bổ sung số liệu tháng 3 theo ý kiến.")
    story.press(deputy, "Ký nháy và chuyển bước sau")
    expect(deputy.get_by_text("Đã ký nháy và chuyển bước sau.")).to_be_visible()


def test_5_the_head_signs(page_as, life, pin, seen):
    """D1: the places are found on the page; a wrong PIN is counted and nothing is signed."""
    page = page_as("tp.tuphap")
    page.goto(life["draft"])
    seen(page, "du-thao-cho-ky")
    page.goto(f"{life['draft']}/ky")
    expect(page.get_by_text("Đủ vị trí")).to_be_visible()
    seen(page, "ky")
    page.locator("[name=pin]").fill("000000")
    story.press(page, "Ký số và chuyển phát hành")
    expect(page.get_by_role("alert")).to_contain_text("Mã PIN không đúng")
    expect(page.locator("[name=pin]")).to_have_value("")
    story.sign(page, life["draft"], pin)
    expect(page.get_by_text("Đã ký số và chuyển văn thư phát hành.")).to_be_visible()
    seen(page, "du-thao-da-ky")


def test_6_the_clerk_issues_it_to_thirty_agencies(page_as, life, pin, seen):
    """D2–D4, D6, D17: number, date and seal, once, however often the button is pressed."""
    page = page_as("vt.tuphap")
    page.goto(f"{story.HOME}/van-ban-di/cho-phat-hanh")
    seen(page, "cho-phat-hanh")
    page.get_by_role("link", name=re.compile(story.ABSTRACT)).first.click()
    seen(page, "phat-hanh")
    page.locator("[name=pin]").fill(pin)
    story.press(page, "Cấp số, đóng dấu và gửi")
    expect(page.get_by_role("alert")).to_contain_text("Chưa chọn nơi nhận.")
    life["issued"], form = story.issue(page, pin)
    expect(page.get_by_text("Đã phát hành.").first).to_be_visible()
    expect(page.locator("#theo-doi")).to_contain_text("30 nơi")
    seen(page, "da-phat-hanh")
    again = story.send_again(page, form)
    assert again.status == 303
    assert life["issued"].endswith(again.headers["location"].split("?")[0])
    page.goto(f"{story.HOME}/van-ban-di")
    expect(page.locator("tbody tr", has_text=story.ABSTRACT)).to_have_count(1)
    seen(page, "van-ban-di")


def test_6_the_issued_pdf_convinces_others(page_as, life, data_folder, tmp_path):
    """D1, D2, D17: pyHanko, pdfsig and qpdf judge the downloaded letter and its enclosure."""
    root = data_folder / "tin-cay" / "vanthu-demo-ca.der"
    page = page_as("vt.tuphap")
    page.goto(life["issued"])
    files = {}
    for link in page.locator("#thong-tin .files a").all():
        with page.expect_download() as download:
            link.click()
        files[link.inner_text()] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[link.inner_text()])
    letter, enclosure, original = files.values()
    assert original.read_bytes() == (WORLD / "drafts" / story.ENCLOSURE).read_bytes()
    for pdf, signatures in ((letter, 2), (enclosure, 1)):
        verdicts = outside_judges.pyhanko(pdf, root)
        assert [outside_judges.is_sound(one) for one in verdicts] == [True] * signatures, verdicts
        (tmp_path / pdf.stem).mkdir()
        printed = outside_judges.pdfsig(pdf, root, tmp_path / pdf.stem)
        assert printed.count("Signature is Valid.") == signatures, printed
        assert printed.count("Certificate is Trusted.") == signatures, printed
        code, said = outside_judges.qpdf(pdf)
        assert code == 0, said


def test_6_anyone_may_check_it(page_as, new_page, life, tmp_path, assert_accessible, shoot):
    """D10: its worth on the clerk's page; by code and by file, without signing in, on a phone as well."""
    page = page_as("vt.tuphap")
    page.goto(life["issued"])
    for _ in range(40):
        if page.get_by_text("Đang kiểm tra chữ ký").count() == 0:
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(page.locator("#chu-ky")).to_contain_text("Có giá trị như bản gốc")
    page.locator("#chu-ky summary").first.click()
    expect(page.locator("#chu-ky")).to_contain_text("Cơ bản (B-B)")
    assert_accessible(page)
    shoot(page, "da-phat-hanh-chu-ky")
    code = page.locator("#ma-kiem-tra b").inner_text()
    expect(page.locator("#ma-kiem-tra svg.qr")).to_be_visible()
    with page.expect_download() as download:
        page.locator("#thong-tin .files a").first.click()
    letter = tmp_path / "cong-van.pdf"
    download.value.save_as(letter)

    stranger = new_page(PHONE)
    stranger.goto("/dang-nhap")
    stranger.get_by_role("link", name="Kiểm tra văn bản").click()
    assert_accessible(stranger)
    shoot(stranger, "kiem-tra")
    stranger.get_by_label("Mã kiểm tra").fill(code.lower())
    stranger.get_by_role("button", name="Kiểm tra mã").click()
    expect(stranger.locator("#ket-qua")).to_contain_text("Có văn bản mang mã này")
    expect(stranger.locator("#ket-qua")).to_contain_text("có giá trị pháp lý như bản gốc")
    assert story.ABSTRACT not in stranger.content()
    assert_accessible(stranger)
    shoot(stranger, "kiem-tra-ma")
    stranger.get_by_label("Mã kiểm tra").fill("0000-0000-0000-0000")
    stranger.get_by_role("button", name="Kiểm tra mã").click()
    expect(stranger.locator("#ket-qua")).to_contain_text("Không có văn bản nào")

    for pdf, words, name in (
        (letter, "có giá trị pháp lý như bản gốc", "kiem-tra-tep"),
        (WORLD / "letters" / story.LETTER, "Tệp không có chữ ký số", "kiem-tra-tep-khong-ky"),
    ):
        stranger.locator("#tep").set_input_files(pdf)
        stranger.get_by_role("button", name="Kiểm tra tệp").click()
        expect(stranger.locator("#ket-qua")).to_contain_text(words)
        assert_accessible(stranger)
        shoot(stranger, name)


def test_7_recipients_take_it_or_refuse_it(page_as, life, seen):
    """E1–E3: its own number where it is taken, a reason where it is refused; the sender's board shows both."""
    clerk = page_as("vt.noivu")
    clerk.goto("/phong-noi-vu/van-ban-den/tiep-nhan")
    seen(clerk, "cho-tiep-nhan")
    clerk.get_by_role("link", name=re.compile(story.ABSTRACT)).first.click()
    life["receipt"] = clerk.url
    seen(clerk, "tiep-nhan")
    story.person(clerk, "chuyen-den", PERSON["tp.noivu"])
    story.press(clerk, "Tiếp nhận vào sổ")
    expect(clerk.get_by_text(re.compile(r"Đã tiếp nhận, số đến \d+"))).to_be_visible()
    life["arrival of noivu"] = clerk.url.split("?")[0]

    other = page_as("vt.ubnd")
    other.goto("/ubnd-thanh-pho/van-ban-den/tiep-nhan")
    other.get_by_role("link", name=re.compile(story.ABSTRACT)).first.click()
    other.locator("#tu-choi summary").click()
    story.press(other, "Từ chối và báo nơi gửi")
    expect(other.get_by_role("alert")).to_contain_text("Lý do")
    other.locator("#tu-choi [name=ly-do]").fill("Văn bản không thuộc thẩm quyền giải quyết của cơ quan.")
    story.press(other, "Từ chối và báo nơi gửi")
    expect(other.get_by_text("Đã từ chối tiếp nhận").first).to_be_visible()
    seen(other, "da-tu-choi")

    board = board_row(page_as("vt.tuphap"), life, "Phòng Nội vụ", "Đã tiếp nhận")
    expect(row(board, "Ủy ban nhân dân thành phố")).to_contain_text("không thuộc thẩm quyền")
    seen(board, "theo-doi-gui")


def test_8_work_of_the_recipient_comes_back_to_the_board(page_as, life, seen):
    """E2: phân công, đang xử lý, hoàn thành, as each happens at the other agency."""
    sender = page_as("vt.tuphap")
    head, officer = page_as("tp.noivu"), page_as("cv1.noivu")
    arrival = life["arrival of noivu"]
    story.direct(head, arrival, PERSON["cv1.noivu"])
    expect(head.get_by_text("Đã giao việc theo ý kiến chỉ đạo.")).to_be_visible()
    board_row(sender, life, "Phòng Nội vụ", "Đã phân công")
    officer.goto(arrival)
    story.press(officer, "Bắt đầu xử lý")
    board_row(sender, life, "Phòng Nội vụ", "Đang xử lý")
    officer.goto(arrival)
    story.press(officer, "Báo hoàn thành phần việc")
    expect(officer.get_by_text("Đã ghi nhận hoàn thành.")).to_be_visible()
    board_row(sender, life, "Phòng Nội vụ", "Hoàn thành")
    seen(officer, "da-hoan-thanh")


def test_9_the_letter_is_closed_and_its_history_can_be_read(page_as, life, seen):
    """The answer has closed the letter of step 1; everybody's part stands in its history."""
    page = page_as("cv1.tuphap")
    page.goto(life["arrival"])
    expect(page.locator("#thong-tin")).to_contain_text("Hoàn thành")
    number = int(life["issued"].rsplit("/", 1)[1])
    expect(page.locator("#tra-loi")).to_contain_text(f"{number:02}/PTP")
    for name in ("vt", "tp", "cv1"):
        expect(page.locator("#lich-su")).to_contain_text(TUPHAP[name])
    seen(page, "da-ket-thuc")
    page.goto(life["draft"])
    expect(page.locator("#lich-su")).to_contain_text(PERSON["pp.tuphap"])
    seen(page, "du-thao-da-phat-hanh")
    page.goto(f"{story.HOME}/viec")
    page.keyboard.press("/")
    page.keyboard.type("ho tich")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ho tich")
    expect(page.get_by_role("link", name=re.compile(story.ABSTRACT)).first).to_be_visible()
    seen(page, "tim")
    stranger = page_as("cv2.noivu")
    assert stranger.goto(life["draft"]).status == 404
    seen(stranger, "khong-tim-thay")


def test_9_refusals_stand_first_under_what_needs_a_look(page_as, life, seen):
    """E2: the board is filtered in its address."""
    page = page_as("vt.tuphap")
    page.goto(life["issued"])
    page.locator("#theo-doi").get_by_role("link", name="Cần xem").click()
    expect(page.locator("#theo-doi tbody tr")).to_have_count(1)
    expect(page.locator("#theo-doi")).to_contain_text("Từ chối tiếp nhận")
    seen(page, "theo-doi-can-xem")


def test_9_the_sender_takes_it_back(page_as, life, seen):
    """E3: 13 and 15; the other office gives it back, and from then on nobody there reads it; 16 leaves all as it was."""
    giver, keeper = page_as("vt.kinhte"), page_as("vt.taichinh")
    papers = {}
    for clerk, slug in ((giver, "phong-kinh-te"), (keeper, "phong-tai-chinh-ke-hoach")):
        clerk.goto(f"/{slug}/van-ban-den/tiep-nhan")
        clerk.get_by_role("link", name=re.compile(story.ABSTRACT)).first.click()
        papers[slug] = clerk.url.split("?")[0]
    letter = f"{papers['phong-kinh-te']}/tep/1"
    assert giver.request.get(letter).status == 200

    sender = page_as("vt.tuphap")
    sender.goto(life["issued"])
    sender.locator("#lay-lai summary").click()
    story.press(sender, "Lấy lại văn bản")
    expect(sender.get_by_role("alert")).to_contain_text("Chưa lấy lại được văn bản.")
    for agency in ("Phòng Kinh tế thành phố", "Phòng Tài chính - Kế hoạch thành phố"):
        sender.get_by_role("checkbox", name=f"chọn {agency}").check()
    sender.locator("#lay-lai [name=ly-do]").fill("Phụ lục 2 ghi sai số liệu quý I.")
    seen(sender, "lay-lai")
    story.press(sender, "Lấy lại văn bản")
    expect(sender.get_by_text("Đã đề nghị lấy lại ở 2 nơi")).to_be_visible()
    seen(sender, "da-de-nghi-lay-lai")

    giver.goto("/phong-kinh-te/viec")
    for _ in range(20):
        if giver.get_by_text("Đề nghị lấy lại").count():
            break
        giver.wait_for_timeout(500)
        giver.reload()
    giver.goto(papers["phong-kinh-te"])
    expect(giver.locator("#de-nghi")).to_contain_text("Phụ lục 2 ghi sai số liệu quý I.")
    seen(giver, "de-nghi-lay-lai")
    story.press(giver, "Đồng ý, xóa bản đã nhận")
    expect(giver.get_by_text("Nơi gửi đã lấy lại văn bản này.")).to_be_visible()
    seen(giver, "da-tra-lai-noi-gui")
    assert giver.request.get(letter).status == 404
    assert giver.request.get(f"{letter}/trang/1.png").status == 404
    giver.goto("/phong-kinh-te/van-ban-den/tiep-nhan?xem=da-lay-lai")
    expect(giver.locator("tbody tr")).to_have_count(1)
    seen(giver, "da-lay-lai")

    for _ in range(20):
        keeper.goto(papers["phong-tai-chinh-ke-hoach"])
        if keeper.locator("#de-nghi").count():
            break
        keeper.wait_for_timeout(500)
    keeper.locator("#de-nghi summary").click()
    keeper.locator("#de-nghi [name=ly-do]").fill("Đã giao việc theo văn bản này.")
    story.press(keeper, "Không đồng ý, báo nơi gửi")
    expect(keeper.get_by_text("Đã trả lời không đồng ý.")).to_be_visible()
    assert keeper.request.get(f"{papers['phong-tai-chinh-ke-hoach']}/tep/1").status == 200

    board_row(sender, life, "Phòng Kinh tế", "Đã lấy lại")
    board_row(sender, life, "Phòng Tài chính", "Không đồng ý lấy lại")
    assert sender.request.get(f"{life['issued']}/tep/1").status == 200
    row(sender, "Phòng Tài chính").get_by_role("link", name="Phòng Tài chính").click()
    expect(sender.locator("#de-nghi")).to_contain_text("Đã giao việc theo văn bản này.")
    expect(sender.locator("#trang-thai")).to_contain_text("mã 16")
    seen(sender, "mot-noi-nhan")

    for login in ("tp.tuphap", "cv1.tuphap"):
        other = page_as(login)
        other.goto(life["issued"])
        expect(other.locator("#theo-doi")).to_be_visible()
        assert other.locator("#lay-lai").count() == 0


def board_row(page, life, agency, state):
    """The sender's board, once the agency's line says this; it needs a moment to come back."""
    for _ in range(20):
        page.goto(f"{life['issued']}")
        if state in row(page, agency).inner_text():
            return page
        page.wait_for_timeout(500)
    raise AssertionError(f"{agency} does not become {state}: {row(page, agency).inner_text()}")


def row(page, agency):
    return page.locator("#theo-doi tbody tr", has_text=agency).first
