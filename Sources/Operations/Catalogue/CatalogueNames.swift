// What a list says of an agency beyond its own line: who is above it, by whatever the list calls the superior, and what kind of
// body its code makes it.
import Domain
import EdXML

/// Names by the list's own numbers and by code, for finding superiors.
struct ListedNames {
    private var byListID: [String: String] = [:]
    private var byCode: [String: String] = [:]

    init() {}

    init(_ entries: [CatalogueEntry]) {
        for entry in entries {
            if !entry.listID.isEmpty { byListID[entry.listID] = entry.name }
            for code in [entry.code, entry.codeQCVN102] where !code.isEmpty { byCode[code] = entry.name }
        }
    }

    func superior(of entry: CatalogueEntry) -> String {
        if !entry.superiorName.isEmpty { return entry.superiorName }
        if entry.parentID != entry.listID, let name = byListID[entry.parentID] { return name }
        return byCode[entry.superiorCode] ?? byCode[entry.parentID] ?? ""
    }
}

/// The group a code of the first level belongs to (Quyết định 20/2020, phụ lục): A Đảng, I tổ chức chính trị - xã hội, J hội.
enum CodeKind {
    static func kind(of entry: CatalogueEntry) -> CorrespondentKind {
        let newer = OrganIdentifier(entry.code), older = OrganIdentifier(entry.codeQCVN102)
        let first: Character? =
            if newer.form == .qd20 {
                newer.code.first
            } else if older.form == .qcvn102 {
                older.code.split(separator: ".").last?.first
            } else {
                nil
            }
        return switch first {
        case "A": .party
        case "I": .massOrganisation
        case "J": .outside
        default: .state
        }
    }
}
