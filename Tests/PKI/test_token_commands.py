"""`vanthu pdf sign` and `sign-batch` with a key on a PKCS #11 token (SoftHSM), as scripts call them."""

import datetime
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

PROGRAM = Path(__file__).resolve().parents[2] / ".build" / "debug" / "vanthu"
MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "246813"

pytestmark = pytest.mark.skipif(
    not (PROGRAM.exists() and Path(MODULE).exists() and shutil.which("pkcs11-tool")),
    reason="needs the built program, softhsm2 and opensc")


def certify(subject, key, issuer, issuer_key, is_authority):
    name = lambda text: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])  # noqa: E731
    now = datetime.datetime.now(datetime.timezone.utc)
    return (
        x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(issuer)).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(
            x509.KeyUsage(not is_authority, not is_authority, False, False, False, is_authority, is_authority, False,
                          False), critical=True)
        .sign(issuer_key, hashes.SHA256()))


def small_pdf():
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 4\n%btrailer\n<</Size 4 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (rows, len(out))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a token that holds two keys, the root that they come from, and letters to sign."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "letters").mkdir()
    (folder / "trust").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    environment = dict(os.environ, SOFTHSM2_CONF=str(folder / "softhsm2.conf"), PIN=PIN, OTHER="000000")

    def run(*words):
        subprocess.run(words, env=environment, check=True, capture_output=True)

    run("softhsm2-util", "--init-token", "--free", "--label", "UBND xa", "--so-pin", "13579135", "--pin", PIN)
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = certify("Gốc", root_key, "Gốc", root_key, True)
    (folder / "trust" / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    keys = {"Con dau": rsa.generate_private_key(65537, 2048), "Chu ky": ec.generate_private_key(ec.SECP384R1())}
    for number, (label, key) in enumerate(keys.items(), 1):
        certificate = certify(label, key, "Gốc", root_key, False)
        der = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
        for kind, data in (
                ("privkey", der), ("cert", certificate.public_bytes(serialization.Encoding.DER))):
            (folder / "object.der").write_bytes(data)
            run("pkcs11-tool", "--module", MODULE, "--token-label", "UBND xa", "--login", "--pin", PIN,
                "--write-object", str(folder / "object.der"), "--type", kind, "--label", label, "--id", f"0{number}")
    for number in range(5):
        (folder / "letters" / f"{number}.pdf").write_bytes(small_pdf())
    (folder / "letters" / "2.pdf").write_bytes(b"no letter")
    return folder, environment


def vanthu(place, *words):
    done = subprocess.run([PROGRAM, "pdf", *map(str, words)], env=place[1], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def token(key="Con dau", label="UBND xa", pin="PIN"):
    return ("--pkcs11", MODULE, "--token", label, "--key", key, "--pin-env", pin)


def verdicts(place, file):
    code, output = vanthu(place, "verify", file, "--trust", place[0] / "trust", "--offline", "--json")
    return [signature["signer"] for signature in json.loads(output)["signatures"]], json.loads(output)


def test_two_keys_of_a_token_sign_one_letter(place):
    """D1: RSA and elliptic curve from one token, one after the other."""
    first, second = place[0] / "first.pdf", place[0] / "second.pdf"
    assert vanthu(place, "sign", place[0] / "letters" / "0.pdf", first, *token()) == (0, f"Đã ký {first}.\n")
    assert vanthu(place, "sign", first, second, *token("Chu ky"))[0] == 0
    names, report = verdicts(place, second)
    assert names == ["Con dau", "Chu ky"]
    for signature in report["signatures"]:
        assert signature["indication"] != "TOTAL-FAILED", report
        assert not {"digest-mismatch", "signature-wrong"} & {finding["code"] for finding in signature["findings"]}


def test_a_batch_opens_the_token_once(place):
    """D9: one failure does not stop the rest."""
    out = place[0] / "signed"
    code, output = vanthu(place, "sign-batch", place[0] / "letters", out, *token())
    assert code == 1 and "Đã ký 4 trong 5 tệp." in output and "2.pdf: chưa ký" in output, output
    assert sorted(path.name for path in out.iterdir()) == ["0.pdf", "1.pdf", "3.pdf", "4.pdf"]
    for path in out.iterdir():
        assert verdicts(place, path)[0] == ["Con dau"]


@pytest.mark.parametrize(("words", "reason"), [
    (token(pin="OTHER"), "sai mã PIN"),
    (token(label="Khong cam"), "không thấy thiết bị “Khong cam”"),
    (token("Khong co"), "thiết bị không có khóa “Khong co”"),
    (("--pkcs11", "/nonexistent.so", *token()[2:]), "không nạp được thư viện của thiết bị"),
])
def test_what_is_wrong_with_a_token_is_said(place, words, reason):
    """D1: nothing is written, the reason is told, the exit code is 1."""
    target = place[0] / "unsigned.pdf"
    code, output = vanthu(place, "sign", place[0] / "letters" / "1.pdf", target, *words)
    assert code == 1 and reason in output, output
    assert not target.exists()


@pytest.mark.parametrize("words", [
    ("--pkcs11", MODULE, "--token", "UBND xa"), ("--pkcs11", MODULE, "--token", "UBND xa", "--key", "Con dau"),
    ("--p12", "x.p12", *token()), (),
])
def test_wrong_use_is_told_apart(place, words):
    code, output = vanthu(place, "sign", place[0] / "letters" / "1.pdf", place[0] / "x.pdf", *words)
    assert code == 64, output
