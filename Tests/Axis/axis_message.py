"""A message as the axis takes it and gives it on.

The reader is as strict as the parser at the national office: the literal prefix `edXML:` on everything inside the
envelope, declared namespaces, numbers where numbers belong. The writer knows the elements of the axis' own model in
the axis' own order and nothing else: what it does not know is dropped, empty names disappear, the signature loses its
namespace, every attachment goes into an archive of its own.
"""

import base64
import binascii
import os
import re
import struct
import uuid
import zipfile
import zlib
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from axis_checks import Refusal

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PIECE = 96 << 10

ORGANIZATION = [(name, None) for name in (
    "OrganId", "OrganizationInCharge", "OrganName", "OrganAdd", "Email", "Telephone", "Fax", "Website")]
STAFF = [(name, None) for name in ("Department", "DepartmentId", "Staff", "StaffId", "Email", "Mobile")]
RESPONSE = [(name, None) for name in ("OrganId", "Code", "DocumentId", "PromulgationDate")]
HEADER = [
    ("From", ORGANIZATION), ("To", ORGANIZATION), ("DocumentId", None),
    ("Code", [("CodeNumber", None), ("CodeNotation", None)]),
    ("PromulgationInfo", [("Place", None), ("PromulgationDate", None)]),
    ("DocumentType", [("Type", None), ("TypeDetail", None), ("TypeName", None)]),
    ("Subject", None), ("Content", None),
    ("SignerInfo", [("Competence", None), ("Position", None), ("FullName", None)]), ("DueDate", None),
    ("OtherInfo", [
        ("Priority", None), ("SphereOfPromulgation", None), ("TyperNotation", None), ("PromulgationAmount", None),
        ("PageAmount", None), ("Direction", None), ("Appendixes", [("Appendix", None)]),
        ("ReplyFors", [("ReplyFor", None)]), ("ReferenceCodes", [("ReferenceCode", None)])]),
    ("ResponseFor", RESPONSE), ("SteeringType", None), ("ResponseForTask", [("TaskCode", None)]), ("ToPlaces", [("Place", None)])]
STATUS = [
    ("From", ORGANIZATION), ("ResponseFor", RESPONSE), ("StaffInfo", STAFF), ("StatusCode", None),
    ("Description", None), ("Timestamp", None)]
TRACE = [
    ("TraceHeader", [("OrganId", None), ("Timestamp", None)]),
    ("Bussiness", [
        ("DocumentId", None), ("BussinessDocType", None), ("BussinessDocReason", None), ("Paper", None),
        ("BussinessDocumentInfo", [
            ("DocumentInfo", None), ("DocumentReceiver", None),
            ("ReceiverList", [("Receiver", [("OrganId", None), ("ReceiverType", None)])])]),
        ("ReplacementInfoList", [
            ("ReplacementInfo", [("DocumentId", None), ("OrganIdList", [("OrganId", None)])])]),
        ("StaffInfo", STAFF)])]
REFERENCE = [(name, None) for name in ("ContentId", "ContentType", "Description", "AttachmentName")]
NUMBERS = {"Type", "TypeDetail", "Priority", "PromulgationAmount", "PageAmount", "SteeringType", "BussinessDocType"}


class Node:
    def __init__(self, name, attributes=()):
        self.name, self.attributes, self.children, self.text, self.file = name, attributes, [], "", None

    @property
    def local(self):
        return self.name.rpartition(":")[2]

    def all(self, name):
        return [child for child in self.children if child.local == name]

    def first(self, *path):
        node = self
        for name in path:
            node = next((child for child in node.children if child.local == name), None)
            if node is None:
                return None
        return node

    def value(self, *path):
        node = self.first(*path)
        return "" if node is None else node.text.strip()


def malformed(parser):
    """In the words of the .NET parser."""
    return Refusal("22", f"There is an error in XML document ({parser.CurrentLineNumber}, {parser.CurrentColumnNumber}).")


