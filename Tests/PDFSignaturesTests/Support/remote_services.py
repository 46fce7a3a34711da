"""Signing services on loopback that look closely at what they are asked: CSC API v2, VNPT SmartCA, Viettel MySign.

    python remote_services.py FOLDER

FOLDER holds keys and certificates in DER (rsa, p256, p384, other: .key, .crt; root.crt). Prints its port and runs
until its standard input ends. They sign for real. What the person does is told by the user's name: "agrees" at the
second question, "refuses", "sleeps", and so on. A request that is not exactly as documented is refused with the
reason, so a test that gets its signature has sent the right one.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from remote_cloud import csc
from remote_rules import Refused, wrong
from remote_vietnam import my, smart


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            status, answer = self.serve(raw)
        except Refused as refusal:
            status, answer = refusal.status, refusal.body
        except Exception as error:  # what the test did not foresee shows in the test
            status, answer = 418, {"error": "server", "error_description": repr(error)}
        body = b"" if answer is None else answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve(self, raw):
        if self.path.startswith("/down/"):
            return 503, b"<html>Bad gateway</html>"
        if self.path.startswith("/noise/"):
            return 200, b"<html>Sign in to the network</html>"
        if self.headers["Accept"] != "application/json":
            raise wrong("Accept")
        if self.path == "/oauth2/token":
            return csc(self.path, raw, self.headers)
        if self.headers["Content-Type"] != "application/json":
            raise wrong("Content-Type")
        body = json.loads(raw)
        for start, service in (("/csc/v2/", csc), ("/sca/sp769/v1/", smart), ("/vtss/service/", my)):
            if self.path.startswith(start):
                return service(self.path, body, self.headers)
        raise Refused(404, {"error": "no such path"})

    def do_GET(self):
        self.send_error(405)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
