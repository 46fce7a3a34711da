// What a Word, Excel or OpenDocument file can do by itself when it is opened: run macros, start embedded objects and controls,
// fetch content or a template from elsewhere, ask other programs for data (requirement D9). Read from the container's own
// directory and from its XML, within limits; nothing is ever opened in an office program. What cannot be looked through as
// every office program would read it is not called harmless.

import Foundation

public enum OfficeActiveContent: String, Sendable, Codable, CaseIterable {
    /// VBA, old Excel macro sheets, Basic and scripts of OpenDocument.
    case macros
    /// An OLE object: another program's document or a package of any file.
    case embeddedObject = "embedded-object"
    case activeX = "activex"
    /// Another file carried inside that is no OLE object.
    case embeddedFile = "embedded-file"
    /// Pictures, workbooks, texts or the rows of a database that are fetched from elsewhere.
    case externalContent = "external-content"
    /// DDE.
    case dataExchange = "data-exchange"
    case remoteTemplate = "remote-template"

    /// Takes up to a second for the largest files.
    ///
    /// - Throws: `OfficeFileError` when the file cannot be looked through; such a file cannot be called harmless.
    public static func find(in path: String, kind: FileKind) throws -> [OfficeActiveContent] {
        let found: Set<OfficeActiveContent>
        switch kind {
        case .docx, .xlsx: found = try OpenXMLSearch.find(try ContainerText(path))
        case .odt, .ods: found = try OpenDocumentSearch.find(try ContainerText(path))
        case .doc, .xls: found = try CompoundSearch.find(in: path)
        case .zip: found = try inAnyContainer(path)
        case .pdf, .png, .jpeg, .lockedOffice, .unknown: found = []
        }
        return allCases.filter(found.contains)
    }

    /// What calls itself neither Word nor Excel may still be opened by them, or by their neighbours.
    private static func inAnyContainer(_ path: String) throws -> Set<OfficeActiveContent> {
        let names = ZipEntries(.file(try ByteSource.FileReading(path: path)))?.names.map { $0.lowercased() }
        let isOpenXML = names?.contains("[content_types].xml") == true
        let isOpenDocument = names?.contains("meta-inf/manifest.xml") == true
        guard isOpenXML || isOpenDocument else { return [] }
        let container = try ContainerText(path)
        return try (isOpenXML ? OpenXMLSearch.find(container) : [])
            .union(isOpenDocument ? OpenDocumentSearch.find(container) : [])
    }
}

/// The names in a ZIP container, in small letters, and the parts of XML in it.
struct ContainerText {
    let names: [String]
    private let container: ZipParts

    /// More than the text of any letter; a bomb ends there.
    private static let most = 64 << 20

    init(_ path: String) throws {
        container = try ZipParts(.file(try ByteSource.FileReading(path: path)))
        names = container.parts.map(\.name)
    }

    /// Every part that is XML, whatever its name; one that its name says is XML must be.
    func each(where isWanted: (String) -> Bool, _ look: (String, inout MarkupScan) throws -> Void) throws {
        var room = Self.most
        for part in container.parts where isWanted(part.name) && !part.name.hasSuffix("/") {
            let head = try container.beginning(of: part, count: 256)
            guard !head.isEmpty else { continue }
            guard MarkupScan.mayBegin(head) else {
                if part.name.hasSuffix(".xml") || part.name.hasSuffix(".rels") {
                    throw OfficeFileError.failed(program: "xml", detail: "a part that is no XML")
                }
                continue
            }
            let content = try container.content(of: part, atMost: room)
            room -= content.count
            var scan = try MarkupScan(content)
            try look(part.name, &scan)
        }
    }
}

/// Where something is fetched from.
enum LinkTarget {
    /// What a reader follows only when it is pressed, and a browser or mail program opens.
    static func isPlainLink(_ target: String) -> Bool {
        let target = target.lowercased()
        if target.hasPrefix("\\\\") || target.hasPrefix("//") { return false }
        return ["http:", "https:", "mailto:", "#"].contains { target.hasPrefix($0) } || !target.contains(":")
    }

    /// On another machine, rather than on the writer's own disk.
    static func isRemote(_ target: String) -> Bool {
        let target = plain(target)
        if target.hasPrefix("file:///") { return target.hasPrefix("file:////") }
        return target.contains("://") || target.hasPrefix("//") || target.hasPrefix("mhtml:")
    }

    /// Not within the container.
    static func isOutside(_ target: String) -> Bool {
        let target = plain(target)
        return target.contains(":") || target.hasPrefix("../") || target.hasPrefix("/")
    }

    private static func plain(_ target: String) -> String {
        (target.removingPercentEncoding ?? target).lowercased().replacing("\\", with: "/")
    }
}
