"""Makes the demo world's letters (PDF) and drafts (Word, one Excel list) with their particulars as CSV.

Dates inside the files are those of the demo clock, so that a second run gives the same bytes with the same
versions of LibreOffice and Chromium.
"""

import csv
import os
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

import drafts
import ink
import incoming
import paper

WORLD = Path(__file__).resolve().parents[2] / "Sources" / "TestKit" / "World"
CLOCK = "2026-05-12T00:30:00Z"
ZIP_DATE = (2026, 5, 12, 7, 30, 0)
LETTER_COLUMNS = ["file", "recipient", "issuer", "number", "notation", "date", "type", "abstract", "urgency", "pages",
                  "deadline", "signer_title", "signer"]
DRAFT_COLUMNS = ["file", "agency", "type", "notation", "abstract", "urgency", "pages", "signer", "answers",
                 "enclosures"]


def main() -> None:
    for folder in ("letters", "drafts"):
        (WORLD / folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        make_letters(Path(temporary))
        make_list(WORLD / "drafts" / drafts.LIST_FILE)
        make_drafts(Path(temporary))


def make_letters(temporary: Path) -> None:
    pictures = {
        temporary / f"ink-{index}.png": (one["letter"]["signer"], one["seal"])
        for index, one in enumerate(incoming.LETTERS)
    }
    ink.draw(pictures)
    rows = []
    for one, picture in zip(incoming.LETTERS, pictures):
        letter = paper.Letter(**one["letter"], ink=picture)
        pdf = to_pdf(letter, temporary / one["file"].replace(".pdf", ".docx"))
        target = WORLD / "letters" / one["file"]
        target.write_bytes(with_fixed_dates(pdf.read_bytes()))
        rows.append({
            "file": one["file"], "recipient": one["to"], "issuer": one["issuer"], "number": letter.number,
            "notation": letter.notation, "date": one["date"], "type": one["type"], "abstract": letter.abstract,
            "urgency": letter.urgency, "pages": pages(target), "deadline": one["deadline"],
            "signer_title": " ".join(letter.signature), "signer": letter.signer,
        })
    write_rows(WORLD / "letters" / "letters.csv", LETTER_COLUMNS, rows)


def make_drafts(temporary: Path) -> None:
    names = {person["login"]: person["full_name"] for person in read_rows(WORLD / "people.csv")}
    births, marriages, deaths, copies, signed = (sum(column) for column in list(zip(*drafts.LIST_ROWS))[1:])
    sums = {"birth": births, "marriage": marriages, "death": deaths, "copies": thousands(copies),
            "signed": thousands(signed)}
    rows = []
    for one in drafts.DRAFTS:
        letter = paper.Letter(**one["letter"], signer=names[one["signer"]], urgency=one.get("urgency", "normal"))
        letter.body = [part.format(**sums) if isinstance(part, str) else part for part in letter.body]
        source = temporary / one["file"]
        pdf = to_pdf(letter, source)
        rewrite_zip(source, WORLD / "drafts" / one["file"])
        rows.append({
            "file": one["file"], "agency": one["agency"], "type": one["type"], "notation": letter.notation,
            "abstract": letter.abstract, "urgency": letter.urgency, "pages": pages(pdf), "signer": one["signer"],
            "answers": one.get("answers", ""), "enclosures": one.get("enclosures", ""),
        })
    write_rows(WORLD / "drafts" / "drafts.csv", DRAFT_COLUMNS, rows)


def make_list(target: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    rows = list(drafts.LIST_ROWS)
    total = ["", "Tổng cộng", *(sum(column) for column in list(zip(*rows))[1:])]
    lines = [drafts.LIST_HEADINGS, *([index, *row] for index, row in enumerate(rows, 1)), total]
    edge = Side(style="thin")
    for line, text, bold in ((1, "DANH SÁCH", True), (2, "Số liệu đăng ký hộ tịch, chứng thực quý I năm 2026", True),
                             (3, "(Kèm theo Công văn của Phòng Tư pháp thành phố Rạch Giá)", False)):
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=7)
        cell = sheet.cell(line, 1, text)
        cell.font = Font(name="Times New Roman", size=14, bold=bold, italic=not bold)
        cell.alignment = Alignment(horizontal="center")
    for row, values in enumerate(lines, 5):
        bold = row == 5 or row == 4 + len(lines)
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, value)
            cell.font = Font(name="Times New Roman", size=12, bold=bold)
            cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
            cell.alignment = Alignment(horizontal="left" if column == 2 and not bold else "center",
                                       vertical="center", wrap_text=True)
            cell.number_format = "[$-42A]#,##0" if column > 2 else "General"
    for letter, width in zip("ABCDEFG", (5, 26, 10, 10, 10, 14, 14)):
        sheet.column_dimensions[letter].width = width
    sheet.row_dimensions[5].height = 34
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    with tempfile.TemporaryDirectory() as temporary:
        book.save(Path(temporary) / target.name)
        rewrite_zip(Path(temporary) / target.name, target)


def to_pdf(letter: paper.Letter, source: Path) -> Path:
    paper.write(letter, source)
    profile = source.parent / "profile"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--convert-to", "pdf",
         "--outdir", str(source.parent), str(source)],
        check=True, capture_output=True, timeout=120, env={**os.environ, "TZ": "UTC"})
    return source.with_suffix(".pdf")


def pages(pdf: Path) -> int:
    shown = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"^Pages:\s+(\d+)", shown, re.MULTILINE).group(1))


def with_fixed_dates(pdf: bytes) -> bytes:
    """The same file with the dates and identifiers that LibreOffice chooses anew each time; lengths are kept."""
    pdf = re.sub(rb"/CreationDate\(D:\d{14}", b"/CreationDate(D:20260512003000", pdf)
    same_length = lambda found: found.group(1) + b"0" * len(found.group(2))
    pdf = re.sub(rb"(/ID \[ <)([0-9A-F]{32})", same_length, pdf)
    pdf = re.sub(rb"(/ID \[ <0{32}>\s*<)([0-9A-F]{32})", same_length, pdf)
    return re.sub(rb"(/DocChecksum /)([0-9A-F]{32})", same_length, pdf)


def rewrite_zip(source: Path, target: Path) -> None:
    """Packs an Office file again with the demo clock's date on every part and in its properties."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", CLOCK.encode(), content)
                content = re.sub(rb">(python-docx|openpyxl|generated by python-docx)<", b"><", content)
            part = zipfile.ZipInfo(name, ZIP_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, content)


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def read_rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, columns: list[str], rows: list[dict]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
