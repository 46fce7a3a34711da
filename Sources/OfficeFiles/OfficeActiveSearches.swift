// The three ways an office file can be active, one for each kind of container: Office Open XML (ECMA-376), OpenDocument
// (ISO/IEC 26300) and the old compound file ([MS-CFB], [MS-DOC], [MS-XLS]).

import Foundation

enum OpenXMLSearch {
    static func find(_ container: ContainerText) async throws -> Set<OfficeActiveContent> {
        var found: Set<OfficeActiveContent> = []
        let text = try await container.text()
        if text.range(of: "vbaProject", options: .caseInsensitive) != nil || text.contains("macroEnabled") {
            found.insert(.macros)
        }
        lookAtRelationships(text, &found)
        lookAtFields(text, &found)
        let charts = chartWorkbooks(text)
        for name in container.names { look(at: name.lowercased(), charts, &found) }
        return found
    }

    private static func look(at name: String, _ charts: Set<String>, _ found: inout Set<OfficeActiveContent>)
    {
        if name.hasSuffix("vbaproject.bin") || name.contains("xl/macrosheets/") { found.insert(.macros) }
        if name.contains("/activex/") { found.insert(.activeX) }
        if name.contains("/externallinks/") { found.insert(.externalContent) }
        guard name.contains("/embeddings/"), !name.hasSuffix("/") else { return }
        let file = String(name.split(separator: "/").last ?? "")
        if name.hasSuffix(".xlsx"), charts.contains(file) { return }
        found.insert(name.hasSuffix(".bin") ? .embeddedObject : .embeddedFile)
    }

    /// Everything a part points to (ECMA-376 part 2, 9.3).
    private static func lookAtRelationships(_ text: String, _ found: inout Set<OfficeActiveContent>) {
        for tag in XMLTags(text) where tag.name == "Relationship" {
            let type = tag.value("Type")?.split(separator: "/").last.map { $0.lowercased() } ?? ""
            let target = tag.value("Target") ?? ""
            if type == "control" || type == "activexcontrolbinary" { found.insert(.activeX) }
            if type == "afchunk" { found.insert(.embeddedFile) }
            if type == "oleobject" { found.insert(.embeddedObject) }
            guard tag.value("TargetMode")?.lowercased() == "external" else { continue }
            switch type {
            case "hyperlink": if !LinkTarget.isPlainLink(target) { found.insert(.externalContent) }
            case "attachedtemplate": if LinkTarget.isRemote(target) { found.insert(.remoteTemplate) }
            default: found.insert(.externalContent)
            }
        }
    }

    /// A field's instruction may be cut into pieces; they are read as one.
    private static func lookAtFields(_ text: String, _ found: inout Set<OfficeActiveContent>) {
        var instructions = ""
        for piece in text.matches(of: /<(?:\w+:)?instrText[^>]*>([^<]*)</) { instructions += piece.1 }
        for tag in XMLTags(text) {
            if tag.name == "fldSimple" { instructions += " " + (tag.value("instr") ?? "") }
            if tag.name == "ddeLink" { found.insert(.dataExchange) }
        }
        if instructions.range(of: #"\bDDE(AUTO)?\b"#, options: [.regularExpression, .caseInsensitive]) != nil
        {
            found.insert(.dataExchange)
        }
    }

    /// A chart carries its figures in a workbook of its own; that is data.
    private static func chartWorkbooks(_ text: String) -> Set<String> {
        var names: Set<String> = []
        for tag in XMLTags(text) where tag.name == "Relationship" {
            guard tag.value("Type")?.hasSuffix("/package") == true, tag.value("TargetMode") == nil,
                let target = tag.value("Target"), target.hasPrefix("../embeddings/")
            else { continue }
            names.insert(target.split(separator: "/").last.map { $0.lowercased() } ?? "")
        }
        return names
    }
}

enum OpenDocumentSearch {
    static func find(_ container: ContainerText) async throws -> Set<OfficeActiveContent> {
        var found: Set<OfficeActiveContent> = []
        for name in container.names {
            if name.hasPrefix("Basic/") || name.hasPrefix("Scripts/") { found.insert(.macros) }
            if name.wholeMatch(of: /Object \d+/) != nil { found.insert(.embeddedObject) }
        }
        for tag in XMLTags(try await container.text()) {
            if tag.prefix == "script" || tag.name == "event-listener" { found.insert(.macros) }
            if tag.name.hasPrefix("dde-") { found.insert(.dataExchange) }
            if tag.name == "file-entry", tag.value("media-type") == "application/vnd.sun.star.oleobject" {
                found.insert(.embeddedObject)
            }
            if tag.name == "plugin" || tag.name == "applet" || tag.name == "object-ole" {
                found.insert(.embeddedObject)
            }
            guard let target = tag.value("href") else { continue }
            switch tag.name {
            case "a": if !LinkTarget.isPlainLink(target) { found.insert(.externalContent) }
            case "template": if LinkTarget.isRemote(target) { found.insert(.remoteTemplate) }
            default: if target.contains(":") || target.hasPrefix("../") { found.insert(.externalContent) }
            }
        }
        return found
    }
}

enum CompoundSearch {
    static func find(in path: String) throws -> Set<OfficeActiveContent> {
        let source = ByteSource.file(try ByteSource.FileReading(path: path))
        guard let container = CompoundFile(source), container.isWhole else {
            throw OfficeFileError.failed(program: "compound file", detail: "its directory cannot be read")
        }
        var found: Set<OfficeActiveContent> = []
        for entry in container.entries {
            switch entry.name {
            case "Macros", "VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR": found.insert(.macros)
            case "\u{3}ObjInfo", "\u{1}Ole10Native", "\u{1}Ole": found.insert(.embeddedObject)
            case "OCXNAME", "\u{3}OCXDATA", "\u{3}OCXNAME", "Ctls": found.insert(.activeX)
            default: if entry.name.hasPrefix("MBD") { found.insert(.embeddedObject) }
            }
        }
        let start = container.beginning(of: "Workbook") ?? container.beginning(of: "Book") ?? []
        if hasMacroSheet(start) { found.insert(.macros) }
        if holdsDDE(source) { found.insert(.dataExchange) }
        return found
    }

    /// [MS-XLS] 2.4.28 BoundSheet8: type 1 is a macro sheet. The sheets are listed in the first substream.
    private static func hasMacroSheet(_ stream: [UInt8]) -> Bool {
        var place = 0
        while let kind = stream.littleEndian(at: place, bytes: 2),
            let size = stream.littleEndian(at: place + 2, bytes: 2)
        {
            if kind == 0x85, size >= 8, let type = stream.littleEndian(at: place + 9, bytes: 1), type == 1 {
                return true
            }
            // The end of the first substream.
            if kind == 0x0A { return false }
            place += 4 + size
        }
        return false
    }

    /// A field's instruction stands in the text of a .doc as it was typed.
    private static func holdsDDE(_ source: ByteSource) -> Bool {
        let narrow = Array("DDEAUTO".utf8),
            wide = Array("DDEAUTO".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let step = 1 << 20
        for start in stride(from: 0, to: source.size, by: step) {
            let piece = Data(source.bytes(at: start, count: step + wide.count))
            if piece.range(of: Data(narrow)) != nil || piece.range(of: Data(wide)) != nil { return true }
        }
        return false
    }
}
