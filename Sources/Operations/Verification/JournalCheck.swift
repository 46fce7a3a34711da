// Nhật ký: every chain is hashed again from its first entry, and must end at its head (H2, decision 18). An entry that was
// changed, left out or put in breaks the chain at its place.
import Domain
import Foundation
import Store

struct JournalCheck {
    let tables: Tables
    private static let stretch = 500

    func check(into findings: inout VerificationFindings) throws {
        let names = Dictionary(
            uniqueKeysWithValues: try tables.agencies.all().map { ($0.id.description, $0.name) })
        for chain in try tables.journal.chainNames() {
            findings.extent.journalChains += 1
            try check(chain, of: names[chain], &findings)
        }
    }

    private func check(_ chain: String, of agency: String?, _ findings: inout VerificationFindings) throws {
        var last: (sequence: Int64, hash: [UInt8]) = (0, [])
        while true {
            let sequences = try tables.journal.sequences(in: chain, after: last.sequence, limit: Self.stretch)
            if sequences.isEmpty { break }
            for sequence in sequences {
                findings.extent.journalEntries += 1
                if sequence != last.sequence + 1 {
                    let missing = last.sequence + 1
                    let subject = missing == sequence - 1 ? "\(missing)" : "\(missing)–\(sequence - 1)"
                    findings.add(.journalEntryMissing, agency: agency, subject)
                    last.hash = []
                }
                let hash = try check(chain, of: agency, sequence, after: last.hash, &findings)
                last = (sequence, hash)
            }
        }
        let head = try tables.journal.head(of: chain)
        if head?.sequence != last.sequence || head?.hash != last.hash {
            findings.add(.journalHeadDiffers, agency: agency, "\(last.sequence)")
        }
    }

    /// The hash that the next entry must carry: the one that is stored, so that one change is one fault.
    private func check(
        _ chain: String, of agency: String?, _ sequence: Int64, after previous: [UInt8],
        _ findings: inout VerificationFindings
    ) throws -> [UInt8] {
        guard let stored = readable(chain, sequence) else {
            findings.add(.journalEntryUnreadable, agency: agency, "\(sequence)")
            return []
        }
        if JournalSeal.hash(stored.entry) != stored.hash
            || stored.entry.agency?.description ?? "installation" != chain
        {
            findings.add(.journalEntryAltered, agency: agency, "\(sequence)")
        } else if stored.entry.previousHash != previous, !previous.isEmpty || sequence == 1 {
            findings.add(.journalLinkBroken, agency: agency, "\(sequence)")
        }
        return stored.hash
    }

    /// Nil when a column holds something that is no entry: an unknown verb, particulars that are not JSON.
    private func readable(_ chain: String, _ sequence: Int64) -> StoredJournalEntry? {
        do { return try tables.journal.entry(in: chain, sequence) } catch { return nil }
    }
}
