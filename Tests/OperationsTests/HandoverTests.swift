import BlobStorage
import Domain
import DualSQL
import Foundation
import OfficeFiles
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// Giao tệp cho phần mềm ký: the head's signature from a token on the person's own desk, on both databases.
struct HandoverTests {
    /// A draft at the head's step, given out, and the tokens for it.
    private func out(
        _ world: StoryWorld, _ login: String = "tp.tuphap"
    ) async throws -> (draft: Draft, handover: Handover, tokens: HandoverTokens) {
        try await world.issueTokens([login], seals: [])
        let draft = try await world.draftForSignature(enclosure: nil)
        let head = try await world.position(login)
        let handover = try await open(world, draft, head)
        let tokens = try await HandoverDesk(office: world.office).giveTokens(handover.id, as: head)
        return (draft, handover, tokens)
    }

    private func open(_ world: StoryWorld, _ draft: Draft, _ person: Position) async throws -> Handover {
        let acted = try await HandoverOpening(office: world.office).openForSignature(
            try await world.signingWish(draft, pin: ""), as: person)
        guard case .done(let handover) = acted else { throw Refused(.stale) }
        return handover
    }

    private func state(_ world: StoryWorld, _ id: ID<Handover>) async throws -> HandoverState? {
        try await world.office.read { try $0.handovers.find(id)?.state }
    }

