// The three ways an office file can be active, one for each kind of container: Office Open XML (ECMA-376), OpenDocument
// (ISO/IEC 26300) and the old compound file ([MS-CFB], [MS-DOC], [MS-XLS]).

import Foundation

enum OpenXMLSearch {
    static func find(_ container: ContainerText) throws -> Set<OfficeActiveContent> {
        var found: Set<OfficeActiveContent> = []
        var charts: Set<String> = [], fields = Fields(), hasText = false
        try container.each(where: { $0 == types }) { _, scan in
            hasText = try lookAtTypes(&scan, &found)
        }
        // The cells of a workbook, tens of megabytes at times, name nothing by themselves: what they use is in their relationships.
        let isCells = { (name: String) in
            !hasText && (name.hasPrefix("xl/worksheets/sheet") || name == "xl/sharedstrings.xml")
        }
        try container.each(where: { $0 != types && !isCells($0) }) { name, scan in
            if name.hasSuffix(".rels") {
                try lookAtRelationships(name, &scan, &charts, &found)
            } else {
                try lookAtText(&scan, &fields, &found)
            }
        }
        found.formUnion(fields.found)
        for name in container.names { look(at: name, charts, &found) }
        return found
    }

    private static let types = "[content_types].xml"

    private static func look(at name: String, _ charts: Set<String>, _ found: inout Set<OfficeActiveContent>)
    {
        if name.hasSuffix("vbaproject.bin") || name.contains("xl/macrosheets/") { found.insert(.macros) }
        if name.contains("/activex/") { found.insert(.activeX) }
        if name.contains("/externallinks/") || name == "xl/connections.xml" {
            found.insert(.externalContent)
        }
        guard name.contains("/embeddings/"), !name.hasSuffix("/") else { return }
        let file = String(name.split(separator: "/").last ?? "")
        if name.hasSuffix(".xlsx"), charts.contains(file) { return }
        found.insert(name.hasSuffix(".bin") ? .embeddedObject : .embeddedFile)
    }

    /// What the parts are (ECMA-376 part 2, 10.1.2). True when there is text of Word among them.
    private static func lookAtTypes(_ scan: inout MarkupScan, _ found: inout Set<OfficeActiveContent>) throws
        -> Bool
    {
        var hasText = false
        while let event = try scan.next() {
            guard case .start(let tag) = event else { continue }
            for type in try tag.values("ContentType").map({ $0.lowercased() }) {
                if ["macroenabled", "vbaproject", "macrosheet"].contains(where: type.contains) {
                    found.insert(.macros)
                }
                hasText = hasText || type.contains("wordprocessingml") || type.contains("ms-word")
            }
        }
        return hasText
    }

    /// Everything a part points to (ECMA-376 part 2, 9.3).
    private static func lookAtRelationships(
        _ name: String, _ scan: inout MarkupScan, _ charts: inout Set<String>,
        _ found: inout Set<OfficeActiveContent>
    ) throws {
        while let event = try scan.next() {
            guard case .start(let tag) = event, tag.name == "Relationship" else { continue }
            // One of several names that differ in their prefixes only is as good as the others.
            let targets = try tag.values("Target")
            let isExternal = try tag.values("TargetMode").contains { $0.lowercased() == "external" }
            for type in try tag.values("Type") {
                let type = type.split(separator: "/").last.map { $0.lowercased() } ?? ""
                lookAt(type, &found)
                for target in targets {
                    if isExternal || target.contains("://") {
                        lookAt(type, outside: target, &found)
                    } else if type == "package" {
                        // A chart carries its figures in a workbook of its own; that is data.
                        let isChart =
                            name.contains("charts/_rels/") && target.lowercased().hasSuffix(".xlsx")
                        if !isChart {
                            found.insert(.embeddedFile)
                        } else {
                            charts.insert(target.split(separator: "/").last.map { $0.lowercased() } ?? "")
                        }
                    }
                }
            }
        }
    }

    private static func lookAt(_ type: String, _ found: inout Set<OfficeActiveContent>) {
        switch type {
        case "control", "activexcontrolbinary": found.insert(.activeX)
        case "afchunk": found.insert(.embeddedFile)
        case "oleobject": found.insert(.embeddedObject)
        case "vbaproject", "xlmacrosheet", "xlintlmacrosheet": found.insert(.macros)
        case "connections", "querytable", "externallink": found.insert(.externalContent)
        default: break
        }
    }

