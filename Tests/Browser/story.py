"""The acts of the story as a person does them on the pages; what each leads to is judged in the tests."""

import re

from playwright.sync_api import expect

LETTER = "02-so-tu-phap-so-lieu-ho-tich-khan.pdf"
DRAFT = "01-cong-van-cung-cap-so-lieu-ho-tich.docx"
ENCLOSURE = "01-danh-sach-so-lieu-kem-theo.xlsx"
ABSTRACT = "cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026"
HOME = "/phong-tu-phap"
# LibreOffice starts cold for every file, two at a time, on whatever machine this is.
CONVERSION = 90_000
ISSUING = 60_000


def press(page, words):
    """Presses the button that says this; whatever stands after the words on it is a key."""
    page.get_by_role("button", name=words).first.click()


def person(page, select, name):
    """Chooses somebody by name; the list adds what they are."""
    wanted = page.locator(f"select[name='{select}'] option", has_text=name).first
    page.locator(f"select[name='{select}']").select_option(wanted.get_attribute("value"))


def upload_letter(page, file):
    page.goto(f"{HOME}/van-ban-den/dang-ky")
    page.locator("[name=tep]").set_input_files(file)
    press(page, "Tải lên và nhập thông tin")


def fill_particulars(page, **changed):
    particulars = {
        "co-quan-ban-hanh": "Sở Tư pháp tỉnh Kiên Giang", "so": "436", "ky-hieu": "STP-HCTP",
        "ngay-van-ban": "08/5/2026", "trich-yeu": ABSTRACT, "so-trang": "1", "han": "15/5/2026",
        "nguoi-ky": "Trịnh Công Luận",
    } | {name.replace("_", "-"): value for name, value in changed.items()}
    for name, value in particulars.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=loai]").select_option(label="Công văn")
    page.locator("[name=do-khan]").select_option("khan")
    page.locator("[name=chuyen-den]").select_option(index=1)


def register(page, world, **changed):
    """Step 1: the clerk registers the letter; its address comes back."""
    upload_letter(page, world / "letters" / LETTER)
    fill_particulars(page, **changed)
    press(page, "Đăng ký văn bản")
    expect(page).to_have_url(re.compile(r"/van-ban-den/2026/\d+"))
    return page.url.split("?")[0]


def direct(page, arrival, lead, cooperate=(), inform=(), deadline="14/5/2026"):
    """Step 2: the head says what is to be done and by whom."""
    page.goto(arrival)
    page.locator("[name=y-kien]").fill("Tổng hợp số liệu, dự thảo công văn trả lời Sở Tư pháp.")
    person(page, "chu-tri", lead)
    page.locator("[name=han-chu-tri]").fill(deadline)
    for name, role in [(each, "phối hợp") for each in cooperate] + [(each, "để biết") for each in inform]:
        page.get_by_role("checkbox", name=f"{name} {role}").check()
    press(page, "Ghi ý kiến và phân công")


def open_answer(page, arrival, abstract=ABSTRACT):
    """Step 3: the officer opens a draft from the letter it answers."""
    page.goto(arrival)
    page.get_by_role("link", name="Soạn dự thảo trả lời").first.click()
    page.locator("[name=loai]").select_option(label="Công văn")
    page.locator("[name=trich-yeu]").fill(abstract)
    page.locator("[name=do-khan]").select_option("khan")
    page.locator("[name=han]").fill("14/5/2026")
    press(page, "Lập dự thảo")
    expect(page).to_have_url(re.compile(r"/du-thao/\d+($|\?)"))
    return page.url.split("?")[0]


def add_version(page, file, note=""):
    panel = page.locator("#phien-ban")
    folded = panel.locator("details:not([open]) > summary")
    if folded.count():
        folded.first.click()
    panel.locator("[name=tep]").set_input_files(file)
    if note:
        panel.locator("[name=noi-dung-sua]").fill(note)
    press(page, "Tải lên phiên bản")


def add_enclosure(page, file):
    panel = page.locator("#tep-kem")
    panel.locator("summary").click()
    panel.locator("[name=tep]").set_input_files(file)
    panel.locator("[name=loai-tep]").select_option("phat-hanh-cung")
    press(page, "Tải lên tệp kèm theo")


def wait_for_conversion(page):
    """The page refreshes itself until every file has become a PDF."""
    expect(page.get_by_text("Đang chuyển sang PDF")).to_have_count(0, timeout=CONVERSION)
    expect(page.locator(".sheet img, .page img, img").first).to_be_visible()


def submit(page, *handlers, words=""):
    """Chooses the handlers in their order, the last one to sign."""
    page.locator("#form-trinh [name=y-kien]").fill(words)
    for ordinal, name in enumerate(handlers, start=1):
        person(page, f"buoc-{ordinal}", name)
        page.locator(f"[name=buoc-{ordinal}-loai]").select_option("nk" if ordinal == len(handlers) else "pd")
    press(page, "Trình dự thảo")


def sign(page, draft, pin):
    page.goto(f"{draft}/ky")
    page.locator("[name=pin]").fill(pin)
    press(page, "Ký số và chuyển phát hành")
    expect(page).not_to_have_url(re.compile("/ky$"), timeout=ISSUING)


def issue(page, pin):
    """Step 6: to everybody there is, by their groups; the city itself is a group of one and ticked by name."""
    for group in page.locator("[name=nhom]").all():
        group.check()
    page.get_by_role("checkbox", name="Ủy ban nhân dân thành phố Rạch Giá").check()
    page.locator("[name=pin]").fill(pin)
    form = form_as_sent(page, "#form-phat-hanh")
    press(page, "Cấp số, đóng dấu và gửi")
    expect(page).to_have_url(re.compile(r"/van-ban-di/2026/[a-z-]+/\d+"), timeout=ISSUING)
    return page.url.split("?")[0], form


def form_as_sent(page, form):
    """Where the form goes and everything in it, to send it a second time."""
    return page.locator(form).evaluate(
        "form => [form.action, new URLSearchParams(new FormData(form)).toString()]")


def send_again(page, form):
    """The answer to a form that had been sent before; its way on is not followed."""
    address, body = form
    return page.request.post(
        address, data=body, max_redirects=0, timeout=ISSUING,
        headers={"Content-Type": "application/x-www-form-urlencoded"})