class StrictReader:
    """One message from a file; attachments go, decoded, into files of `folder`."""

    def __init__(self, folder):
        self.folder, self.stack, self.scopes, self.root = folder, [], [{}], None
        self.sink = self.rest = None
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype

    def read(self, path):
        try:
            with open(path, "rb") as file:
                self.parser.ParseFile(file)
        except expat.ExpatError as error:
            raise Refusal("22", f"There is an error in XML document ({error.lineno}, {error.offset}).")
        finally:
            if self.sink:
                self.sink.close()
        return Message(self.root)

    def doctype(self, *_):
        raise malformed(self.parser)

    def start(self, name, attributes):
        scope = dict(self.scopes[-1])
        for key, value in attributes.items():
            if key == "xmlns" or key.startswith("xmlns:"):
                scope[key.partition(":")[2]] = value
        self.scopes.append(scope)
        for used in [name, *(key for key in attributes if not key.startswith("xmlns") and ":" in key)]:
            prefix = used.rpartition(":")[0]
            if prefix and prefix != "xml" and prefix not in scope:
                raise malformed(self.parser)
        if len(self.stack) > 30:
            raise malformed(self.parser)
        self.check_place(name, scope)
        node = Node(name, [(k, v) for k, v in attributes.items() if not k.startswith("xmlns") and ":" not in k])
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node
        self.stack.append(node)
        if node.local == "ContentTransferEncoded":
            node.file = os.path.join(self.folder, uuid.uuid4().hex)
            self.sink, self.rest = open(node.file, "wb"), ""

    def check_place(self, name, scope):
        names = [node.name for node in self.stack]
        if not names:
            good = name == "edXML" and scope.get("") == NAMESPACE
        elif "edXML:edXMLEnvelope" in names:
            good = "Signature" in names or name == "Signature" or (
                name.startswith("edXML:") and scope.get("edXML") == NAMESPACE)
        elif len(names) == 1:
            good = name in ("edXML:edXMLEnvelope", "AttachmentEncoded", "edXML:AttachmentEncoded")
        else:
            good = True
        if not good:
            raise malformed(self.parser)

    def characters(self, text):
        if self.sink is None:
            node = self.stack[-1]
            if len(node.text) < 1 << 20:
                node.text += text
            return
        self.rest += "".join(text.split())
        whole = len(self.rest) // 4 * 4
        if whole >= 4096:
            self.decode(self.rest[:whole])
            self.rest = self.rest[whole:]

    def decode(self, text):
        try:
            self.sink.write(base64.b64decode(text, validate=True))
        except (binascii.Error, ValueError):
            raise Refusal("10", "Tệp đính kèm không phải base64")

    def end(self, _):
        node = self.stack.pop()
        self.scopes.pop()
        if node.file:
            self.decode(self.rest)
            self.sink.close()
            self.sink = None
        elif node.local in NUMBERS and "Signature" not in {n.local for n in self.stack}:
            text = node.text.strip()
            if text and not re.fullmatch(r"-?\d{1,9}", text):
                raise malformed(self.parser)


class Message:
    """What was read."""

    def __init__(self, root):
        self.header = root.first("edXMLEnvelope", "edXMLHeader", "MessageHeader")
        if self.header is None:
            raise Refusal("22", "Thiếu MessageHeader")
        self.kind = "status" if self.header.value("StatusCode") else "edoc"
        self.sender = self.header.value("From", "OrganId")
        self.trace = root.first("edXMLEnvelope", "edXMLHeader", "TraceHeaderList")
        self.signature = root.first("edXMLEnvelope", "edXMLHeader", "Signature")
        manifest = root.first("edXMLEnvelope", "edXMLBody", "edXMLManifest")
        self.references = [] if manifest is None else manifest.all("Reference")
        encoded = root.first("AttachmentEncoded")
        self.attachments = [] if encoded is None else encoded.all("Attachment")
        self.check()

    @property
    def recipients(self):
        if self.kind == "status":
            return [self.header.value("ResponseFor", "OrganId")]
        return [node.value("OrganId") for node in self.header.all("To")]

    def check(self):
        needed = [("From", "OrganId")]
        if self.kind == "status":
            needed += [("ResponseFor", "OrganId"), ("StatusCode",), ("Timestamp",)]
            if not re.fullmatch(r"0[1-6]|1[356]", self.header.value("StatusCode")):
                raise Refusal("22", "StatusCode không thuộc danh mục")
            date = self.header.value("Timestamp").partition(" ")[0]
        else:
            needed += [
                ("To", "OrganId"), ("DocumentId",), ("Code", "CodeNumber"), ("Code", "CodeNotation"),
                ("PromulgationInfo", "Place"), ("PromulgationInfo", "PromulgationDate"), ("DocumentType", "TypeName"),
                ("Subject",), ("SignerInfo", "FullName")]
            date = self.header.value("PromulgationInfo", "PromulgationDate")
        for path in needed:
            if not self.header.value(*path):
                raise Refusal("22", "Thiếu " + "/".join(path))
        if not all(self.recipients):
            raise Refusal("22", "Thiếu To/OrganId")
        if not re.fullmatch(r"\d{4}/\d\d/\d\d", date):
            raise Refusal("22", "Ngày không đúng dạng yyyy/MM/dd")
        listed = sorted(key(node) for node in self.references)
        if listed != sorted(key(node) for node in self.attachments):
            raise Refusal("22", "Manifest và tệp đính kèm không khớp")
        if any(node.first("ContentTransferEncoded") is None for node in self.attachments):
            raise Refusal("22", "Thiếu ContentTransferEncoded")

    # Writing

    def write(self, path, organ, timestamp):
        """In the shape and order of the axis; `organ` may be None: then only the time of the hop is written."""
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{NAMESPACE}">\n')
            file.write(f'  <edXML:edXMLEnvelope xmlns:edXML="{NAMESPACE}">\n    <edXML:edXMLHeader>\n')
            emit(file, "MessageHeader", STATUS if self.kind == "status" else HEADER, self.header, 3)
            if self.kind == "edoc":
                self.write_trace(file, organ, timestamp)
            if self.signature is not None:
                copy_bare(file, self.signature, 3)
            file.write("    </edXML:edXMLHeader>\n")
            if self.kind == "edoc":
                self.write_body(file)
            file.write("  </edXML:edXMLEnvelope>\n")
            if self.attachments:
                file.write("  <AttachmentEncoded>\n")
                for node in self.attachments:
                    write_attachment(file, node)
                file.write("  </AttachmentEncoded>\n")
            file.write("</edXML>\n")
            file.flush()
            os.fsync(file.fileno())

    def write_trace(self, file, organ, timestamp):
        trace = self.trace or Node("TraceHeaderList")
        own = Node("TraceHeader")
        for name, text in (("OrganId", organ), ("Timestamp", timestamp)):
            if text:
                part = Node(name)
                part.text = text
                own.children.append(part)
        trace.children.append(own)
        emit(file, "TraceHeaderList", TRACE, trace, 3)
        trace.children.remove(own)

    def write_body(self, file):
        file.write('    <edXML:edXMLBody>\n      <edXML:edXMLManifest version="1.0">\n')
        for node in self.references:
            emit(file, "Reference", REFERENCE, node, 4)
        file.write("      </edXML:edXMLManifest>\n    </edXML:edXMLBody>\n")


