"""One installation of VanThu as processes: `vanthu serve`, and the people in it, whom the test directs."""

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from pathlib import Path

from keys import PASSPHRASE, Authority

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("VANTHU_PROGRAM", ROOT / ".build/debug/vanthu"))
PATIENCE = float(os.environ.get("VANTHU_TEST_PATIENCE", 60))


def free_port():
    """Of those that the system gives to nobody who only calls: whoever dies and starts again finds its own still free."""
    while True:
        port = random.randrange(10_000, 20_000)
        with socket.socket() as taken:
            try:
                taken.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def until(condition, what, patience=PATIENCE):
    """The first true value of the condition."""
    end = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"did not happen: {what() if callable(what) else what}")
        time.sleep(0.1)


class Psql:
    """One that stays: to start one for every statement would take longer than most statements."""

    def __init__(self, database):
        self.process = subprocess.Popen(
            ["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", database], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)

    def run(self, statement):
        """The lines it answers."""
        self.process.stdin.write(statement + ";\n\\echo -- over\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line == "-- over\n":
                return lines
            lines.append(line.rstrip("\n"))
        raise AssertionError(f"{statement}: {lines}")

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


class Installation:
    """`agencies`: slug and code of those it hosts."""

    def __init__(self, folder, name, database, agencies):
        self.folder, self.name, self.agencies = folder, name, agencies
        folder.mkdir(parents=True)
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.data = folder / "du-lieu"
        self.options = ["--data", str(self.data), "--offline-signatures"]
        if database:
            self.options += ["--database", database]
        self.database = database
        self.authority = Authority(folder / "keys", f"{name} authority")
        self.identity = self.authority.issue(f"{name}-client")
        self.server_identity = self.authority.issue(f"{name}-server", server=True)
        self.port, self.door_port = free_port(), free_port()
        self.partners = {}
        # Of the door, beside its place and certificate.
        self.door = {}
        # Of other channels, by their names.
        self.settings = {}
        self.peer = None
        self.process = self.people = self._psql = None
        # Beside the server, on the same database.
        self.workers = []
        self.clamd = None

    @property
    def address(self):
        return f"https://127.0.0.1:{self.door_port}"

    def knows(self, name, address, authority, identity, patience=60):
        """Puts a partner into the settings, to be read when the server starts next."""
        self.partners[name] = {
            "address": address, "roots": str(authority.roots), "certificate": identity.fingerprint,
            "patience": patience}
        self.write_settings()

    def write_settings(self):
        file = Path(f"{self.data}.lien-thong.json")
        file.touch(mode=0o600)
        file.write_text(json.dumps({"vanthu": {
            "listen": {
                "host": "127.0.0.1", "port": self.door_port,
                "certificate": str(self.server_identity.certificate), "key": str(self.server_identity.key),
                **self.door},
            "identity": str(self.identity.pkcs12), "passphrase": PASSPHRASE, "partners": self.partners},
            **self.settings}))

    # The server

    def start(self, kill_at=None, worker=True, waits=True):
        command = [PROGRAM, "serve", "--port", str(self.port), *self.options]
        if not worker:
            command += ["--no-worker"]
        if self.clamd:
            command += ["--clamd", self.clamd]
        self.process = self._run(command, kill_at)
        if waits and not kill_at:
            until(self.answers, lambda: f"{self.name} answers: {self.log_end()}")

    def _run(self, command, kill_at=None):
        environment = {**os.environ, "TMPDIR": str(self.temporary) + "/"}
        environment.pop("VANTHU_KILL_AT", None)
        if kill_at:
            environment["VANTHU_KILL_AT"] = kill_at
        with open(self.folder / "serve.log", "ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=environment)

    def add_worker(self, kill_at=None):
        """A `vanthu work` beside the server."""
        worker = self._run([PROGRAM, "work", *self.options], kill_at)
        self.workers.append(worker)
        return worker

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError(f"{self.name} ended with {self.process.returncode}: {self.log_end()}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/suc-khoe", timeout=5):
                pass
            with socket.create_connection(("127.0.0.1", self.door_port), timeout=5):
                return True
        except OSError:
            return False

    def log_end(self):
        return (self.folder / "serve.log").read_text(errors="replace")[-2000:]

    def is_alive(self):
        return self.process.poll() is None

    def kill(self):
        """A power cut."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        if self.process:
            self.process.wait()

    def kill_worker(self, worker):
        self.workers.remove(worker)
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def stop(self):
        """In good order; takes its time while a partner's connection stands open."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def was_killed(self):
        """Whether the server died by the signal of a kill place."""
        return self.process.poll() == -signal.SIGKILL

    # The people

    def do(self, act, **wish):
        answer = self.ask(act, **wish)
        if "error" in answer:
            raise AssertionError(f"{self.name} could not {act}: {answer['error']}")
        return answer

    def do_or_error(self, act, **wish):
        """The error of an act that has to fail."""
        answer = self.ask(act, **wish)
        assert "error" in answer, f"{self.name} could {act}"
        return answer["error"]

    def ask(self, act, **wish):
        if self.people is None:
            self.people = subprocess.Popen(
                [PROGRAM, "exchange-people", *self.options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                text=True, env={**os.environ, "TMPDIR": str(self.temporary) + "/"})
        self.people.stdin.write(json.dumps({"act": act, **wish}) + "\n")
        self.people.stdin.flush()
        line = self.people.stdout.readline()
        if not line:
            raise AssertionError(f"the people of {self.name} are gone ({act})")
        return json.loads(line)

    def look(self):
        return self.do("look")["sides"]

    def story(self):
        """Of both sides, for the words of a failure."""
        return " · ".join(
            f"{one.name}: {json.dumps(one.look(), ensure_ascii=False)[-3000:]} {one.log_end()}"
            for one in (self, self.peer) if one)

    def totals(self):
        return self.do("totals")["totals"]

    def issue(self, at, to, **more):
        """One letter; the key by which it goes in messages."""
        return self.do("issue", at=at, to=to, **more)["keys"][0]

    def delivery(self, key, recipient=None):
        found = [one for one in self.look()["deliveries"]
                 if one["key"] == key and recipient in (None, one["recipient"])]
        assert len(found) == 1, f"{len(found)} deliveries of {key}"
        return found[0]

    def receipts(self, key):
        return [one for one in self.look()["receipts"] if one["key"] == key]

    def becomes(self, key, status, recipient=None):
        """The delivery, once the sender's board says so."""
        return until(
            lambda: (one := self.delivery(key, recipient))["status"] == status and one,
            lambda: f"{key} is {status}: {self.story()}")

    def arrives(self, key, count=1):
        return until(
            lambda: len(found := self.receipts(key)) == count and found,
            lambda: f"{key} arrives: {self.story()}")

    def hasten(self):
        """As if every pause between two attempts were over. Whatever somebody works on stays theirs: a lease that is broken
        under a living server would be a fault of the test's own making."""
        now = time.time_ns() // 1000
        # What a server writes at this moment is passed over, or each might wait for the other.
        passing_over = " FOR UPDATE SKIP LOCKED" if self.database else ""
        self.change("; ".join(
            f"UPDATE {table} SET available_at = {now} WHERE id IN (SELECT id FROM {table}"
            f" WHERE available_at > {now} AND leased_until IS NULL{passing_over})"
            for table in ("outbox", "inbound_message")))

    def has_looked(self, message, times):
        """As if a message that waits had been looked at that often."""
        self.change(f"UPDATE inbound_message SET attempts = {times} WHERE external_id = '{message}' AND state = 'waiting'")

    def has_tried(self, key, times):
        """As if what waits to be sent of that document had been tried that often."""
        self.change(
            f"UPDATE outbox SET attempts = {times} WHERE delivery_id IN (SELECT id FROM delivery WHERE message_key = '{key}')")

    def psql(self):
        if self._psql is None:
            self._psql = Psql(self.database)
        return self._psql

    def change(self, statements):
        """In the database itself, behind everybody's back."""
        if self.database:
            self.psql().run(f"BEGIN; {statements}; COMMIT")
            return
        connection = sqlite3.connect(self.data / "vanthu.sqlite", timeout=30)
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {statements}; COMMIT")
        finally:
            connection.close()

    def number(self, statement):
        """What one question to the database comes to."""
        if self.database:
            return int(self.psql().run(statement)[0])
        connection = sqlite3.connect(self.data / "vanthu.sqlite", timeout=30)
        try:
            return connection.execute(statement).fetchone()[0]
        finally:
            connection.close()

    def has_in_hand(self):
        """How many messages somebody is sending or reading."""
        return self.number(
            "SELECT (SELECT count(*) FROM outbox WHERE leased_until IS NOT NULL) + "
            "(SELECT count(*) FROM inbound_message WHERE leased_until IS NOT NULL AND state = 'waiting')")

    def settles(self):
        """Nothing is on its way out or unread, but for what waits for a person."""
        def is_quiet():
            now = self.totals()
            return now["outbox"] == now["dead"] and now["waiting"] == 0
        until(is_quiet, lambda: f"{self.name} has nothing under way: {self.story()}")

    def inbound(self, state):
        return [one for one in self.look()["inbound"] if one["state"] == state]

    # The command line

    def admin(self, *words, fails=False):
        """`vanthu admin …`; what it said."""
        done = subprocess.run(
            [PROGRAM, "admin", *words, *self.options], capture_output=True, text=True, timeout=120)
        assert (done.returncode != 0) == fails, f"{self.name}: {done.stdout} {done.stderr}"
        return done.stdout + done.stderr

    # The judges

    def verify(self):
        done = subprocess.run(
            [PROGRAM, "verify", "--json", *self.options], capture_output=True, text=True, timeout=300)
        report = json.loads(done.stdout) if done.stdout.strip() else {}
        assert done.returncode == 0 and report["clean"], f"{self.name}: {done.stdout[-2000:]} {done.stderr}"
        return report

    def is_tidy(self):
        """No message lies in the temporary folder, no file in the store that nobody speaks of."""
        until(lambda: not list(self.temporary.glob("vanthu-goi-tin-*")), f"{self.name}'s temporary folder is empty")
        until(lambda: self.look()["unusedFiles"] == 0, f"{self.name} has no files that nothing speaks of")

    def close(self):
        self.kill()
        for worker in list(self.workers):
            self.kill_worker(worker)
        if self.people:
            self.people.stdin.close()
            self.people.wait(timeout=30)
        if self._psql:
            self._psql.close()


def introduce(one, other):
    """Each knows the other, and the other's agencies."""
    for left, right in ((one, other), (other, one)):
        left.peer = right
        left.knows(right.name, right.address, right.authority, right.identity)
        left.do("catalogue", entries=[
            {"name": f"{slug} ({right.name})", "code": code, "channel": "vanthu", "partner": right.name}
            for slug, code in right.agencies.items()])
