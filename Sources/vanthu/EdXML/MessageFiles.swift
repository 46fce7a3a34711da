// The attachments of a message between the files of a command and the message's own.
import EdXML
import Foundation

enum TemporaryFolder {
    static func with<R>(_ body: (String) throws -> R) throws -> R {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "vanthu-edxml-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path(percentEncoded: false))
    }
}

extension EdXMLMessage {
    /// Only what the message says, not where its bytes were put for reading.
    mutating func forgetFiles() {
        change { $0.file = nil }
    }

    /// Under the names of the message; of two alike the later gets a number.
    mutating func moveAttachments(to folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch { throw Stop.with("Không lập được thư mục \(folder).", code: 1) }
        var failed: String?
        change { attachment in
            guard failed == nil, let file = attachment.file else { return }
            let name = attachment.name ?? "tep-dinh-kem"
            // Names come from strangers; the reader has cleaned them, and nothing here relies on it.
            guard name == (name as NSString).lastPathComponent, ![".", "..", "/", ""].contains(name) else {
                failed = name
                return
            }
            let free = Self.free(name, in: folder)
            do {
                try FileManager.default.copyItem(atPath: file, toPath: free)
                attachment.file = free
            } catch { failed = free }
        }
        if let failed { throw Stop.with("Không ghi được tệp \(failed).", code: 1) }
    }

    mutating func attach(_ paths: [String]) throws {
        guard case .document(var message) = self else {
            if !paths.isEmpty { throw Stop.with("Gói tin trạng thái không có tệp đính kèm.", code: 2) }
            return
        }
        for path in paths {
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw Stop.with("Không đọc được tệp \(path).", code: 2)
            }
            let url = URL(filePath: path)
            message.attachments.append(
                Attachment(
                    contentID: "cid:\(UUID().uuidString.lowercased())", name: url.lastPathComponent,
                    contentType: Self.type(url.pathExtension), file: path))
        }
        self = .document(message)
    }

    private mutating func change(_ body: (inout Attachment) -> Void) {
        guard case .document(var message) = self else { return }
        for index in message.attachments.indices { body(&message.attachments[index]) }
        self = .document(message)
    }

    private static func free(_ name: String, in folder: String) -> String {
        let plain = name as NSString
        let ending = plain.pathExtension.isEmpty ? "" : ".\(plain.pathExtension)"
        var number = 1
        var candidate = (folder as NSString).appendingPathComponent(name)
        while FileManager.default.fileExists(atPath: candidate) {
            number += 1
            candidate = (folder as NSString).appendingPathComponent(
                "\(plain.deletingPathExtension) (\(number))\(ending)")
        }
        return candidate
    }

    private static func type(_ ending: String) -> String {
        switch ending.lowercased() {
        case "pdf": "application/pdf"
        case "doc": "application/msword"
        case "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case "xls": "application/vnd.ms-excel"
        case "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case "zip": "application/zip"
        default: "application/octet-stream"
        }
    }
}
