"""Power cuts by the thousand between two installations: letters flow both ways, are accepted, refused, asked back, corrected
and replaced, between the installations themselves, through an axis and by mail, while either side is killed with SIGKILL at
moments nobody chose, and the axis with them. Run by `bin/soak exchange`; its options are explained there.

Every so many kills everything is let settle: each letter must have exactly one entry at each recipient or be refused or taken
back on both sides, every request be answered once and every status be back, `vanthu verify` must be clean on both sides, nothing
may lie about. Now and then two new offices begin, so that a look does not take ever longer. Exits with 1 at the first damage,
leaving the data where it says. Mail is the one channel whose other side notices no repetition: the same mail may be there twice
under one Message-ID, and how often it was is counted.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

# Both folders have a conftest; the nearer one is meant.
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "Contract")]

from axis_process import AxisProcess  # noqa: E402
from conftest import UBND, check_both, make_pair  # noqa: E402
from installation import PROGRAM, ROOT  # noqa: E402
from test_mail import PostOffice  # noqa: E402
from traffic import Traffic, by_mail  # noqa: E402


class Figures:
    """`in hand`: how many of the kills interrupted somebody who was sending or reading."""

    COLUMNS = [
        "database", "kills", "in hand", "axis killed", "axis faults", "letters", "entries", "refused", "recalls", "updates",
        "replaced", "mails", "twice", "looks", "seconds", "kills/min"]

    def __init__(self):
        self.rows, self.now = {}, None

    def begin(self, kind):
        self.now = dict.fromkeys(self.COLUMNS, 0)
        self.now["database"], self.began, self.before = kind, time.monotonic(), None

    def new_pair(self):
        self.before = dict(self.now)

    def note(self, traffic, twice):
        """What a pair has had until now, in addition to those before it."""
        entries = sum(one.totals()["entries"] for one in traffic.pair)
        for name, value in {
            "axis killed": traffic.axis_kills, "axis faults": traffic.faults, "letters": traffic.letters, "entries": entries,
            "refused": traffic.refusals, "recalls": traffic.recalls, "updates": traffic.updates,
            "replaced": traffic.replacements, "mails": traffic.mails + traffic.mailed, "twice": twice,
        }.items():
            self.now[name] = self.before[name] + value
        self.now["looks"] += 1
        self.now["seconds"] = round(time.monotonic() - self.began)
        self.now["kills/min"] = round(self.now["kills"] * 60 / max(1, self.now["seconds"]))
        self.rows[self.now["database"]] = list(self.now.values())
        print("  ".join(f"{name} {value}" for name, value in self.now.items()), flush=True)

    def table(self):
        lines = [self.COLUMNS, *self.rows.values()]
        widths = [max(len(str(line[n])) for line in lines) for n in range(len(self.COLUMNS))]
        return "\n".join("  ".join(str(cell).rjust(width) for cell, width in zip(line, widths)) for line in lines)


class Soak:
    def __init__(self, wish, folder, chance, has_mail):
        self.wish, self.folder, self.chance, self.has_mail = wish, folder, chance, has_mail
        self.figures, self.server, self.databases, self.open = Figures(), folder / "server", [], []

    def run(self, kind, until_when):
        self.figures.begin(kind)
        number = 0
        while self.figures.now["kills"] < self.wish.kills and time.monotonic() < until_when:
            number += 1
            self.one_pair(self.folder / f"{kind}-{number}", kind, until_when)

    def one_pair(self, folder, kind, until_when):
        pair = make_pair(folder, kind, self.database)
        self.open += [(one, type(one).close) for one in pair]
        traffic = self.surround(pair, folder)
        self.figures.new_pair()
        for one in pair:
            one.start()
        killed, now = 0, self.figures.now
        while killed < self.wish.fresh_every and now["kills"] < self.wish.kills and time.monotonic() < until_when:
            for _ in range(min(self.wish.look_every, self.wish.kills - now["kills"])):
                now["in hand"] += self.kill_one(traffic)
                now["kills"] += 1
                killed += 1
            traffic.settle()
            traffic.check_books()
            check_both(*pair)
            self.figures.note(traffic, traffic.mails_came() if traffic.post else 0)
        self.close()
        shutil.rmtree(folder)

    def kill_one(self, traffic):
        """Whether it interrupted somebody."""
        victim = self.chance.choice(traffic.pair)
        traffic.disturb_the_axis()
        traffic.some()
        time.sleep(self.chance.uniform(0, self.wish.pause))
        assert victim.is_alive(), f"{victim.name} ended by itself: {victim.log_end()}"
        victim.kill()
        interrupted = victim.has_in_hand() > 0
        if self.chance.random() < 0.3:
            traffic.some()
        # While it starts it may be killed as well.
        victim.start(waits=self.chance.random() < 0.5)
        return interrupted

    def surround(self, pair, folder):
        """What else there is beside the two: the city is reached through an axis, a friend of `a` by mail."""
        a, _ = pair
        axis = AxisProcess(folder / "axis", {one.name: list(one.agencies.values()) for one in pair}).start()
        self.open.append((axis, AxisProcess.kill))
        post = PostOffice() if self.has_mail else None
        for one in pair:
            one.settings["axis"] = axis.account(one.name)
        if post:
            self.open.append((post, PostOffice.close))
            a.settings["mail"], friend = by_mail(post)
            a.do("catalogue", entries=[friend])
        for one in pair:
            one.write_settings()
        a.change(f"UPDATE correspondent SET channel = 'axis', partner = '' WHERE code = '{UBND}'")
        return Traffic(pair, self.folder, self.chance, axis, post)

    def database(self):
        started = subprocess.run(
            [ROOT / "bin/postgres-for-tests", "start", self.server], check=True, capture_output=True, text=True)
        url, name = started.stdout.split()[-1], "x" + uuid.uuid4().hex
        subprocess.run(["psql", "-q", url, "-c", f"CREATE DATABASE {name}"], check=True, capture_output=True)
        self.databases.append((url, name))
        return f"{url.rsplit('/', 1)[0]}/{name}"

    def close(self, keeps_data=False):
        for one, end in reversed(self.open):
            end(one)
        self.open.clear()
        while self.databases and not keeps_data:
            url, name = self.databases.pop()
            subprocess.run(["psql", "-q", url, "-c", f"DROP DATABASE {name} WITH (FORCE)"], check=True, capture_output=True)

    def end(self):
        self.close(keeps_data=True)
        if self.server.exists():
            subprocess.run([ROOT / "bin/postgres-for-tests", "stop", self.server], capture_output=True)


def wishes():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--kills", type=int, default=1000, help="for each database")
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--look-every", type=int, default=25, help="kills between two looks")
    parser.add_argument("--fresh-every", type=int, default=250, help="kills until two new offices begin")
    parser.add_argument("--pause", type=float, default=0.5, help="the longest time between traffic and kill, in seconds")
    return parser.parse_args()


def main():
    wish = wishes()
    seed = wish.seed if wish.seed is not None else random.SystemRandom().randrange(1 << 32)
    has_mail = bool(shutil.which("dovecot") and (shutil.which("exim4") or shutil.which("/usr/sbin/exim4")))
    mail = "" if has_mail else "; WITHOUT MAIL: exim4 and dovecot are not installed"
    print(f"seed {seed}, {PROGRAM}{mail}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="vanthu-soak-exchange-"))
    # PostgreSQL does not run as root, and its user must reach its folder in here.
    folder.chmod(0o711)
    kinds = ["sqlite", "postgres"] if wish.database == "both" else [wish.database]
    end = time.monotonic() + wish.minutes * 60
    soak = Soak(wish, folder, random.Random(seed), has_mail)
    try:
        for index, kind in enumerate(kinds):
            left = (end - time.monotonic()) / (len(kinds) - index)
            soak.run(kind, time.monotonic() + left)
    except AssertionError as damage:
        print(f"DAMAGE in {folder}: {damage}", file=sys.stderr)
        return 1
    finally:
        soak.end()
        print(soak.figures.table(), flush=True)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main())
