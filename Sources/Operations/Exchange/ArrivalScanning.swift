// Quét lại (B7): where an arrival came while no scanner answered, its files go through the scanner once more before the clerk
// decides. The bytes are scanned outside any transaction; what was found is kept with the receipt and in the journal.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import OfficeFiles
import Store

package struct ArrivalScanning: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// - Throws: `Refused`: no scanner is set up, or this is not for this person to do.
    package func operation(_ receipt: ID<Receipt>, as position: Position) async throws -> KeepScan {
        let view = try await ReceiptReading(office: office).open(receipt, as: position)
        try Refused.unless(ReceiptRules.mayScan(position, view.card.receipt))
        guard let scanner = office.outgoingScan.scanner else { throw Refused(.noVirusScanner) }
        var scans: [KeepScan.Scan] = []
        for stored in view.card.files {
            scans.append(KeepScan.Scan(file: stored.file.name, verdict: await verdict(stored.file, scanner)))
        }
        return KeepScan(receipt: receipt, scans: scans)
    }

    private func verdict(_ file: FileReference, _ scanner: VirusScanner) async -> KeepScan.Verdict {
        guard let hash = BlobHash(hex: file.hash), office.blobs.contains(hash) else { return .unanswered }
        do {
            switch try await scanner.scan(office.blobs.path(of: hash)) {
            case .clean: return .clean
            case .infected(let virus): return .infected(virus)
            }
        } catch {
            office.log.error("the virus scanner gave no verdict on an arrival: \(error)")
            return .unanswered
        }
    }
}

/// What the scanner said of each file.
package struct KeepScan: OfficeOperation {
    package static let verb = Verb.arrivalScanned

    package enum Verdict: Sendable, Equatable {
        case clean
        case infected(String)
        case unanswered
    }

    package struct Scan: Sendable, Equatable {
        let file: String
        let verdict: Verdict
    }

    let receipt: ID<Receipt>
    let scans: [Scan]

    package func perform(_ act: Act) throws -> Receipt {
        let clerk = try act.position
        guard let found = try act.tables.receipts.lock(receipt), found.agency == clerk.agency else {
            throw Refused(.notFound)
        }
        try Refused.unless(ReceiptRules.mayScan(clerk, found))
        let names = Set(scans.map(\.file))
        var findings = try act.tables.receipts.findings(of: receipt).filter { finding in
            switch finding {
            case .infected(let file, _), .notScanned(let file): !names.contains(file)
            default: true
            }
        }
        for scan in scans {
            switch scan.verdict {
            case .clean: break
            case .infected(let virus): findings.append(.infected(file: scan.file, virus: virus))
            case .unanswered: findings.append(.notScanned(file: scan.file))
            }
        }
        try act.tables.receipts.setFindings(findings, of: receipt)
        act.record(
            .arrivalScanned, receipt,
            [
                "files": "\(scans.count)", "virus": ArrivalFinding.virus(in: findings) ?? "",
                "unanswered": "\(scans.count { $0.verdict == .unanswered })",
            ])
        return found
    }
}
