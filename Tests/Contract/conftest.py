"""The built program at the command line, and the test world of keys beside it.

    VANTHU_PROGRAM   the program to test, when it is not the one built in .build/debug
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("VANTHU_PROGRAM", ROOT / ".build/debug/vanthu"))


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    process = subprocess.Popen(
        [sys.executable, ROOT / "Tests/PKI/world.py", tmp_path_factory.mktemp("world")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield json.loads(process.stdout.readline())
    process.stdin.close()
    process.wait(timeout=10)


class Said:
    """What a command ended with and what it said."""

    def __init__(self, done):
        self.code, self.output, self.errors = done.returncode, done.stdout, done.stderr

    @property
    def everything(self):
        return self.output + self.errors

    def reports(self):
        """The JSON of `verify`, one report for each file, whether it came as one value, a list or lines."""
        try:
            value = json.loads(self.output)
            return value if isinstance(value, list) else [value]
        except json.JSONDecodeError:
            return [json.loads(line) for line in self.output.splitlines() if line.strip()]


@pytest.fixture(scope="session")
def vanthu(world):
    """Runs `vanthu`; the PIN of every key of the world stands in the environment as PIN."""
    if not PROGRAM.exists():
        raise RuntimeError("the program is not built: run `swift build` or `bin/test` first")

    def run(*arguments, **environment):
        return Said(subprocess.run(
            [PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=60,
            env={**os.environ, "PIN": world["passphrase"], **environment}))

    return run


@pytest.fixture
def key(world):
    """The options that name a key of the world."""
    return lambda name: ["--p12", world["signers"][name]["p12"], "--pin-env", "PIN"]
