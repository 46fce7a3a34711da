"""The instruments themselves: a judge that finds nothing would pass every page."""

import pytest

from conftest import DESK

GOOD = "<!doctype html><html lang='vi'><title>Thử</title><main><h1>Thử</h1><p>Đủ tương phản</p></main></html>"
NO_ALTERNATIVE = GOOD.replace("<p>", "<img src='data:,'><p>")
TOO_PALE = GOOD.replace("<p>", "<p style='color:#bbb;background:#fff'>")


def test_the_judge_passes_a_sound_page_and_names_a_fault(browser, axe):
    page = browser.new_page(viewport=DESK)
    page.set_content(GOOD)
    assert axe(page) == []
    for content, fault in ((NO_ALTERNATIVE, "image-alt"), (TOO_PALE, "color-contrast")):
        page.set_content(content)
        assert [line.split(":")[0] for line in axe(page)] == [fault]
    page.close()


@pytest.mark.parametrize("family", ["Inter", "Liberation Serif", "Noto Sans"])
def test_the_font_has_the_vietnamese_letters(browser, family):
    """With a glyph for every letter, the width does not depend on what stands in for missing ones."""
    page = browser.new_page(viewport=DESK)
    page.set_content(GOOD)
    widths = page.evaluate(
        """family => ["monospace", "cursive", "serif"].map(other => {
            const pen = document.createElement("canvas").getContext("2d");
            pen.font = `40px "${family}", ${other}`;
            return pen.measureText("ỄặđƠưỹỢ").width;
        })""", family)
    assert len(set(widths)) == 1, f"{family} is missing, or lacks a letter"
    page.close()
