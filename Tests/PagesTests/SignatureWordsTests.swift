import Domain
import Markup
import Testing

@testable import Pages

/// What a clerk reads about a signature, word for word.
@Suite struct SignatureWordsTests {
    private static let signedAt = SampleOffice.at(-4, 15, 12)

    private func person(
        _ verdict: SignatureReport.Verdict, _ problem: SignatureProblem? = nil,
        _ change: (inout SignatureReport.Signature) -> Void = { _ in }
    ) -> SignatureReport.Signature {
        SampleOffice.signature(
            "Nguyễn Hoàng Nam", .person, Self.signedAt, verdict: verdict, problem: problem, change)
    }

    @Test("D10: a signature is told in one sentence: whose, when, and whether anything changed")
    func sentences() {
        #expect(
            Vi.sentence(person(.valid))
                == "Chữ ký hợp lệ của Nguyễn Hoàng Nam, ký lúc 15:12, 08/5/2026; tài liệu không bị sửa sau khi ký."
        )
        #expect(
            Vi.sentence(person(.valid) { $0.wasCompleted = true })
                == "Chữ ký hợp lệ của Nguyễn Hoàng Nam, ký lúc 15:12, 08/5/2026; sau khi ký chỉ điền ô chừa sẵn và ký thêm, nội dung không bị sửa."
        )
        #expect(
            Vi.sentence(person(.open, .noCertificateChainFound))
                == "Chưa kết luận được chữ ký của Nguyễn Hoàng Nam, ký lúc 15:12, 08/5/2026; tài liệu không bị sửa sau khi ký."
        )
        #expect(
            Vi.sentence(person(.invalid, .hashFailure))
                == "Chữ ký không hợp lệ của Nguyễn Hoàng Nam, ký lúc 15:12, 08/5/2026; nội dung không còn đúng như lúc ký."
        )
        #expect(
            Vi.sentence(person(.invalid, .signatureCryptoFailure))
                == "Chữ ký không hợp lệ của Nguyễn Hoàng Nam, ký lúc 15:12, 08/5/2026; không dựa vào chữ ký này được."
        )
        #expect(
            Vi.sentence(person(.invalid, .formatFailure) { $0.changedAfterwards = true })
                == "Chữ ký không hợp lệ của Nguyễn Hoàng Nam, ký lúc 15:12, 08/5/2026; tài liệu đã bị sửa sau khi ký."
        )
        let seal = SampleOffice.signature("Sở Xây dựng tỉnh Kiên Giang", .agency, nil)
        #expect(
            Vi.sentence(seal)
                == "Chữ ký cơ quan hợp lệ của Sở Xây dựng tỉnh Kiên Giang; tài liệu không bị sửa sau khi ký.")
        let clock = SampleOffice.signature("TSA Ban Cơ yếu", .clock, nil) { $0.provenAt = Self.signedAt }
        #expect(
            Vi.sentence(clock)
                == "Dấu thời gian hợp lệ của TSA Ban Cơ yếu lúc 15:12, 08/5/2026 trên toàn văn bản.")
    }

    @Test("D10: signed by a person and by the agency it is as the original; anything else is for information")
    func legalValue() {
        let seal = SampleOffice.signature("Sở Xây dựng tỉnh Kiên Giang", .agency, Self.signedAt)
        func value(_ signatures: [SignatureReport.Signature]) -> LegalValue? {
            SignatureReport(signatures: signatures, checkedAt: nil).value
        }
        let clock = SampleOffice.signature("TSA", .clock, nil, verdict: .open)
        #expect(value([person(.valid), seal]) == .original)
        #expect(value([person(.valid), seal, clock]) == .original)
        #expect(value([person(.valid)]) == .partlySigned)
        #expect(value([seal]) == .partlySigned)
        #expect(value([person(.open, .tryLater), seal]) == .unverified)
        #expect(value([person(.invalid, .hashFailure), seal]) == .broken)
        #expect(value([person(.valid) { $0.changedAfterwards = true }, seal]) == .broken)
        #expect(value([]) == .unsigned)
        #expect(value([clock]) == .unsigned)
        #expect(SignatureReport.pending.value == nil)
        #expect(SignatureReport(unchecked: .crashed, checkedAt: nil).value == .unchecked)
        #expect(LegalValue.allCases.filter(\.replacesPaper) == [.original])
    }

    @Test("D10: every legal value has a mark for lists, a mark for its page and a sentence of its own")
    func marks() {
        let values: [LegalValue?] = LegalValue.allCases + [nil]
        #expect(Set(values.map { Vi.signatureMark($0).word }).count == values.count)
        #expect(Set(values.map(Vi.legalValue)).count == values.count)
        for value in values where value != .original && value != nil {
            let words = Vi.legalValue(value)
            #expect(words.contains("tham khảo") || words.contains("không dùng thay bản giấy"), "\(words)")
        }
        #expect(
            Vi.legalValue(.original)
                == "Văn bản có chữ ký số hợp lệ của người có thẩm quyền và của cơ quan, không bị sửa sau khi ký: có giá trị pháp lý như bản gốc văn bản giấy."
        )
    }

    @Test("Every reason, note and level has calm words of its own")
    func words() {
        func check(_ words: [String], _ count: Int) {
            #expect(Set(words).count == count)
            for text in words {
                #expect(!text.isEmpty && !text.contains("!") && !text.contains("_"), "\(text)")
            }
        }
        check(SignatureProblem.allCases.map(\.words), SignatureProblem.allCases.count)
        check(SignatureNote.allCases.map { $0.words(nil) }, SignatureNote.allCases.count)
        check(SignatureDegree.allCases.map(Vi.degree), SignatureDegree.allCases.count)
        check(UncheckedReason.allCases.map(\.words), UncheckedReason.allCases.count)
        check(ActivePart.allCases.map(Vi.part), ActivePart.allCases.count)
        #expect(SignatureNote.fieldFilled.words("So") == "điền ô số")
        #expect(SignatureNote.annotationAdded.words("Ghi chú") == "thêm chú thích “Ghi chú”")
    }

    @Test("An agency's certificate is told from a person's by what the name begins with, marks and all")
    func holders() {
        for name in [
            "Ủy ban nhân dân thành phố Rạch Giá", "UỶ BAN NHÂN DÂN TỈNH KIÊN GIANG", "Sở Xây dựng",
            "Phòng Tư pháp",
            "UBND phường Vĩnh Thanh", "Trường Chính trị tỉnh", "Cục Thuế",
        ] { #expect(CertificateHolder.isAgency(name), "\(name)") }
        for name in [
            "Trương Thị Mỹ Duyên", "Nguyễn Văn Phúc", "Vũ Thị Sở", "Viên Minh Đức", "Bàn Văn Bộ", "Hồi Xuân",
        ] {
            #expect(!CertificateHolder.isAgency(name), "\(name)")
        }
    }
}
