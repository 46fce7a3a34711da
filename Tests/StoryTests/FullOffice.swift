// An office in which every address leads somewhere: a registered letter, one that waits at the exchange, a draft on its
// way, one that is signed, one that is issued, and a staged file.
import Domain
import DualSQL
import Operations
import Server
import Store
import TestKit

struct FullOffice: Sendable {
    static let agencies: Set<String> = ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]
    static let staff = ["vt.tuphap", "tp.tuphap", "cv1.tuphap"]

    private let receipt: ID<Receipt>
    private let staged: ID<StagedFile>
    private let batch: ID<SigningBatch>
    private let request: ID<CertificateRequest>
    private let handover: ID<Handover>
    private let correspondent: ID<Agency>
    private let group: ID<RecipientGroup>
    private let copy: ID<CertifiedCopy>
    private let delivery: ID<Delivery>
    private let stuck: ID<Envelope>
    /// Still with its drafter.
    private let drafting: Int

    init(_ world: StoryWorld) async throws {
        try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
        let issued = try await world.signedDraft()
        let usual = try await world.issuingWish(issued), offline = try await world.addPaperAgency()
        let issuance = try await world.issue(
            IssuingWish(
                code: usual.code, date: usual.date, recipients: usual.recipients + [offline], pin: usual.pin)
        ).issuance.id
        guard let copied = try await world.certifyAll(of: "phong-tu-phap", as: "vt.tuphap").first else {
            throw Refused(.notFound)
        }
        copy = copied.id
        _ = try await world.signedDraft(enclosure: nil)
        let awaited = try await world.draftForSignature()
        let letter = try await world.register(number: "482", as: try await world.actor("vt.tuphap"))
        _ = try await StampingService(office: world.office).stamp(
            letter.id, pin: StoryWorld.pin, as: try await world.position("vt.tuphap"))
        _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
        try await world.carry()
        guard let arrived = try await world.waiting(at: "phong-tu-phap").first else {
            throw Refused(.notFound)
        }
        receipt = arrived.receipt.id
        staged = try await world.stage(
            try WorldFiles.bytes("letters/" + StoryWorld.storyLetter), name: "cong-van.pdf",
            for: try await world.actor("vt.tuphap"))
        let waiting = try await world.draftForSignature(enclosure: nil)
        let batches = BatchSigning(office: world.office)
        guard
            case .done(let id) = try await batches.start(
                try await world.batchWish([waiting]), as: try await world.position("tp.tuphap"))
        else { throw Refused(.stale) }
        await batches.wait(for: id)
        batch = id
        let officer = try await world.position("cv1.tuphap")
        request = try await world.runner.run(
            RequestCertificate(.issue, for: .person(officer.account), details: ""), as: .position(officer))
        try await world.issueTokens(["tp.tuphap"], seals: [])
        guard
            case .done(let out) = try await HandoverOpening(office: world.office).openForSignature(
                try await world.signingWish(awaited, pin: ""), as: try await world.position("tp.tuphap"))
        else { throw Refused(.stale) }
        handover = out.id
        correspondent = try await world.runner.run(
            AddCorrespondent(
                name: "Công ty Cổ phần Nước sạch", kind: .outside,
                reach: Reach(channel: .paper, address: "1 Lê Lợi")), as: try await world.actor("vt.tuphap")
        ).id
        group = try await world.runner.run(
            SaveRecipientGroup(name: "Các nơi hay gửi", members: [correspondent]),
            as: try await world.actor("vt.tuphap"))
        drafting = try await world.openDraft().code
        let unsent = try await world.issueDirectly(from: "vt.tuphap", to: ["phong-noi-vu"])
        let now = world.office.clock.now
        (delivery, stuck) = try await world.office.database.write { connection in
            let tables = Tables(connection)
            let stuck = try tables.deliveries.all(of: unsent.id).flatMap {
                try tables.outbox.waiting(for: $0.id)
            }
            let deliveries = try tables.deliveries.all(of: issuance)
            guard let message = stuck.first?.id, let delivery = deliveries.first?.id else {
                throw Refused(.notFound)
            }
            try tables.outbox.bury(message, error: "Nơi nhận không còn địa chỉ này.", at: now)
            return (delivery, message)
        }
    }

    /// The route as an address of the Phòng Tư pháp, with what is really there.
    func path(_ route: PageRoute) -> String {
        let parts = route.path.split(separator: "/").map { part -> String in
            switch part {
            case ":year": "2026"
            case ":number", ":file", ":version": "1"
            case ":register": "cong-van"
            case ":page": "1.png"
            case ":batch": batch.description
            case ":group": group.description
            case ":request": request.description
            case ":copy": copy.description
            case ":code" where route.path == "du-thao/:code/noi-nhan": String(drafting)
            case ":code": route.path.contains("phat-hanh") ? "2" : "3"
            case ":id" where route.path.contains("giao-ky"): handover.description
            case ":id" where route.path.contains("danh-ba"): correspondent.description
            case ":delivery": delivery.description
            case ":id" where route.path.contains("goi-tin"): stuck.description
            case ":id": route.path.contains("tiep-nhan") ? receipt.description : staged.description
            default: String(part)
            }
        }
        return "/phong-tu-phap/" + parts.joined(separator: "/")
    }
}
