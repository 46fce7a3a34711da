"""A clamd of the test's own, whose only signature is that of the EICAR test file."""

import socket
import subprocess

from installation import free_port, until

# In two halves, so that no scanner takes this very file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
# What clamd adds to the name of a signature that its makers did not sign.
VIRUS = "Eicar-Test.UNOFFICIAL"
SIGNATURE = "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test\n"


class Scanner:
    def __init__(self, folder):
        self.folder, self.port = folder / "clamd", free_port()
        self.address = f"tcp:127.0.0.1:{self.port}"

    def __enter__(self):
        self.folder.mkdir()
        (self.folder / "eicar.hdb").write_text(SIGNATURE)
        settings = self.folder / "clamd.conf"
        settings.write_text(
            f"Foreground yes\nDatabaseDirectory {self.folder}\nTCPSocket {self.port}\nTCPAddr 127.0.0.1\n"
            "StreamMaxLength 10M\nMaxThreads 2\n")
        self.process = subprocess.Popen(
            ["/usr/sbin/clamd", f"--config-file={settings}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self.answers, "clamd answers")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as link:
                link.sendall(b"zPING\0")
                return link.recv(16).startswith(b"PONG")
        except OSError:
            return False
