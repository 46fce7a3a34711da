// What a Word, Excel or OpenDocument file can do by itself when it is opened: run macros, start embedded objects and controls,
// fetch content or a template from elsewhere, ask other programs for data (requirement D9). Read from the container's own
// directory and from its XML, unpacked by a confined `unzip` under limits; nothing is ever opened in an office program.

import Foundation

public enum OfficeActiveContent: String, Sendable, Codable, CaseIterable {
    /// VBA, old Excel macro sheets, Basic and scripts of OpenDocument.
    case macros
    /// An OLE object: another program's document or a package of any file.
    case embeddedObject = "embedded-object"
    case activeX = "activex"
    /// Another file carried inside that is no OLE object.
    case embeddedFile = "embedded-file"
    /// Pictures, workbooks or texts that are fetched from elsewhere.
    case externalContent = "external-content"
    /// DDE.
    case dataExchange = "data-exchange"
    case remoteTemplate = "remote-template"

    /// - Throws: `OfficeFileError` when the file cannot be looked through; such a file cannot be called harmless.
    public static func find(
        in path: String, kind: FileKind, isolation: Isolation = .detected
    ) async throws -> [OfficeActiveContent] {
        let found: Set<OfficeActiveContent> =
            switch kind {
            case .docx, .xlsx: try await OpenXMLSearch.find(try ContainerText(path, openXMLParts, isolation))
            case .odt, .ods:
                try await OpenDocumentSearch.find(try ContainerText(path, openDocumentParts, isolation))
            case .doc, .xls: try CompoundSearch.find(in: path)
            case .pdf, .png, .jpeg, .zip, .lockedOffice, .unknown: []
            }
        return allCases.filter(found.contains)
    }

    private static let openXMLParts = [
        "*.rels", "*Content_Types*", "word/*.xml", "xl/workbook.xml", "xl/externalLinks/*",
    ]
    private static let openDocumentParts = [
        "META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml", "*/content.xml",
    ]
}

/// The names in a ZIP container, and the text of the parts that matter.
struct ContainerText {
    let names: [String]
    private let path: String
    private let parts: [String]
    private let isolation: Isolation

    /// More than the text of any letter; a bomb ends there.
    private static let limits = ProcessLimits(wallSeconds: 30, cpuSeconds: 20, outputBytes: 64 << 20)

    init(_ path: String, _ parts: [String], _ isolation: Isolation) throws {
        guard let entries = ZipEntries(.file(try ByteSource.FileReading(path: path))) else {
            throw OfficeFileError.failed(program: "unzip", detail: "not a container")
        }
        names = entries.names
        (self.path, self.parts, self.isolation) = (path, parts, isolation)
    }

    /// All parts one after the other. Bytes of zero are left out, so that UTF-16 is read like UTF-8.
    func text() async throws -> String {
        let work = try WorkFolder(owner: isolation.user)
        try work.copy(path, as: "in.zip")
        let process = LimitedProcess(
            program: try Installed.path(of: "unzip"), arguments: ["-p", "in.zip"] + parts,
            limits: Self.limits,
            isolation: isolation)
        let result = try await process.run(in: work)
        if result.timedOut { throw OfficeFileError.timedOut(program: "unzip") }
        if result.outputCut { throw OfficeFileError.tooMuchOutput(program: "unzip") }
        // 1: a warning; 11: none of the parts is there.
        guard [.exited(0), .exited(1), .exited(11)].contains(result.status) else {
            throw OfficeFileError.failed(program: "unzip", detail: String(result.errorText.prefix(300)))
        }
        return String(decoding: result.stdout.filter { $0 != 0 }, as: UTF8.self)
    }
}

/// The tags of XML as they stand, for looking and not for understanding: name without prefix, attributes as written.
struct XMLTags: Sequence, IteratorProtocol {
    struct Tag {
        let name: Substring
        let prefix: Substring
        let text: Substring

        /// Of the attribute with this name, its prefix left out.
        func value(_ wanted: String) -> String? {
            for match in text.matches(of: /([A-Za-z0-9_.\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/)
            where match.1 == wanted {
                let value = String(match.2 ?? match.3 ?? "")
                return value.replacing("&amp;", with: "&").replacing("&#47;", with: "/").replacing(
                    "&#x2F;", with: "/")
            }
            return nil
        }
    }

    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    mutating func next() -> Tag? {
        while let open = rest.firstIndex(of: "<") {
            let inside = rest[rest.index(after: open)...]
            guard let close = inside.firstIndex(of: ">") else { return nil }
            rest = inside[inside.index(after: close)...]
            let text = inside[..<close]
            let name = text.prefix { !$0.isWhitespace && $0 != "/" }
            guard !name.isEmpty, name.first != "?", name.first != "!" else { continue }
            let parts = name.split(separator: ":", maxSplits: 1)
            return Tag(name: parts.last ?? name, prefix: parts.count > 1 ? parts[0] : "", text: text)
        }
        return nil
    }
}

/// Where something is fetched from.
enum LinkTarget {
    /// What a reader follows only when it is pressed, and a browser or mail program opens.
    static func isPlainLink(_ target: String) -> Bool {
        let target = target.lowercased()
        return ["http:", "https:", "mailto:", "#"].contains { target.hasPrefix($0) } || !target.contains(":")
    }

    /// On another machine, rather than on the writer's own disk.
    static func isRemote(_ target: String) -> Bool {
        let target = target.lowercased().replacing("\\", with: "/").replacing("%5c", with: "/")
        if target.hasPrefix("file:///") { return target.hasPrefix("file:////") }
        return target.contains("://") || target.hasPrefix("//") || target.hasPrefix("mhtml:")
    }
}
