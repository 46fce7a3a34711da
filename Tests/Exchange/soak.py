"""Power cuts by the hundred between two installations: letters flow both ways while either side is killed with SIGKILL at
moments nobody chose. Run by `bin/soak exchange`; its options are explained there.

Every ten kills everything is let settle: each letter must have exactly one entry at each recipient, every status must be
back, `vanthu verify` must be clean on both sides, nothing may lie about. Exits with 1 at the first damage, leaving the data
where it says.
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

from conftest import NOIVU, TUPHAP, UBND, check_both, make_pair  # noqa: E402
from installation import ROOT, until  # noqa: E402
from letters import pdf  # noqa: E402

KILLS_BETWEEN_LOOKS = 10


class Traffic:
    """Two offices that write to each other and take what comes."""

    def __init__(self, pair, folder, chance):
        self.a, self.b = pair
        self.pair, self.folder, self.chance = pair, folder, chance
        self.letters = self.recipients = 0

    def some(self):
        for _ in range(self.chance.randint(1, 4)):
            path = self.folder / "thu.pdf"
            path.write_bytes(pdf([(100, 700, uuid.uuid4().hex)]))
            to = self.chance.choice([[NOIVU], [UBND], [NOIVU, UBND]])
            if self.chance.random() < 0.5:
                self.a.issue("phong-tu-phap", to, files=[str(path)])
                self.recipients += len(to)
            else:
                self.b.issue("phong-noi-vu", [TUPHAP], files=[str(path)])
                self.recipients += 1
            self.letters += 1
        self.accept()
        for one in self.pair:
            one.hasten()

    def accept(self):
        for one in self.pair:
            for slug in one.agencies:
                one.do("accept", at=slug)

    def is_over(self):
        """Every letter registered by each recipient, and every sender told so."""
        self.accept()
        for one in self.pair:
            one.hasten()
        now = [one.totals() for one in self.pair]
        return (sum(one["entries"] for one in now) == self.recipients and all(
            one["outbox"] == one["waiting"] == one["dead"] == one["failed"] == 0
            and sum(one["deliveries"]) == one["deliveries"][3] for one in now))


def soak(kind, pair, folder, kills, until_when, chance):
    traffic, began = Traffic(pair, folder, chance), time.monotonic()
    killed = looks = 0
    for one in pair:
        one.start()
    while killed < kills and time.monotonic() < until_when:
        for _ in range(KILLS_BETWEEN_LOOKS):
            victim = chance.choice(pair)
            traffic.some()
            time.sleep(chance.uniform(0, 0.6))
            victim.kill()
            killed += 1
            if chance.random() < 0.3:
                traffic.some()
            victim.start()
        until(traffic.is_over, lambda: f"all letters are taken: {[one.totals() for one in pair]} of {traffic.recipients}",
              patience=300)
        check_both(*pair)
        looks += 1
        print(f"{kind:9} {killed:5} kills {traffic.letters:6} letters {traffic.recipients:6} entries "
              f"{looks:4} looks, all clean {time.monotonic() - began:6.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--kills", type=int, default=1000, help="for each database")
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--seed", type=int, default=None)
    wish = parser.parse_args()
    seed = wish.seed if wish.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix="vanthu-soak-exchange-"))
    # PostgreSQL does not run as root, and its user must reach its folder in here.
    folder.chmod(0o711)
    kinds = ["sqlite", "postgres"] if wish.database == "both" else [wish.database]
    server, postgres = folder / "server", ROOT / "bin/postgres-for-tests"
    end = time.monotonic() + wish.minutes * 60
    pair = ()

    def database():
        url = subprocess.run([postgres, "start", server], check=True, capture_output=True, text=True).stdout.split()[-1]
        name = "x" + uuid.uuid4().hex
        subprocess.run(["psql", "-q", url, "-c", f"CREATE DATABASE {name}"], check=True, capture_output=True)
        return f"{url.rsplit('/', 1)[0]}/{name}"

    try:
        for index, kind in enumerate(kinds):
            left = (end - time.monotonic()) / (len(kinds) - index)
            pair = make_pair(folder / kind, kind, database)
            soak(kind, pair, folder, wish.kills, time.monotonic() + left, chance)
            for one in pair:
                one.close()
    except AssertionError as damage:
        print(f"DAMAGE in {folder}: {damage}", file=sys.stderr)
        return 1
    finally:
        for one in pair:
            one.close()
        if server.exists():
            subprocess.run([postgres, "stop", server], capture_output=True)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main())
