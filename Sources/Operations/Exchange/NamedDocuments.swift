// Documents named in a message, as far as this agency has them: what a letter answers, what it replaces and what has replaced
// it, and the same letter sent again.
import Domain
import Foundation
import Store

struct NamedDocuments {
    let tables: Tables
    let receipt: Receipt

    /// Of this agency's own.
    func answered(_ findings: [ArrivalFinding], year: Int) throws -> [ReceiptView.Named] {
        try findings.compactMap { finding in
            guard case .answers(let code) = finding else { return nil }
            let parts = code.split(separator: "/", maxSplits: 1).map(String.init)
            let row =
                try parts.count == 2
                ? Int(parts[0]).flatMap {
                    try tables.issuanceLists.find(
                        receipt.agency, years: [year, year - 1], number: $0, notation: parts[1])
                } : nil
            return ReceiptView.Named(
                words: code, date: row?.issuance.date, place: row.map(ReceiptView.Named.Place.issued))
        }
    }

    /// What came before from the same sender.
    func replaced() throws -> [ReceiptView.Named] {
        try receipt.origin.replaces.map { name in
            let key = DocumentKey(name)
            var found = try tables.receipts.find(messageKey: name, from: receipt.sender, in: receipt.agency)
            if found.isEmpty, let key {
                found = try tables.receipts.find(
                    numberAndNotation: key.numberAndNotation, date: key.date, from: receipt.sender,
                    in: receipt.agency)
            }
            return ReceiptView.Named(
                words: key?.numberAndNotation ?? name, date: key?.date,
                place: try found.last { $0.id != receipt.id }.map(place))
        }
    }

    /// What came later from the same sender in its place, and was not refused or taken back.
    func replacing() throws -> [ReceiptView.Named] {
        guard let facts = try tables.documents.particulars(of: receipt.document) else { return [] }
        func names(_ name: String) -> Bool {
            if !receipt.origin.key.isEmpty, name == receipt.origin.key { return true }
            guard let key = DocumentKey(name) else { return false }
            return key.numberAndNotation == facts.numberAndNotation && key.date == facts.date
        }
        return try tables.receipts.replacing(from: receipt.sender, in: receipt.agency).filter {
            $0.id != receipt.id && $0.state != .refused && $0.frozenAt == nil
                && $0.origin.replaces.contains(where: names)
        }.compactMap { later in
            guard let said = try tables.documents.particulars(of: later.document) else { return nil }
            return ReceiptView.Named(
                words: said.numberAndNotation, date: said.date, place: try place(later))
        }
    }

    /// The other times its sender sent it, the first first.
    func sendings() throws -> [Receipt] {
        if receipt.origin.channel == .loopback {
            return try tables.receipts.sendings(of: receipt).filter { $0.id != receipt.id }
        }
        return try tables.receipts.find(
            messageKey: receipt.origin.key, from: receipt.sender, in: receipt.agency
        ).filter { $0.id != receipt.id && $0.origin.business == receipt.origin.business }
            .sorted { $0.origin.sending < $1.origin.sending }
    }

    private func place(_ receipt: Receipt) throws -> ReceiptView.Named.Place {
        let arrival = try tables.arrivals.find(receipt: receipt.id)
        return arrival.map { .arrival(ArrivalNumber(year: $0.year, number: $0.number)) }
            ?? .receipt(receipt.id)
    }
}
