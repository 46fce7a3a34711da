"""What the axis takes, and what becomes of it on the way. E4."""

import base64
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from letters import NAMESPACE, PDF, SIGNATURE, attachment, letter, packed, status

NS = {"e": NAMESPACE}


def through(axis, message, **how):
    """The message as its recipient gets it."""
    answer = axis.send(message, **how)
    assert answer["ErrorCode"] == "0", answer
    return axis.fetch(axis.waiting()[-1]["docId"])


def refused(axis, message, code="22", **how):
    answer = axis.send(message, **how)
    assert answer["ErrorCode"] == code, answer
    assert axis.inside("messages") == []
    return answer["ErrorDesc"]


@pytest.mark.parametrize("spoil", [
    lambda text: text.replace("edXML:Subject>", "Subject>"),
    lambda text: text.replace("edXML:", "").replace(" xmlns:edXML=", " xmlns:a="),
    lambda text: text.replace("edXML:", "ed:").replace("xmlns:edXML", "xmlns:ed"),
    lambda text: text.replace(NAMESPACE, "http://www.go.vn/eDoc"),
    lambda text: text.replace("<edXML:Reference>", '<edXML:Reference xlink:href="cid:1">'),
    lambda text: text.replace(">18<", ">Công văn<"),
    lambda text: text.replace("?>", '?><!DOCTYPE edXML [<!ENTITY a "b">]>', 1),
    lambda text: "1212" + text,
    lambda text: text[:-9],
    lambda text: text.replace("</edXML:Subject>", "</edXML:Content>"),
    lambda text: text.replace("AttachmentEncoded>", "Khac>"),
])
def test_the_strict_parser_refuses_in_its_own_words(quiet_axis, spoil):
    assert re.match(r"There is an error in XML document \(\d+, \d+\)", refused(quiet_axis, spoil(letter())))


@pytest.mark.parametrize("spoil", [
    lambda text: re.sub(r"<edXML:DocumentId>.*?</edXML:DocumentId>", "", text),
    lambda text: re.sub(r"<edXML:SignerInfo>.*?</edXML:SignerInfo>", "", text),
    lambda text: text.replace("2026/05/12<", "12/05/2026<"),
    lambda text: text.replace("cid:1<", "cid:2<"),
    lambda text: text.replace("<edXML:ContentId>1</edXML:ContentId>", ""),
])
def test_a_message_that_lacks_what_it_needs_is_refused(quiet_axis, spoil):
    refused(quiet_axis, spoil(letter()))


def test_attachments_must_be_base64(axis):
    refused(axis, letter().replace(base64.b64encode(PDF).decode(), "####"), code="10")


def test_statuses_have_the_codes_of_the_list(axis):
    how = {"system": "b", "secret": "khoa-b", "sender": "H36.12", "to": ["000.00.15.H51"], "kind": "status"}
    for code in ("07", "14", "99", "x"):
        refused(axis, status(code), **how)
    for code in ("01", "02", "03", "04", "05", "06", "13", "15", "16"):
        assert axis.send(status(code), **how)["ErrorCode"] == "0"


def test_elements_come_in_its_own_order_and_unknown_or_empty_ones_not_at_all(axis):
    text = through(axis, letter(to=["H36.12", "H36.13"])).decode("utf-8")
    header = ElementTree.fromstring(text).find("e:edXMLEnvelope/e:edXMLHeader/e:MessageHeader", NS)
    assert [child.tag.split("}")[1] for child in header] == [
        "From", "To", "To", "DocumentId", "Code", "PromulgationInfo", "DocumentType", "Subject", "SignerInfo",
        "OtherInfo", "ResponseFor", "ToPlaces"]
    assert [child.tag.split("}")[1] for child in header.find("e:From", NS)] == ["OrganId", "OrganName"]
    assert header.findtext("e:Subject", namespaces=NS) == "V/v số liệu <hộ tịch> & quốc tịch"
    for gone in ("StaffName", "Business>", "<edXML:OrganName></edXML:OrganName>"):
        assert gone not in text
    assert "<edXML:ResponseFor />" in text
    assert "<edXML:MessageHeader>" in text and "\n  <AttachmentEncoded>\n    <Attachment>\n" in text


def test_it_adds_its_own_mark_to_the_trace(axis):
    trace = ElementTree.fromstring(through(axis, letter())).find(".//e:TraceHeaderList", NS)
    assert [child.tag.split("}")[1] for child in trace] == ["TraceHeader", "TraceHeader", "Bussiness"]
    assert trace[0].findtext("e:Timestamp", namespaces=NS) == "2026/05/12 07:30:00"
    assert trace[1].findtext("e:OrganId", namespaces=NS) == "001.00.20.TT2"
    assert re.fullmatch(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d", trace[1].findtext("e:Timestamp", namespaces=NS))


def test_the_mark_may_be_a_time_only(axis_with):
    trace = ElementTree.fromstring(through(axis_with(traceOrgan=None), letter())).find(".//e:TraceHeaderList", NS)
    assert [child.tag.split("}")[1] for child in trace[1]] == ["Timestamp"]


def test_a_signature_loses_its_namespace(axis):
    text = through(axis, letter(signature=SIGNATURE)).decode("utf-8")
    assert "<Signature>" in text and "xmlns=\"http://www.w3.org/2000/09/xmldsig#\"" not in text
    assert ElementTree.fromstring(text).find(".//e:Signature/e:SignatureValue", NS).text == "AAAA"
    assert "Signature" not in through(axis, letter()).decode("utf-8")


@pytest.mark.parametrize("content, name, inner", [
    (PDF, "Công văn 54.pdf", PDF), (packed(PDF), "Công văn 54.pdf", PDF), (b"", "rỗng.txt", b""),
    (packed(PDF, "word/document.xml"), "văn bản.docx", packed(PDF, "word/document.xml")),
    (packed(PDF, "a.zip"), "hồ sơ.zip", PDF), (b"\0" * 300_000, "một.BIN", b"\0" * 300_000),
])
def test_every_attachment_is_packed_anew(axis, content, name, inner):
    for prefix in ("", "edXML:"):
        encoded = attachment(content, name, prefix)
        if prefix:
            encoded = encoded.replace("<edXML:AttachmentEncoded>", f'<edXML:AttachmentEncoded xmlns:edXML="{NAMESPACE}">')
        root = ElementTree.fromstring(through(axis, letter(encoded=encoded)))
        node = root.find("e:AttachmentEncoded/e:Attachment", NS)
        assert node.findtext("e:AttachmentName", namespaces=NS) == name
        assert node.findtext("e:ContentType", namespaces=NS) == "application/zip"
        archive = base64.b64decode(node.findtext("e:ContentTransferEncoded", namespaces=NS))
        assert archive[6:8] == b"\x08\x08" and archive[14:26] == bytes(12)
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            [entry] = opened.infolist()
            ending = name[name.rindex("."):].lower()
            assert re.fullmatch(r"[0-9a-f-]{36}" + re.escape(ending), entry.filename)
            assert opened.read(entry) == inner and opened.testzip() is None


def test_a_message_over_the_limit_is_refused(axis_with):
    axis = axis_with(messageLimit=10_000)
    refused(axis, letter(encoded=attachment(bytes(10_000))), code="10")
