// The story world as files: the 31 agencies of Rạch Giá, invented people, the types of Nghị định 30/2020, letters and
// drafts. Tests and the demo load the same files, so the demo runs without anything from outside.
import Domain
import Foundation

package enum WorldFiles {
    package struct AgencyLine: Sendable {
        package let agency: Agency
        package let headTitle: String
        package let deputyTitle: String
    }

    package struct PersonLine: Sendable {
        package let agencySlug: String
        package let login: String
        package let name: String
        package let role: Role
        package let title: String
    }

    package struct PositionLine: Sendable {
        package let login: String
        package let agencySlug: String
        package let role: Role
        package let title: String
    }

    /// The bytes of a file of the world, e.g. `letters/01-….pdf`.
    package static func bytes(_ path: String) throws -> [UInt8] {
        guard let folder = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
        return [UInt8](try Data(contentsOf: folder.appending(path: "World").appending(path: path)))
    }

    package static func documentTypes() throws -> [DocumentType] {
        try table("document-types.csv").map {
            DocumentType(slug: try $0("slug"), name: try $0("name"), abbreviation: try $0("abbreviation"))
        }
    }

    package static func agencies(makeID: () -> ID<Agency>) throws -> [AgencyLine] {
        try table("agencies.csv").map { cell in
            AgencyLine(
                agency: Agency(
                    id: makeID(), slug: try cell("slug"), name: try cell("name"),
                    superiorLine: try cell("superior"), abbreviation: try cell("abbreviation"),
                    place: try cell("place"), group: AgencyGroup(rawValue: try cell("group")) ?? .department),
                headTitle: try cell("head_title"), deputyTitle: try cell("deputy_title"))
        }
    }

    package static func people() throws -> [PersonLine] {
        try table("people.csv").map {
            PersonLine(
                agencySlug: try $0("agency"), login: try $0("login"), name: try $0("full_name"),
                role: Role(rawValue: try $0("role")) ?? .officer, title: try $0("title"))
        }
    }

    package static func positions() throws -> [PositionLine] {
        try table("positions.csv").map {
            PositionLine(
                login: try $0("login"), agencySlug: try $0("agency"),
                role: Role(rawValue: try $0("role")) ?? .officer, title: try $0("title"))
        }
    }

    /// Lines as look-ups by column name; the files are ours, so a missing column is a broken build.
    package static func table(_ name: String) throws -> [(String) throws -> String] {
        let lines = String(decoding: try bytes(name), as: UTF8.self).split(whereSeparator: \.isNewline)
        guard let head = lines.first else { return [] }
        let names = fields(String(head))
        return lines.dropFirst().map { line in
            let cells = fields(String(line))
            return { name in
                guard let index = names.firstIndex(of: name), index < cells.count else {
                    throw CocoaError(.fileReadCorruptFile)
                }
                return cells[index]
            }
        }
    }

    /// RFC 4180 fields of one line.
    private static func fields(_ line: String) -> [String] {
        var fields: [String] = [""], quoted = false
        var rest = line[...]
        while let character = rest.popFirst() {
            switch character {
            case "\"" where quoted && rest.first == "\"":
                rest.removeFirst()
                fields[fields.count - 1].append("\"")
            case "\"": quoted.toggle()
            case "," where !quoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}
