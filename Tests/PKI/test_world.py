"""The test world itself, judged by OpenSSL: what it says truthfully is accepted, and each lie is one OpenSSL sees."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from population import OCSP_MODES, TIMESTAMP_MODES

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The world as a program of its own, as other tests start it."""
    folder = tmp_path_factory.mktemp("world")
    process = subprocess.Popen(
        [sys.executable, HERE / "world.py", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield json.loads(process.stdout.readline())
    process.stdin.close()
    process.wait(timeout=10)


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def fetch(url, body=None):
    with urllib.request.urlopen(urllib.request.Request(url, data=body), timeout=5) as answer:
        return answer.read()


def certificate(world, name):
    return Path(world["folder"]) / "certificates" / f"{name}.pem"


def asked_about(world, name, authority="intermediate-rsa", mode="good"):
    return openssl(
        "ocsp", "-issuer", certificate(world, authority), "-cert", certificate(world, name),
        "-url", f"{world['url']}/ocsp/{authority}/{mode}", "-CAfile", certificate(world, "root"),
        "-verify_other", certificate(world, authority))[1]


@pytest.mark.parametrize("name, authority, status", [
    ("rsa2048", "intermediate-rsa", "good"), ("p256", "intermediate-ec", "good"), ("expired", "intermediate-rsa", "good"),
    ("revoked", "intermediate-rsa", "revoked"), ("revoked-ec", "intermediate-ec", "revoked"),
    ("intermediate-ec", "root", "good"),
])
def test_a_responder_tells_the_truth(world, name, authority, status):
    said = asked_about(world, name, authority)
    assert "Response verify OK" in said and f"{name}.pem: {status}" in said


LIES = {
    "unknown": "unknown", "try-later": "trylater", "unauthorised": "unauthorized", "internal-error": "internalerror",
    "malformed": "malformedrequest", "wrong-nonce": "Nonce Verify error", "no-nonce": "no nonce in response",
    "other-certificate": "No Status found", "wrong-key": "Response Verify Failure", "stranger": "Response Verify Failure",
    "no-eku": "missing ocspsigning usage", "expired-responder": "certificate has expired", "stale": "status expired",
    "future": "status not yet valid", "garbage": "Error querying OCSP responder", "empty": "Error querying OCSP responder",
    "http-500": "Error querying OCSP responder", "html": "Error querying OCSP responder",
    "hang-up": "Error querying OCSP responder",
}
HONEST = {"good", "by-key", "direct"}
ENDLESS = {"slow", "trickle", "endless"}


@pytest.mark.parametrize("mode", OCSP_MODES)
def test_a_responder_lies_in_the_way_it_is_asked_to(world, mode):
    if mode in ENDLESS:
        pytest.skip("OpenSSL would wait")
    said = asked_about(world, f"ocsp-{mode}", mode=mode)
    if mode in HONEST:
        assert "Response verify OK" in said and f"ocsp-{mode}.pem: good" in said
    else:
        assert LIES[mode] in said


TIMESTAMPS = {
    "good": "OK", "ec": "OK", "wrong-imprint": "message imprint mismatch", "wrong-nonce": "nonce mismatch",
    "no-nonce": "nonce not returned", "wrong-key": "signature failure", "wrong-digest": "digest failure",
    "stranger": "unable to get local issuer certificate", "no-eku": "unsuitable certificate purpose",
    "expired": "certificate has expired", "no-certificate": "signer certificate not found", "refused": "FAILED",
}


@pytest.mark.parametrize("mode", [mode for mode in TIMESTAMP_MODES if mode in TIMESTAMPS])
def test_a_timestamp_is_right_or_wrong_as_named(world, mode, tmp_path):
    (tmp_path / "content").write_text("nội dung")
    query, reply = tmp_path / "query", tmp_path / "reply"
    openssl("ts", "-query", "-data", tmp_path / "content", "-sha256", "-cert", "-out", query)
    reply.write_bytes(fetch(world["timestamps"][mode], query.read_bytes()))
    code, said = openssl("ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", certificate(world, "root"))
    assert TIMESTAMPS[mode] in said and (code == 0) == (mode in ("good", "ec"))


def test_lists_name_the_revoked_and_are_signed_by_their_authority(world, tmp_path):
    for name, mode, sound in (("intermediate-rsa", "good", True), ("intermediate-ec", "good", True),
                              ("intermediate-rsa", "wrong-key", False), ("intermediate-rsa", "other-issuer", False)):
        (tmp_path / "list").write_bytes(fetch(f"{world['url']}/crl/{name}/{mode}"))
        said = openssl("crl", "-inform", "der", "-in", tmp_path / "list", "-noout", "-text",
                       "-CAfile", certificate(world, name))[1]
        assert ("verify OK" in said) == sound
        assert "Key Compromise" in said or name == "intermediate-ec" or mode == "other-issuer"


def test_everybody_chains_to_the_root_but_the_stranger(world):
    for name in world["signers"]:
        if world["signers"][name]["truth"] in ("expired", "not-yet-valid"):
            continue
        above = certificate(world, world["signers"][name]["issuer"])
        code, said = openssl("verify", "-CAfile", certificate(world, "root"), "-untrusted", above, certificate(world, name))
        assert (code == 0) == (name != "stranger"), said


def test_the_clock_can_be_set(world):
    fetch(f"{world['url']}/clock", "2026-03-01T00:00:00Z".encode())
    try:
        before = asked_about(world, "revoked-later")
    finally:
        fetch(f"{world['url']}/clock", b"")
    # OpenSSL goes by today and warns; the answer itself is of that day, before the revocation.
    assert "Mar  1 00:00:00 2026" in before and "revoked-later.pem: WARNING" in before and "good" in before
    assert "revoked-later.pem: revoked" in asked_about(world, "revoked-later")


def test_nobody_answers_at_the_refusing_address(world):
    with pytest.raises(urllib.error.URLError):
        fetch(world["refused"])
