// A draft on its way, for the examples.
import Domain
import Store

extension DraftDetail {
    static let exampleDrafter = Position(
        id: Example.id(), agency: Example.id(), account: Example.id(), personName: "Danh Thị Sà Rương", role: .officer,
        title: "Chuyên viên")

    static let exampleDraft = Draft(
        id: Example.id(), agency: exampleDrafter.agency, code: 268, drafter: exampleDrafter.id, typeSlug: "cong-van",
        abstract: "v/v cung cấp số liệu hộ tịch", urgency: .urgent, notation: "PTP", dueAt: Example.moment,
        state: .climbing, currentVersion: 1, version: 4)

    static let exampleVersion = DraftVersion(
        id: Example.id(), draft: exampleDraft.id, ordinal: 1,
        source: FileReference(hash: "", size: 18_000, name: "cong-van.docx", mediaType: "application/msword", pages: 0),
        pdf: FileReference(
            hash: String(repeating: "0", count: 64), size: 60_000, name: "cong-van.pdf", mediaType: "application/pdf",
            pages: 1),
        conversion: .done, fault: nil, createdBy: exampleDrafter.id, createdAt: Example.moment)

    static let exampleFile = DraftFile(
        id: Example.id(), draft: exampleDraft.id, ordinal: 1, kind: .enclosure, source: exampleVersion.source,
        pdf: nil, conversion: .waiting, fault: nil)

    static let exampleStep = RoutingStep(
        id: Example.id(), draft: exampleDraft.id, ordinal: 1, position: Example.id(), kind: .sign, state: .current,
        openedAt: Example.moment)

    static let exampleDecision = RoutingDecision(
        position: exampleDrafter.id, act: .submitted, version: 1, pdfHash: "", comment: "", at: Example.moment)

    static let example = DraftDetail(
        bundle: DraftBundle(
            draft: exampleDraft, drafter: exampleDrafter, newest: exampleVersion, files: [exampleFile],
            steps: [exampleStep], decisions: [exampleDecision], names: [:]),
        typeName: "Công văn", note: "", versions: [exampleVersion], people: [:], answers: [])
}
