"""Pen and seal of the agencies outside the installation, drawn as one picture without a background.

The signature is a line that follows from the name; the seal is a red ring with the agency's name, without any
state emblem, over the left third of the signature (Điều 32 and 33 of Nghị định 30/2020/NĐ-CP).
"""

import random
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
SEAL_RED, PEN_BLUE = "#d21f26", "#1b3f9c"
WIDTH, HEIGHT = 880, 360


def draw(pictures: dict[Path, tuple[str, list[str]]]) -> None:
    """Draws every picture: target path → (name of the signer, lines of the seal)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for target, (signer, seal) in pictures.items():
            page.set_content(f"<body style='margin:0'>{_svg(signer, seal)}</body>")
            page.screenshot(path=str(target), omit_background=True)
        browser.close()


def _svg(signer: str, seal: list[str]) -> str:
    ring, *centre = seal
    first_line = 190 - 17 * (len(centre) - 1)
    words = "".join(
        f"<text x='260' y='{first_line + 34 * index}' font-size='28'>{line}</text>"
        for index, line in enumerate(centre))
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">
<path d="{_stroke(signer)}" fill="none" stroke="{PEN_BLUE}" stroke-width="5" stroke-linecap="round"/>
<g fill="none" stroke="{SEAL_RED}" opacity="0.86"><circle cx="260" cy="180" r="172" stroke-width="6"/>
<circle cx="260" cy="180" r="160" stroke-width="2"/><circle cx="260" cy="180" r="112" stroke-width="2"/></g>
<path id="ring" d="M 260 306 a 126 126 0 1 1 1 0" fill="none"/>
<g fill="{SEAL_RED}" opacity="0.86" font-family="Liberation Sans" font-weight="bold" text-anchor="middle">
<text font-size="22" letter-spacing="1"><textPath href="#ring" startOffset="50%">{ring}</textPath></text>
<text x="260" y="327" font-size="26">★</text>{words}</g></svg>"""


def _stroke(signer: str) -> str:
    """Loops that grow smaller to the right, and a flourish back under them."""
    chance = random.Random(signer)
    x, y = 330.0, 200.0
    path = [f"M {x:.0f} {y:.0f}"]
    for index in range(chance.randint(6, 8)):
        rise = chance.uniform(40, 110) * (1 - index / 12)
        step = chance.uniform(30, 52)
        path.append(f"C {x + step * 1.3:.0f} {y - rise:.0f} {x - step * 0.6:.0f} {y - rise * 1.1:.0f} "
                    f"{x + step:.0f} {y + chance.uniform(-14, 22):.0f}")
        x += step
    path.append(f"C {x + 70:.0f} {y - 50:.0f} {x + 40:.0f} {y + 70:.0f} {x - 220:.0f} {y + chance.uniform(40, 62):.0f}")
    return " ".join(path)