    @Test(
        "D1: the prepared file goes out, comes back signed by the head's certificate, and is the clerk's",
        arguments: DatabaseKind.available)
    func signs(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let (draft, handover, tokens) = try await out(world)
            let served = try await world.fetch(tokens)
            #expect(try await state(world, handover.id) == .fetched)
            let returned = try world.signed(served, by: "tp.tuphap")
            guard case .taken(let file)? = try await world.bringBack(returned, tokens) else {
                Issue.record("must be taken")
                return
            }
            #expect(try await state(world, handover.id) == .returned)
            #expect(try await world.reread(draft).state == .signed)
            let signed = try await world.office.read { try $0.signedFiles.valid(of: draft.id) }
            #expect(signed?.hash == file.hash)
            #expect(signed?.certificateHash == handover.certificate)
            let report = SignatureReports(office: world.office).report(file.hash)
            #expect(report.signatures.map(\.indication) == [.totalPassed])
            let verbs = try await world.office.read {
                try $0.journal.history(of: [draft.id.uuid], in: draft.agency).map(\.entry.verb)
            }
            #expect(
                verbs.suffix(4) == [.handoverOpened, .handoverFetched, .draftSigned, .handoverReturned])
        }
    }

    @Test(
        "H5: nobody but the person it was opened for sees, connects or cancels it, and no other can open it",
        arguments: DatabaseKind.available)
    func notByOthers(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let (draft, handover, _) = try await out(world)
            try await world.issueTokens(["pp.tuphap", "tp.noivu", "vt.tuphap"], seals: [])
            let desk = HandoverDesk(office: world.office)
            for login in ["pp.tuphap", "tp.noivu", "vt.tuphap", "cv1.tuphap"] {
                let person = try await world.position(login)
                await #expect(throws: Refused(.notFound), "\(login)") {
                    _ = try await desk.look(handover.id, as: person)
                }
                await #expect(throws: Refused(.notFound), "\(login)") {
                    _ = try await desk.giveTokens(handover.id, as: person)
                }
                await #expect(throws: Refused.self, "\(login)") {
                    _ = try await world.runner.run(
                        CancelHandover(id: handover.id), as: .position(person))
                }
                await #expect(throws: Refused.self, "\(login)") {
                    _ = try await open(world, draft, person)
                }
            }
            #expect(try await state(world, handover.id) == .opened)
        }
    }

    @Test(
        "H2: wrong, used and old tokens open nothing, each time told by the access log",
        arguments: DatabaseKind.available)
    func tokens(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let (draft, handover, old) = try await out(world)
            let head = try await world.position("tp.tuphap")
            let desk = HandoverDesk(office: world.office)
            let tokens = try await desk.giveTokens(handover.id, as: head)
            let counter = HandoverCounter(office: world.office)
            #expect(try await counter.fetch("khong-co", address: "10.0.0.9") == nil)
            #expect(try await counter.fetch(old.download, address: "10.0.0.9") == nil)
            #expect(try await counter.fetch(tokens.upload, address: "10.0.0.9") == nil)
            // Not before it was fetched.
            #expect(try await counter.expected(tokens.upload, address: "10.0.0.9") == nil)
            let served = try await world.fetch(tokens)
            #expect(try await counter.fetch(tokens.download, address: "10.0.0.9") == nil)
            await #expect(throws: Refused(.handoverClosed)) {
                _ = try await desk.giveTokens(handover.id, as: head)
            }
            let returned = try world.signed(served, by: "tp.tuphap")
            #expect(try await counter.expected(tokens.download, address: "10.0.0.9") == nil)
            _ = try await world.bringBack(returned, tokens)
            #expect(try await world.bringBack(returned, tokens) == nil)
            #expect(try await world.reread(draft).state == .signed)
            let denied = try await world.office.database.read { connection in
                try connection.first("SELECT count(*) FROM access_log WHERE outcome = 'denied'") {
                    try $0[0] as Int
                }
            }
            #expect(denied == 7)
        }
    }

    @Test("two uploads at once: one is taken", arguments: DatabaseKind.available)
    func once(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let (draft, _, tokens) = try await out(world)
            let returned = try world.signed(try await world.fetch(tokens), by: "tp.tuphap")
            let taken = await withTaskGroup(of: Bool.self) { group in
                for _ in 1...3 {
                    group.addTask {
                        guard let back = try? await world.bringBack(returned, tokens) else { return false }
                        if case .taken = back { return true }
                        return false
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 1)
            #expect(try await world.reread(draft).state == .signed)
        }
    }

    @Test(
        "H2: what is not the file with the head's one signature is refused with its reason, and the draft waits",
        arguments: [
            HandoverFault.unsigned, .notAnExtension, .otherCertificate, .contentAdded, .fieldsFilled,
            .severalSignatures, .notValid, .unreadable,
        ])
    func refused(_ fault: HandoverFault) async throws {
        try await TemporaryOffice.with(.sqlite) { world in
            let (draft, handover, tokens) = try await out(world)
            _ = try await world.personKey("pp.tuphap")
            let served = try await world.fetch(tokens)
            let back = try await world.bringBack(try Misdeeds(world).file(fault, served), tokens)
            guard case .refused(fault, _)? = back else {
                Issue.record("\(String(describing: back))")
                return
            }
            let now = try await world.office.read { try $0.handovers.find(handover.id) }
            #expect(now?.state == .refused && now?.fault == fault)
            #expect(try await world.reread(draft).state == .climbing)
            // Nothing of what came is kept, and the head can begin again.
            let head = try await world.position("tp.tuphap")
            let again = try await open(world, try await world.reread(draft), head)
            #expect(again.state == .opened && again.id != handover.id)
        }
    }

    @Test(
        "D1: cancelled or out of time, what comes back afterwards is not looked at",
        arguments: DatabaseKind.available)
    func tooLate(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let (draft, handover, tokens) = try await out(world)
            let head = try await world.position("tp.tuphap"), desk = HandoverDesk(office: world.office)
            let returned = try world.signed(try await world.fetch(tokens), by: "tp.tuphap")
            _ = try await world.runner.run(CancelHandover(id: handover.id), as: .position(head))
            #expect(try await world.bringBack(returned, tokens) == nil)
            let second = try await open(world, try await world.reread(draft), head)
            let late = try await desk.giveTokens(second.id, as: head)
            _ = try await world.fetch(late)
            try await world.office.database.write { connection in
                _ = try connection.execute(
                    "UPDATE handover SET expires_at = opened_at WHERE id = \(second.id)")
            }
            #expect(try await world.bringBack(returned, late) == nil)
            #expect(try await desk.look(second.id, as: head).handover.state == .timedOut)
            #expect(try await world.reread(draft).state == .climbing)
        }
    }

    @Test(
        "C4: a new version while the file is out: what comes back is refused",
        arguments: DatabaseKind.available)
    func moved(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let (draft, handover, tokens) = try await out(world)
            let head = try await world.position("tp.tuphap")
            let returned = try world.signed(try await world.fetch(tokens), by: "tp.tuphap")
            let letter = try await world.stage(
                try await StoryPDFs.shared.pdf(of: "drafts/02-bao-cao-pho-bien-phap-luat.docx").bytes,
                name: "moi.pdf", pages: 2, for: .position(head))
            _ = try await world.runner.run(
                AddDraftVersion(SeenDraft(try await world.reread(draft)), file: letter), as: .position(head))
            guard case .refused(.moved, _)? = try await world.bringBack(returned, tokens) else {
                Issue.record("must be refused as moved")
                return
            }
            #expect(try await state(world, handover.id) == .refused)
            #expect(try await world.reread(draft).state == .climbing)
        }
    }

    @Test("the sweeper closes what nobody brought back", arguments: DatabaseKind.available)
    func swept(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let (_, handover, _) = try await out(world)
            try await Sweeper(office: world.office).runOnce()
            #expect(try await state(world, handover.id) == .opened)
            try await world.office.database.write { connection in
                _ = try connection.execute("UPDATE handover SET expires_at = opened_at")
            }
            try await Sweeper(office: world.office).runOnce()
            #expect(try await state(world, handover.id) == .timedOut)
        }
    }
}

