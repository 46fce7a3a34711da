"""Mail servers on loopback that say whatever a test wants, for the tests of WebTransfers.

    python3 rough_mail.py FOLDER

Each line of standard input is a scenario in JSON: {"tls": true, "steps": […]}. For each, a door is opened on a free
port (server.pem in FOLDER is shown there when TLS is wished), its number is printed, and one visitor after another is
treated so:

    "text"                    sent as it is (Latin-1); "$T" is the tag of the last line that was read
    {"read": 1}               that many lines are read
    {"until": "."}            lines are read up to one that is this
    {"again": "text", "times": n}
    {"starttls": 1}           the connection goes on behind TLS
    {"sleep": seconds}

After the last step the connection is closed. Runs until standard input ends.
"""

import json
import socket
import ssl
import sys
import threading
import time


class Visit:
    def __init__(self, connection, context):
        self.connection, self.context, self.buffer, self.tag = connection, context, b"", b""

    def line(self):
        while b"\n" not in self.buffer:
            piece = self.connection.recv(65536)
            if not piece:
                raise OSError("gone")
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        self.tag = line.split(b" ")[0]
        return line.rstrip(b"\r")

    def take(self, step):
        if isinstance(step, str):
            self.connection.sendall(step.encode("latin-1").replace(b"$T", self.tag))
        elif "read" in step:
            for _ in range(step["read"]):
                self.line()
        elif "until" in step:
            while self.line() != step["until"].encode("latin-1"):
                pass
        elif "again" in step:
            piece = step["again"].encode("latin-1")
            for _ in range(step["times"]):
                self.connection.sendall(piece)
        elif "starttls" in step:
            self.connection = self.context.wrap_socket(self.connection, server_side=True)
        elif "sleep" in step:
            time.sleep(step["sleep"])


def serve(door, scenario, context):
    while True:
        connection, _ = door.accept()
        threading.Thread(target=visit, args=(connection, scenario, context), daemon=True).start()


def visit(connection, scenario, context):
    guest = Visit(connection, context)
    try:
        if scenario.get("tls"):
            guest.take({"starttls": 1})
        for step in scenario["steps"]:
            guest.take(step)
    except (OSError, ssl.SSLError):
        pass
    finally:
        guest.connection.close()


def main(folder):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/server.pem")
    for line in sys.stdin:
        door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=serve, args=(door, json.loads(line), context), daemon=True).start()
        print(door.getsockname()[1], flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
