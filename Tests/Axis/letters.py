"""Messages made by hand, right and wrong."""

import base64
import io
import zipfile

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


def packed(content, name="0000.pdf"):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return memory.getvalue()


def attachment(content=PDF, name="Công văn 54.pdf", prefix=""):
    encoded = base64.b64encode(content).decode()
    return f"""<{prefix}AttachmentEncoded><{prefix}Attachment><{prefix}ContentId>cid:1</{prefix}ContentId>
      <{prefix}AttachmentName>{name}</{prefix}AttachmentName><{prefix}ContentType>application/pdf</{prefix}ContentType>
      <edXML:ContentTransferEncoded xmlns:edXML="{NAMESPACE}">{encoded}</edXML:ContentTransferEncoded>
      </{prefix}Attachment></{prefix}AttachmentEncoded>"""


SIGNATURE = """<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>
   <SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1"/></SignedInfo>
   <SignatureValue>AAAA</SignatureValue></Signature>"""


def letter(number="54", to=("H36.12",), encoded=None, signature="", more=""):
    """In another order than the axis writes, with a few things that it does not know."""
    recipients = "".join(
        f"<edXML:To><edXML:OrganName></edXML:OrganName><edXML:OrganId>{code}</edXML:OrganId></edXML:To>" for code in to)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="{NAMESPACE}"><edXML:edXMLEnvelope xmlns:edXML="{NAMESPACE}"><edXML:edXMLHeader>
 <edXML:MessageHeader>
  <edXML:From><edXML:OrganName>UBND thành phố Rạch Giá</edXML:OrganName><edXML:OrganId>000.00.15.H51</edXML:OrganId>
   <edXML:StaffName>Không có trong mô hình</edXML:StaffName></edXML:From>{recipients}
  <edXML:Code><edXML:CodeNotation>UBND-VP</edXML:CodeNotation><edXML:CodeNumber>{number}</edXML:CodeNumber></edXML:Code>
  <edXML:PromulgationInfo><edXML:PromulgationDate>2026/05/12</edXML:PromulgationDate>
   <edXML:Place>Rạch Giá</edXML:Place></edXML:PromulgationInfo>
  <edXML:DocumentType><edXML:Type>18</edXML:Type><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
  <edXML:Subject>V/v số liệu &lt;hộ tịch&gt; &amp; quốc tịch</edXML:Subject>
  <edXML:SignerInfo><edXML:FullName>Trần Văn Ninh</edXML:FullName></edXML:SignerInfo>
  <edXML:ToPlaces><edXML:Place>Như trên</edXML:Place></edXML:ToPlaces>
  <edXML:OtherInfo><edXML:PageAmount>2</edXML:PageAmount><edXML:Priority>0</edXML:Priority></edXML:OtherInfo>
  <edXML:ResponseFor></edXML:ResponseFor>
  <edXML:DocumentId>000.00.15.H51,2026/05/12,{number}/UBND-VP</edXML:DocumentId>{more}
 </edXML:MessageHeader>
 <edXML:TraceHeaderList><edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType></edXML:Bussiness>
  <edXML:TraceHeader><edXML:Timestamp>2026/05/12 07:30:00</edXML:Timestamp><edXML:OrganId>000.00.15.H51</edXML:OrganId>
   <edXML:Business>của riêng ai đó</edXML:Business></edXML:TraceHeader></edXML:TraceHeaderList>{signature}
</edXML:edXMLHeader><edXML:edXMLBody><edXML:edXMLManifest version="1.0"><edXML:Reference>
 <edXML:AttachmentName>Công văn 54.pdf</edXML:AttachmentName><edXML:ContentId>1</edXML:ContentId>
 <edXML:ContentType>application/pdf</edXML:ContentType></edXML:Reference></edXML:edXMLManifest></edXML:edXMLBody>
</edXML:edXMLEnvelope>{attachment() if encoded is None else encoded}</edXML>"""


def status(code="03", organ="000.00.15.H51"):
    return f"""<edXML xmlns="{NAMESPACE}"><edXML:edXMLEnvelope xmlns:edXML="{NAMESPACE}"><edXML:edXMLHeader>
 <edXML:MessageHeader><edXML:StatusCode>{code}</edXML:StatusCode><edXML:Timestamp>2026/05/12 09:00:00</edXML:Timestamp>
 <edXML:From><edXML:OrganId>H36.12</edXML:OrganId></edXML:From>
 <edXML:ResponseFor><edXML:DocumentId>x</edXML:DocumentId><edXML:OrganId>{organ}</edXML:OrganId></edXML:ResponseFor>
 </edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope></edXML>"""
