"""Two installations of VanThu beside each other on loopback, each a process with its own database, and partners that
misbehave; on SQLite and on a PostgreSQL of the tests' own.

    VANTHU_PROGRAM         the program to test, when it is not the one built in .build/debug
    VANTHU_TEST_POSTGRES   a PostgreSQL server to use instead of starting one
"""

import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Contract"))

from installation import PROGRAM, ROOT, Installation, introduce  # noqa: E402
from keys import Authority  # noqa: E402
from letters import pdf  # noqa: E402
from partner import Partner  # noqa: E402

TUPHAP, NOIVU, UBND, PARTNER = "H31.12.05", "H01.7", "H01", "H99.1"
# A code that the catalogue of `a` has at `b`, and that nobody has there.
GHOST = "H01.99"


def pytest_collection_modifyitems(config, items):
    again = [one for one in items if one.get_closest_marker("on_the_wire") and one.callspec.params["running"] == "postgres"]
    config.hook.pytest_deselected(items=again)
    items[:] = [one for one in items if one not in again]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """Makes a database and tells its URL."""
    url = os.environ.get("VANTHU_TEST_POSTGRES")
    folder = None
    if not url:
        folder = tmp_path_factory.mktemp("postgres")
        # PostgreSQL does not run as root, and its user must reach its folder in here.
        for parent in [folder, *folder.parents][:3]:
            parent.chmod(0o711)
        done = subprocess.run(
            [ROOT / "bin/postgres-for-tests", "start", folder], capture_output=True, text=True, check=True)
        url = done.stdout.strip().splitlines()[-1]

    def database():
        name = "x" + uuid.uuid4().hex
        subprocess.run(["psql", "-q", url, "-c", f"CREATE DATABASE {name}"], check=True, capture_output=True)
        server, _, _ = url.partition("?")
        return f"{server.rsplit('/', 1)[0]}/{name}"

    yield database
    if folder:
        subprocess.run([ROOT / "bin/postgres-for-tests", "stop", folder], capture_output=True)


def together(act, *some):
    """The act of each, all at the same time."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(act, some))


def make_pair(folder, kind, postgres):
    """Two installations that know each other: `a` hosts the Phòng Tư pháp, `b` the Phòng Nội vụ and the city. Their
    servers do not run yet."""
    if not PROGRAM.exists():
        raise RuntimeError("the program is not built: run `swift build` or `bin/test` first")
    a, b = (
        Installation(folder / name, name, postgres() if kind == "postgres" else None, agencies)
        for name, agencies in (
            ("a", {"phong-tu-phap": TUPHAP}), ("b", {"phong-noi-vu": NOIVU, "ubnd-thanh-pho": UBND})))
    together(lambda one: one.do("install", agencies=one.agencies), a, b)
    introduce(a, b)
    return a, b


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def running(request, tmp_path_factory, postgres):
    """The pair with both servers, and a rough partner of `a` beside them: for all tests that leave them in order."""
    folder = tmp_path_factory.mktemp(request.param)
    a, b = make_pair(folder, request.param, postgres)
    rough = Partner(Authority(folder / "rough", "rough authority"), "rough").open()
    a.knows("rough", rough.address, rough.authority, rough.identity, patience=2)
    a.do("catalogue", entries=[
        {"name": "Sở Nội vụ tỉnh bạn", "code": PARTNER, "channel": "vanthu", "partner": "rough"}])
    a.do("catalogue", entries=[
        {"name": "Phòng đã giải thể", "code": GHOST, "channel": "vanthu", "partner": b.name}])
    together(Installation.start, a, b)
    yield a, b, rough
    for one in (a, b):
        one.close()
    rough.close()


@pytest.fixture
def a(running):
    return running[0]


@pytest.fixture
def b(running):
    return running[1]


@pytest.fixture
def rough(running):
    partner = running[2]
    partner.manners.clear()
    partner.standing = "keep"
    partner.kept.clear()
    partner.calls.clear()
    if not partner.listener:
        partner.open()
    yield partner
    partner.manners.clear()
    partner.standing = "keep"
    if not partner.listener:
        partner.open()


@pytest.fixture
def letter(tmp_path):
    """A letter whose bytes are nobody else's."""
    def write(words=None, name="cong-van.pdf"):
        path = tmp_path / uuid.uuid4().hex / name
        path.parent.mkdir()
        path.write_bytes(pdf([(100, 700, words or f"Cong van {uuid.uuid4().hex}")]))
        return path
    return write


@pytest.fixture(autouse=True)
def both_sides_are_sound(request):
    """After each test with the pair: nothing under way, nothing lost, nothing twice."""
    yield
    if "running" in request.fixturenames:
        a, b, _ = request.getfixturevalue("running")
        check_both(a, b)


def check_both(a, b):
    for one in (a, b):
        one.settles()
        assert one.totals()["dead"] == 0, f"everything could be sent: {one.look()['outbox']}"
    sides = {one.name: one.look() for one in (a, b)}
    for here, there in ((a, b), (b, a)):
        codes = {code: slug for slug, code in there.agencies.items()}
        received = [(one["agency"], one["key"], one["business"]) for one in sides[there.name]["receipts"] if one["key"]]
        # What was refused or given back may be sent again.
        kept = [
            (one["agency"], one["key"], one["business"]) for one in sides[there.name]["receipts"]
            if one["key"] and one["state"] != "refused" and not one["frozen"]]
        assert len(kept) == len(set(kept)), "no document came twice"
        entered = [(one["agency"], one["key"]) for one in sides[there.name]["incoming"] if one["key"]]
        assert len(entered) == len(set(entered)), "no document was registered twice"
        for one in sides[here.name]["deliveries"]:
            if one["recipient"] not in codes or not one["carried"]:
                continue
            same = [r for r in received if r[:2] == (codes[one["recipient"]], one["key"])]
            assert same, f"{one['key']} reached {one['recipient']}"
            assert one["status"], f"{one['key']} was reported on"
    for one in (a, b):
        one.is_tidy()
    together(Installation.verify, a, b)
