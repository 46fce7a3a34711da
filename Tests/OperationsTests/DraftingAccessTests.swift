import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Who may read a draft, and what a stranger is told, on both databases.
struct DraftingAccessTests {
    @Test(
        "A2: to an officer who has nothing to do with it, and to a neighbour, the draft does not exist",
        arguments: DatabaseKind.available)
    func strangers(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.climbingDraft()
            let seen = SeenDraft(draft)
            let step = ChosenStep(try await world.position("tp.tuphap").id, .sign)
            for login in ["cv2.tuphap", "vt.tuphap", "tp.noivu", "cv1.noivu"] {
                let (actor, person) = (try await world.actor(login), try await world.position(login))
                await #expect(throws: Refused(.notFound)) {
                    _ = try await world.office.draft(draft.code, as: person)
                }
                func refused(_ operation: some OfficeOperation) async {
                    await #expect(throws: Refused(.notFound), "\(login) \(type(of: operation))") {
                        _ = try await world.runner.run(operation, as: actor)
                    }
                }
                await refused(ChangeDraft(seen, facts: StoryWorld.slip))
                await refused(AddDraftVersion(seen, file: ID(UUID())))
                await refused(AddDraftFile(seen, kind: .supporting, file: ID(UUID())))
                await refused(RemoveDraftFile(seen, file: ID(UUID())))
                await refused(RepeatConversion(seen, subject: .newestVersion))
                await refused(SubmitDraft(seen, route: [step]))
                await refused(ApproveStep(seen))
                await refused(SubmitOnward(seen, to: step))
                await refused(ReturnForRework(seen, to: .drafter, comment: "x"))
                await refused(TakeBackStep(seen))
            }
            #expect(try await world.bundle(draft).draft == draft)
        }
    }

    @Test("A2: an administrator of the machine drafts nothing", arguments: DatabaseKind.available)
    func administrator(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let officer = try await world.position("cv1.tuphap")
            let administrator = Actor.position(
                Position(
                    id: officer.id, agency: officer.agency, account: officer.account, personName: "Quản trị",
                    role: .administrator, title: "Quản trị"))
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(OpenDraft(facts: StoryWorld.slip), as: administrator)
            }
        }
    }

    @Test(
        "C2, A2: the list shows to each person exactly what the person may read, page by page",
        arguments: DatabaseKind.available)
    func lists(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let arrival = try await world.register(number: "482", as: try await world.actor("vt.tuphap"))
            try await world.direct(arrival, lead: "cv1.tuphap", cooperating: ["cv2.tuphap"], as: "tp.tuphap")
            let answer = try await world.openDraft(answers: [arrival.id])
            let climbing = try await world.climbingDraft()
            let approved = try await world.approve(try await world.climbingDraft(), by: "pp.tuphap")
            let signed = try await world.openDraft()
            try await world.office.database.write { try Tables($0).drafts.setState(.signed, of: signed.id) }
            let returned = try await world.returnDraft(try await world.climbingDraft(), by: "pp.tuphap")
            let all = [answer, climbing, approved, signed, returned].map(\.code)
            var seen: [String: [Int]] = [:]
            for login in ["cv1.tuphap", "cv2.tuphap", "vt.tuphap", "pp.tuphap", "tp.tuphap", "tp.noivu"] {
                let person = try await world.position(login)
                let (listed, readable) = try await world.office.read { tables in
                    let rows = try tables.draftLists.page(for: person, state: nil, after: nil, limit: 50)
                    let details = try all.filter { try tables.drafts.detail(code: $0, for: person) != nil }
                    return (rows.map(\.code), details)
                }
                #expect(listed == readable.sorted(by: >), "\(login)")
                seen[login] = listed
            }
            #expect(seen["cv1.tuphap"] == [5, 4, 3, 2, 1])
            #expect(seen["cv2.tuphap"] == [1])
            #expect(seen["vt.tuphap"] == [4])
            #expect(seen["pp.tuphap"] == [5, 3, 2])
            #expect(seen["tp.tuphap"] == [5, 4, 3, 2, 1])
            #expect(seen["tp.noivu"] == [])
        }
    }

    @Test("a row says whose step it is at, and counts are by state", arguments: DatabaseKind.available)
    func rows(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.openDraft()
            let climbing = try await world.climbingDraft()
            let drafter = try await world.position("cv1.tuphap")
            let (first, rest, counts, found) = try await world.office.read { tables in
                let lists = tables.draftLists
                return (
                    try lists.page(for: drafter, state: nil, after: nil, limit: 1),
                    try lists.page(for: drafter, state: .drafting, after: climbing.code, limit: 9),
                    try lists.counts(for: drafter), try lists.rows([climbing.id], for: drafter)
                )
            }
            #expect(first.map(\.holder) == ["Danh Kim Long"])
            #expect(first.map(\.typeName) == ["Công văn"])
            #expect(first.map(\.currentVersion) == [1])
            #expect(rest.map(\.code) == [1])
            #expect(rest.map(\.holder) == ["Bùi Ngọc Quyền"])
            #expect(counts[.drafting] == 1)
            #expect(counts[.climbing] == 1)
            #expect(counts[.issued] == 0)
            #expect(found == first)
        }
    }
}
