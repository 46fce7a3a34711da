"""A letter on paper as a Word file, laid out after Phụ lục I of Nghị định 30/2020/NĐ-CP.

A4, margins 20/20/30/15 mm, Times New Roman; the letterhead with its two rules, number and date, type or "V/v",
the body, "Nơi nhận" and the signature block. What is not yet known (number, day) stays blank on the page.
"""

from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

LEFT_COLUMN, RIGHT_COLUMN = 68, 97
RED = RGBColor(0xC0, 0x00, 0x00)
URGENCY_BOXES = {"urgent": ("KHẨN", 20), "veryUrgent": ("THƯỢNG KHẨN", 40), "flash": ("HỎA TỐC", 30)}
BLANK_NUMBER, BLANK_DAY = " " * 11, " " * 8
BLANK_LINES_FOR_SIGNATURE = 6
CENTRE, JUSTIFIED, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


@dataclass
class Letter:
    """What stands on the page; an empty `type_name` makes it a công văn."""

    superior: list[str]
    agency: list[str]
    notation: str
    place: str
    month: int
    abstract: str
    body: list
    recipients: list[str]
    archive: str
    signature: list[str]
    signer: str
    number: str = ""
    day: str = ""
    type_name: str = ""
    addressees: list[str] = field(default_factory=list)
    urgency: str = "normal"
    ink: Path | None = None


def write(letter: Letter, target: Path) -> None:
    document = _empty_document()
    _letterhead(document, letter)
    if letter.type_name:
        _title(document, letter)
    if letter.addressees:
        _addressees(document, letter.addressees)
    for item in letter.body:
        if isinstance(item, list):
            _table(document, item)
        else:
            _body_paragraph(document, item)
    _closing(document, letter)
    document.core_properties.author = " ".join(letter.agency)
    document.core_properties.title = letter.abstract
    document.core_properties.comments = ""
    document.save(target)


def _empty_document():
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.element.rPr.rFonts.set(qn("w:cs"), "Times New Roman")
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    return document


def _page_number(paragraph):
    paragraph.alignment = CENTRE
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _two_columns(document):
    """A table of one row without lines; its cells have no inner margins."""
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, width in zip(table.columns, (LEFT_COLUMN, RIGHT_COLUMN)):
        column.width = column.cells[0].width = Mm(width)
    return table.rows[0].cells


def _line(cell, text, size, *, bold=False, italic=False, align=CENTRE, before=0, first=False):
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def _borders(paragraph, sides, colour="000000", eighths=6, space=0):
    borders = OxmlElement("w:pBdr")
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", eighths), ("space", space), ("color", colour)):
            edge.set(qn(f"w:{name}"), str(value))
        borders.append(edge)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")


def _narrow(paragraph, column, width):
    paragraph.paragraph_format.left_indent = Mm((column - width) / 2)
    paragraph.paragraph_format.right_indent = Mm((column - width) / 2)


def _rule(cell, column, width):
    paragraph = cell.add_paragraph()
    _narrow(paragraph, column, width)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(4)
    paragraph.paragraph_format.space_before = Pt(2)
    _borders(paragraph, ["top"])


def _letterhead(document, letter):
    left, right = _two_columns(document)
    lines = [(text, False) for text in letter.superior] + [(text, True) for text in letter.agency]
    for index, (text, bold) in enumerate(lines):
        _line(left, text, 13 if len(text) < 24 else 12, bold=bold, first=index == 0)
    _rule(left, LEFT_COLUMN, 24)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, first=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", 14, bold=True)
    _rule(right, RIGHT_COLUMN, 62)
    # Number and date stand on one line, however many lines the two heads above them have.
    left, right = _two_columns_after(document)
    _line(left, f"Số: {letter.number or BLANK_NUMBER}/{letter.notation}", 13, before=4, first=True)
    _line(right, f"{letter.place}, ngày {letter.day or BLANK_DAY} tháng {_month(letter.month)} năm 2026", 14,
          italic=True, before=4, first=True)
    if not letter.type_name:
        paragraph = _line(left, f"V/v {letter.abstract}", 12, before=2)
        _narrow(paragraph, LEFT_COLUMN, LEFT_COLUMN - 4)
    if letter.urgency in URGENCY_BOXES:
        _urgency_box(left, *URGENCY_BOXES[letter.urgency])