/// What a program that is not the right one, or not in the right hands, may bring back.
struct Misdeeds {
    let world: StoryWorld
    init(_ world: StoryWorld) { self.world = world }

    func file(_ fault: HandoverFault, _ served: [UInt8]) throws -> [UInt8] {
        switch fault {
        case .unsigned: served
        case .notAnExtension: try world.signed(rewritten(served), by: "tp.tuphap")
        case .otherCertificate: try world.signed(served, by: "pp.tuphap")
        case .contentAdded: try world.signed(printed(served), by: "tp.tuphap")
        case .fieldsFilled:
            try world.signed(
                try FormFilling.fill(
                    served, values: [FieldName.number: "54"], font: try font(), italicFont: try font()),
                by: "tp.tuphap")
        case .severalSignatures:
            try world.signed(
                try world.signed(served, by: "tp.tuphap"), by: "tp.tuphap", field: FieldName.seal)
        case .notValid:
            broken(try world.signed(served, by: "tp.tuphap"))
        case .unreadable:
            try world.signed(served, by: "tp.tuphap").dropLast(40) + Array("startxref\n9\n%%EOF\n".utf8)
        case .changedAfterwards, .tooLarge, .moved: []
        }
    }

    /// Another file that reads the same: one byte of the comment in its second line.
    private func rewritten(_ served: [UInt8]) -> [UInt8] {
        var bytes = served
        if bytes.count > 12 { bytes[11] ^= 1 }
        return bytes
    }

    private func font() throws -> [UInt8] {
        [UInt8](
            try Data(
                contentsOf: URL(
                    filePath: "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")))
    }

    /// A number printed onto the page as a program that stamps by itself does: the page object written anew with one more
    /// content stream. Only the classic cross-reference of the world's letters is met.
    private func printed(_ served: [UInt8]) throws -> [UInt8] {
        try StampedPage(served).bytes()
    }

    /// One digit of the signature value turned.
    private func broken(_ signed: [UInt8]) -> [UInt8] {
        var bytes = signed
        let mark = Array("/Contents <".utf8)
        for place in stride(from: bytes.count - mark.count, to: 0, by: -1)
        where bytes[place..<(place + mark.count)].elementsEqual(mark) {
            // The signature value ends the CMS; behind it the hole is zero.
            var end = place + mark.count
            while bytes[end] != UInt8(ascii: ">") { end += 1 }
            var last = end - 1
            while bytes[last] == UInt8(ascii: "0") { last -= 1 }
            bytes[last - 40] = bytes[last - 40] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
            return bytes
        }
        return bytes
    }
}
