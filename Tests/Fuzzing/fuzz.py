"""libFuzzer at the doors of the signature engine, and at the one of messages by mail.

    bin/soak fuzz [--minutes M] [--only TARGET …]

Builds the engine with libFuzzer and AddressSanitizer in .build/fuzzing, then pushes mutated bytes at each door of
Tests/PDFSignaturesTests/Fuzzing/FuzzTarget.swift and at Tests/MailMessagesTests/Fuzzing/MailFuzz.swift in turn, beginning with the committed corpus and, where the folder
is there, ../shared/corpora. What is found is kept: new inputs in .build/fuzzing/corpus/TARGET, inputs that trap, hang,
eat memory or fool the verdict in .build/fuzzing/findings. Prints figures; exits with 1 when there was a finding.
Runs on one core. Not part of CI, which replays the committed corpus.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOORS = ROOT / "Tests/PDFSignaturesTests/Fuzzing"
COMMITTED = DOORS / "Corpus"
MAIL = ROOT / "Tests/MailMessagesTests/Fuzzing"
HOME = ROOT / ".build/fuzzing"
TARGETS = ("reader", "saving", "tail", "cms", "revocation", "timestamp", "certificate", "mail")
# No input may take longer, or more memory.
SECONDS_PER_INPUT = 10
MEGABYTES = 2_048
LONGEST_INPUT = {"reader": 65_536, "saving": 4_096, "tail": 8_192}

PACKAGE = """// swift-tools-version: 6.2
import PackageDescription
let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")]
let package = Package(
    name: "fuzzing",
    products: [.library(name: "Doors", type: .static, targets: ["Doors"])],
    dependencies: [.package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.0")],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .target(name: "COpenSSL"),
        .systemLibrary(name: "CPKCS11", pkgConfig: "p11-kit-1"),
        .target(
            name: "PDFSignatures",
            dependencies: ["COpenSSL", "CPKCS11", "CZlib", .product(name: "SwiftASN1", package: "swift-asn1")],
            swiftSettings: strict),
        .target(name: "MailMessages", swiftSettings: strict),
        .target(name: "Doors", dependencies: ["PDFSignatures", "MailMessages"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6])
"""


def lay_out(package):
    """A small package around the engine: its sources by link, the doors, and the fuzzer's way in."""
    links = {name: ROOT / "Sources" / name for name in ("CZlib", "COpenSSL", "CPKCS11", "PDFSignatures", "MailMessages")}
    shutil.rmtree(package / "Sources", ignore_errors=True)
    (package / "Sources/Doors").mkdir(parents=True)
    for name, target in links.items():
        (package / "Sources" / name).symlink_to(target)
    for source in (DOORS / "FuzzTarget.swift", MAIL / "MailFuzz.swift", ROOT / "Tests/Fuzzing/Entry.swift"):
        (package / "Sources/Doors" / source.name).symlink_to(source)
    (package / "Package.swift").write_text(PACKAGE)


def build():
    """The program, linked by hand: a package's own program brings a `main`, and so does libFuzzer."""
    package, program = HOME / "package", HOME / "doors"
    lay_out(package)
    swift = os.environ.get("VANTHU_SWIFT", "swift").split()
    subprocess.run(
        [*swift, "build", "--package-path", package, "-c", "release", "--product", "Doors",
         *(word for flag in ("-sanitize=fuzzer,address", "-enable-testing") for word in ("-Xswiftc", flag)),
         "-Xcc", "-fsanitize=address,fuzzer-no-link"], check=True)
    library = next((package / ".build").glob("*/release/libDoors.a"))
    subprocess.run(
        ["swiftc", "-sanitize=fuzzer,address", "-use-ld=lld", "-o", program,
         "-Xlinker", "--whole-archive", library, "-Xlinker", "--no-whole-archive", "-lcrypto", "-lz", "-ldl"], check=True)
    return program


def seeds(target):
    """Folders with inputs to begin with."""
    own = MAIL / "Corpus" if target == "mail" else COMMITTED / target
    found = [own] if own.is_dir() else []
    shared = ROOT.parent / "shared/corpora"
    if target == "reader" and shared.is_dir():
        small = HOME / "shared"
        small.mkdir(exist_ok=True)
        for pdf in shared.rglob("*.pdf"):
            if pdf.stat().st_size <= LONGEST_INPUT["reader"]:
                shutil.copyfile(pdf, small / pdf.name)
        found.append(small)
    return found


def run(program, target, seconds):
    """The number of executions, and what was found."""
    corpus, findings = HOME / "corpus" / target, HOME / "findings"
    corpus.mkdir(parents=True, exist_ok=True)
    findings.mkdir(parents=True, exist_ok=True)
    before = set(findings.iterdir())
    words = MAIL / "mail.dict" if target == "mail" else DOORS / ("pdf.dict" if target in LONGEST_INPUT else "der.dict")
    command = [
        program, corpus, *seeds(target), f"-dict={words}", f"-max_total_time={int(seconds)}",
        f"-timeout={SECONDS_PER_INPUT}", f"-rss_limit_mb={MEGABYTES}", f"-max_len={LONGEST_INPUT.get(target, 16_384)}",
        f"-artifact_prefix={findings}/{target}-", "-print_final_stats=1", "-reload=0",
    ]
    environment = {
        **os.environ, "VANTHU_FUZZ": target, "VANTHU_FUZZ_LETTER": str(COMMITTED / "letter"),
        # The runtime's own account of a trap waits for a debugger that is not there.
        "SWIFT_BACKTRACE": "enable=no", "ASAN_OPTIONS": "detect_leaks=0:detect_odr_violation=0:handle_abort=0",
    }
    with (HOME / f"{target}.log").open("w") as log:
        subprocess.run(command, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False)
    text = (HOME / f"{target}.log").read_text(errors="replace")
    # A run that ends at a finding has no closing figures, only its last line of progress.
    done = re.findall(r"stat::number_of_executed_units:\s+(\d+)", text) or re.findall(r"^#(\d+)\s", text, re.MULTILINE)
    covered = re.findall(r"cov: (\d+)", text)
    return int(done[-1]) if done else 0, int(covered[-1]) if covered else 0, sorted(set(findings.iterdir()) - before)


def main():
    parser = argparse.ArgumentParser(
        prog="bin/soak fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30, help="in all")
    parser.add_argument("--only", nargs="+", choices=TARGETS, default=TARGETS)
    wish = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    program = build()
    wrong = []
    for target in wish.only:
        seconds = wish.minutes * 60 / len(wish.only)
        executions, covered, found = run(program, target, seconds)
        print(f"{target:12} {executions:10} executions {covered:6} edges {len(found):3} findings "
              f"{seconds:6.0f} s", flush=True)
        wrong += found
    for path in wrong:
        print(f"FINDING {path}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
