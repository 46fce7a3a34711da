"""A letter of one page, as the office writes it, small enough to be made by hand."""

LINES = [
    (120, 720, "So:        /UBND-VP"), (360, 720, "Rach Gia, ngay      thang      nam 2026"),
    (380, 240, "CHU TICH"), (360, 120, "Lam Khanh Toan"),
]


def pdf(lines=LINES):
    """Classic cross-reference; text in a font that every reader has."""
    return b"".join(around(0, lines))


def around(length, lines=LINES):
    """What stands before and behind a stream of that length that no page shows; what is before is a multiple of three long."""
    text = "".join(f"BT /F1 13 Tf {x} {y} Td ({words}) Tj ET\n" for x, y, words in lines)
    objects = [
        "<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>",
        f"<</Length {len(text)}>>\nstream\n{text}\nendstream", "<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>",
    ]
    file, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = f"6 0 obj\n<</Length {length}>>\nstream\n".encode()
    file += b" " * (-len(file + start) % 3)
    places.append(len(file))
    file += start
    behind = b"\nendstream\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return file, behind + (
        f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(places) + 1} /Root 1 0 R>>\n"
        f"startxref\n{len(file) + length + len(behind)}\n%%EOF\n").encode()


def with_saving(signed, number=4, body="<</Length 3>>\nstream\nq Q\nendstream"):
    """One more saving with one object replaced."""
    previous = int(signed[signed.rindex(b"startxref") + 9:].split()[0])
    place = len(signed)
    start = place + len(written := f"{number} 0 obj\n{body}\nendobj\n".encode())
    return signed + written + (
        f"xref\n{number} 1\n{place:010} 00000 n \ntrailer\n<</Size 900 /Root 1 0 R /Prev {previous}>>\n"
        f"startxref\n{start}\n%%EOF\n").encode()
