"""The built program, serving the demo city in a folder and on a port of its own until it is stopped."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

PROGRAM = Path(os.environ.get("VANTHU_PROGRAM") or Path(__file__).resolve().parents[2] / ".build" / "debug" / "vanthu")
SECONDS_TO_START = 120
SECONDS_TO_STOP = 15


class DemoServer:
    def __init__(self, address, process=None, folder=None):
        self.address = address
        self.process = process
        self.folder = folder

    @classmethod
    def already_running(cls, address):
        return cls(address.rstrip("/"))

    @classmethod
    def start(cls, folder, *arguments):
        """Starts the program and returns when it answers; raises with its log when it does not."""
        if not PROGRAM.exists():
            raise RuntimeError("the program is not built: run `swift build` or `bin/test` first")
        port = free_port()
        log = (folder / "server.log").open("wb")
        process = subprocess.Popen(
            [PROGRAM, "demo", "--port", str(port), "--data", folder / "data", *arguments],
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        log.close()
        server = cls(f"http://127.0.0.1:{port}", process, folder)
        try:
            server.wait_until_it_answers()
        except BaseException:
            server.stop()
            raise
        return server

    def wait_until_it_answers(self):
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the program ended with {self.process.returncode}:\n{self.log()}")
            try:
                urllib.request.urlopen(f"{self.address}/dang-nhap", timeout=2).close()
                return
            except urllib.error.HTTPError as answer:
                raise RuntimeError(f"/dang-nhap answers {answer.code}:\n{self.log()}") from answer
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"no answer after {SECONDS_TO_START} s:\n{self.log()}")

    def log(self):
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")[-8_000:]

    def kill(self):
        """Ends the program at once, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Asks the program to end, and ends it together with its children when it does not."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
