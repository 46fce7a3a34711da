// The part of the story in which a machine may die: a letter is drafted, signed, numbered, sealed, sent and accepted. It
// looks where each letter stands and goes on from there, so that a run that was killed is finished by the next one.
import BlobStorage
import Crypto
import Domain
import DualSQL
import Foundation
import OfficeFiles
import Operations
import Store

package struct CrashStory: Sendable {
    package static let agencies: Set<String> = ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]
    /// Recipient, its clerk, and who directs there.
    package static let recipients = [
        ("phong-noi-vu", "vt.noivu", "tp.noivu"), ("ubnd-thanh-pho", "vt.ubnd", "ct.ubnd"),
    ]

    package let world: StoryWorld
    private let folder: String

    /// `folder` outlives the process: what is made once and takes long stays in it.
    package init(office: Office, folder: String) {
        world = StoryWorld(office: office)
        self.folder = folder
    }

    /// People, keys and the letter's PDF, made at the first run.
    package func prepare() async throws {
        if try await world.office.read({ try $0.agencies.find(slug: "phong-tu-phap") }) != nil { return }
        let word = try WorldFiles.bytes("drafts/01-cong-van-cung-cap-so-lieu-ho-tich.docx")
        let source = folder + "/thu.docx"
        try Data(word).write(to: URL(filePath: source))
        let pdf = try await WordConversion.convert(source, kind: FileKind.detect(bytes: word).kind)
        try Data(pdf.bytes).write(to: URL(filePath: letterPath))
        try await world.install(only: Self.agencies)
        try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
    }

    /// Goes on until this many letters have arrived at all their recipients and were accepted there.
    package func run(letters: Int) async throws {
        let sender = try await world.agency("phong-tu-phap")
        for code in 1...max(1, letters) where code <= letters {
            if try await world.office.read({ try $0.drafts.find(sender.id, code: code) }) == nil {
                _ = try await world.openDraft(Self.facts)
            }
            try await finish(code, of: sender)
        }
        try await deliver()
    }

    private static let facts = DraftParticulars(
        type: "cong-van", abstract: "cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026",
        urgency: .urgent, notation: "PTP")

    private func finish(_ code: Int, of sender: Agency) async throws {
        while let draft = try await world.office.read({ try $0.drafts.find(sender.id, code: code) }) {
            switch draft.state {
            case .drafting where draft.currentVersion == 0: try await addLetter(to: draft)
            case .drafting: _ = try await world.submit(draft, route: [("tp.tuphap", .sign)])
            case .climbing:
                _ = try await SignDraftService(office: world.office).sign(
                    try await world.signingWish(draft), as: try await world.position("tp.tuphap"))
            case .signed, .numbered: _ = try await world.issue(draft)
            case .issued: return
            }
        }
    }

    private func addLetter(to draft: Draft) async throws {
        let officer = try await world.actor("cv1.tuphap")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: letterPath)))
        let staged = try await world.stage(bytes, name: "cong-van.pdf", pages: 1, for: officer)
        _ = try await world.runner.run(AddDraftVersion(SeenDraft(draft), file: staged), as: officer)
    }

    private func deliver() async throws {
        try await world.carry()
        for (slug, clerk, director) in Self.recipients {
            for row in try await world.waiting(at: slug) {
                _ = try await world.accept(row.receipt.id, as: clerk, director: director)
            }
        }
        try await world.carry()
    }

    private var letterPath: String { folder + "/thu.pdf" }
}

/// What a finished crash story must have left in the tables.
package struct CrashStoryOutcome: Sendable, Equatable {
    package var issued: [Int] = []
    package var documents = 0
    package var receipts = 0
    /// Arrivals, their numbers, of each recipient.
    package var arrivals: [[Int]] = []
    package var messagesLeft = 0

    package static func expected(letters: Int) -> CrashStoryOutcome {
        let numbers = letters > 0 ? Array(1...letters) : []
        return CrashStoryOutcome(
            issued: numbers, documents: letters, receipts: letters * CrashStory.recipients.count,
            arrivals: CrashStory.recipients.map { _ in numbers }, messagesLeft: 0)
    }

    package static func read(_ office: Office) async throws -> CrashStoryOutcome {
        try await office.read { tables in
            let connection = tables.connection
            var outcome = CrashStoryOutcome()
            outcome.issued = try connection.rows(
                "SELECT number FROM issuance WHERE state = 'issued' ORDER BY number") { try $0[0] }
            outcome.documents = try connection.first("SELECT count(*) FROM document") { try $0[0] } ?? -1
            outcome.receipts =
                try connection.first("SELECT count(*) FROM receipt WHERE state = 'accepted'") { try $0[0] } ?? -1
            outcome.messagesLeft = try connection.first("SELECT count(*) FROM outbox") { try $0[0] } ?? -1
            for (slug, _, _) in CrashStory.recipients {
                let agency = try tables.agencies.find(slug: slug)
                outcome.arrivals.append(
                    try connection.rows(
                        "SELECT number FROM arrival WHERE agency_id = \(agency?.id) ORDER BY number") { try $0[0] })
            }
            return outcome
        }
    }
}
