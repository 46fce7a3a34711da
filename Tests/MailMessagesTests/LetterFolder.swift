import Foundation

@testable import MailMessages

/// A folder that goes away, with messages in it.
final class LetterFolder {
    let path: String
    private var number = 0

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func put(_ bytes: some Collection<UInt8>, _ name: String) throws -> String {
        let file = "\(path)/\(name)"
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }

    /// An empty folder for the parts of one message.
    func newFolder() throws -> String {
        number += 1
        let folder = "\(path)/parts-\(number)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        return folder
    }

    func read(_ bytes: some Collection<UInt8>, limits: MailLimits = .default) throws -> MailMessage {
        try MailReader.read(put(bytes, "in-\(number).eml"), into: newFolder(), limits: limits)
    }

    /// With LF in the text for the ends of lines.
    func read(_ text: String, limits: MailLimits = .default) throws -> MailMessage {
        try read(text.replacing("\n", with: "\r\n").utf8, limits: limits)
    }

    func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }
    func text(_ part: MailPart) throws -> String { String(decoding: try bytes(part.path), as: UTF8.self) }

    var files: [String] {
        (FileManager.default.subpaths(atPath: path) ?? []).filter { $0.contains("/part-") }
    }
}

extension OutgoingMessage {
    static var letter: OutgoingMessage {
        OutgoingMessage(
            messageID: "54.2026@rachgia.example",
            from: MessageAddress("vanthu@rachgia.example", name: "Văn thư, UBND thành phố Rạch Giá"),
            to: [MessageAddress("vanthu@tuphap.example", name: "Sở Tư pháp")],
            subject:
                "Công văn số 54/UBND-VP về việc cung cấp số liệu hộ tịch sáu tháng đầu năm của các phường, xã",
            date: Date(timeIntervalSince1970: 1_778_546_400),
            text: "Kính gửi Sở Tư pháp,\n\nXin gửi công văn kèm theo.\n")
    }
}