    private static func lookAt(
        _ type: String, outside target: String, _ found: inout Set<OfficeActiveContent>
    ) {
        switch type {
        case "hyperlink": if !LinkTarget.isPlainLink(target) { found.insert(.externalContent) }
        case "attachedtemplate": if LinkTarget.isRemote(target) { found.insert(.remoteTemplate) }
        default: found.insert(.externalContent)
        }
    }

    private static func lookAtText(
        _ scan: inout MarkupScan, _ fields: inout Fields, _ found: inout Set<OfficeActiveContent>
    ) throws {
        fields.begin()
        var isInstruction = false
        while let event = try scan.next() {
            switch event {
            case .text(let text): if isInstruction { fields.add(text) }
            case .end(let name): if name == "instrText" { isInstruction = false }
            case .start(let tag):
                switch tag.name {
                case "instrText": isInstruction = !tag.isEmpty
                case "fldChar": fields.begin()
                case "fldSimple":
                    for text in try tag.values("instr") {
                        fields.begin()
                        fields.add(" " + text)
                    }
                case "ddeLink": found.insert(.dataExchange)
                case "imagedata":
                    if try tag.values("src").contains(where: LinkTarget.isRemote) {
                        found.insert(.externalContent)
                    }
                default: break
                }
            }
        }
    }
}

/// The instructions of fields, which may be cut into pieces; they are read as one.
private struct Fields {
    private var together = ""
    private var each = ""

    mutating func begin() { each += "\u{1}" }

    mutating func add(_ text: String) {
        together += text
        each += text
    }

    var found: Set<OfficeActiveContent> {
        var found: Set<OfficeActiveContent> = []
        if together.range(of: #"\bDDE(AUTO)?\b"#, options: [.regularExpression, .caseInsensitive]) != nil {
            found.insert(.dataExchange)
        }
        let fetching = #"\x01\s*(INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DATABASE|RD)\b"#
        if each.range(of: fetching, options: [.regularExpression, .caseInsensitive]) != nil {
            found.insert(.externalContent)
        }
        return found
    }
}

enum OpenDocumentSearch {
    private static let scripts = "urn:oasis:names:tc:opendocument:xmlns:script:"
    private static let parts = ["manifest.xml", "content.xml", "styles.xml", "meta.xml", "settings.xml"]

    static func find(_ container: ContainerText) throws -> Set<OfficeActiveContent> {
        var found: Set<OfficeActiveContent> = []
        for name in container.names {
            if name.hasPrefix("basic/") || name.hasPrefix("scripts/") { found.insert(.macros) }
            if name.wholeMatch(of: /object \d+/) != nil { found.insert(.embeddedObject) }
        }
        let isWanted = { (name: String) in
            name.split(separator: "/").last.map { parts.contains(String($0)) } ?? false
        }
        try container.each(where: isWanted) { _, scan in
            var prefixes: Set<String> = ["script"]
            while let event = try scan.next() {
                guard case .start(let tag) = event else { continue }
                let attributes = try tag.attributes()
                for one in attributes where one.prefix == "xmlns" && one.value.hasPrefix(scripts) {
                    prefixes.insert(one.name)
                }
                if prefixes.contains(tag.prefix) { found.insert(.macros) }
                look(at: tag.name, attributes, &found)
            }
        }
        return found
    }

    private static func look(
        at name: String, _ attributes: [MarkupScan.Attribute], _ found: inout Set<OfficeActiveContent>
    ) {
        func values(_ wanted: String) -> [String] { attributes.filter { $0.name == wanted }.map(\.value) }
        if name == "event-listener" || name == "script" { found.insert(.macros) }
        if name.hasPrefix("dde-") { found.insert(.dataExchange) }
        if name == "plugin" || name == "applet" || name == "object-ole" { found.insert(.embeddedObject) }
        if name == "file-entry",
            values("media-type").contains(where: { $0.lowercased() == "application/vnd.sun.star.oleobject" })
        {
            found.insert(.embeddedObject)
        }
        if attributes.contains(where: {
            $0.prefix == "xml" && $0.name == "base" && LinkTarget.isRemote($0.value)
        }) {
            found.insert(.externalContent)
        }
        for target in values("href") {
            switch name {
            case "a": if !LinkTarget.isPlainLink(target) { found.insert(.externalContent) }
            case "template": if LinkTarget.isRemote(target) { found.insert(.remoteTemplate) }
            default: if LinkTarget.isOutside(target) { found.insert(.externalContent) }
            }
        }
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
