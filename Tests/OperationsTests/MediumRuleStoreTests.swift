import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Catalogues entered, replaced and read again, on both databases; and who may not.
struct MediumRuleStoreTests {
    private static let commandLine = Actor.system(name: "Dòng lệnh", agency: nil)

    @Test(
        "D7, D14: a catalogue that is replaced keeps its old rules with their last day; the journal says so",
        arguments: DatabaseKind.available)
    func replaced(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let own = try await world.agency("phong-tu-phap").id, today = world.office.clock.now.officeDate
            for owner in [nil, "phong-tu-phap"] {
                let first = try await world.importRules(.lucNam, for: owner)
                #expect((first.entered, first.ended, first.lastDays) == (64, 0, nil))
            }
            let line = try RuleCatalogue.read(
                Array("ten_loai,hinh_thuc\nCông văn,giay\n".utf8), basis: "Quy chế mới", from: today)
            let imported = try await world.runner.run(
                ImportRules("luc-nam", for: own, line), as: Self.commandLine)
            let yesterday = today.adding(days: -1)
            #expect(imported == ImportedRules(entered: 1, ended: 64, lastDays: yesterday...yesterday))
            let rules = try await world.office.read { try $0.mediumRules.known(to: own) }
            #expect(rules.count == 129)
            let mine = rules.filter { $0.agency == own }
            #expect(mine.count { $0.validTo == today.adding(days: -1) } == 64)
            #expect(
                rules.filter { $0.agency == nil }.allSatisfy { $0.validTo == nil }, "the installation's stand"
            )
            let inForce = try await world.office.read { try $0.mediumRules.inForce(for: own, on: today) }
            #expect(inForce.count == 65)
            let question = MediumQuestion(agency: own, type: "cong-van", day: today)
            let decision = MediumRules(inForce).decide(question, MediumParty(id: ID(UUID())))
            #expect(decision.medium == .paper && decision.rule?.basis == "Quy chế mới")
            let others = try await world.agency("phong-noi-vu").id
            #expect(try await world.office.read { try $0.mediumRules.known(to: others) }.count == 64)
            let verbs = try await world.office.database.read { connection in
                try connection.rows("SELECT verb FROM journal WHERE verb = 'mediumRulesImported'") {
                    try $0[0] as String
                }
            }
            #expect(verbs.count == 3)
        }
    }

    @Test(
        "D14: every kind of recipient comes back from the database as it went in",
        arguments: DatabaseKind.available)
    func scopes(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let other = try await world.agency("phong-noi-vu").id
            let text = """
                ten_loai,loai,linh_vuc,noi_nhan,hinh_thuc,den_ngay
                Một,*,tai-chinh,party,giay,2030-12-31
                Hai,cong-van,,cong-bao,dien_tu_va_giay,
                Ba,quyet-dinh,,\(other),dien_tu,
                """
            let lines = try RuleCatalogue.read(Array(text.utf8), basis: "Thử", from: OfficeDate("2026-01-01"))
            try await world.runner.run(ImportRules("thu", for: nil, lines), as: Self.commandLine)
            let rules = try await world.office.read { try $0.mediumRules.known(to: nil) }
                .sorted { $0.ordinal < $1.ordinal }
            #expect(rules.map(\.recipient) == [.kind(.party), .duty(.gazette), .agency(other)])
            #expect(rules.map(\.type) == [nil, "cong-van", "quyet-dinh"])
            #expect(rules.map(\.subject) == [.finance, nil, nil])
            #expect(rules.map(\.medium) == [.paper, .electronicAndPaper, .electronic])
            #expect(rules.map(\.validTo) == [OfficeDate("2030-12-31"), nil, nil])
        }
    }

    @Test(
        "D8: an agency that prints the gazette gets legal documents on paper as well",
        arguments: DatabaseKind.available)
    func duties(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.importRules(.kienGiang)
            let own = try await world.agency("phong-tu-phap").id,
                gazette = try await world.agency("phong-noi-vu").id
            func medium() async throws -> Medium? {
                try await world.office.read { tables in
                    try IssuingMedia(
                        tables, agency: own, type: "quyet-dinh", recipients: [gazette],
                        wish: MediaWish(subject: .legal), on: world.office.clock.now.officeDate,
                        isSigned: true
                    ).chosen.first?.medium
                }
            }
            #expect(try await medium() == .electronic)
            try await world.runner.run(
                SetRecipientDuty(.gazette, of: gazette, holds: true), as: Self.commandLine)
            #expect(try await medium() == .electronicAndPaper)
            try await world.runner.run(
                SetRecipientDuty(.gazette, of: gazette, holds: false), as: Self.commandLine)
            #expect(try await medium() == .electronic)
        }
    }

    @Test(
        "A2, D7: neither clerk nor head enters rules, no administrator those of another agency or of the whole, nor a duty",
        arguments: DatabaseKind.available)
    func notTheirs(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let own = try await world.agency("phong-tu-phap").id,
                other = try await world.agency("phong-noi-vu").id
            let lines = try RuleCatalogue.read(Array(KnownCatalogue.lucNam.text.utf8))
            for login in ["vt.tuphap", "tp.tuphap", "cv1.tuphap"] {
                let actor = try await world.actor(login)
                await #expect(throws: Refused(.notForYourRole)) {
                    try await world.runner.run(ImportRules("luc-nam", for: own, lines), as: actor)
                }
            }
            let clerk = try await world.position("vt.tuphap")
            let administrator = Actor.position(
                Position(
                    id: clerk.id, agency: own, account: clerk.account, personName: "Quản trị",
                    role: .administrator,
                    title: "Quản trị"))
            for agency in [other, nil] {
                await #expect(throws: Refused(.notYours)) {
                    try await world.runner.run(ImportRules("luc-nam", for: agency, lines), as: administrator)
                }
            }
            await #expect(throws: Refused(.notYours)) {
                try await world.runner.run(
                    SetRecipientDuty(.gazette, of: other, holds: true), as: administrator)
            }
            #expect(try await world.office.read { try $0.mediumRules.known(to: own) }.isEmpty)
            try await world.runner.run(ImportRules("luc-nam", for: own, lines), as: administrator)
            #expect(try await world.office.read { try $0.mediumRules.known(to: own) }.count == 64)
        }
    }
}
