import EdXML
import Foundation
import Testing

@testable import DocumentAxis

/// The house's own messages, through the strict parser and the re-writing of the axis, back into values.
struct ThroughTheAxisTests {
    @Test(
        "E4: what our writer writes passes the strict parser, and what comes back says the same",
        arguments: MessageWriter.Packing.allCases, [0, 1])
    func same(_ packing: MessageWriter.Packing, _ which: Int) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let contents = [Letter.pdf, Array("PK".utf8) + Letter.pdf, Array("số liệu\n".utf8), [0]]
        let names = ["Công văn 54.SIGNED.PDF", "Phụ lục & <biểu>.xlsx", "ghi chú.txt", "một-byte"]
        var message = Letter.document(to: ["H36.12", "H51.02"])
        message.header.responseForTask = [TaskReference(taskCode: "NV-1"), TaskReference(taskCode: "NV-2")]
        message.header.other?.replyFors = ["a"]
        message.header.other?.referenceCodes = ["b", "c"]
        for (index, content) in contents.enumerated() {
            message.attachments.append(
                Attachment(
                    contentID: "cid:\(index)", name: names[index], contentType: "application/octet-stream",
                    description: index == 0 ? "Bản chính" : nil, file: try folder.put(content, "tep\(index)"))
            )
        }
        let (back, findings) = try through(.document(message), packing, standIn, which, folder)
        #expect(findings.isEmpty)
        guard case .document(let received) = back else {
            Issue.record("no document came back")
            return
        }
        #expect(received.header == message.header)
        #expect(received.trace.business == message.trace.business)
        // The axis adds its own mark to those on the way.
        #expect(Array(received.trace.hops.dropLast()) == message.trace.hops)
        #expect(received.trace.hops.last?.organID == "001.00.20.TT2")
        #expect(received.attachments.map(\.name) == names)
        #expect(received.attachments.map(\.description) == ["Bản chính", nil, nil, nil])
        #expect(try received.attachments.map { try bytes(of: $0.file) } == contents)
    }

    @Test("E3, E4: recalls, updates and replacements keep what they are about", arguments: ["1", "2", "3"])
    func business(_ type: String) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let pdf = try folder.put(Letter.pdf, "a.pdf")
        var message = Letter.document(
            attachments: [
                Attachment(contentID: "cid:1", name: "a.pdf", contentType: "application/pdf", file: pdf)
            ])
        var business = Business()
        business.type = type
        business.reason = "Sửa lỗi thể thức"
        business.staff = StaffContact()
        business.staff?.staff = "Nguyễn Thị A"
        business.staff?.department = "Văn thư"
        if type == "2" {
            business.documentID = "000.00.15.H51,2026/05/11,53/UBND-VP"
            business.update = DocumentUpdate()
            business.update?.documentInfo = "1"
            business.update?.documentReceiver = "1"
            business.update?.receivers = [
                UpdatedReceiver(organID: "H36.12", receiverType: "1"),
                UpdatedReceiver(organID: "H51.02", receiverType: "0"),
            ]
        }
        if type == "3" {
            business.replacements = [Replacement(documentID: "cũ-1", organIDs: ["H36.12", "H51.02"])]
        }
        message.trace.business = business
        let (back, _) = try through(.document(message), .plain, standIn, 0, folder)
        guard case .document(let received) = back else {
            Issue.record("no document came back")
            return
        }
        #expect(received.trace.business == business)
        #expect(received.header.responseFor == message.header.responseFor)
    }

    @Test("E4: all statuses come through", arguments: ["01", "02", "03", "04", "05", "06", "13", "15", "16"])
    func statuses(_ code: String) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        var status = Letter.status(code, of: "000.00.15.H51,2026/05/12,54/UBND-VP")
        status.staff = StaffContact()
        status.staff?.staff = "Trần Văn B"
        status.staff?.email = "b@example.gov.vn"
        let file = try Letter.file(.status(status), in: folder)
        _ = try standIn.provincial().send(file: file, kind: .status, from: "H36.12", to: ["000.00.15.H51"])
        let axis = standIn.national()
        let id = try #require(try axis.received(.status).entries.first?.docID)
        try axis.fetch(id, into: folder.path("den"))
        let back = try MessageReader.read(file: folder.path("den"), attachmentsInto: folder.path(""))
        #expect(back.message == .status(status))
    }

    /// Sends over one façade, fetches over the other, reads.
    private func through(
        _ message: EdXMLMessage, _ packing: MessageWriter.Packing, _ standIn: StandIn, _ which: Int,
        _ folder: Folder
    ) throws -> (EdXMLMessage, [MessageFinding]) {
        let file = try Letter.file(message, in: folder, packing: packing)
        _ = try standIn.links()[which].send(
            file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
        let receivers: [any AxisLink] = [
            standIn.provincial(), standIn.national("tu-phap", secret: "khóa-hai"),
        ]
        let id = try #require(try receivers[which].received(.document).entries.first?.docID)
        let target = folder.path("den.edxml")
        try receivers[which].fetch(id, into: target)
        let unpacked = folder.url.appending(path: "tep-den")
        try FileManager.default.createDirectory(at: unpacked, withIntermediateDirectories: true)
        let received = try MessageReader.read(file: target, attachmentsInto: unpacked.path)
        return (received.message, received.findings)
    }
}
