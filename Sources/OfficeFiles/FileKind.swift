// What a file is, from its content and never from its name or what the browser says (decision 33): an outside
// file may be called anything. Macros are noticed here, so that the page can say they will not run.

import Foundation

public enum FileKind: String, Sendable, CaseIterable, Codable {
    case pdf, docx, xlsx, doc, xls, odt, ods, png, jpeg, zip
    /// A Word or Excel file of the new kind under a password.
    case lockedOffice
    case unknown

    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .doc: "application/msword"
        case .xls: "application/vnd.ms-excel"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .zip: "application/zip"
        case .lockedOffice, .unknown: "application/octet-stream"
        }
    }

    /// LibreOffice can make a PDF of it.
    public var isConvertible: Bool { [.docx, .xlsx, .doc, .xls, .odt, .ods].contains(self) }

    public struct Finding: Sendable, Equatable {
        public let kind: FileKind
        public let hasMacros: Bool

        public var mediaType: String { kind.mediaType }
    }

    public static func detect(path: String) throws -> Finding {
        detect(.file(try ByteSource.FileReading(path: path)))
    }

    /// From the whole file or its beginning; of a beginning, containers are told apart as far as it goes.
    public static func detect(bytes: [UInt8]) -> Finding {
        detect(.memory(bytes))
    }

    private static func detect(_ source: ByteSource) -> Finding {
        let head = source.bytes(at: 0, count: 1024)
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return plain(.png) }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return plain(.jpeg) }
        if let container = ZipEntries(source) { return kind(of: container) }
        if let container = CompoundFile(source) { return kind(of: container) }
        // Readers accept the mark anywhere in the first kilobyte, and so do senders.
        if Data(head).range(of: Data("%PDF-".utf8)) != nil { return plain(.pdf) }
        return plain(.unknown)
    }

    private static func plain(_ kind: FileKind) -> Finding { Finding(kind: kind, hasMacros: false) }

    private static func kind(of container: ZipEntries) -> Finding {
        if container.holds("[content_types].xml") {
            if container.holds(folder: "word/") {
                return Finding(kind: .docx, hasMacros: container.holds("word/vbaproject.bin"))
            }
            if container.holds(folder: "xl/") {
                return Finding(kind: .xlsx, hasMacros: container.holds("xl/vbaproject.bin"))
            }
        }
        switch container.declaredType {
        case FileKind.odt.mediaType: return Finding(kind: .odt, hasMacros: container.holds(folder: "basic/"))
        case FileKind.ods.mediaType: return Finding(kind: .ods, hasMacros: container.holds(folder: "basic/"))
        default: return plain(.zip)
        }
    }

    private static func kind(of container: CompoundFile) -> Finding {
        let names = Set(container.names)
        if names.contains("EncryptedPackage") { return plain(.lockedOffice) }
        if names.contains("WordDocument") { return Finding(kind: .doc, hasMacros: names.contains("Macros")) }
        if names.contains("Workbook") || names.contains("Book") {
            return Finding(kind: .xls, hasMacros: names.contains("_VBA_PROJECT_CUR"))
        }
        return plain(.unknown)
    }
}
