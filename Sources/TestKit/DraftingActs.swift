// The drafting half of the story with its usual values: a draft of the Phòng Tư pháp, its versions, its way.
// A test says only what matters to it.
import Domain
import Foundation
import Operations
import Store

extension StoryWorld {
    package static let slip = DraftParticulars(
        type: "cong-van", abstract: "cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026",
        urgency: .urgent,
        dueDate: OfficeDate(year: 2026, month: 5, day: 20))

    package func openDraft(
        _ facts: DraftParticulars = StoryWorld.slip, answers: [ID<Arrival>] = [],
        by login: String = "cv1.tuphap"
    ) async throws -> Draft {
        try await runner.run(OpenDraft(facts: facts, answers: answers), as: try await actor(login))
    }

    /// A letter that is a PDF already: its version needs no conversion. Each text gives other bytes.
    package func addPDFVersion(
        _ text: String, to draft: Draft, by login: String = "cv1.tuphap"
    ) async throws -> Draft {
        let person = try await actor(login)
        let staged = try await stage(Array("%PDF-1.7\n% \(text)\n".utf8), name: "du-thao.pdf", for: person)
        return try await runner.run(AddDraftVersion(SeenDraft(draft), file: staged), as: person)
    }

    /// The Word file of the story's answer; it waits for its conversion.
    package func addWordVersion(to draft: Draft, by login: String = "cv1.tuphap") async throws -> Draft {
        let person = try await actor(login)
        let staged = try await stage(
            try WorldFiles.bytes("drafts/01-cong-van-cung-cap-so-lieu-ho-tich.docx"), name: "cong-van.docx",
            mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", pages: 0,
            for: person)
        return try await runner.run(AddDraftVersion(SeenDraft(draft), file: staged), as: person)
    }

    package func addSpreadsheet(
        to draft: Draft, as kind: DraftFileKind, by login: String = "cv1.tuphap"
    ) async throws -> Draft {
        let person = try await actor(login)
        let staged = try await stage(
            try WorldFiles.bytes("drafts/01-danh-sach-so-lieu-kem-theo.xlsx"), name: "so-lieu.xlsx",
            mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", pages: 0,
            for: person)
        return try await runner.run(AddDraftFile(SeenDraft(draft), kind: kind, file: staged), as: person)
    }

    /// The usual way: the deputy looks it over, the head signs.
    package func submit(
        _ draft: Draft, route: [(String, StepKind)] = [("pp.tuphap", .approve), ("tp.tuphap", .sign)],
        by login: String = "cv1.tuphap"
    ) async throws -> Draft {
        let person = try await actor(login)
        return try await runner.run(SubmitDraft(SeenDraft(draft), route: try await steps(route)), as: person)
    }

    package func steps(_ route: [(String, StepKind)]) async throws -> [ChosenStep] {
        var steps: [ChosenStep] = []
        for (login, kind) in route { steps.append(ChosenStep(try await position(login).id, kind)) }
        return steps
    }

    package func approve(_ draft: Draft, by login: String) async throws -> Draft {
        try await runner.run(ApproveStep(SeenDraft(draft)), as: try await actor(login))
    }

    package func returnDraft(
        _ draft: Draft, to target: ReturnTarget = .drafter, comment: String = "Sửa lại số liệu quý I.",
        by login: String
    ) async throws -> Draft {
        try await runner.run(
            ReturnForRework(SeenDraft(draft), to: target, comment: comment), as: try await actor(login))
    }

    /// A draft with one finished version, at its first step.
    package func climbingDraft(
        route: [(String, StepKind)] = [("pp.tuphap", .approve), ("tp.tuphap", .sign)]
    ) async throws -> Draft {
        let opened = try await openDraft()
        return try await submit(try await addPDFVersion("bản một", to: opened), route: route)
    }

    package func bundle(_ draft: Draft) async throws -> DraftBundle {
        try await office.read { tables in
            guard let now = try tables.drafts.find(draft.id) else { throw Refused(.notFound) }
            return try tables.drafts.bundle(of: now)
        }
    }

    package func desk(_ login: String) async throws -> [DeskItem] {
        let person = try await position(login)
        return try await office.read { try $0.desk.queue(of: person.id, kind: nil, limit: 50) }
    }
}

extension StoryWorld {
    /// The officer writes down whom the draft goes to.
    package func setSending(
        _ draft: Draft, _ sending: DraftSending, by login: String = "cv1.tuphap"
    ) async throws -> Draft {
        try await runner.run(SetDraftSending(SeenDraft(draft), sending), as: try await actor(login))
    }

    /// Agencies by their slugs, as the rules say unless a medium is named.
    package func sending(
        to slugs: [String], _ media: [String: Medium] = [:], reason: String = "", answerBy: OfficeDate? = nil
    ) async throws -> DraftSending {
        var recipients: [DraftRecipient] = []
        for slug in slugs {
            recipients.append(DraftRecipient(agency: try await agency(slug).id, chosen: media[slug]))
        }
        return DraftSending(recipients: recipients, reason: reason, answerBy: answerBy)
    }
}
