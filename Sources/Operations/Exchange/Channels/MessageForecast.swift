// Xem trước gói tin (E4; Nghị định 30/2020, Phụ lục VI): the message a letter would become, checked before it has its number, so that
// the clerk hears of what is too long while it can still be put right, and nothing is numbered and sealed that cannot be sent.
import Domain
import EdXML
import Foundation
import Store

package struct MessageForecast: Sendable {
    /// It can be sent as it is; each once.
    package let doubts: [MessageDoubt]
    /// Why there would be no message.
    package let refusals: [Refusal]

    init(_ tables: Tables, _ draft: Draft, _ media: IssuingMedia, date: OfficeDate) throws {
        try self.init(
            tables, draft, electronic: media.electronic, all: media.chosen.map(\.recipient), date: date)
    }

    /// - Parameter electronic: Those of them that get a message.
    package init(
        _ tables: Tables, _ draft: Draft, electronic: [ID<Agency>], all: [ID<Agency>], date: OfficeDate
    ) throws {
        let reached = try tables.correspondents.find(electronic).filter(\.channel.speaksEdXML)
        guard !reached.isEmpty, let signed = try tables.signedFiles.valid(of: draft.id),
            let sender = try tables.correspondents.find(draft.agency)
        else {
            (doubts, refusals) = ([], [])
            return
        }
        let places = try tables.correspondents.find(all).map(\.name)
            .map { (Folding.sortKey($0), $0) }.sorted { $0 < $1 }.map(\.1)
        let material = try MessageMaterial(
            draft, signed, from: sender, to: reached,
            places: Array(places.prefix(DeliveryLists.pageLength)), tables)
        // Which number it will be is known when it is taken; that there is one is enough here.
        let facts = DocumentParticulars(
            issuingAgency: sender.name, number: Notation.printed(1), notation: draft.notation, date: date,
            type: draft.typeSlug, abstract: draft.abstract, urgency: draft.urgency, pages: signed.pages,
            signer: signed.signerName)
        var message = DocumentMessage()
        message.header = material.header(facts)
        message.attachments = [
            Attachment(
                contentID: "cid:1", name: "van-ban.pdf", contentType: "application/pdf",
                file: signed.hash, size: signed.size)
        ]
        let result = MessageCheck.check(.document(message))
        doubts = Self.each(result.warnings.compactMap(Self.doubt))
        // An agency without a code is told so in words of its own.
        refusals = Self.each(result.faults.map { Refusal.messageIncomplete(Self.part($0.detail)) })
            .filter { $0 != .messageIncomplete(.senderCode) }
    }

    private static func doubt(_ finding: MessageFinding) -> MessageDoubt? {
        if let excess = finding.excess {
            return .tooLong(part(excess.element), count: excess.count, limit: excess.limit)
        }
        return finding.code == .badIdentifier ? finding.detail.map(MessageDoubt.oddCode) : nil
    }

    /// "Place", or "PromulgationDate 2026-05-12": the element comes first.
    private static func part(_ detail: String?) -> MessagePart {
        let element = detail?.split(separator: " ").first.map(String.init) ?? ""
        return MessagePart(rawValue: element) ?? .other
    }

    private static func each<Finding: Hashable>(_ findings: [Finding]) -> [Finding] {
        var seen: Set<Finding> = []
        return findings.filter { seen.insert($0).inserted }
    }
}

extension MessageMaterial {
    /// Of a letter that has no number yet.
    fileprivate init(
        _ draft: Draft, _ signed: SignedFileRecord, from sender: Correspondent, to reached: [Correspondent],
        places: [String], _ tables: Tables
    ) throws {
        route = .loopback
        (from, owner, to) = (sender, sender, reached)
        (facts, about, again) = (nil, nil, nil)
        typeName = try tables.documentTypes.find(draft.typeSlug)?.name ?? ""
        place = try tables.agencies.find(draft.agency)?.place ?? ""
        files = []
        key = "\(sender.messageCode),\(draft.notation)"
        answers = []
        answerBy = try tables.draftSending.answerBy(of: draft.id)
        self.places = places
        paper = nil
        signerTitle = try tables.positions.find(signed.signedBy)?.title
    }
}
