"""What every browser test starts from: the built program serving the demo city, Debian's Chromium, one page per
signed-in person, the judge of accessibility and the camera.

    VANTHU_ADDRESS   use a server that already runs there instead of starting one
    VANTHU_DATA      the folder that server keeps its data in
    VANTHU_PROGRAM   the built program, where it is not the one of this tree
    VANTHU_SHOTS     save the pictures that `shoot` takes into this folder
"""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from demo_server import DemoServer, free_port
from key_authority import Authority

CHROMIUM = "/usr/bin/chromium"
PASSWORD = "rachgia-2026"
PIN = "246810"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def authority():
    """Makes the keys that lie on tokens of their own; the server trusts it from its first start on."""
    return Authority("Nơi cấp của các bài thử")


@pytest.fixture(scope="session")
def tool_port():
    """Where the signing program on this machine listens, when a test starts one."""
    return free_port()


@pytest.fixture(scope="session")
def server(tmp_path_factory, authority, tool_port):
    """The demo city, served for the whole run; its log is printed when it does not come up."""
    address = os.environ.get("VANTHU_ADDRESS")
    if address:
        yield DemoServer.already_running(address)
        return
    folder = tmp_path_factory.mktemp("demo")
    (folder / "data" / "tin-cay").mkdir(parents=True)
    authority.write_root(folder / "data" / "tin-cay" / "tests.der")
    running = DemoServer.start(folder, "--signing-tool", f"wss://127.0.0.1:{tool_port}")
    yield running
    running.stop()


@pytest.fixture
def data_folder(server):
    """What the server keeps; for a server that already runs, VANTHU_DATA says where that is."""
    folder = os.environ.get("VANTHU_DATA") or (server.folder and server.folder / "data")
    if not folder:
        pytest.skip("the data folder of that server is not known; VANTHU_DATA may name it")
    return Path(folder)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        yield launched
        launched.close()


@pytest.fixture
def new_page(browser, server):
    """Opens pages of people who do not know each other; a script error on any of them fails the test."""
    contexts, script_errors = [], []

    def open_page(size=DESK, script=True):
        context = browser.new_context(
            base_url=server.address, viewport=size, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce",
            java_script_enabled=script, accept_downloads=True,
            # The signing program on this machine has a certificate of its own.
            ignore_https_errors=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: script_errors.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert script_errors == []


@pytest.fixture
def page_as(new_page):
    """`page_as("vt.tuphap")` is a page on which that person has signed in."""

    def sign_in(login, size=DESK, script=True):
        page = new_page(size, script)
        page.goto("/dang-nhap")
        page.locator("[name=ten-dang-nhap]").fill(login)
        page.locator("[name=mat-khau]").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        expect(page).not_to_have_url(re.compile(r"/dang-nhap($|\?)"))
        return page

    return sign_in


@pytest.fixture
def pin():
    """The PIN of everybody's key in the demo."""
    return PIN


LIE_STILL = """() => {
    window.lying = [...document.querySelectorAll("body *")].filter(one => getComputedStyle(one).position === "sticky")
    for (const one of window.lying) one.style.position = "static"
}"""
STAND_AGAIN = """() => { for (const one of window.lying) one.style.position = "" }"""


@pytest.fixture(scope="session")
def axe():
    """`axe(page)` lists what breaks WCAG 2.2 AA on the page, one line each; empty is what we want."""
    judge = Axe()

    def reasons(node):
        return [check["message"] for check in node["any"] + node["all"] + node["none"]]

    def violations(page):
        # What a bar that stays in view happens to cover is reached by scrolling; it is no target too small.
        page.evaluate(LIE_STILL)
        found = judge.run(page, options={"runOnly": {"type": "tag", "values": WCAG_22_AA}}).response["violations"]
        page.evaluate(STAND_AGAIN)
        return [
            f"{one['id']}: {one['help']} – " + ", ".join(f"{node['target']} {reasons(node)}" for node in one["nodes"])
            for one in found
        ]

    return violations


@pytest.fixture
def assert_accessible(axe):
    """Judges the page at desk and phone width; neither may scroll sideways."""

    def judge(page):
        before = page.viewport_size
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            assert axe(page) == [], f"{page.url} at {size['width']} px"
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{page.url} scrolls sideways by {wide} px at {size['width']} px"
        page.set_viewport_size(before)

    return judge


@pytest.fixture(scope="session")
def shoot():
    """Saves a picture of the page at desk and phone size, when VANTHU_SHOTS names a folder."""
    folder = os.environ.get("VANTHU_SHOTS")

    def take(page, name):
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.screenshot(path=str(Path(folder) / f"{name}-{size['width']}.png"))
        page.set_viewport_size(before)

    return take


@pytest.fixture(scope="session")
def world():
    """The folder with the demo's own letters and drafts."""
    return Path(__file__).resolve().parents[2] / "Sources" / "TestKit" / "World"
