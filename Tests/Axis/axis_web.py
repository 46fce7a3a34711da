"""Bodies that come in and answers that go out, a piece at a time: a message of 50 MB is never in memory whole."""

import base64
import json
import os
import re
from http.server import BaseHTTPRequestHandler

from axis_checks import Refusal

PIECE = 96 << 10
BODY_LIMIT = 300 << 20


class Body:
    """What is left of a request's body, of known length or in chunks."""

    def __init__(self, handler):
        self.file = handler.rfile
        self.chunked = handler.headers.get("Transfer-Encoding", "").lower() == "chunked"
        self.left = 0 if self.chunked else int(handler.headers.get("Content-Length") or 0)
        self.total = 0

    def read(self):
        if self.chunked and self.left == 0:
            self.left = int(self.file.readline(100).split(b";")[0] or b"0", 16)
            if self.left == 0:
                self.chunked = False
                self.file.readline(100)
        piece = self.file.read(min(PIECE, self.left)) if self.left else b""
        if self.left and not piece:
            raise ConnectionError("the body ends too early")
        self.left -= len(piece)
        self.total += len(piece)
        if self.total > BODY_LIMIT:
            raise ConnectionError("the body is too long")
        if self.chunked and self.left == 0:
            self.file.readline(100)
        return piece

    def all(self):
        return b"".join(iter(self.read, b""))


def form_parts(body, content_type, place):
    """The parts of multipart/form-data: the text of a field, the path of a file (from `place()`)."""
    boundary = re.search(r'boundary="?([^";]+)"?', content_type)
    if not boundary:
        body.all()
        raise Refusal("10", "Không phải multipart/form-data")
    mark = b"\r\n--" + boundary.group(1).encode("latin-1")
    buffer, parts = b"\r\n", {}

    def until(delimiter, sink):
        nonlocal buffer
        while delimiter not in buffer:
            piece = body.read()
            if not piece:
                raise Refusal("10", "Thân multipart bị cắt")
            keep = len(delimiter) - 1
            sink(buffer[:max(0, len(buffer) - keep)])
            buffer = buffer[max(0, len(buffer) - keep):] + piece
        before, _, buffer = buffer.partition(delimiter)
        sink(before)

    until(mark, lambda _: None)
    while True:
        while len(buffer) < 2:
            piece = body.read()
            if not piece:
                raise Refusal("10", "Thân multipart bị cắt")
            buffer += piece
        if buffer.startswith(b"--"):
            body.all()
            return parts
        head = bytearray()
        until(b"\r\n\r\n", head.extend)
        name = re.search(rb'name="([^"]*)"', head)
        name = name.group(1).decode("utf-8", "replace") if name else ""
        if b"filename=" in head:
            parts[name] = place()
            with open(parts[name], "wb") as file:
                until(mark, file.write)
        else:
            value = bytearray()
            until(mark, value.extend)
            parts[name] = value.decode("utf-8", "replace")


def raw_part(body, place):
    """A body that is the message and a line's end after it, as the Java software sends it: the path of the message."""
    path, held = place(), b""
    with open(path, "wb") as file:
        for piece in iter(body.read, b""):
            held += piece
            file.write(held[:-2])
            held = held[-2:]
    if held != b"\r\n":
        os.unlink(path)
        raise Refusal("10", "Sau gói tin không có dấu xuống dòng")
    return path


class Answer:
    """A status and a body of bytes and of files, plain or in base 64."""

    def __init__(self, *parts, status=200, kind="application/json; charset=utf-8"):
        self.parts, self.status, self.kind = list(parts), status, kind

    def length(self):
        return sum(len(part) if isinstance(part, bytes) else part.length() for part in self.parts)

    def pieces(self):
        for part in self.parts:
            if isinstance(part, bytes):
                yield part
            else:
                yield from part.pieces()


def said(value, status=200):
    return Answer(json.dumps(value, ensure_ascii=False).encode("utf-8"), status=status)


class Stored:
    def __init__(self, path, wrapped=False):
        self.path, self.wrapped = path, wrapped

    def length(self):
        size = os.path.getsize(self.path)
        return (size + 2) // 3 * 4 if self.wrapped else size

    def pieces(self):
        with open(self.path, "rb") as file:
            for piece in iter(lambda: file.read(PIECE), b""):
                yield base64.b64encode(piece) if self.wrapped else piece


class Filler:
    """So many bytes of a list without an end."""

    def __init__(self, size):
        self.size = size

    def length(self):
        return self.size

    def pieces(self):
        head = b'{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[{"docId":"0"}'
        yield head[:self.size]
        left, line = max(0, self.size - len(head)), b',{"docId":"x","from":"H01"}' * 3000
        while left:
            yield line[:left]
            left -= len(line[:left])


class Handler(BaseHTTPRequestHandler):
    """Sends answers; what is answered, the axis says."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        faults = getattr(self, "faults", {})
        return super().date_time_string(self.server.axis.now(faults) if timestamp is None else timestamp)

    def do_GET(self):
        self.faults = {}
        body = Body(self)
        try:
            answer = self.server.axis.answer(self, body)
            body.all()
        except (ConnectionError, ValueError):
            answer = None
        if answer is None:
            self.close_connection = True
            return
        try:
            self.send(answer)
        except OSError:
            self.close_connection = True

    do_POST = do_DELETE = do_GET

    def send(self, answer):
        if "okTwice" in self.faults:
            answer.parts *= 2
        length = answer.length()
        left = length // 2 if "cut" in self.faults else length
        if "replyTwice" in self.faults:
            # Who talks too much does not hear that he was asked to hang up, either.
            self.close_connection = False
        for _ in range(2 if "replyTwice" in self.faults else 1):
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            for piece in answer.pieces():
                self.wfile.write(piece[:left] if "cut" in self.faults else piece)
                left -= min(left, len(piece))
                if left == 0 and "cut" in self.faults:
                    self.close_connection = True
                    return
