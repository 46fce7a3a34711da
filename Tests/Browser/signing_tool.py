"""A stand-in for the signing program of the Ban Cơ yếu (VGCA Sign Service): a WebSocket on this machine that is told what
to sign, fetches the file without a browser's cookies, really signs it with pyHanko and a certificate of the tests' own
authority, and brings it back. It can also do what such a program, or somebody with it, may do wrong.

    signing_tool.py --port 8987 --p12 KEY.p12 --passphrase WORDS [--tls] [--manner MANNER]

Manners, also per path and changeable while it runs (`POST /manner`):

    honest      signs in the prepared field where there is one
    own-field   makes a signature field of its own
    unsigned    brings the file back as it was
    other-key   signs with a key it makes for itself
    stamps      prints a number onto the page, then signs
    rewrites    saves the file anew, then signs
    twice       brings the signed file back two times
    never       fetches the file and does nothing more
    refuses     answers with an error
    closes      the window is closed: the socket ends without a word
"""

import argparse
import asyncio
import io
import json
import ssl
import sys
import tempfile
from pathlib import Path

import aiohttp
from aiohttp import web
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields, signers

import key_authority

PATHS = ("SignApproved", "SignIssued", "SignAppendix", "SignIncome")


class SigningTool:
    def __init__(self, signer, manner="honest"):
        self.signer = signer
        self.manner = manner
        # What it was asked and answered, for the tests to look at.
        self.asked, self.answers = [], []

    def application(self):
        application = web.Application()
        for path in PATHS:
            application.router.add_get(f"/{path}", self.sign)
        application.router.add_post("/manner", self.change)
        application.router.add_get("/asked", self.tell)
        return application

    async def change(self, request):
        self.manner = (await request.text()).strip()
        return web.Response(text=self.manner)

    async def tell(self, request):
        return web.json_response({"asked": self.asked, "answers": self.answers})

    async def sign(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        message = await socket.receive()
        if message.type != aiohttp.WSMsgType.TEXT:
            return socket
        order = json.loads(message.data)
        self.asked.append({"path": request.path} | {key: order[key] for key in ("DocNumber", "IssuedDate")})
        answer = await self.obey(order)
        if answer is None:
            # Until the page gives up.
            await socket.receive() if self.manner == "never" else await socket.close()
            return socket
        self.answers.append(answer)
        await socket.send_str(json.dumps(answer))
        await socket.close()
        return socket

    async def obey(self, order):
        """What the program says in the end; nothing when its window was closed."""
        if self.manner == "refuses":
            return {"Status": 5, "Message": "Không tìm thấy thiết bị USB Token", "FileName": "", "FileServer": ""}
        if self.manner == "closes":
            return None
        async with aiohttp.ClientSession() as session:
            async with session.get(order["FileName"]) as answer:
                if answer.status != 200:
                    return {"Status": 404, "Message": "Không tải được tệp", "FileName": "", "FileServer": ""}
                served = await answer.read()
            if self.manner == "never":
                return None
            back = await asyncio.to_thread(self.signed, served)
            told = {}
            for _ in range(2 if self.manner == "twice" else 1):
                form = aiohttp.FormData()
                form.add_field("uploadfile", back, filename="van-ban.pdf", content_type="application/pdf")
                async with session.post(order["FileUploadHandler"], data=form) as answer:
                    told = told or json.loads(await answer.text())
        if told.get("Status") is not True:
            return {"Status": 1, "Message": told.get("Message", ""), "FileName": "", "FileServer": ""}
        return {"Status": 0, "Message": "", "FileName": told["FileName"], "FileServer": told["FileServer"]}

    def signed(self, pdf):
        match self.manner:
            case "unsigned":
                return pdf
            case "other-key":
                return sign(pdf, key_authority.Authority("Nơi cấp khác").signer("Người khác"))
            case "stamps":
                return sign(stamped(pdf), self.signer)
            case "rewrites":
                return sign(rewritten(pdf), self.signer)
            case "own-field":
                return sign(pdf, self.signer, own_field=True)
        return sign(pdf, self.signer)


def sign(pdf, signer, own_field=False):
    """One more saving with a signature, in the first empty signature field or in one of the program's own."""
    reader = PdfFileReader(io.BytesIO(pdf))
    empty = [name for name, value, _ in fields.enumerate_sig_fields(reader, filled_status=False)]
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    name = "Signature1" if own_field or not empty else empty[0]
    if own_field or not empty:
        fields.append_signature_field(writer, fields.SigFieldSpec(name, box=(330, 90, 480, 150)))
    out = io.BytesIO()
    meta = signers.PdfSignatureMetadata(field_name=name, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256")
    signers.sign_pdf(writer, meta, signer=signer, output=out)
    return out.getvalue()


def stamped(pdf):
    """The number printed onto the page, as SignIssued does it by itself."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.find_page_for_modification(0)[0].get_object()
    text = generic.StreamObject(stream_data=b"q BT /F1 13 Tf 142 720 Td (54) Tj ET Q")
    contents = page["/Contents"] if isinstance(page["/Contents"], generic.ArrayObject) else None
    former = list(contents) if contents is not None else [page.raw_get("/Contents")]
    page["/Contents"] = generic.ArrayObject([*former, writer.add_object(text)])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rewritten(pdf):
    """The same pages, saved as a new file."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


async def serve(port, signer, manner, tls):
    runner = web.AppRunner(SigningTool(signer, manner).application())
    await runner.setup()
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "tls.pem"
            file.write_bytes(key_authority.Authority("VGCA Sign Service").tls_pem())
            context.load_cert_chain(file)
    site = web.TCPSite(runner, "127.0.0.1", port, ssl_context=context)
    await site.start()
    print(f"listening on {port}", flush=True)
    await asyncio.Event().wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--p12", required=True)
    parser.add_argument("--passphrase", required=True)
    parser.add_argument("--manner", default="honest")
    parser.add_argument("--tls", action="store_true")
    options = parser.parse_args()
    signer = signers.SimpleSigner.load_pkcs12(options.p12, passphrase=options.passphrase.encode())
    if signer is None:
        sys.exit("the key file cannot be opened")
    asyncio.run(serve(options.port, signer, options.manner, options.tls))


if __name__ == "__main__":
    main()
