"""Power cuts by the hundred between two installations: letters flow both ways, between the installations themselves, through
an axis and by mail, while either side is killed with SIGKILL at moments nobody chose, and the axis with them. Run by
`bin/soak exchange`; its options are explained there.

Every ten kills everything is let settle: each letter must have exactly one entry at each recipient, every status must be
back, `vanthu verify` must be clean on both sides, nothing may lie about. Exits with 1 at the first damage, leaving the data
where it says. Mail is the one channel whose other side notices no repetition: the same mail may be there twice under one
Message-ID, and how often it was is counted.
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
from conftest import NOIVU, TUPHAP, UBND, check_both, make_pair  # noqa: E402
from installation import ROOT, until  # noqa: E402
from letters import pdf  # noqa: E402
from test_mail import FRIEND, OFFICE, PostOffice, deliver, incoming  # noqa: E402

KILLS_BETWEEN_LOOKS = 10
BY_MAIL = "X01"
FAULTS = [
    {"fault": "lose"}, {"fault": "reset", "count": 3}, {"fault": "cut", "count": 2}, {"fault": "status", "status": 503},
    {"fault": "body", "body": "<html>Đăng nhập</html>"}, {"fault": "twice"}, {"fault": "reverse"},
    {"fault": "clock", "seconds": 7200},
]


class Traffic:
    """Two offices that write to each other and take what comes; `a` writes and is written to by mail as well."""

    def __init__(self, pair, folder, chance, axis, post):
        self.a, self.b = pair
        self.pair, self.folder, self.chance, self.axis, self.post = pair, folder, chance, axis, post
        self.letters = self.entries = self.mails = self.axis_kills = self.faults = 0

    def some(self):
        for _ in range(self.chance.randint(1, 4)):
            path = self.folder / "thu.pdf"
            path.write_bytes(pdf([(100, 700, uuid.uuid4().hex)]))
            dice = self.chance.random()
            if dice < 0.5:
                to = self.chance.choice([[NOIVU], [UBND], [NOIVU, UBND]])
                self.entries += len(to)
                if self.post and self.chance.random() < 0.3:
                    to = [*to, BY_MAIL]
                    self.mails += 1
                self.a.issue("phong-tu-phap", to, files=[str(path)])
            elif dice < 0.9 or not self.post:
                self.b.issue("phong-noi-vu", [TUPHAP], files=[str(path)])
                self.entries += 1
            else:
                number = self.letters + 1
                deliver(self.post, incoming(f"[{number}/UBND-VP] Báo cáo {uuid.uuid4().hex[:8]}", path))
                self.entries += 1
            self.letters += 1
        self.accept()
        for one in self.pair:
            one.hasten()

    def disturb_the_axis(self):
        dice = self.chance.random()
        if dice < 0.3:
            self.axis.fault(**self.chance.choice(FAULTS))
            self.faults += 1
        elif dice < 0.4:
            self.axis.kill()
            self.axis.start()
            self.axis_kills += 1

    def accept(self):
        for one in self.pair:
            for slug in one.agencies:
                one.do("accept", at=slug)

    def is_over(self):
        """Every letter registered by each recipient, and every sender told so; mail says nothing."""
        self.accept()
        for one in self.pair:
            one.hasten()
        now = [one.totals() for one in self.pair]
        told = sum(one["deliveries"][3] for one in now)
        return (sum(one["entries"] for one in now) == self.entries
                and all(one["outbox"] == one["waiting"] == one["dead"] == one["failed"] == 0 for one in now)
                and sum(sum(one["deliveries"]) for one in now) == told + self.mails)

    def mails_came(self):
        """How many there are, and how many more than that lie in the other's mailbox."""
        sent = [mail["Message-ID"] for mail in self.post.mailbox(FRIEND)]
        assert len(set(sent)) == self.mails, f"{len(set(sent))} of {self.mails} mails are there"
        return len(sent) - self.mails


class Figures:
    COLUMNS = ["database", "kills", "axis killed", "axis faults", "letters", "entries", "mails", "twice", "looks", "seconds"]

    def __init__(self):
        self.rows = {}

    def note(self, kind, kills, traffic, twice, looks, began):
        self.rows[kind] = [
            kind, kills, traffic.axis_kills, traffic.faults, traffic.letters, traffic.entries, traffic.mails, twice,
            looks, round(time.monotonic() - began)]
        print("  ".join(f"{name} {value}" for name, value in zip(self.COLUMNS, self.rows[kind])), flush=True)

    def table(self):
        lines = [self.COLUMNS, *self.rows.values()]
        widths = [max(len(str(line[n])) for line in lines) for n in range(len(self.COLUMNS))]
        return "\n".join("  ".join(str(cell).rjust(width) for cell, width in zip(line, widths)) for line in lines)


def soak(kind, traffic, kills, until_when, chance, figures):
    pair, began, twice = traffic.pair, time.monotonic(), 0
    killed = looks = 0
    for one in pair:
        one.start()
    while killed < kills and time.monotonic() < until_when:
        for _ in range(KILLS_BETWEEN_LOOKS):
            victim = chance.choice(pair)
            traffic.disturb_the_axis()
            traffic.some()
            time.sleep(chance.uniform(0, 0.6))
            victim.kill()
            killed += 1
            if chance.random() < 0.3:
                traffic.some()
            victim.start()
        traffic.axis.forgive()
        until(traffic.is_over, lambda: f"all letters are taken: {[one.totals() for one in pair]} of {traffic.entries} "
              f"and {traffic.mails} mails", patience=300)
        check_both(*pair)
        if traffic.post:
            twice = traffic.mails_came()
        looks += 1
        figures.note(kind, killed, traffic, twice, looks, began)


def surround(pair, folder, post):
    """What else there is beside the two: the city is reached through an axis, a friend of `a` by mail."""
    a, b = pair
    axis = AxisProcess(folder / "axis", {one.name: list(one.agencies.values()) for one in pair}).start()
    for one in pair:
        one.settings["axis"] = axis.account(one.name)
    if post:
        a.settings["mail"] = {"phong-tu-phap": {
            "address": OFFICE, "submission": post.place("smtp", OFFICE), "mailbox": post.place("imap", OFFICE), "every": 1}}
        a.do("catalogue", entries=[{"name": "UBND thành phố bạn", "code": BY_MAIL, "channel": "mail", "mail": FRIEND}])
    for one in pair:
        one.write_settings()
    a.change(f"UPDATE correspondent SET channel = 'axis', partner = '' WHERE code = '{UBND}'")
    return axis


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--kills", type=int, default=1000, help="for each database")
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--seed", type=int, default=None)
    wish = parser.parse_args()
    seed = wish.seed if wish.seed is not None else random.SystemRandom().randrange(1 << 32)
    has_mail = shutil.which("dovecot") and (shutil.which("exim4") or shutil.which("/usr/sbin/exim4"))
    print(f"seed {seed}" + ("" if has_mail else "; WITHOUT MAIL: exim4 and dovecot are not installed"), flush=True)
    chance = random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix="vanthu-soak-exchange-"))
    # PostgreSQL does not run as root, and its user must reach its folder in here.
    folder.chmod(0o711)
    kinds = ["sqlite", "postgres"] if wish.database == "both" else [wish.database]
    server, postgres = folder / "server", ROOT / "bin/postgres-for-tests"
    end = time.monotonic() + wish.minutes * 60
    figures, pair, others = Figures(), (), []

    def database():
        url = subprocess.run([postgres, "start", server], check=True, capture_output=True, text=True).stdout.split()[-1]
        name = "x" + uuid.uuid4().hex
        subprocess.run(["psql", "-q", url, "-c", f"CREATE DATABASE {name}"], check=True, capture_output=True)
        return f"{url.rsplit('/', 1)[0]}/{name}"

    def close():
        for one in pair:
            one.close()
        for other, end_it in others:
            end_it(other)
        others.clear()

    try:
        for index, kind in enumerate(kinds):
            left = (end - time.monotonic()) / (len(kinds) - index)
            pair = make_pair(folder / kind, kind, database)
            post = PostOffice() if has_mail else None
            if post:
                others.append((post, PostOffice.close))
            axis = surround(pair, folder / kind, post)
            others.append((axis, AxisProcess.kill))
            traffic = Traffic(pair, folder, chance, axis, post)
            soak(kind, traffic, wish.kills, time.monotonic() + left, chance, figures)
            close()
    except AssertionError as damage:
        print(f"DAMAGE in {folder}: {damage}", file=sys.stderr)
        return 1
    finally:
        close()
        if server.exists():
            subprocess.run([postgres, "stop", server], capture_output=True)
        print(figures.table(), flush=True)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main())
