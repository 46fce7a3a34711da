"""The stand-in for the axis (Tests/Axis) as a third process between two installations."""

import http.client
import json
import signal
import subprocess
import sys

from installation import ROOT, free_port


class AxisProcess:
    """`systems`: for each installation its name and the codes of its agencies; its secret is made from its name.
    `signs_in`: the province's façade wants a sign-in."""

    def __init__(self, folder, systems, signs_in=False):
        self.signs_in = signs_in
        self.folder, self.port, self.process = folder, free_port(), None
        folder.mkdir(parents=True)
        (folder / "systems.json").write_text(json.dumps({
            "systems": [
                {"id": name, "secret": self.secret(name), "codes": codes,
                 **({"login": self.login(name)} if signs_in else {})} for name, codes in systems.items()],
            "agencies": [], "traceOrgan": "001.00.20.TT2"}))

    @staticmethod
    def secret(name):
        return f"khoa-{name}"

    @staticmethod
    def login(name):
        return {"user": name, "password": f"mật khẩu {name}", "application": "VT"}

    def start(self, **fault):
        """`fault`: one that waits from the start, before anybody calls."""
        self.process = subprocess.Popen(
            [sys.executable, "-B", ROOT / "Tests/Axis/axis.py", "--storage", self.folder / "storage", "--systems",
             self.folder / "systems.json", "--port", str(self.port), "--while-input",
             *(["--fault", json.dumps(fault)] if fault else [])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline())
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()

    def was_killed(self):
        return self.process.poll() == -signal.SIGKILL

    def account(self, name):
        """For the settings of an installation."""
        return {"address": f"http://127.0.0.1:{self.port}", "system": name, "secret": self.secret(name), "every": 1,
                **(self.login(name) if self.signs_in else {})}

    def calls(self):
        """The last thousand, numbered."""
        return self._inside("GET", "calls")

    def messages(self):
        return self._inside("GET", "messages")

    def put(self, name, message):
        """One message at the province's façade, in the name of a system, as a clerk of it might without its program."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"X-SystemId": name, "X-SecretKey": self.secret(name)}
        told = {"username": name, "password": self.login(name)["password"], "applicationCode": "VT", "otp": None,
                "twoFactorProvider": None, "typeObjs": [0, 1]}
        try:
            if self.signs_in:
                connection.request("POST", "/v1/auth/login?allow_anonymous=true", json.dumps(told).encode())
                headers["Authorization"] = "Bearer " + json.loads(connection.getresponse().read())["data"]["token"]
            body = (b'--x\r\nContent-Disposition: form-data; name="messageType"\r\n\r\nedoc\r\n'
                    b'--x\r\nContent-Disposition: form-data; name="edocFile"; filename="a.edxml"\r\n\r\n'
                    + message.encode() + b"\r\n--x--\r\n")
            headers["Content-Type"] = "multipart/form-data; boundary=x"
            connection.request("POST", "/v1/sendEdoc", body, headers)
            answer = json.loads(connection.getresponse().read())
            assert answer["code"] == 200, answer
        finally:
            connection.close()

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
