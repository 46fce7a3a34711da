import Foundation

@testable import EdXML

/// Messages of our own invention in the two shapes that circulate (docs of the national axis; QCVN 102:2016), so that
/// these tests stand without the samples of the wild: prefix, order, wrappers and gaps are those of the senders' software.
enum OwnMessages {
    static let pdf = Array("%PDF-1.7 Công văn của phép thử".utf8)

    /// As the software of the axis writes: prefixed, our order, each file in an archive that calls itself text, and a
    /// constant where a signature would be.
    static func sdk(business: String = new) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <edXML xmlns="\(EdXMLMessage.namespace)">
          <edXML:edXMLEnvelope xmlns:edXML="\(EdXMLMessage.namespace)">
            <edXML:edXMLHeader>
              <edXML:MessageHeader>
                <edXML:From>
                  <edXML:OrganId>000.00.15.H51</edXML:OrganId>
                  <edXML:OrganizationInCharge>UBND tỉnh Kiên Giang</edXML:OrganizationInCharge>
                  <edXML:OrganName>UBND thành phố Rạch Giá</edXML:OrganName>
                  <edXML:OrganAdd>1 Nguyễn Công Trứ, Rạch Giá</edXML:OrganAdd>
                  <edXML:Email>vanthu@example.gov.vn</edXML:Email>
                  <edXML:Telephone>0297000000</edXML:Telephone>
                  <edXML:Fax>0297000001</edXML:Fax>
                  <edXML:Website>rachgia.example.gov.vn</edXML:Website>
                </edXML:From>
                <edXML:To>
                  <edXML:OrganId>H36.12</edXML:OrganId>
                  <edXML:OrganName>Sở Tư pháp &amp; cộng sự</edXML:OrganName>
                </edXML:To>
                <edXML:To>
                  <edXML:OrganId>H36.13</edXML:OrganId>
                  <edXML:OrganName>Sở Nội vụ</edXML:OrganName>
                </edXML:To>
                <edXML:DocumentId>000.00.15.H51,2026/05/12,54/UBND-VP</edXML:DocumentId>
                <edXML:Code>
                  <edXML:CodeNumber>54</edXML:CodeNumber>
                  <edXML:CodeNotation>UBND-VP</edXML:CodeNotation>
                </edXML:Code>
                <edXML:PromulgationInfo>
                  <edXML:Place>Rạch Giá</edXML:Place>
                  <edXML:PromulgationDate>2026/05/12</edXML:PromulgationDate>
                </edXML:PromulgationInfo>
                <edXML:DocumentType>
                  <edXML:Type>1</edXML:Type>
                  <edXML:TypeDetail>0</edXML:TypeDetail>
                  <edXML:TypeName>Công văn</edXML:TypeName>
                </edXML:DocumentType>
                <edXML:Subject>V/v cung cấp số liệu hộ tịch</edXML:Subject>
                <edXML:Content>V/v cung cấp số liệu hộ tịch</edXML:Content>
                <edXML:SignerInfo>
                  <edXML:Competence>KT. CHỦ TỊCH</edXML:Competence>
                  <edXML:Position>PHÓ CHỦ TỊCH</edXML:Position>
                  <edXML:FullName>Trần Văn Ninh</edXML:FullName>
                </edXML:SignerInfo>
                <edXML:DueDate>2026/05/20</edXML:DueDate>
                <edXML:OtherInfo>
                  <edXML:Priority>1</edXML:Priority>
                  <edXML:SphereOfPromulgation>Lưu hành nội bộ</edXML:SphereOfPromulgation>
                  <edXML:TyperNotation>TVC</edXML:TyperNotation>
                  <edXML:PromulgationAmount>2</edXML:PromulgationAmount>
                  <edXML:PageAmount>3</edXML:PageAmount>
                  <edXML:Direction>false</edXML:Direction>
                  <edXML:Appendixes>
                    <edXML:Appendix>Phụ lục I</edXML:Appendix>
                    <edXML:Appendix>Phụ lục II</edXML:Appendix>
                  </edXML:Appendixes>
                </edXML:OtherInfo>
                <edXML:ResponseFor>
                  <edXML:OrganId>H36.12</edXML:OrganId>
                  <edXML:Code>7/STP-VP</edXML:Code>
                  <edXML:DocumentId>H36.12,2026/05/02,7/STP-VP</edXML:DocumentId>
                  <edXML:PromulgationDate>2026/05/02</edXML:PromulgationDate>
                </edXML:ResponseFor>
                <edXML:SteeringType>1</edXML:SteeringType>
                <edXML:ToPlaces>
                  <edXML:Place>Như trên</edXML:Place>
                  <edXML:Place>Lưu: VT</edXML:Place>
                </edXML:ToPlaces>
              </edXML:MessageHeader>
              <edXML:TraceHeaderList>
                <edXML:TraceHeader>
                  <edXML:OrganId>000.00.15.H51</edXML:OrganId>
                  <edXML:Timestamp>2026/05/12 07:30:00</edXML:Timestamp>
                </edXML:TraceHeader>
                <edXML:TraceHeader>
                  <edXML:Timestamp>2026/05/12 07:31:00</edXML:Timestamp>
                </edXML:TraceHeader>
        \(business)
              </edXML:TraceHeaderList>
              <Signature><SignedInfo><DigestMethod Algorithm="sha1" /></SignedInfo><SignatureValue>0</SignatureValue></Signature>
            </edXML:edXMLHeader>
            <edXML:edXMLBody>
              <edXML:edXMLManifest version="1.0">
                <edXML:Reference>
                  <edXML:ContentId>cid:209</edXML:ContentId>
                  <edXML:ContentType>application/zip</edXML:ContentType>
                  <edXML:Description>Công văn 54.pdf</edXML:Description>
                  <edXML:AttachmentName>Công văn 54.pdf</edXML:AttachmentName>
                </edXML:Reference>
              </edXML:edXMLManifest>
            </edXML:edXMLBody>
          </edXML:edXMLEnvelope>
          <AttachmentEncoded>
            <Attachment>
              <ContentId>209</ContentId>
              <AttachmentName>Công văn 54.pdf</AttachmentName>
              <Description>Công văn 54.pdf</Description>
              <ContentType>text/plain</ContentType>
              <edXML:ContentTransferEncoded xmlns:edXML="\(EdXMLMessage.namespace)">\(zipped)</edXML:ContentTransferEncoded>
            </Attachment>
          </AttachmentEncoded>
        </edXML>
        """
    }

    private static let zipped: String = {
        let archive = SingleEntryArchive(name: "7b0d7a52-0000-4000-8000-000000000001.txt")
        return Data(archive.start() + archive.add(pdf) + archive.finish()).base64EncodedString()
    }()

    static let new = business(
        type: 0, "<edXML:DocumentId>a</edXML:DocumentId>", "Văn bản điện tử mới", paper: 0)
    static let recall = business(type: 1, "", "Thu hồi văn bản điện tử", paper: 0)
    static let update = business(
        type: 2, "<edXML:DocumentId>000.00.15.H51,2026/05/11,53/UBND-VP</edXML:DocumentId>",
        "Cập nhật văn bản điện tử",
        paper: 1,
        """
        <edXML:BussinessDocumentInfo><edXML:DocumentInfo>1</edXML:DocumentInfo>
        <edXML:DocumentReceiver>1</edXML:DocumentReceiver><edXML:ReceiverList>
        <edXML:Receiver><edXML:OrganId>H36.12</edXML:OrganId><edXML:ReceiverType>0</edXML:ReceiverType></edXML:Receiver>
        <edXML:Receiver><edXML:OrganId>H36.14</edXML:OrganId><edXML:ReceiverType>1</edXML:ReceiverType></edXML:Receiver>
        </edXML:ReceiverList></edXML:BussinessDocumentInfo>
        """)
    static let replace = business(
        type: 3, "", "Văn bản thay thế", paper: 1,
        """
        <edXML:ReplacementInfoList><edXML:ReplacementInfo><edXML:DocumentId>cũ</edXML:DocumentId><edXML:OrganIdList>
        <edXML:OrganId>H36.12</edXML:OrganId><edXML:OrganId>H36.13</edXML:OrganId></edXML:OrganIdList>
        </edXML:ReplacementInfo></edXML:ReplacementInfoList>
        """)

    private static func business(type: Int, _ id: String, _ reason: String, paper: Int, _ more: String = "")
        -> String
    {
        """
        <edXML:Bussiness>\(id)<edXML:BussinessDocType>\(type)</edXML:BussinessDocType>
        <edXML:BussinessDocReason>\(reason)</edXML:BussinessDocReason><edXML:Paper>\(paper)</edXML:Paper>\(more)
        <edXML:StaffInfo><edXML:Department>Văn thư</edXML:Department><edXML:Staff>Nguyễn Thị A</edXML:Staff>
        <edXML:Email>a@example.gov.vn</edXML:Email><edXML:Mobile>0900000000</edXML:Mobile></edXML:StaffInfo>
        </edXML:Bussiness>
        """
    }

    /// The order of the standard, with the customs of older software: nơi nhận before the other particulars, the
    /// identifier last, an empty answer, a prefix nobody declares, attachments within the prefix and unpacked.
    static let qcvnOrder = """
        <?xml version="1.0" encoding="utf-8"?>
        <edXML xmlns="\(EdXMLMessage.namespace)"><edXML:edXMLEnvelope xmlns:edXML="\(EdXMLMessage.namespace)">
        <edXML:edXMLHeader><edXML:MessageHeader>
        <edXML:From><edXML:OrganId>000.00.15.H51</edXML:OrganId><edXML:OrganName>UBND thành phố Rạch Giá</edXML:OrganName></edXML:From>
        <edXML:To><edXML:OrganId>H36.12</edXML:OrganId><edXML:OrganName>Sở Tư pháp</edXML:OrganName></edXML:To>
        <edXML:Code><edXML:CodeNumber>54</edXML:CodeNumber><edXML:CodeNotation>UBND-VP</edXML:CodeNotation></edXML:Code>
        <edXML:PromulgationInfo><edXML:Place>Rạch Giá</edXML:Place><edXML:PromulgationDate>2026/05/12</edXML:PromulgationDate></edXML:PromulgationInfo>
        <edXML:DocumentType><edXML:Type>18</edXML:Type><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
        <edXML:Subject>V/v cung cấp số liệu hộ tịch</edXML:Subject><edXML:Content></edXML:Content>
        <edXML:SignerInfo><edXML:Competence>KT.</edXML:Competence><edXML:Position>PHÓ CHỦ TỊCH</edXML:Position><edXML:FullName>Trần Văn Ninh</edXML:FullName></edXML:SignerInfo>
        <edXML:DueDate>2026/05/20</edXML:DueDate>
        <edXML:ToPlaces><edXML:Place>Như trên</edXML:Place></edXML:ToPlaces>
        <edXML:OtherInfo><edXML:Priority>0</edXML:Priority><edXML:PageAmount>1</edXML:PageAmount><edXML:Appendixes/></edXML:OtherInfo>
        <edXML:ResponseFor><edXML:OrganId></edXML:OrganId><edXML:Code></edXML:Code></edXML:ResponseFor>
        <edXML:SteeringType>1</edXML:SteeringType><edXML:DocumentId>7b0d7a52-0000-4000-8000-000000000002</edXML:DocumentId>
        </edXML:MessageHeader>
        <edXML:TraceHeaderList id="t" version="1.0"><edXML:TraceHeader><edXML:OrganId>000.00.15.H51</edXML:OrganId>
        <edXML:Timestamp>2026/05/12 07:30:00</edXML:Timestamp></edXML:TraceHeader></edXML:TraceHeaderList>
        <Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>0</SignatureValue></Signature>
        </edXML:edXMLHeader><edXML:edXMLBody><edXML:edXMLManifest version="1.0">
        <edXML:Reference xlink:href=""><edXML:ContentId>cid:1</edXML:ContentId><edXML:AttachmentName>54.SIGNED.PDF</edXML:AttachmentName></edXML:Reference>
        </edXML:edXMLManifest></edXML:edXMLBody></edXML:edXMLEnvelope>
        <edXML:AttachmentEncoded><edXML:Attachment><edXML:ContentId>cid:1</edXML:ContentId>
        <edXML:AttachmentName>54.SIGNED.PDF</edXML:AttachmentName><edXML:ContentType>application/pdf</edXML:ContentType>
        <edXML:ContentTransferEncoded>\(Data(pdf).base64EncodedString(options: .lineLength76Characters))</edXML:ContentTransferEncoded>
        </edXML:Attachment></edXML:AttachmentEncoded></edXML>
        """

    static func status(_ code: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <edXML xmlns="\(EdXMLMessage.namespace)">
          <edXML:edXMLEnvelope xmlns:edXML="\(EdXMLMessage.namespace)">
            <edXML:edXMLHeader>
              <edXML:MessageHeader>
                <edXML:From>
                  <edXML:OrganId>H36.12</edXML:OrganId>
                  <edXML:OrganName>Sở Tư pháp</edXML:OrganName>
                </edXML:From>
                <edXML:ResponseFor>
                  <edXML:OrganId>000.00.15.H51</edXML:OrganId>
                  <edXML:Code>54/UBND-VP</edXML:Code>
                  <edXML:DocumentId>000.00.15.H51,2026/05/12,54/UBND-VP</edXML:DocumentId>
                  <edXML:PromulgationDate>2026/05/12</edXML:PromulgationDate>
                </edXML:ResponseFor>
                <edXML:StaffInfo>
                  <edXML:Department>Văn phòng</edXML:Department>
                  <edXML:Staff>Nguyễn Thị A</edXML:Staff>
                </edXML:StaffInfo>
                <edXML:StatusCode>\(code)</edXML:StatusCode>
                <edXML:Description>Văn phòng: đã xem</edXML:Description>
                <edXML:Timestamp>2026/05/12 09:15:00</edXML:Timestamp>
              </edXML:MessageHeader>
            </edXML:edXMLHeader>
          </edXML:edXMLEnvelope>
        </edXML>
        """
    }
}