def key(node):
    return re.sub(r"^cid:", "", node.value("ContentId"), flags=re.I)


def emit(file, name, shape, node, depth):
    space = "  " * depth
    if shape is None:
        if node.text.strip():
            file.write(f"{space}<edXML:{name}>{escape(node.text.strip())}</edXML:{name}>\n")
        return
    if not any(child.text.strip() or child.children for child in node.children):
        if name == "ResponseFor":
            file.write(f"{space}<edXML:ResponseFor />\n")
        return
    file.write(f"{space}<edXML:{name}>\n")
    for part, inner in shape:
        for child in node.all(part):
            emit(file, part, inner, child, depth + 1)
    file.write(f"{space}</edXML:{name}>\n")


def copy_bare(file, node, depth):
    """The signature, without prefix and without its namespace: void from here on."""
    space = "  " * depth
    opening = node.local + "".join(f" {name}={quoteattr(value)}" for name, value in node.attributes)
    if node.children:
        file.write(f"{space}<{opening}>\n")
        for child in node.children:
            copy_bare(file, child, depth + 1)
        file.write(f"{space}</{node.local}>\n")
    else:
        file.write(f"{space}<{opening}>{escape(node.text.strip())}</{node.local}>\n")


def write_attachment(file, node):
    file.write("    <Attachment>\n")
    for name, text in (("ContentId", node.value("ContentId")), ("AttachmentName", node.value("AttachmentName")),
                       ("Description", node.value("Description")), ("ContentType", "application/zip")):
        if text:
            file.write(f"      <{name}>{escape(text)}</{name}>\n")
    file.write(f'      <edXML:ContentTransferEncoded xmlns:edXML="{NAMESPACE}">')
    held = b""
    for piece in archive(node.first("ContentTransferEncoded").file, node.value("AttachmentName")):
        held += piece
        whole = len(held) // 3 * 3
        file.write(base64.b64encode(held[:whole]).decode())
        held = held[whole:]
    file.write(base64.b64encode(held).decode())
    file.write("</edXML:ContentTransferEncoded>\n    </Attachment>\n")


def content(path, ending):
    """The bytes of an attachment; those of an archive around a single file of its own kind are taken out first."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
            if len(entries) == 1 and os.path.splitext(entries[0].filename)[1].lower() == ending:
                with packed.open(entries[0]) as inner:
                    yield from iter(lambda: inner.read(PIECE), b"")
                return
    with open(path, "rb") as file:
        yield from iter(lambda: file.read(PIECE), b"")


def archive(path, name):
    """An archive with one entry `<uuid>.<ext>`, its sizes behind it (flags 0x0808)."""
    ending = os.path.splitext(name)[1].lower()
    entry = (str(uuid.uuid4()) + ending).encode("utf-8")
    fixed = struct.pack("<HHHHH", 20, 0x0808, 8, 0, 0x0021)
    yield b"PK\x03\x04" + fixed + bytes(12) + struct.pack("<HH", len(entry), 0) + entry
    packer, checksum, size, packed = zlib.compressobj(6, zlib.DEFLATED, -15), 0, 0, 0
    for piece in content(path, ending):
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        out = packer.compress(piece)
        packed += len(out)
        yield out
    out = packer.flush()
    packed += len(out)
    sums = struct.pack("<III", checksum, packed, size)
    directory = b"PK\x01\x02\x14\x00" + fixed + sums + struct.pack("<H", len(entry)) + bytes(16) + entry
    place = 30 + len(entry) + packed + 16
    yield (out + b"PK\x07\x08" + sums + directory + b"PK\x05\x06" + bytes(4)
           + struct.pack("<HHIIH", 1, 1, len(directory), place, 0))
