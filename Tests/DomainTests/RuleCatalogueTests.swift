import Domain
import Foundation
import Testing

/// Catalogues as files: those of the seeds as they stand, an office's own, and files that are none.
struct RuleCatalogueTests {
    private func read(_ text: String, basis: String = "Quyết định thử", from: String? = "2026-01-01")
        throws(RuleFileFault)
        -> [RuleLine]
    {
        try RuleCatalogue.read(Array(text.utf8), basis: basis, from: from.flatMap { OfficeDate($0) })
    }

    @Test(
        "D14: a name in a catalogue is a type, a subject, or both",
        arguments: [
            ("Quyết định", "quyet-dinh", nil), ("Quyết định (cá biệt)", "quyet-dinh", nil),
            ("Quyết định giao dự toán NSNN", "quyet-dinh", SubjectClass.budgetEstimate),
            ("Nghị quyết của HĐND cấp tỉnh, cấp huyện, cấp xã", "nghi-quyet", .legal),
            ("Quyết định của UBND cấp tỉnh, cấp huyện, cấp xã", "quyet-dinh", .legal),
            ("Các văn bản giải quyết đơn thư, KNTC", nil, .complaints),
            ("Giấy đi đường", "giay-di-duong", nil),
            ("Tất cả", nil, nil),
        ] as [(String, String?, SubjectClass?)])
    func names(_ name: String, _ type: String?, _ subject: SubjectClass?) {
        #expect(RuleName(name) == RuleName(type: type, subject: subject))
    }

    @Test(
        "D7: the lists of the seeds are read as they stand, and say the same as those that come with the program"
    )
    func asTheyStand() throws {
        let kienGiang = """
            nhom,stt,ten_loai,hinh_thuc
            Văn bản quy phạm pháp luật,1,"Nghị quyết của HĐND cấp tỉnh, cấp huyện, cấp xã",dien_tu
            Văn bản hành chính,25,Phiếu chuyển,dien_tu
            """
        let lines = try read(kienGiang)
        #expect(lines.map(\.type) == ["nghi-quyet", "phieu-chuyen"])
        #expect(lines.map(\.subject) == [.legal, nil])
        #expect(lines.allSatisfy { $0.directions == [.send] && $0.basis == "Quyết định thử" })
        let lucNam =
            "\u{FEFF}phu_luc,stt,ten_loai,hinh_thuc,gui,nhan\r\nIII,1,Quyết định giao dự toán NSNN,giay,x,x\r\nI,9,Công văn,dien_tu,,x\r\n"
        let both = try read(lucNam)
        #expect(both.map(\.medium) == [.paper, .electronic])
        #expect(both.map(\.directions) == [[.send, .receive], [.receive]])
        #expect(try RuleCatalogue.read(Array(KnownCatalogue.lucNam.text.utf8)).count == 32)
        #expect(try RuleCatalogue.read(Array(KnownCatalogue.kienGiang.text.utf8)).count == 40)
    }

    @Test("D14: an office's own file may say type, subject, recipient, basis and days itself")
    func ownColumns() throws {
        let line = try #require(
            try read(
                """
                ten_loai,loai,linh_vuc,noi_nhan,hinh_thuc,can_cu,tu_ngay,den_ngay
                "Hồ sơ ""dày"", nhiều bản vẽ",*,ban-do-ban-ve,cong-bao,giay,"Quy chế, Điều 5",1/2/2026,2026-12-31
                """, basis: "", from: nil
            ).first)
        #expect(line.name == "Hồ sơ \"dày\", nhiều bản vẽ")
        #expect(line.type == nil && line.subject == .drawings && line.recipient == .duty(.gazette))
        #expect(line.medium == .paper && line.basis == "Quy chế, Điều 5")
        #expect(line.validFrom == OfficeDate("2026-02-01") && line.validTo == OfficeDate("2026-12-31"))
    }

    @Test(
        "D7: a file that is no catalogue is refused with its line and column",
        arguments: [
            ("", .empty), ("ten_loai,hinh_thuc\n", .empty), ("ten_loai,hinh_thuc\n\n\n", .empty),
            ("ten_loai,kieu\nCông văn,giay\n", .noColumn("hinh_thuc")),
            ("ten_loai,hinh_thuc\nCông văn,fax\n", .wrong(line: 2, column: "hinh_thuc", value: "fax")),
            ("ten_loai,hinh_thuc\n,giay\n", .wrong(line: 2, column: "ten_loai", value: "")),
            ("ten_loai,hinh_thuc,gui\nCông văn,giay,y\n", .wrong(line: 2, column: "gui", value: "y")),
            ("ten_loai,hinh_thuc,gui,nhan\nCông văn,giay,,\n", .wrong(line: 2, column: "gui", value: "")),
            (
                "ten_loai,hinh_thuc,loai\nCông văn,giay,Công văn\n",
                .wrong(line: 2, column: "loai", value: "Công văn")
            ),
            (
                "ten_loai,hinh_thuc,linh_vuc\nCông văn,giay,vui\n",
                .wrong(line: 2, column: "linh_vuc", value: "vui")
            ),
            (
                "ten_loai,hinh_thuc,noi_nhan\nCông văn,giay,ai\n",
                .wrong(line: 2, column: "noi_nhan", value: "ai")
            ),
            (
                "ten_loai,hinh_thuc,tu_ngay\nCông văn,giay,31/2/2026\n",
                .wrong(line: 2, column: "tu_ngay", value: "31/2/2026")
            ),
            (
                "ten_loai,hinh_thuc,den_ngay\nCông văn,giay,2025-12-31\n",
                .wrong(line: 2, column: "den_ngay", value: "2025-12-31")
            ),
        ] as [(String, RuleFileFault)])
    func refused(_ text: String, _ fault: RuleFileFault) {
        #expect(throws: fault) { try read(text) }
    }

    @Test("D14: no rule without its legal basis and first day")
    func basisAndDay() {
        let text = "ten_loai,hinh_thuc\nCông văn,giay\n"
        #expect(throws: RuleFileFault.noBasis(line: 2)) { try read(text, basis: "") }
        #expect(throws: RuleFileFault.noFirstDay(line: 2)) { try read(text, from: nil) }
    }

    @Test("D7: bytes that are no text, and files without end, are refused")
    func hostile() {
        #expect(throws: RuleFileFault.notText) { try RuleCatalogue.read([0xFF, 0xFE, 0x00, 0x41]) }
        #expect(throws: RuleFileFault.notText) { try RuleCatalogue.read(Array("ten_loai\0,hinh_thuc".utf8)) }
        #expect(throws: RuleFileFault.tooLarge) {
            try RuleCatalogue.read([UInt8](repeating: 65, count: RuleCatalogue.byteLimit + 1))
        }
        let long =
            "ten_loai,hinh_thuc\n" + String(repeating: "Công văn,giay\n", count: RuleCatalogue.lineLimit)
        #expect(throws: RuleFileFault.tooLarge) { try read(long) }
        #expect(throws: RuleFileFault.self) { try read("ten_loai,hinh_thuc\n\"Công văn,giay\nkhông đóng") }
    }
}
