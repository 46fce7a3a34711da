"""What others say of an issued PDF: pyHanko judges both signatures, poppler's pdfsig agrees, qpdf finds no fault."""

import subprocess
from concurrent.futures import ThreadPoolExecutor

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def pyhanko(pdf, root):
    """One verdict for every signature in the file, in the order of signing. On a thread of its own: pyHanko runs an event
    loop, and the thread that drives the browser has one already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(judged_by_pyhanko, pdf, root).result()


def judged_by_pyhanko(pdf, root):
    with pdf.open("rb") as stream:
        reader = PdfFileReader(stream)
        trust = ValidationContext(trust_roots=[load_cert_from_pemder(str(root))], allow_fetching=False)
        return [validate_pdf_signature(one, trust) for one in reader.embedded_signatures]


def is_sound(verdict):
    """Whole, trusted, and after it nothing but the filling of prepared fields."""
    return (verdict.bottom_line and verdict.intact and verdict.trusted
            and verdict.modification_level <= ModificationLevel.FORM_FILLING)


def pdfsig(pdf, root, folder):
    """What poppler prints, with the root in a certificate store of its own."""
    store = folder / "nss"
    store.mkdir()
    for command in (["-N", "--empty-password"], ["-A", "-n", "demo", "-t", "CT,C,C", "-i", str(root)]):
        subprocess.run(["certutil", "-d", f"sql:{store}", *command], check=True, capture_output=True)
    done = subprocess.run(
        ["pdfsig", "-nssdir", f"sql:{store}", str(pdf)], check=True, capture_output=True, text=True)
    return done.stdout


def qpdf(pdf):
    done = subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr
