import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Danh bạ cơ quan taken up from lists (A9, E1), on both databases.
struct CatalogueRefreshTests {
    @Test(
        "A9, E1: a refresh keeps every agency's identity, ends what is gone and never deletes it",
        arguments: DatabaseKind.available)
    func refreshing(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let first = try await world.takeUp(
                """
                Mã định danh,Mã QCVN 102,Tên cơ quan,Cơ quan chủ quản,Thư điện tử
                H31.12,000.00.12.H31,Sở Nội vụ tỉnh Hưng Yên,UBND tỉnh Hưng Yên,snv@hungyen.example
                H31.13,000.00.13.H31,Sở Xây dựng tỉnh Hưng Yên,UBND tỉnh Hưng Yên,sxd@hungyen.example
                H31.14,,"Ban Quản lý ""Khu kinh tế"", Hưng Yên",,
                """)
            #expect((first.added, first.ended, first.refused.count) == (3, 0, 0))
            let before = try await world.byCode("H31.12"), gone = try await world.byCode("H31.13")
            #expect(try await world.byCode("H31.14").name == "Ban Quản lý \"Khu kinh tế\", Hưng Yên")

            let second = try await world.takeUp(
                """
                code;code102;name;oldCode
                H31.20;;Sở Nội vụ và Lao động tỉnh Hưng Yên;H31.12
                H31.14;;Ban Quản lý "Khu kinh tế", Hưng Yên;
                """)
            #expect((second.added, second.changed, second.ended) == (0, 1, 1))
            let now = try await world.byCode("H31.20")
            #expect(now.id == before.id)
            #expect(now.name == "Sở Nội vụ và Lao động tỉnh Hưng Yên")
            #expect(now.mail == "snv@hungyen.example", "the second list says nothing of mail")
            #expect(
                try await world.byCode("H31.12").id == before.id,
                "letters on their way still name the old code")
            let ended = try await world.byCode("H31.13")
            #expect(ended.id == gone.id)
            #expect(ended.validTo == OfficeDate("2026-05-11"))

            let third = try await world.takeUp(
                "code,name\nH31.20,Sở Nội vụ và Lao động tỉnh Hưng Yên\nH31.13,Sở Xây dựng tỉnh Hưng Yên\n"
                    + "H31.14,\"Ban Quản lý \"\"Khu kinh tế\"\", Hưng Yên\"\n")
            #expect((third.added, third.changed, third.ended) == (0, 1, 0))
            #expect(try await world.byCode("H31.13").validTo == nil, "it is on the list again")
            #expect(try await world.refreshes().count == 3)
        }
    }

    @Test("E1: what people here set is not undone by the list", arguments: DatabaseKind.available)
    func ownSettings(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.takeUp(
                "code,name,mail\nH31.12,Sở Nội vụ,a@hy.example\nH31.13,Sở Xây dựng,b@hy.example\n")
            let own = try await world.byCode("H31.12")
            try await world.runner.run(
                RouteCorrespondent(
                    own.id, channel: .mail, mail: "phong.vanthu@hy.example", address: "1 Bạch Đằng"),
                as: CatalogueWorld.commandLine)
            _ = try await world.takeUp(
                "code,name,mail\nH31.12,Sở Nội vụ,c@hy.example\nH31.13,Sở Xây dựng,d@hy.example\n")
            let kept = try await world.byCode("H31.12"), followed = try await world.byCode("H31.13")
            #expect(
                (kept.channel, kept.mail, kept.address) == (.mail, "phong.vanthu@hy.example", "1 Bạch Đằng"))
            #expect((followed.channel, followed.mail) == (.axis, "d@hy.example"))
        }
    }

    @Test(
        "E1: lines without name or code, doubled codes and bad days are refused with their line; odd codes only warned of",
        arguments: DatabaseKind.available)
    func refusedLines(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let report = try await world.takeUp(
                """
                code,code102,name,hiệu lực từ
                vxp.saas.03,,Hệ thống dùng chung,
                H31.12,,,
                ,,Không có mã,
                H31.13,,Sở Xây dựng,01/07/2025
                H31.13,,Sở Xây dựng lần hai,
                H31.15,,Sở Công Thương,31/02/2025
                000.00.16.H31,,Sở \u{0}Tài\u{7}  chính,
                """)
            #expect(report.added == 3)
            #expect(
                report.refused.map(\.fault) == [
                    .noName, .noCode, .doubled(code: "H31.13", line: 5), .badDay("31/02/2025"),
                ])
            #expect(report.refused.map(\.line) == [3, 4, 6, 7])
            #expect(report.warnings.map(\.doubt) == [.oddCode("vxp.saas.03")])
            let older = try await world.byCode("000.00.16.H31")
            #expect(older.name == "Sở Tài chính")
            #expect((older.code, older.codeQCVN102) == ("", "000.00.16.H31"), "no code is made from another")
        }
    }

    @Test(
        "E1: the axis' answer is taken as it is: superiors by pid, deleted ones ended, successors by the old code",
        arguments: DatabaseKind.available)
    func axisList(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.takeUp(
                """
                {"status":"OK","ErrorCode":"0","data":[
                 {"id":1,"pid":0,"code":"H41","name":"UBND tỉnh Nghệ An","mail":"na@na.example","code102":"000.00.00.H41"},
                 {"id":2,"pid":1,"code":"H41.02","name":"Sở Tư pháp \\"Nghệ An\\"","mail":null,"code102":"000.00.02.H41"},
                 {"id":3,"pid":1,"code":"H41.03","name":"Huyện ủy cũ","isAgency":true,"extra":{"a":[{"b":1}]}}]}
                """)
            let justice = try await world.byCode("000.00.02.H41")
            #expect(justice.superiorName == "UBND tỉnh Nghệ An")
            #expect(justice.name == "Sở Tư pháp \"Nghệ An\"")
            let report = try await world.takeUp(
                """
                [{"id":"1","code":"H41","name":"UBND tỉnh Nghệ An"},
                 {"id":"2","code":"H41.02","name":"Sở Tư pháp \\"Nghệ An\\"","oldCode":"H41.03"},
                 {"id":"3","code":"H41.09","name":"Chưa từng có","deleted":true},
                 {"id":"4","code":"H41.03","name":"Huyện ủy cũ","deleted":"1","modifyDate":"2026-05-02 08:00:00.0"}]
                """)
            #expect((report.added, report.ended) == (0, 1))
            let ended = try await world.byCode("H41.03")
            #expect(ended.successor == justice.id)
            #expect(ended.validTo != nil)
        }
    }

    @Test(
        "E1: agencies of this installation keep identity, name and way; a list that lacks too much is not taken",
        arguments: DatabaseKind.available)
    func careful(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let own = try await world.agency("phong-tu-phap")
            let many = (1...60).map { "H31.\($0),Đơn vị số \($0),UBND tỉnh" }.joined(separator: "\n")
            _ = try await world.takeUp("code,name,superior\n" + many)
            let outcome = try await world.runner.run(
                SetAgencyCode(own.id, code: "H31.7"), as: CatalogueWorld.commandLine)
            #expect(outcome.listedName == "Đơn vị số 7")
            #expect(outcome.agency.superiorName == "UBND tỉnh")
            #expect(try await world.byCode("H31.7").id == own.id, "the agency here answers to the code")
            let twin = try await world.office.read {
                try $0.catalogueLists.page(CatalogueQuestion("don vi so 7"))
            }
            #expect(twin.first?.successorName == own.name)

            let again = try await world.takeUp("code,name,superior\n" + many)
            #expect((again.added, again.changed, again.ended) == (0, 0, 0))
            let ours = try await world.byCode("H31.7")
            #expect((ours.name, ours.channel) == (own.name, .loopback))

            await #expect(throws: Refused(.listShrinks(gone: 58, of: 59))) {
                try await world.takeUp("code,name\nH31.1,Đơn vị số 1\n")
            }
            await #expect(throws: Refused(.listEmpty)) { try await world.takeUp("code,name\n") }
            let partial = try await world.takeUp("code,name\nH31.1,Đơn vị số 1 mới\n", isComplete: false)
            #expect((partial.changed, partial.ended) == (1, 0))
            let other = try await world.agency("phong-noi-vu")
            await #expect(throws: Refused(.codeTaken(own.name))) {
                try await world.runner.run(
                    SetAgencyCode(other.id, code: "H31.7"), as: CatalogueWorld.commandLine)
            }
        }
    }

    @Test("E1: a preview writes nothing; a refresh is an administrator's", arguments: DatabaseKind.available)
    func previewAndRights(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let content = try CatalogueFile(Data("code,name\nH31.1,Sở Y tế\n".utf8))
            let refresh = RefreshCatalogue(content.entries, list: "tinh", route: Route(.axis))
            #expect(try await refresh.preview(in: world.office).added == 1)
            #expect(
                try await world.office.read { try $0.correspondents.find(code: "H31.1", on: .epoch) }.isEmpty)
            for login in ["vt.tuphap", "tp.tuphap"] {
                let person = try await world.actor(login)
                await #expect(throws: Refused(.notForYourRole)) {
                    try await world.runner.run(refresh, as: person)
                }
                let own = try await world.agency("phong-tu-phap")
                await #expect(throws: Refused(.notForYourRole)) {
                    try await world.runner.run(SetAgencyCode(own.id, code: "H31.1"), as: person)
                }
            }
        }
    }

    @Test("E1: tables and answers that are cut off or are something else are refused as a whole")
    func broken() {
        for (text, isHeads) in [
            ("tên,địa chỉ\nSở,1", true), ("code,name\nH1,\"mở", false), ("[{\"code\":\"H1\"", false),
            ("{\"data\":[{]}}", false),
        ] {
            #expect(throws: CatalogueFile.Fault.self, "\(text)") { _ = try CatalogueFile(Data(text.utf8)) }
            if case .noHeads = (try? CatalogueFile(Data(text.utf8))) == nil ? fault(text) : nil {
                #expect(isHeads)
            } else {
                #expect(!isHeads)
            }
        }
        #expect(throws: CatalogueFile.Fault.self) {
            _ = try CatalogueFile(
                Data([0x63, 0x6F, 0x64, 0x65, 0x2C, 0x6E, 0x61, 0x6D, 0x65, 0x0A, 0xFF, 0x2C, 0x61]))
        }
    }

    private func fault(_ text: String) -> CatalogueFile.Fault? {
        do {
            _ = try CatalogueFile(Data(text.utf8))
            return nil
        } catch { return error }
    }
}

enum CatalogueWorld {
    static let commandLine = Actor.system(name: "Dòng lệnh", agency: nil)
}

extension OfficeDate {
    fileprivate static var epoch: OfficeDate { OfficeDate(dayNumber: 0) }
}

extension StoryWorld {
    @discardableResult
    func takeUp(_ text: String, isComplete: Bool = true) async throws -> CatalogueReport {
        let content = try CatalogueFile(Data(text.utf8))
        return try await runner.run(
            RefreshCatalogue(
                content.entries, unread: content.refused, list: "tinh", isComplete: isComplete,
                route: Route(.axis)),
            as: CatalogueWorld.commandLine)
    }

    func byCode(_ code: String) async throws -> Correspondent {
        let today = office.clock.now.officeDate
        return try #require(try await office.read { try $0.correspondents.find(code: code, on: today).first })
    }

    fileprivate func refreshes() async throws -> [JournalEntry] {
        try await office.read { try $0.journal.entries(of: nil, after: 0, limit: 1000) }.map(\.entry).filter {
            $0.verb == .catalogueRefreshed
        }
    }
}
