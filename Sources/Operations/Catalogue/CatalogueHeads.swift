// The columns of a list of agencies, by the names they go by: Vietnamese or English heads of a table, and the names in the
// answers of the axis (getAgenciesList, getAgenciesListQD20, getSynchronizeUnit).
import Domain
import Foundation

enum CatalogueHead: CaseIterable {
    case listID, parentID, name, code, codeQCVN102, oldCode, superiorName, superiorCode, kind, mail, address
    case validFrom, validTo, successorCode, deleted, changedOn

    /// `nil` for columns that say nothing we keep.
    init?(_ head: String) {
        let plain = Folding.fold(head).replacing(" ", with: "")
        guard let found = Self.allCases.first(where: { $0.names.contains(plain) }) else { return nil }
        self = found
    }

    private var names: Set<String> {
        switch self {
        case .listID: ["id"]
        case .parentID: ["pid", "parentid"]
        case .name: ["name", "namevi", "ten", "tencoquan", "tendonvi", "tencoquantochuc", "organname"]
        case .code:
            [
                "code", "codeqd20", "ma", "madinhdanh", "madinhdanhdientu", "maqd20", "madinhdanhqd20",
                "organid",
            ]
        case .codeQCVN102: ["code102", "codeqcvn102", "maqcvn102", "madinhdanhqcvn102", "ma102"]
        case .oldCode: ["oldcode", "macu", "madinhdanhcu"]
        case .superiorName: ["superior", "superiorname", "coquanchuquan", "captren", "organizationincharge"]
        case .superiorCode: ["superiorcode", "pcode", "parentcode", "macoquanchuquan", "macaptren"]
        case .kind: ["kind", "loai", "loaicoquan"]
        case .mail: ["mail", "email", "thudientu", "hopthu"]
        case .address: ["address", "diachi", "organadd"]
        case .validFrom: ["validfrom", "hieulactu", "hieuluctu", "tungay"]
        case .validTo: ["validto", "hieulucden", "denngay"]
        case .successorCode: ["successor", "successorcode", "makethua", "macoquankethua"]
        case .deleted: ["deleted", "isdeleted", "daxoa"]
        case .changedOn: ["modifydate", "modifieddate", "ngaycapnhat"]
        }
    }
}

extension CatalogueEntry {
    /// - Returns: the text again where it is no such value.
    mutating func set(_ head: CatalogueHead, _ text: String) -> CatalogueReport.Fault? {
        let value = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if value.isEmpty || value == "null" { return nil }
        switch head {
        case .listID: listID = value
        case .parentID: parentID = value
        case .name: name = value
        case .code: code = value
        case .codeQCVN102: codeQCVN102 = value
        case .oldCode: oldCode = value
        case .superiorName: superiorName = value
        case .superiorCode: superiorCode = value
        case .kind: kind = Self.kind(value)
        case .mail: mail = value
        case .address: address = value
        case .successorCode: successorCode = value
        case .deleted: isDeleted = ["1", "true", "x", "yes", "co"].contains(Folding.fold(value))
        case .changedOn: changedOn = Self.day(value)
        case .validFrom:
            validFrom = Self.day(value)
            return validFrom == nil ? .badDay(value) : nil
        case .validTo:
            validTo = Self.day(value)
            return validTo == nil ? .badDay(value) : nil
        }
        return nil
    }

    private static func kind(_ value: String) -> CorrespondentKind? {
        if let kind = CorrespondentKind(rawValue: value) { return kind }
        let folded = Folding.fold(value)
        if folded.contains("ngoai nha nuoc") || folded.contains("doanh nghiep") { return .outside }
        if folded.contains("chinh tri xa hoi") { return .massOrganisation }
        if folded.hasPrefix("dang") || folded.contains("co quan dang") { return .party }
        return folded.contains("nha nuoc") ? .state : nil
    }

    /// The end of the year 9999: no day that is written has more digits.
    private static let lastMillisecond: Int64 = 253_402_214_400_000

    /// A day as tables and services write it: `12/05/2026`, `2026-05-12 10:11:12.0`, or milliseconds since 1970.
    private static func day(_ value: String) -> OfficeDate? {
        if value.utf8.count >= 11, let milliseconds = Int64(value), milliseconds >= 0,
            milliseconds < lastMillisecond
        {
            return Instant(microseconds: milliseconds * 1000).officeDate
        }
        let first = value.split(whereSeparator: { $0 == " " || $0 == "T" }).first.map(String.init) ?? value
        return OfficeDate(typed: first)
    }
}
