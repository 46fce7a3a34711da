"""`vanthu pdf`, a contract: exit codes, files and JSON that scripts rely on."""

import json
import shutil
from pathlib import Path

import pytest

from letters import pdf, with_saving

KEYS = {"field", "indication", "subIndication", "level", "signer", "claimedTime", "provenTime", "coversWholeFile",
        "modifications", "findings"}
PROFILE = {
    "number": {"page": 0, "rect": {"x": 142, "y": 716.5, "width": 26, "height": 17}, "fontSize": 13, "italic": False},
    "day": {"page": 0, "rect": {"x": 415, "y": 716.5, "width": 18, "height": 17}, "fontSize": 13, "italic": False},
    "month": {"page": 0, "rect": {"x": 470, "y": 716.5, "width": 18, "height": 17}, "fontSize": 13, "italic": False},
    "signer": {"page": 0, "rect": {"x": 360, "y": 140, "width": 134, "height": 67}},
    "seal": {"page": 0, "rect": {"x": 303, "y": 121, "width": 102, "height": 102}},
}


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf())
    return path


@pytest.fixture
def signed(vanthu, key, letter, tmp_path):
    path = tmp_path / "signed.pdf"
    said = vanthu("pdf", "sign", letter, path, *key("rsa2048"), "--field", "Mot")
    assert said.code == 0, said.everything
    return path


def verify(vanthu, world, *files, more=()):
    return vanthu("pdf", "verify", *files, "--trust", world["roots"], "--json", *more)


def test_a_signed_letter_passes(vanthu, world, signed):
    said = verify(vanthu, world, signed)
    assert said.code == 0, said.everything
    [report] = said.reports()
    assert report["file"] == str(signed)
    [signature] = report["signatures"]
    assert KEYS <= set(signature)
    assert signature["field"] == "Mot" and signature["indication"] == "TOTAL-PASSED"
    assert signature["subIndication"] is None and signature["level"] == "B-B"
    assert signature["signer"] == world["signers"]["rsa2048"]["commonName"]
    assert signature["modifications"] == "none" and signature["coversWholeFile"] is True
    assert isinstance(signature["findings"], list)


@pytest.mark.parametrize("name", ["rsa3072", "rsa4096", "p256", "p384"])
def test_every_kind_of_key_signs(vanthu, world, key, letter, tmp_path, name):
    target = tmp_path / "out.pdf"
    assert vanthu("pdf", "sign", letter, target, *key(name)).code == 0
    assert verify(vanthu, world, target).code == 0


def test_without_trust_nothing_is_decided(vanthu, signed):
    said = vanthu("pdf", "verify", signed, "--json")
    assert said.code == 1
    assert said.reports()[0]["signatures"][0]["indication"] == "INDETERMINATE"


def test_no_signature_is_an_empty_list_and_no_success(vanthu, world, letter):
    said = verify(vanthu, world, letter)
    assert said.code == 1 and said.reports()[0]["signatures"] == []


@pytest.mark.parametrize("content", [b"", b"no PDF at all", pdf()[:200]])
def test_what_cannot_be_read_is_told_apart(vanthu, world, tmp_path, content):
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    assert verify(vanthu, world, path).code == 2


def test_a_file_that_is_not_there(vanthu, world, tmp_path):
    assert verify(vanthu, world, tmp_path / "nowhere.pdf").code == 2


