import EdXML
import Foundation

@testable import DocumentAxis

/// Messages of the tests, written by the house's own writer.
enum Letter {
    static let pdf =
        Array("%PDF-1.7\n".utf8) + (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 3) }

    /// Says everything that a message can say.
    static func document(
        number: String = "54", to: [String] = ["H36.12"], attachments: [Attachment] = []
    ) -> DocumentMessage {
        var message = DocumentMessage()
        message.header.from = Organization(
            organID: "000.00.15.H51", name: "UBND thành phố Rạch Giá", inCharge: "UBND tỉnh Kiên Giang")
        message.header.from.email = "vanthu@example.gov.vn"
        message.header.to = to.map { Organization(organID: $0, name: "Nơi nhận <\($0)> & cộng sự") }
        message.header.documentID = "000.00.15.H51,2026/05/12,\(number)/UBND-VP"
        message.header.code = DocumentCode(number: number, notation: "UBND-VP")
        message.header.promulgation = Promulgation(place: "Rạch Giá", date: "2026/05/12")
        message.header.type = TypeOfDocument(type: "18", detail: "0", name: "Công văn")
        message.header.subject = "V/v cung cấp số liệu hộ tịch"
        message.header.content = "Đề nghị cung cấp số liệu"
        message.header.signer = SignerInfo(
            competence: "KT. CHỦ TỊCH", position: "PHÓ CHỦ TỊCH", fullName: "Trần Văn Ninh")
        message.header.dueDate = "2026/05/20"
        var other = OtherParticulars()
        other.priority = "1"
        other.sphere = "Lưu hành nội bộ"
        other.typist = "TVC"
        other.promulgationAmount = "2"
        other.pageAmount = "3"
        other.direction = "false"
        other.appendixes = ["Phụ lục I", "Phụ lục II"]
        message.header.other = other
        message.header.responseFor = [
            ResponseFor(organID: "H36.12", code: "7/STP-VP", documentID: "H36.12,2026/05/02,7/STP-VP")
        ]
        message.header.steeringType = "1"
        message.header.toPlaces = ["Như trên", "Lưu: VT"]
        message.trace.hops = [TraceHeader(organID: "000.00.15.H51", timestamp: "2026/05/12 07:30:00")]
        var business = Business()
        business.documentID = message.header.documentID
        business.type = "0"
        business.reason = "Văn bản điện tử mới"
        business.paper = "0"
        message.trace.business = business
        message.attachments = attachments
        return message
    }

    static func status(_ code: String = "03", of documentID: String) -> StatusMessage {
        var message = StatusMessage()
        message.from = Organization(organID: "H36.12", name: "Sở Tư pháp")
        message.responseFor = ResponseFor(
            organID: "000.00.15.H51", code: "54/UBND-VP", documentID: documentID)
        message.responseFor.promulgationDate = "2026/05/12"
        message.statusCode = code
        message.description = "Đã vào sổ văn bản đến"
        message.timestamp = "2026/05/12 09:15:00"
        return message
    }

    /// Writes a message with one PDF and returns its file.
    static func file(in folder: Folder, number: String = "54", to: [String] = ["H36.12"]) throws -> String {
        let pdf = try folder.put(Self.pdf, "congvan-\(number).pdf")
        let attachment = Attachment(
            contentID: "cid:1", name: "Công văn \(number).pdf", contentType: "application/pdf", file: pdf)
        return try file(.document(document(number: number, to: to, attachments: [attachment])), in: folder)
    }

    static func file(
        _ message: EdXMLMessage, in folder: Folder, packing: MessageWriter.Packing = .plain
    ) throws -> String {
        let path = folder.path("goi-\(UUID().uuidString).edxml")
        try MessageWriter.write(message, packing: packing, toFile: path)
        return path
    }
}

/// A folder that goes away.
final class Folder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "axis-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func put(_ bytes: [UInt8], _ name: String) throws -> String {
        try Data(bytes).write(to: url.appending(path: name))
        return path(name)
    }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
}

func bytes(of path: String?) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path ?? ""))) }

/// What a call fails with; `nil` when it does not.
func failure<R>(of call: () throws(AxisFailure) -> R) -> AxisFailure? {
    do throws(AxisFailure) {
        _ = try call()
        return nil
    } catch { return error }
}
