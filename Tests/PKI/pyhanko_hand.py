#!/usr/bin/env python3
"""pyHanko's hand and eye for the Swift tests: it signs many files, or judges many, in one process, for it takes long
to start.

    Tests/PKI/pyhanko_hand.py sign WORLD.json IN.pdf FOLDER KEY:LEVEL …   writes FOLDER/KEY-LEVEL.pdf
    Tests/PKI/pyhanko_hand.py judge ROOTS FILE …                          prints a line of JSON for each file
    Tests/PKI/pyhanko_hand.py corpus FOLDER                               prints "file, tab, verdict" for each PDF

LEVEL is B-B, B-T, B-LT or B-LTA. ROOTS is a folder of certificates. Verdicts are of the state of things in the file and,
where a file has no validation material of its own, of what its addresses answer.
"""

import asyncio
import json
import sys
import traceback
from pathlib import Path

import aiohttp
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps.aiohttp_client import AIOHttpTimeStamper
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend


def roots_in(folder):
    return [load_cert_from_pemder(str(path)) for path in sorted(Path(folder).glob("*.pem"))]


async def sign(world_file, source, folder, wishes):
    world = json.loads(Path(world_file).read_text("utf-8"))
    async with aiohttp.ClientSession() as session:
        for wish in wishes:
            name, level = wish.split(":")
            signer = signers.SimpleSigner.load_pkcs12(
                world["signers"][name]["p12"], passphrase=world["passphrase"].encode(), prefer_pss=name == "pss")
            context = ValidationContext(
                trust_roots=roots_in(world["roots"]), allow_fetching=True, other_certs=list(signer.cert_registry),
                fetcher_backend=AIOHttpFetcherBackend(session))
            meta = signers.PdfSignatureMetadata(
                field_name="pyHanko", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
                validation_context=context if level in ("B-LT", "B-LTA") else None,
                embed_validation_info=level in ("B-LT", "B-LTA"), use_pades_lta=level == "B-LTA")
            stamper = None if level == "B-B" else AIOHttpTimeStamper(world["timestamps"]["good"], session=session)
            with open(source, "rb") as stream:
                done = await signers.PdfSigner(meta, signer=signer, timestamper=stamper).async_sign_pdf(
                    IncrementalPdfFileWriter(stream, strict=False))
            (Path(folder) / f"{name}-{level}.pdf").write_bytes(done.getvalue())


def context_for(reader, roots, session):
    try:
        return DocumentSecurityStore.read_dss(reader).as_validation_context({
            "trust_roots": roots, "allow_fetching": False, "revocation_mode": "hard-fail"})
    except NoDSSFoundError:
        return ValidationContext(
            trust_roots=roots, allow_fetching=True, fetcher_backend=AIOHttpFetcherBackend(session))


async def verdicts(path, roots, session):
    """One verdict for every signature and document timestamp, in the order of signing."""
    found = []
    with open(path, "rb") as stream:
        reader = PdfFileReader(stream, strict=False)
        for one in reader.embedded_signatures:
            context = context_for(reader, roots, session)
            is_stamp = one.sig_object.get("/Type") == "/DocTimeStamp"
            judge = async_validate_pdf_timestamp if is_stamp else async_validate_pdf_signature
            status = await judge(one, context)
            stamp = None if is_stamp else status.timestamp_validity
            found.append({
                "field": one.field_name, "isTimestamp": is_stamp, "isSound": status.intact and status.valid and status.trusted if is_stamp else status.bottom_line,
                "isIntact": status.intact and status.valid, "isTrusted": status.trusted,
                "change": None if is_stamp else getattr(status.modification_level, "name", None),
                "hasTimestamp": stamp is not None, "isTimestampSound": bool(stamp and stamp.valid and stamp.trusted),
                "summary": status.summary(),
            })
    return found


async def judge(roots_folder, files):
    roots = roots_in(roots_folder)
    async with aiohttp.ClientSession() as session:
        for path in files:
            line = {"file": Path(path).name, "signatures": [], "problem": None}
            try:
                line["signatures"] = await verdicts(path, roots, session)
            except Exception as problem:  # whatever pyHanko has to say is its verdict
                line["problem"] = "".join(traceback.format_exception_only(problem)).strip()
            print(json.dumps(line, ensure_ascii=False), flush=True)


# What may have come after a signature, in the words that the table of the corpus uses for both sides.
CHANGES = {"NONE": "whole", "LTA_UPDATES": "filled", "FORM_FILLING": "filled", "ANNOTATIONS": "annotated"}


async def described(one):
    """What pyHanko makes of one signature, whoever signed it."""
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    try:
        is_stamp = one.sig_object.get("/Type") == "/DocTimeStamp"
        status = await (async_validate_pdf_timestamp if is_stamp else async_validate_pdf_signature)(one, nobody)
        if not (status.intact and status.valid):
            return "broken"
        change = status.modification_level
        change = one.modification_level if is_stamp and change is None else change
        if not is_stamp and status.docmdp_ok is False:
            return "changed"
        return CHANGES.get(getattr(change, "name", ""), "changed")
    except Exception as problem:
        return f"refused({type(problem).__name__})"


async def corpus(folder):
    for path in sorted(Path(folder).rglob("*.pdf")):
        try:
            with open(path, "rb") as stream:
                reader = PdfFileReader(stream, strict=False)
                words = [f"{one.field_name}={await described(one)}" for one in reader.embedded_signatures]
                words = words or (["encrypted"] if reader.encrypted else ["unsigned"])
        except Exception as problem:
            words = [f"refused({type(problem).__name__})"]
        print(path.relative_to(folder), " ".join(words), sep="\t", flush=True)


def main():
    command, *rest = sys.argv[1:]
    if command == "corpus":
        asyncio.run(corpus(rest[0]))
        return
    if command == "sign":
        asyncio.run(sign(rest[0], rest[1], rest[2], rest[3:]))
    else:
        asyncio.run(judge(rest[0], rest[1:]))


if __name__ == "__main__":
    main()