def _two_columns_after(document):
    """A second table directly under the first would melt into it: a hair-thin paragraph keeps them apart."""
    gap = document.add_paragraph()
    gap.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    gap.paragraph_format.line_spacing = Pt(1)
    return _two_columns(document)


def _month(month):
    return f"{month:02}" if month < 3 else str(month)


def _urgency_box(cell, text, width):
    gap = _line(cell, "", 6)
    gap.paragraph_format.line_spacing = Pt(8)
    paragraph = _line(cell, text, 13, bold=True)
    paragraph.runs[0].font.color.rgb = RED
    _narrow(paragraph, LEFT_COLUMN, width)
    _borders(paragraph, ["top", "left", "bottom", "right"], colour="C00000", eighths=10, space=3)


def _title(document, letter):
    for text, before in ((letter.type_name.upper(), 16), (letter.abstract[0].upper() + letter.abstract[1:], 0)):
        paragraph = document.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_before = Pt(before)
        run = paragraph.add_run(text)
        run.bold = True
        _narrow(paragraph, 165, 140)
    rule = document.add_paragraph()
    _narrow(rule, 165, 40)
    rule.paragraph_format.space_before = Pt(3)
    rule.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    rule.paragraph_format.line_spacing = Pt(8)
    _borders(rule, ["top"])


def _addressees(document, addressees):
    single = len(addressees) == 1
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(16)
    paragraph.paragraph_format.space_after = Pt(0 if not single else 6)
    if single:
        paragraph.alignment = CENTRE
        paragraph.add_run(f"Kính gửi: {addressees[0]}")
        return
    paragraph.paragraph_format.left_indent = Mm(30)
    paragraph.add_run("Kính gửi:")
    for index, text in enumerate(addressees):
        last = index == len(addressees) - 1
        line = document.add_paragraph()
        line.paragraph_format.left_indent = Mm(50)
        line.paragraph_format.first_line_indent = Mm(-3)
        line.paragraph_format.space_after = Pt(6 if last else 0)
        line.add_run(f"- {text}{'.' if last else ';'}")


def _body_paragraph(document, text):
    """`# ` opens a bold heading of a part."""
    paragraph = document.add_paragraph()
    heading = text.startswith("# ")
    paragraph.alignment = LEFT if heading else JUSTIFIED
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.line_spacing = 1.08
    paragraph.paragraph_format.keep_with_next = heading
    paragraph.paragraph_format.widow_control = True
    paragraph.add_run(text.removeprefix("# ")).bold = heading


def _table(document, rows):
    spacer = document.add_paragraph()
    spacer.paragraph_format.line_spacing = Pt(6)
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    others = len(rows[0]) - 2
    widths = [11, 165 - 11 - 29 * others, *[29] * others]
    for column, width in zip(table.columns, widths):
        column.width = Mm(width)
    for index, row in enumerate(rows):
        cells = table.add_row().cells
        table.rows[-1]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, (cell, text) in enumerate(zip(cells, row)):
            cell.width = Mm(widths[column])
            align = LEFT if column == 1 and index else CENTRE
            _line(cell, text, 12, bold=index == 0, align=align, first=True)


def _closing(document, letter):
    spacer = document.add_paragraph()
    spacer.paragraph_format.line_spacing = Pt(12)
    spacer.paragraph_format.keep_with_next = True
    left, right = _two_columns(document)
    _line(left, "Nơi nhận:", 12, bold=True, italic=True, align=LEFT, first=True)
    for text in letter.recipients:
        _line(left, f"- {text};", 11, align=LEFT)
    _line(left, f"- {letter.archive}.", 11, align=LEFT)
    for index, text in enumerate(letter.signature):
        _line(right, text, 14, bold=True, first=index == 0)
    if letter.ink:
        paragraph = right.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.add_run().add_picture(str(letter.ink), width=Mm(88))
    else:
        for _ in range(BLANK_LINES_FOR_SIGNATURE):
            _line(right, "", 13)
    _line(right, letter.signer, 14, bold=True)
