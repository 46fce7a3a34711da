// Danh bạ của trục: the agencies the national axis knows, as a list to be taken up. It is read before any transaction begins.
import DocumentAxis
import Domain
import Foundation

package struct AxisCatalogueReading: Sendable {
    /// The name of the axis' list among the lists that are taken up.
    package static let list = "truc"

    private let channel: AxisChannel

    /// nil where the exchange with the national axis is not set up.
    package init?(_ settings: ExchangeSettings) {
        guard let account = settings.axis else { return nil }
        channel = AxisChannel(.axis, account)
    }

    /// - Returns: the entries, and how many lines had no code.
    package func read() async throws(CarryingFailure) -> (entries: [CatalogueEntry], unreadable: Int) {
        guard let directory = channel.axis as? any AxisDirectory else { return ([], 0) }
        let result = await OwnThread.run {
            Result { () throws(AxisFailure) in try directory.agencies(.qd20) }
        }
        switch result {
        case .success(let found): return (CatalogueEntry.all(found.agencies), found.unreadable)
        case .failure(let failure): throw CarryingFailure(failure, of: .axis)
        }
    }
}

extension CatalogueEntry {
    package static func all(_ agencies: [AxisAgency]) -> [CatalogueEntry] {
        agencies.enumerated().map { index, agency in
            var entry = CatalogueEntry(line: index + 1)
            entry.listID = agency.id ?? ""
            entry.parentID = agency.parentID ?? ""
            entry.name = agency.name
            entry.code = agency.code
            entry.codeQCVN102 = agency.code102 ?? ""
            entry.oldCode = agency.oldCode ?? ""
            entry.mail = agency.mail ?? ""
            return entry
        }
    }
}