def test_of_several_files_the_worst_counts(vanthu, world, signed, letter, tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no PDF")
    assert verify(vanthu, world, signed, signed).code == 0
    said = verify(vanthu, world, signed, letter)
    assert said.code == 1 and len(said.reports()) == 2
    assert verify(vanthu, world, bad, signed, letter).code == 2


@pytest.mark.parametrize("change, code", [
    (lambda file: file.replace(b"UBND-VP", b"UBND-VX", 1), 1), (with_saving, 1), (lambda file: file + b"4 0 obj null endobj", 1),
])
def test_a_changed_letter_does_not_pass(vanthu, world, signed, change, code):
    signed.write_bytes(change(signed.read_bytes()))
    said = verify(vanthu, world, signed)
    assert said.code == code
    [signature] = said.reports()[0]["signatures"]
    assert signature["indication"] == "TOTAL-FAILED" or signature["modifications"] not in ("none", "form-filling")
    assert signature["findings"]


@pytest.mark.parametrize("name", ["stranger", "expired", "not-yet-valid"])
def test_a_certificate_that_is_not_good_does_not_pass(vanthu, world, key, letter, tmp_path, name):
    target = tmp_path / "out.pdf"
    assert vanthu("pdf", "sign", letter, target, *key(name)).code in (0, 1)
    if target.exists():
        said = verify(vanthu, world, target)
        assert said.code == 1 and said.reports()[0]["signatures"][0]["indication"] != "TOTAL-PASSED"


def test_verify_speaks_vietnamese_without_json(vanthu, world, signed):
    said = vanthu("pdf", "verify", signed, "--trust", world["roots"])
    assert said.code == 0 and world["signers"]["rsa2048"]["commonName"] in said.output
    assert not said.output.lstrip().startswith("{")


def test_a_second_signature_leaves_the_first_whole(vanthu, world, key, signed, tmp_path):
    twice = tmp_path / "twice.pdf"
    assert vanthu("pdf", "sign", signed, twice, *key("p256"), "--field", "Hai").code == 0
    said = verify(vanthu, world, twice)
    assert said.code == 0
    assert [one["modifications"] for one in said.reports()[0]["signatures"]] == ["form-filling", "none"]
    assert twice.read_bytes().startswith(signed.read_bytes())


def test_a_place_on_the_page_and_a_wrong_one(vanthu, world, key, letter, tmp_path):
    target = tmp_path / "out.pdf"
    good = vanthu("pdf", "sign", letter, target, *key("rsa2048"), "--page", 1, "--rect", "100,100,150,60")
    assert good.code == 0 and verify(vanthu, world, target).code == 0
    target.unlink()
    assert vanthu("pdf", "sign", letter, target, *key("rsa2048"), "--page", 9, "--rect", "100,100,150,60").code == 1
    assert not target.exists()
    assert vanthu("pdf", "sign", letter, target, *key("rsa2048"), "--page", 1).code == 64


def test_signing_what_cannot_be_signed(vanthu, world, key, signed, tmp_path):
    target, bad = tmp_path / "out.pdf", tmp_path / "bad.pdf"
    bad.write_bytes(b"no PDF")
    assert vanthu("pdf", "sign", bad, target, *key("rsa2048")).code == 2
    assert vanthu("pdf", "sign", signed, target, *key("rsa2048"), "--field", "Mot").code == 1
    wrong = vanthu("pdf", "sign", signed, target, *key("rsa2048"), PIN="sai")
    assert wrong.code == 1 and "PIN" in wrong.everything
    assert vanthu("pdf", "sign", signed, target, "--p12", world["signers"]["rsa2048"]["p12"]).code == 64
    assert vanthu("pdf", "sign", signed, target, *key("rsa2048"), "--level", "B-X").code == 64
    assert not target.exists()
    assert world["passphrase"] not in wrong.everything


@pytest.fixture
def prepared(vanthu, letter, tmp_path):
    profile, path = tmp_path / "profile.json", tmp_path / "prepared.pdf"
    profile.write_text(json.dumps(PROFILE))
    said = vanthu("pdf", "prepare", letter, path, "--profile", profile)
    assert said.code == 0, said.everything
    return path


def test_prepare_sign_fill_seal(vanthu, world, key, prepared, tmp_path):
    head, filled, sealed = (tmp_path / name for name in ("head.pdf", "filled.pdf", "sealed.pdf"))
    assert vanthu("pdf", "sign", prepared, head, *key("rsa2048"), "--role", "head").code == 0
    fill = vanthu("pdf", "fill", head, filled, "--number", 54, "--notation", "UBND-VP", "--date", "2026-02-18")
    assert fill.code == 0, fill.everything
    assert vanthu("pdf", "sign", filled, sealed, *key("agency"), "--role", "seal").code == 0
    said = verify(vanthu, world, sealed)
    assert said.code == 0, said.output
    assert [one["modifications"] for one in said.reports()[0]["signatures"]] == ["form-filling", "none"]
    again = vanthu("pdf", "fill", sealed, tmp_path / "x.pdf", "--number", 55, "--notation", "UBND-VP", "--date", "2026-02-18")
    assert again.code == 1 and not (tmp_path / "x.pdf").exists()


def test_prepare_says_why_places_are_not_found(vanthu, tmp_path):
    page, target = tmp_path / "page.pdf", tmp_path / "out.pdf"
    page.write_bytes(pdf([(100, 700, "Khong co cho nao")]))
    said = vanthu("pdf", "prepare", page, target)
    assert said.code == 3 and not target.exists()
    assert "Số" in said.everything or "ngày" in said.everything


def test_prepare_and_fill_refuse_what_they_cannot_use(vanthu, letter, prepared, tmp_path):
    target, bad, profile = tmp_path / "out.pdf", tmp_path / "bad.pdf", tmp_path / "profile.txt"
    bad.write_bytes(b"no PDF")
    profile.write_text("không phải JSON")
    assert vanthu("pdf", "prepare", bad, target).code == 2
    assert vanthu("pdf", "prepare", letter, target, "--profile", profile).code == 64
    number = ("--number", 54, "--notation", "UBND-VP", "--date", "2026-02-18")
    assert vanthu("pdf", "fill", bad, target, *number).code == 2
    assert vanthu("pdf", "fill", letter, target, *number).code == 1
    assert vanthu("pdf", "fill", prepared, target, "--number", 0, *number[2:]).code == 64
    assert vanthu("pdf", "fill", prepared, target, *number[:-1], "18/02/2026").code == 64
    assert not target.exists()


def test_a_batch_goes_on_after_a_failure(vanthu, world, key, letter, tmp_path):
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for index in range(3):
        shutil.copy(letter, source / f"{index}.pdf")
    assert vanthu("pdf", "sign-batch", source, target, *key("p256")).code == 0
    assert sorted(path.name for path in target.iterdir()) == ["0.pdf", "1.pdf", "2.pdf"]
    assert verify(vanthu, world, *sorted(target.iterdir())).code == 0
    shutil.rmtree(target)
    (source / "1.pdf").write_bytes(b"no PDF")
    said = vanthu("pdf", "sign-batch", source, target, *key("p256"))
    assert said.code == 1 and "1.pdf" in said.output
    assert sorted(path.name for path in target.iterdir()) == ["0.pdf", "2.pdf"]
    assert vanthu("pdf", "sign-batch", Path("/nowhere"), target, *key("p256")).code == 2


def test_the_moment_can_be_given(vanthu, world, signed):
    said = verify(vanthu, world, signed, more=("--at", "2046-01-01T00:00:00Z"))
    assert said.code == 1 and said.reports()[0]["signatures"][0]["indication"] == "INDETERMINATE"
    assert verify(vanthu, world, signed, more=("--at", "gestern")).code == 64


LEVELS = ["B-T", "B-LT", "B-LTA"]


@pytest.fixture
def lasting(world):
    """The options for a level, its evidence from the world only."""
    return lambda level: ["--level", level, "--tsa", world["timestamps"]["good"], "--service", world["url"],
                          "--roots", world["roots"]]


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_that_lasts(vanthu, world, key, lasting, letter, tmp_path, level):
    target = tmp_path / "out.pdf"
    said = vanthu("pdf", "sign", letter, target, *key("p256"), *lasting(level))
    assert said.code == 0, said.everything
    more = ["--offline"] if level != "B-T" else []
    verified = verify(vanthu, world, target, more=more)
    assert verified.code == 0, verified.output
    first = verified.reports()[0]["signatures"][0]
    assert first["level"] == level and first["provenTime"]


def test_a_level_needs_its_timestamps(vanthu, world, key, lasting, letter, tmp_path):
    target = tmp_path / "out.pdf"
    assert vanthu("pdf", "sign", letter, target, *key("p256"), "--level", "B-T").code == 64
    for mode in ("wrong-imprint", "wrong-key", "refused", "http-500", "garbage"):
        said = vanthu("pdf", "sign", letter, target, *key("p256"), "--level", "B-T", "--tsa", world["timestamps"][mode])
        assert said.code == 1 and said.everything.strip(), mode
    assert vanthu("pdf", "sign", letter, target, *key("p256"), "--level", "B-T", "--tsa", world["refused"]).code == 1
    assert vanthu("pdf", "sign", letter, target, *key("revoked"), *lasting("B-LT")).code == 1
    assert not target.exists()


def test_offline_a_named_list_that_is_not_there_leaves_it_open(vanthu, world, signed):
    said = verify(vanthu, world, signed, more=["--offline"])
    assert said.code == 1
    [signature] = said.reports()[0]["signatures"]
    assert (signature["indication"], signature["subIndication"]) == ("INDETERMINATE", "TRY_LATER")


@pytest.mark.parametrize("name", ["revoked", "revoked-ec", "crl-only-revoked", "on-hold", "ocsp-wrong-key", "crl-stale"])
def test_a_revoked_or_doubtful_certificate_does_not_pass(vanthu, world, key, letter, tmp_path, name):
    target = tmp_path / "out.pdf"
    assert vanthu("pdf", "sign", letter, target, *key(name)).code == 0
    said = verify(vanthu, world, target)
    assert said.code == 1 and said.reports()[0]["signatures"][0]["indication"] == "INDETERMINATE"


@pytest.mark.parametrize("name", ["issuers-good", "issuers-bundle", "no-addresses", "ocsp-only", "crl-only"])
def test_what_is_missing_is_fetched(vanthu, world, key, letter, tmp_path, name):
    target = tmp_path / "out.pdf"
    assert vanthu("pdf", "sign", letter, target, *key(name)).code == 0
    said = verify(vanthu, world, target)
    assert said.code == 0, said.output
