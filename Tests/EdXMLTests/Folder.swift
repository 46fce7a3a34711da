import Foundation
import Testing

@testable import EdXML

/// The samples of the wild beside the repository, and folders that go away.
enum Samples {
    static let areThere = folder != nil
    static let absence: Comment =
        "shared does not stand beside the repository: the samples of the wild are NOT read"

    static let folder: URL? = {
        let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = repository.deletingLastPathComponent().appendingPathComponent("shared/samples/edxml")
        if FileManager.default.fileExists(atPath: folder.path) { return folder }
        print("=== BỎ QUA: không có thư mục shared cạnh kho mã, các phép thử trên gói tin mẫu không chạy ===")
        return nil
    }()

    static let all: [URL] =
        folder.flatMap { folder in
            try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "edxml" }.sorted { $0.path < $1.path }
        } ?? []
}

func withFolder<R>(_ body: (String) throws -> R) throws -> R {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("edxml-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
}

func bytes(of path: String?) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path ?? "")))
}

func put(_ bytes: [UInt8], _ name: String, in folder: String) throws -> String {
    let path = folder + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
}

/// A whole message with one attachment.
enum Letter {
    static func message(_ file: String?, name: String = "Công văn 54.pdf") -> DocumentMessage {
        var message = DocumentMessage()
        message.header.from = Organization(organID: "000.00.15.H51", name: "UBND thành phố Rạch Giá")
        message.header.to = [Organization(organID: "H36.12", name: "Sở Tư pháp & Nội vụ")]
        message.header.documentID = "000.00.15.H51,2026/05/12,54/UBND-VP"
        message.header.code = DocumentCode(number: "54", notation: "UBND-VP")
        message.header.promulgation = Promulgation(place: "Rạch Giá", date: "2026/05/12")
        message.header.type = TypeOfDocument(type: "18", name: "Công văn")
        message.header.subject = "V/v cung cấp số liệu <hộ tịch>"
        message.header.signer = SignerInfo(
            competence: "KT. CHỦ TỊCH", position: "PHÓ CHỦ TỊCH", fullName: "Trần Văn Ninh")
        message.header.toPlaces = ["Như trên", "Lưu: VT"]
        message.trace.hops = [TraceHeader(organID: "000.00.15.H51", timestamp: "2026/05/12 07:30:00")]
        message.attachments = [
            Attachment(contentID: "cid:1", name: name, contentType: "application/pdf", file: file)
        ]
        return message
    }

    static func written(_ message: EdXMLMessage, packing: MessageWriter.Packing = .plain) throws -> [UInt8] {
        var output: [UInt8] = []
        try MessageWriter.write(message, packing: packing) { output += $0 }
        return output
    }
}
