#!/usr/bin/env python3
"""The test world of keys: certificate authorities, OCSP responders, revocation lists and timestamp authorities, served
over HTTP on a free loopback port, truthful or lying in one named way.

    Tests/PKI/world.py FOLDER [--clock 2026-03-01T00:00:00Z]

Writes the certificates and keys into FOLDER (see `write`), prints one line of JSON that tells everything (also in
FOLDER/world.json) and serves until its standard input ends. Addresses, always without any state but the clock:

    POST /timestamp/MODE          GET|POST /ocsp/AUTHORITY/MODE       GET /crl/AUTHORITY/MODE
    GET /issuers/AUTHORITY/MODE   GET /log (what was asked, one path a line)
    POST /clock (a time in ISO 8601, or nothing for the real time)

The modes are listed in population.py. `refused` in the line of JSON is an address that nobody listens at. With `--clock`, or after POST /clock, all answers are of that moment.
"""

import argparse
import base64
import json
import socket
import sys
import threading
import time
import urllib.parse
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    Encoding, NoEncryption, PrivateFormat, pkcs12,
)

from answers import Answers
from population import CRL_MODES, ISSUERS_MODES, OCSP_MODES, TIMESTAMP_MODES, Population

PASSPHRASE = "Mã PIN 1234"
SLOW_SECONDS = 20
ENDLESS_BYTES = 64 << 20


def moment(text):
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


class World:
    def __init__(self, clock=None):
        self.clock = clock
        self.asked = []
        # Bound and never listening: whoever connects is refused.
        self.closed = socket.socket()
        self.closed.bind(("127.0.0.1", 0))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Desk", (Desk,), {"world": self}))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.refused = f"http://127.0.0.1:{self.closed.getsockname()[1]}/"
        self.population = Population(self.url)
        self.answers = Answers(self.population, self.now)

    def now(self):
        return self.clock or datetime.now(UTC)

    def serve(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.closed.close()

    def write(self, folder):
        """roots/root.pem; certificates/NAME.pem and .cer of everybody; signers/NAME.p12 (key, certificate and, but for the
        `issuers-…` ones, the certificates above) and NAME.key.pem. The passphrase is in the answer."""
        for name in ("roots", "certificates", "signers"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for party in self.population.parties.values():
            pem = party.certificate.public_bytes(Encoding.PEM)
            (folder / "certificates" / f"{party.name}.pem").write_bytes(pem)
            (folder / "certificates" / f"{party.name}.cer").write_bytes(party.certificate.public_bytes(Encoding.DER))
        root = self.population["root"].certificate
        (folder / "roots" / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
        told = self.told(folder)
        (folder / "world.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
        return told

    def told(self, folder):
        signers = {}
        for party in self.population.signers():
            alone = party.name.startswith("issuers-")
            self.write_key(party, folder / "signers", [] if alone else party.chain)
            signers[party.name] = {
                "p12": str(folder / "signers" / f"{party.name}.p12"),
                "key": str(folder / "signers" / f"{party.name}.key.pem"),
                "certificate": str(folder / "certificates" / f"{party.name}.pem"),
                "commonName": party.common_name, "issuer": party.issuer.name, "truth": party.truth,
            }
        return {
            "url": self.url, "folder": str(folder), "roots": str(folder / "roots"), "passphrase": PASSPHRASE,
            "refused": self.refused, "signers": signers,
            "timestamps": {mode: f"{self.url}/timestamp/{mode}" for mode in TIMESTAMP_MODES},
            "ocspModes": OCSP_MODES, "crlModes": CRL_MODES, "issuersModes": ISSUERS_MODES,
        }

    @staticmethod
    def write_key(party, folder, chain):
        encryption = (
            PrivateFormat.PKCS12.encryption_builder().kdf_rounds(2_048)
            .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC).hmac_hash(hashes.SHA256())
            .build(PASSPHRASE.encode()))
        (folder / f"{party.name}.p12").write_bytes(pkcs12.serialize_key_and_certificates(
            party.name.encode(), party.key, party.certificate, [one.certificate for one in chain], encryption))
        (folder / f"{party.name}.key.pem").write_bytes(
            party.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


class Desk(BaseHTTPRequestHandler):
    """One exchange. The last part of a path names how the answer shall be."""

    world = None
    TYPES = {"ocsp": "application/ocsp-response", "timestamp": "application/timestamp-reply", "crl": "application/pkix-crl"}

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def answer(self, body):
        parts = [urllib.parse.unquote(one) for one in self.path.strip("/").split("/", 3)]
        if parts == ["log"]:
            return self.send("\n".join(self.world.asked).encode(), "text/plain; charset=utf-8")
        if parts == ["clock"]:
            self.world.clock = moment(body.decode())
            return self.send(b"", "text/plain")
        self.world.asked.append("/".join(parts[:3]))
        mode = parts[1] if parts[0] == "timestamp" else parts[2] if len(parts) > 2 else ""
        try:
            if not self.spoil(mode):
                self.send(*self.honest(parts, mode, body))
        except OSError:
            self.close_connection = True  # whoever asked has gone
        except (KeyError, IndexError, ValueError, TypeError) as problem:
            self.send(f"{type(problem).__name__}: {problem}".encode(), "text/plain", 400)

    def honest(self, parts, mode, body):
        desk, kind = self.world.answers, parts[0]
        if kind == "timestamp":
            return desk.timestamp(mode, body), self.TYPES[kind]
        if kind == "ocsp":
            return desk.ocsp(parts[1], mode, body or base64.b64decode(parts[3])), self.TYPES[kind]
        if kind == "crl":
            return desk.crl(parts[1], mode), self.TYPES[kind]
        if kind == "issuers":
            return desk.issuers(parts[1], mode)
        return b"", "text/plain", 404

    def spoil(self, mode):
        """Answers in the ways that need no authority; False when the mode is none of these."""
        plain = {"garbage": bytes(range(256)), "empty": b"", "html": "<html><p>Đang bảo trì</p></html>".encode()}
        if mode in plain:
            self.send(plain[mode], "text/html; charset=utf-8" if mode == "html" else "application/octet-stream")
        elif mode == "http-500":
            self.send(b"", "text/plain", 500)
        elif mode == "hang-up":
            self.close_connection = True
        elif mode == "slow":
            time.sleep(SLOW_SECONDS)
            self.close_connection = True
        elif mode in ("trickle", "endless"):
            self.pour(mode)
        else:
            return False
        return True

    def pour(self, mode):
        """A byte every second, or more bytes than anybody wants."""
        self.send_response(200)
        self.send_header("Content-Length", str(ENDLESS_BYTES))
        self.end_headers()
        for _ in range(SLOW_SECONDS if mode == "trickle" else ENDLESS_BYTES >> 16):
            self.wfile.write(b"\x30" if mode == "trickle" else bytes(1 << 16))
            if mode == "trickle":
                time.sleep(1)
        self.close_connection = True

    def send(self, content, kind, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clock", type=moment)
    wish = parser.parse_args()
    world = World(wish.clock)
    told = world.write(wish.folder.resolve())
    world.serve()
    print(json.dumps(told, ensure_ascii=False), flush=True)
    sys.stdin.read()
    world.stop()


if __name__ == "__main__":
    main()
