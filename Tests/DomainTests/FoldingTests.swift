import Domain
import Foundation
import Testing

/// Search and order in Vietnamese (I3).
struct FoldingTests {
    @Test("I3: marks, case and đ fold away; composed and decomposed letters are the same")
    func fold() {
        #expect(Folding.fold("Về việc ĐÔN ĐỐC báo cáo quý I/2026") == "ve viec don doc bao cao quy i 2026")
        #expect(Folding.fold("Nguy\u{1EC5}n") == Folding.fold("Nguye\u{0302}\u{0303}n"))
        #expect(Folding.fold("  482/SXD-QLN  ") == "482 sxd qln")
        #expect(Folding.fold("") == "")
    }

    @Test("every Vietnamese letter folds to a plain one")
    func letters() {
        let letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
        for letter in letters + letters.uppercased() {
            let folded = Folding.fold(String(letter))
            #expect(folded.count == 1 && folded.allSatisfy { $0.isASCII && $0.isLowercase }, "\(letter)")
        }
    }

    @Test("a question has at most twelve words")
    func words() {
        #expect(Folding.words("Báo cáo, quý I").count == 4)
        #expect(Folding.words(String(repeating: "a b ", count: 40)).count == 12)
    }

    @Test("names sort as in a dictionary: letters before tones, đ after d, ô after o")
    func order() {
        let names = ["Đội kiểm tra", "Dương", "Ô", "O", "Phòng Tư pháp", "Phòng Nội vụ", "Phong", "Ban"]
        #expect(
            names.sorted { Folding.sortKey($0) < Folding.sortKey($1) }
                == ["Ban", "Dương", "Đội kiểm tra", "O", "Ô", "Phong", "Phòng Nội vụ", "Phòng Tư pháp"])
    }
}

struct NotationTests {
    private let agency = Agency(
        id: ID(UUIDv7.make(at: Instant(microseconds: 0))), slug: "a", name: "Phòng Tư pháp", superiorLine: "",
        abbreviation: "PTP", place: "Rạch Giá", group: .department)

    @Test("D2: notation after Điều 15 — type and agency, or for công văn the agency alone or with the unit")
    func proposed() {
        let report = DocumentType(slug: "bao-cao", name: "Báo cáo", abbreviation: "BC")
        let letter = DocumentType(slug: "cong-van", name: "Công văn", abbreviation: "")
        #expect(Notation.proposed(type: report, agency: agency) == "BC-PTP")
        #expect(Notation.proposed(type: letter, agency: agency) == "PTP")
        #expect(Notation.proposed(type: letter, agency: agency, unit: "VP") == "PTP-VP")
    }

    @Test("D2: numbers and days below ten, and the months 1 and 2, are printed with a zero; March is not")
    func printed() {
        #expect([1, 9, 10, 215].map(Notation.printed) == ["01", "09", "10", "215"])
        #expect([1, 2, 3, 12].map(Notation.printedMonth) == ["01", "02", "3", "12"])
        #expect(Notation.printedDay(5) == "05")
    }
}

struct JournalEntryTests {
    @Test("H2: no two entries share their sealed bytes, however the fields run together")
    func sealed() {
        func entry(_ actor: String, _ facts: [String: String]) -> JournalEntry {
            JournalEntry(
                agency: nil, sequence: 1, at: Instant(microseconds: 1), actor: actor, position: nil,
                verb: .numberTaken, subject: ID<Draft>("00000000-0000-7000-8000-000000000000")?.uuid ?? .init(),
                particulars: facts, previousHash: [])
        }
        let bytes = [
            entry("ab", ["c": "d"]), entry("a", ["bc": "d"]), entry("ab", ["cd": ""]), entry("ab", ["c": "d", "e": ""]),
        ].map(\.sealedBytes)
        #expect(Set(bytes).count == bytes.count)
        #expect(entry("ab", ["x": "1", "y": "2"]).sealedBytes == entry("ab", ["y": "2", "x": "1"]).sealedBytes)
    }
}
