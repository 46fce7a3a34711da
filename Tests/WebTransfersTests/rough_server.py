"""A web server on loopback with bad manners, for the tests of WebTransfers.

    python3 rough_server.py FOLDER

Listens on a free port in the clear and on a second with TLS (server.pem in FOLDER, and root.pem, which the
certificates of those who show one must come from), prints "PORT TLSPORT" and runs until its standard input ends.
"""

import hashlib
import socket
import ssl
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PIECE = b"0123456789abcdef" * 4096


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        url = urlsplit(self.path)
        wish = {name: values[0] for name, values in parse_qs(url.query).items()}
        getattr(self, "get_" + url.path.strip("/").replace("/", "_"), self.get_nothing)(wish)

    def get_nothing(self, _):
        self.answer(404, b"not here")

    def get_hello(self, _):
        self.answer(200, b"xin ch\xc3\xa0o", Content_Type="text/plain", X_Empty="")

    def get_headers(self, _):
        self.answer(200, "\n".join(f"{n}: {v}" for n, v in self.headers.items()).encode())

    def get_connection(self, _):
        self.answer(200, str(self.client_address[1]).encode())

    def get_slow(self, wish):
        time.sleep(float(wish["seconds"]))
        self.answer(200, b"late")

    def get_drip(self, _):
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def get_huge(self, wish):
        self.send_response(200)
        if "told" in wish:
            self.send_header("Content-Length", str(1 << 34))
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(PIECE)
        except OSError:
            pass

    def get_manyheaders(self, _):
        self.send_response(200)
        for number in range(3000):
            self.send_header(f"X-Filler-{number}", "x" * 60)
        self.answer(200, b"")

    def get_exactly(self, wish):
        self.answer(200, b"x" * int(wish["bytes"]))

    def get_cutoff(self, _):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")
        self.close_connection = True

    def get_halfway(self, _):
        self.send_response(200)
        self.send_header("Content-Length", str(20 * len(PIECE)))
        self.end_headers()
        for _ in range(10):
            self.wfile.write(PIECE)
        self.close_connection = True

    def get_stream(self, wish):
        left = int(wish["bytes"])
        self.send_response(200)
        self.send_header("Content-Length", str(left))
        self.end_headers()
        while left > 0:
            left -= self.wfile.write(PIECE[:left])

    def get_reset(self, _):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def get_noise(self, _):
        self.wfile.write(b"this is no protocol\r\n\r\n")
        self.close_connection = True

    def get_redirect(self, wish):
        self.answer(302, b"elsewhere", Location=wish["to"])

    def get_circle(self, _):
        self.answer(301, b"", Location="/circle")

    def get_who(self, _):
        certificate = getattr(self.connection, "getpeercert", lambda: None)()
        names = [value for part in (certificate or {}).get("subject", ()) for _, value in part]
        self.answer(200, ",".join(names).encode())

    def do_HEAD(self):
        self.send_response(200)
        self.send_header("Content-Length", "12345")
        self.end_headers()

    def do_POST(self):
        left = int(self.headers.get("Content-Length", "0"))
        if self.path == "/cutoff":
            self.rfile.read(left // 2)
            return self.get_reset(None)
        if self.path == "/echo":
            return self.answer(200, self.rfile.read(left), Content_Type=self.headers["Content-Type"])
        count, digest = 0, hashlib.sha256()
        while piece := self.rfile.read(min(left - count, 1 << 16)):
            count += len(piece)
            digest.update(piece)
        if self.path == "/redirect":
            self.answer(307, b"", Location="/digest")
        elif self.path == "/refused":
            self.answer(422, b"not this one")
        else:
            told = f"{self.command} {count} {digest.hexdigest()}"
            self.answer(200, told.encode(), Content_Type=self.headers.get("Content-Type", ""))

    do_PUT = do_PATCH = do_REPORT = do_POST


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        pass


class TLSServer(Server):
    def __init__(self, place, handler, context):
        super().__init__(place, handler)
        self.context = context

    def finish_request(self, request, client_address):
        try:
            request = self.context.wrap_socket(request, server_side=True)
        except (ssl.SSLError, OSError):
            return
        super().finish_request(request, client_address)


def main(folder):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/server.pem")
    context.load_verify_locations(f"{folder}/root.pem")
    context.verify_mode = ssl.CERT_OPTIONAL
    servers = [Server(("127.0.0.1", 0), Handler), TLSServer(("127.0.0.1", 0), Handler, context)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(*(server.server_port for server in servers), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
