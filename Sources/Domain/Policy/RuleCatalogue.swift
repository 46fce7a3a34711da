// Danh mục văn bản theo hình thức gửi, nhận: a catalogue as a file, one line a kind of document. Columns are known by
// their heads, so the lists of Kiên Giang and Lục Nam are read as they stand and an office can write its own.
import Foundation

/// Why a file is no catalogue; lines count from 1, the head being the first.
package enum RuleFileFault: Error, Hashable, Sendable {
    case notText
    case tooLarge
    case noColumn(String)
    case empty
    case wrong(line: Int, column: String, value: String)
    case noBasis(line: Int)
    case noFirstDay(line: Int)
}

/// One line, for each direction it speaks of.
package struct RuleLine: Sendable, Equatable {
    package let name: String
    package let type: String?
    package let subject: SubjectClass?
    package let recipient: RecipientScope
    package let directions: [ExchangeDirection]
    package let medium: Medium
    package let basis: String
    package let validFrom: OfficeDate
    package let validTo: OfficeDate?

    package func rules(
        agency: ID<Agency>?, catalogue: String, ordinal: Int, id: () -> ID<MediumRule>
    ) -> [MediumRule] {
        directions.map { direction in
            MediumRule(
                id: id(), agency: agency, catalogue: catalogue, ordinal: ordinal, name: name, type: type,
                subject: subject, recipient: recipient, direction: direction, medium: medium, basis: basis,
                validFrom: validFrom, validTo: validTo)
        }
    }
}

package enum RuleCatalogue {
    package static let byteLimit = 1_000_000
    package static let lineLimit = 2_000
    /// Of a name or a basis, in characters.
    package static let textLimit = 500

    /// Columns: `ten_loai` (the name in the regulation) and `hinh_thuc` (`dien_tu`, `dien_tu_va_giay`, `giay`) must be
    /// there; `gui` and `nhan` are marked with `x` (without either column: sending); `loai` and `linh_vuc` say type and
    /// subject where the name does not; `noi_nhan` says whom to; `can_cu`, `tu_ngay`, `den_ngay` say basis and days.
    /// - Parameters basis, from: For lines that say none.
    package static func read(
        _ bytes: [UInt8], basis: String = "", from: OfficeDate? = nil
    ) throws(RuleFileFault) -> [RuleLine] {
        if bytes.count > byteLimit { throw .tooLarge }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard let text = String(validating: body, as: UTF8.self), !body.contains(0) else { throw .notText }
        let rows = CommaRows.read(text.precomposedStringWithCanonicalMapping, limit: lineLimit + 1)
        guard rows.count <= lineLimit else { throw .tooLarge }
        guard let head = rows.first, rows.count > 1 else { throw .empty }
        for needed in ["ten_loai", "hinh_thuc"] where !head.contains(needed) { throw .noColumn(needed) }
        var lines: [RuleLine] = []
        for (index, cells) in rows.enumerated().dropFirst() where cells != [""] {
            let row = RuleRow(head: head, cells: cells, number: index + 1)
            lines.append(try row.line(basis: basis, from: from))
        }
        if lines.isEmpty { throw .empty }
        return lines
    }
}

private struct RuleRow {
    let head: [String]
    let cells: [String]
    let number: Int

    func line(basis common: String, from commonDay: OfficeDate?) throws(RuleFileFault) -> RuleLine {
        let name = self["ten_loai"]
        if name.isEmpty || name.count > RuleCatalogue.textLimit { throw wrong("ten_loai") }
        guard let medium = Medium(rawValue: self["hinh_thuc"]) else { throw wrong("hinh_thuc") }
        let said = RuleName(name)
        let subject = try value("linh_vuc", SubjectClass.init(rawValue:)) ?? said.subject
        let basis = self["can_cu"].isEmpty ? common : self["can_cu"]
        if basis.isEmpty { throw .noBasis(line: number) }
        if basis.count > RuleCatalogue.textLimit { throw wrong("can_cu") }
        guard let from = try value("tu_ngay", OfficeDate.init(typed:)) ?? commonDay else {
            throw .noFirstDay(line: number)
        }
        let to = try value("den_ngay", OfficeDate.init(typed:))
        if let to, to < from { throw wrong("den_ngay") }
        return RuleLine(
            name: name, type: try type(said), subject: subject, recipient: try recipient(),
            directions: try directions(), medium: medium, basis: basis, validFrom: from, validTo: to)
    }

    /// `*` is every type.
    private func type(_ said: RuleName) throws(RuleFileFault) -> String? {
        let slug = self["loai"]
        if slug.isEmpty { return said.type }
        if slug == "*" { return nil }
        guard slug.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }) else {
            throw wrong("loai")
        }
        return slug
    }

    private func recipient() throws(RuleFileFault) -> RecipientScope {
        let text = self["noi_nhan"]
        if text.isEmpty { return .any }
        if let duty = RecipientDuty(rawValue: text) { return .duty(duty) }
        if let kind = CorrespondentKind(rawValue: text) { return .kind(kind) }
        if let id = ID<Agency>(text) { return .agency(id) }
        throw wrong("noi_nhan")
    }

    private func directions() throws(RuleFileFault) -> [ExchangeDirection] {
        guard head.contains("gui") || head.contains("nhan") else { return [.send] }
        var marked: [ExchangeDirection] = []
        for direction in ExchangeDirection.allCases {
            switch self[direction.rawValue].lowercased() {
            case "x": marked.append(direction)
            case "": continue
            default: throw wrong(direction.rawValue)
            }
        }
        if marked.isEmpty { throw wrong("gui") }
        return marked
    }

    private func value<T>(_ column: String, _ read: (String) -> T?) throws(RuleFileFault) -> T? {
        let text = self[column]
        if text.isEmpty { return nil }
        guard let value = read(text) else { throw wrong(column) }
        return value
    }

    private func wrong(_ column: String) -> RuleFileFault {
        .wrong(line: number, column: column, value: String(self[column].prefix(80)))
    }

    private subscript(_ column: String) -> String {
        guard let index = head.firstIndex(of: column), cells.indices.contains(index) else { return "" }
        return cells[index]
    }
}

/// Tables of texts with commas between them (RFC 4180); cells are trimmed.
package enum CommaRows {
    /// - Parameter limit: Reading stops after so many rows.
    package static func read(_ text: String, limit: Int) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var quoted = false
        var characters = text.makeIterator()
        var next = characters.next()
        while let character = next {
            next = characters.next()
            switch character {
            case "\"" where quoted && next == "\"":
                cell.append("\"")
                next = characters.next()
            case "\"" where quoted || cell.isEmpty: quoted.toggle()
            case "," where !quoted:
                row.append(trimmed(cell))
                cell = ""
            case _ where character.isNewline && !quoted:
                rows.append(row + [trimmed(cell)])
                (row, cell) = ([], "")
                if rows.count >= limit { return rows }
            default: cell.append(character)
            }
        }
        if !row.isEmpty || !cell.isEmpty { rows.append(row + [trimmed(cell)]) }
        return rows
    }

    private static func trimmed(_ cell: String) -> String { cell.trimmingCharacters(in: .whitespaces) }
}
