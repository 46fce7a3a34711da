"""Messages of QCVN 102 written by hand: what another installation might say, right or wrong."""

import base64
from datetime import datetime
from xml.sax.saxutils import escape

QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016"


def key_of(code, number, day=None):
    return f"{code},{day or datetime.now():%Y/%m/%d},{number}/CV-THU"


def organ(tag, code, name):
    return f"<edXML:{tag}><edXML:OrganId>{code}</edXML:OrganId><edXML:OrganName>{escape(name)}</edXML:OrganName></edXML:{tag}>"


def document(sender, to, number, files=(), key=None, business=0, subject="Văn bản thử", name="Cơ quan thử", reason=""):
    """`files`: names and bytes."""
    key = key or key_of(sender, number)
    now = datetime.now()
    references = "".join(
        f"<edXML:Reference><edXML:ContentId>cid:{n}</edXML:ContentId><edXML:ContentType>application/pdf</edXML:ContentType>"
        f"<edXML:AttachmentName>{escape(name)}</edXML:AttachmentName></edXML:Reference>"
        for n, (name, _) in enumerate(files))
    attachments = "".join(
        f"<Attachment><ContentId>cid:{n}</ContentId><AttachmentName>{escape(name)}</AttachmentName>"
        f"<ContentType>application/pdf</ContentType><edXML:ContentTransferEncoded xmlns:edXML=\"{QCVN}\">"
        f"{base64.b64encode(content).decode()}</edXML:ContentTransferEncoded></Attachment>"
        for n, (name, content) in enumerate(files))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="{QCVN}"><edXML:edXMLEnvelope xmlns:edXML="{QCVN}"><edXML:edXMLHeader><edXML:MessageHeader>
{organ("From", sender, name)}{"".join(organ("To", code, "Nơi nhận") for code in to)}
<edXML:DocumentId>{key}</edXML:DocumentId>
<edXML:Code><edXML:CodeNumber>{number}</edXML:CodeNumber><edXML:CodeNotation>CV-THU</edXML:CodeNotation></edXML:Code>
<edXML:PromulgationInfo><edXML:Place>Rạch Giá</edXML:Place><edXML:PromulgationDate>{now:%Y/%m/%d}</edXML:PromulgationDate></edXML:PromulgationInfo>
<edXML:DocumentType><edXML:Type>0</edXML:Type><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
<edXML:Subject>{escape(subject)}</edXML:Subject><edXML:Content>{escape(subject)}</edXML:Content>
<edXML:SignerInfo><edXML:FullName>Nguyễn Văn Thử</edXML:FullName></edXML:SignerInfo>
<edXML:OtherInfo><edXML:Priority>0</edXML:Priority><edXML:PageAmount>1</edXML:PageAmount></edXML:OtherInfo>
<edXML:SteeringType>0</edXML:SteeringType></edXML:MessageHeader>
<edXML:TraceHeaderList><edXML:TraceHeader><edXML:OrganId>{sender}</edXML:OrganId><edXML:Timestamp>{now:%Y/%m/%d %H:%M:%S}</edXML:Timestamp></edXML:TraceHeader>
<edXML:Bussiness><edXML:DocumentId>{key}</edXML:DocumentId><edXML:BussinessDocType>{business}</edXML:BussinessDocType>
<edXML:BussinessDocReason>{escape(reason or "Văn bản điện tử mới")}</edXML:BussinessDocReason><edXML:Paper>0</edXML:Paper></edXML:Bussiness></edXML:TraceHeaderList>
</edXML:edXMLHeader><edXML:edXMLBody><edXML:edXMLManifest version="1.0">{references}</edXML:edXMLManifest></edXML:edXMLBody>
</edXML:edXMLEnvelope><AttachmentEncoded>{attachments}</AttachmentEncoded></edXML>"""


def status(sender, about, key, code, note="", name="Cơ quan thử", document_code=""):
    """`about`: the code of the document's sender; for 13, of its receiver."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="{QCVN}"><edXML:edXMLEnvelope xmlns:edXML="{QCVN}"><edXML:edXMLHeader><edXML:MessageHeader>
{organ("From", sender, name)}<edXML:ResponseFor><edXML:OrganId>{about}</edXML:OrganId><edXML:Code>{document_code}</edXML:Code>
<edXML:PromulgationDate>{key.split(",")[1]}</edXML:PromulgationDate><edXML:DocumentId>{key}</edXML:DocumentId></edXML:ResponseFor>
<edXML:StatusCode>{code}</edXML:StatusCode><edXML:Description>{escape(note)}</edXML:Description>
<edXML:Timestamp>{datetime.now():%Y/%m/%d %H:%M:%S}</edXML:Timestamp></edXML:MessageHeader></edXML:edXMLHeader>
</edXML:edXMLEnvelope></edXML>"""
