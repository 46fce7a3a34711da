"""The stand-in for the axis (Tests/Axis) as a third process between two installations."""

import http.client
import json
import os
import signal
import subprocess
import sys

from installation import ROOT


class AxisProcess:
    """`systems`: for each installation its name and the codes of its agencies; its secret is made from its name."""

    def __init__(self, folder, systems):
        self.folder, self.port, self.process = folder, 0, None
        folder.mkdir(parents=True)
        (folder / "systems.json").write_text(json.dumps({
            "systems": [
                {"id": name, "secret": self.secret(name), "codes": codes} for name, codes in systems.items()],
            "agencies": [], "traceOrgan": "001.00.20.TT2"}))

    @staticmethod
    def secret(name):
        return f"khoa-{name}"

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-B", ROOT / "Tests/Axis/axis.py", "--storage", self.folder / "storage", "--systems",
             self.folder / "systems.json", "--port", str(self.port), "--while-input"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline())
        return self

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def account(self, name):
        """For the settings of an installation."""
        return {"address": f"http://127.0.0.1:{self.port}", "system": name, "secret": self.secret(name), "every": 1}

    def _inside(self, method, path, body=b""):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, "/_stand-in/" + path, body)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def fault(self, fault, **more):
        assert self._inside("POST", "faults", json.dumps({"fault": fault, **more}).encode()) == {"ok": True}

    def faults(self):
        return self._inside("GET", "faults")

    def forgive(self):
        """No fault is left."""
        self._inside("DELETE", "faults")
