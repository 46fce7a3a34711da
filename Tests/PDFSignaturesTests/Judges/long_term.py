#!/usr/bin/env python3
"""What pyHanko says of the levels B-T, B-LT and B-LTA (ETSI EN 319 102-1), offline: only what the file itself carries.

    long_term.py FILE ROOT.pem [--at 2027-01-01T00:00:00Z]

Prints JSON: for each signature the outcome of the process with time (without asking for revocation), of the process
with evidence (revocation required; the archival one where there are document timestamps), and of the archival one at a
later moment with every proof kept up; and what lies in the file.
"""

import argparse
import asyncio
import json
from dataclasses import replace
from datetime import datetime

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec, RevinfoOnlineFetchingRule, RevocationInfoGatheringSpec, SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION, REQUIRE_REVINFO, CertRevTrustPolicy,
)
from pyhanko_certvalidator.registry import SimpleTrustManager


def spec(roots, rule):
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=roots), revinfo_policy=CertRevTrustPolicy(rule))
    return PdfSignatureValidationSpec(SignatureValidationSpec(
        cert_validation_policy=policy,
        revinfo_gathering_policy=RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY)))


def outcome(result):
    return str(result.ades_subindic).split(".")[-1]


async def judge(signature, roots, moment):
    told = {"field": signature.field_name, "timestamped": "signature_time_stamp_token" in {
        one["type"].native for one in signature.signer_info["unsigned_attrs"] or ()}}
    signature.compute_integrity_info()
    told["modifications"] = str(getattr(signature.diff_result, "modification_level", signature.diff_result)).split(".")[-1]
    timed = await ades.ades_with_time_validation(
        signature.signed_data,
        spec(roots, NO_REVOCATION).signature_validation_spec, raw_digest=signature.compute_digest())
    told["withTime"] = outcome(timed)
    lasting = spec(roots, REQUIRE_REVINFO)
    if signature.reader.embedded_timestamp_signatures:
        told["longTerm"] = outcome(await ades.ades_lta_validation(signature, lasting))
    else:
        # The archival process asks for a timestamp over the document in any case.
        kept = ades._dss_to_local_knowledge(signature.reader)
        told["longTerm"] = outcome(await ades.ades_with_time_validation(
            signature.signed_data, replace(lasting.signature_validation_spec, local_knowledge=kept),
            raw_digest=signature.compute_digest()))
    if moment:
        told["keptUp"] = outcome(await ades.simulate_future_ades_lta_validation(signature, lasting, moment))
    return told


def store(reader):
    try:
        found = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return None
    return {
        "certificates": len(found.certs), "ocspResponses": len(found.ocsps), "revocationLists": len(found.crls),
        "entries": sorted(name.lstrip("/") for name in found.vri_entries),
    }


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("roots")
    parser.add_argument("--at", type=datetime.fromisoformat)
    given = parser.parse_args()
    roots = list(load_certs_from_pemder([given.roots]))
    with open(given.file, "rb") as file:
        reader = PdfFileReader(file)
        told = {
            "signatures": [await judge(one, roots, given.at) for one in reader.embedded_regular_signatures],
            "timestamps": [one.field_name for one in reader.embedded_timestamp_signatures],
            "store": store(reader),
            "wanted": sorted(
                DocumentSecurityStore.sig_content_identifier(one.pkcs7_content).lstrip("/")
                for one in reader.embedded_signatures),
        }
    print(json.dumps(told, indent=1))


asyncio.run(main())
