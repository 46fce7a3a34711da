"""A partner that misbehaves: a TLS server that can lose its answers, talk garbage, hang and cut, and a caller that says what
it likes. It keeps what it takes, so that a test can count."""

import hashlib
import http.client
import json
import socket
import ssl
import threading
import time
import uuid

from installation import free_port

QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016"


class Partner:
    """How it treats the next messages stands in `manners`, one for each; when they are used up it treats all as `standing`.

    keep · slow · lose (keeps, does not answer) · forget (neither keeps nor answers) · hang · garbage · page · other ·
    cut (hangs up in the middle of the body) · 503 · long · 400 (never) · twice (answers, and answers again)
    """

    def __init__(self, authority, name, server_identity=None):
        self.name, self.authority = name, authority
        self.identity = authority.issue(f"{name}-client")
        self.server_identity = server_identity or authority.issue(f"{name}-server", server=True)
        self.port = free_port()
        self.manners, self.standing, self.kept, self.calls = [], "keep", {}, []
        self.listener = None
        self.links = set()
        self.lock = threading.Lock()

    @property
    def address(self):
        return f"https://127.0.0.1:{self.port}"

    def open(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server_identity.certificate, self.server_identity.key)
        self.context = context
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen(64)
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()
        return self

    def close(self):
        if self.listener:
            # Closing alone would leave the thread, and with it the port, waiting for one more caller.
            self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
            self.listener = None
        with self.lock:
            for link in self.links:
                try:
                    socket.socket.shutdown(link, socket.SHUT_RDWR)
                except OSError:
                    pass
            self.links.clear()

    def _accept(self, listener):
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw):
        raw.settimeout(30)
        try:
            with self.context.wrap_socket(raw, server_side=True) as link:
                with self.lock:
                    self.links.add(link)
                while self._answer(link):
                    pass
                with self.lock:
                    self.links.discard(link)
        except (OSError, ssl.SSLError, ValueError):
            pass

    def _answer(self, link):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = link.recv(65536)
            if not piece:
                return False
            head += piece
        head, _, body = head.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        fields = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
        message = lines[0].split()[1].rsplit("/", 1)[-1]
        length = int(fields.get("content-length", 0))
        with self.lock:
            manner = self.manners.pop(0) if self.manners else self.standing
            self.calls.append((message, manner))
        while len(body) < length:
            if manner == "cut" and len(body) >= length // 2:
                return False
            piece = link.recv(65536)
            if not piece:
                return False
            body += piece
        if manner == "cut":
            return False
        whole = hashlib.sha256(body).hexdigest() == fields.get("vanthu-digest")
        if manner in ("hang",):
            time.sleep(20)
            return False
        if manner == "forget":
            return False
        if manner == "slow":
            time.sleep(1.5)
        if manner in ("keep", "slow", "lose", "twice") and whole:
            with self.lock:
                self.kept.setdefault(message, []).append((fields.get("vanthu-kind"), body))
        if manner == "lose":
            return False
        link.sendall(self._reply(manner, message, whole) * (2 if manner == "twice" else 1))
        return manner in ("keep", "slow", "twice")

    @staticmethod
    def _reply(manner, message, whole):
        if manner == "garbage":
            return bytes(range(256)) * 8
        if manner == "page":
            return b"HTTP/1.1 200 OK\r\nContent-Length: 31\r\n\r\n<html>Please sign in here</html>"
        if manner == "400":
            reason = json.dumps({"reason": "Phần mềm nơi nhận không đọc được gói tin."}).encode()
            return b"HTTP/1.1 400 Bad Request\r\nContent-Length: %d\r\n\r\n" % len(reason) + reason
        if manner == "503":
            return b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
        if manner == "long":
            return b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" + b" " * 200_000
        said = {"received": str(uuid.uuid4()) if manner == "other" else message} if whole else {"reason": "hỏng"}
        body = json.dumps(said).encode()
        status = b"201 Created" if whole else b"422 Broken"
        return b"HTTP/1.1 " + status + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def ask(installation, identity, path):
    """Asks something at an installation's door; the status and what was said, or 0 where nobody is let in."""
    context = ssl.create_default_context(cafile=str(installation.authority.roots))
    if identity:
        context.load_cert_chain(identity.certificate, identity.key)
    link = http.client.HTTPSConnection("127.0.0.1", installation.door_port, context=context, timeout=30)
    try:
        link.request("GET", path)
        reply = link.getresponse()
        return reply.status, reply.read().decode()
    except (OSError, ssl.SSLError, http.client.HTTPException):
        return 0, ""
    finally:
        link.close()


def call(installation, identity, body, kind="edoc", message=None, digest=None, cut_after=None, method="PUT"):
    """Puts a message at an installation's door; the status and what was said, or the error as text."""
    context = ssl.create_default_context(cafile=str(installation.authority.roots))
    if identity:
        context.load_cert_chain(identity.certificate, identity.key)
    body = body if isinstance(body, bytes) else body.encode()
    message = message or str(uuid.uuid4())
    head = (
        f"{method} /lien-thong/v1/goi-tin/{message} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Content-Type: application/edxml+xml\r\nVanThu-Kind: {kind}\r\n"
        f"VanThu-Digest: {digest or hashlib.sha256(body).hexdigest()}\r\nContent-Length: {len(body)}\r\n\r\n").encode()
    answer = b""
    try:
        with socket.create_connection(("127.0.0.1", installation.door_port), timeout=30) as raw:
            with context.wrap_socket(raw, server_hostname="127.0.0.1") as link:
                link.sendall(head + (body if cut_after is None else body[:cut_after]))
                if cut_after is not None:
                    return 0, "cut"
                while piece := link.recv(65536):
                    answer += piece
    except (OSError, ssl.SSLError) as error:
        if not answer:
            return 0, f"{error}"
    if not answer:
        return 0, "no answer"
    head, _, said = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), said.decode(errors="replace")
