// B4: printed secrecy stamps are found in the text of a document, ordinary words are not taken for them.

import Foundation
import Testing

@testable import OfficeFiles

@Suite struct SecrecyMarksTests {
    @Test(arguments: [
        ("Số: 12/BC\nMẬT\nSơn Giang", SecrecyDegree.secret), ("  TỐI MẬT  ", .highSecret),
        ("[TUYỆT MẬT]", .topSecret),
        ("MẬT          Sơn Giang, ngày 1", .secret), ("Độ mật: Tối mật", .highSecret),
        ("TUYỆT\nMẬT", .topSecret),
        ("T Ố I M Ậ T", .highSecret), ("M Ậ T", .secret), ("TỐI MẬT\r\nKính gửi", .highSecret),
        ("TỐI MẬT".decomposedStringWithCanonicalMapping, .highSecret),
    ]) func `B4 a stamp is found`(_ text: String, _ degree: SecrecyDegree) {
        #expect(SecrecyMarks.find(in: text).map(\.degree) == [degree])
    }

    @Test(arguments: [
        "bảo vệ bí mật nhà nước", "mật độ dân số", "Về việc bảo vệ bí mật nhà nước", "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "văn bản đóng dấu MẬT phải gửi bằng giấy", "Mật khẩu", "MẬT ĐỘ DÂN SỐ", "mật", "mật ong",
        "Độ mật: Thường", "",
        "DANH MỤC TÀI LIỆU TUYỆT MẬT CỦA NGÀNH", "MẶT", "MẤT",
    ]) func `B4 ordinary words are no stamp`(_ text: String) {
        #expect(SecrecyMarks.find(in: text).isEmpty)
    }

    @Test func `B4 the line is told`() {
        #expect(SecrecyMarks.find(in: "a\n\nMẬT\n") == [SecrecyMarks.Mark(degree: .secret, line: 3)])
    }

    @Test(.enabled(if: SharedDocuments.present))
    func `B4 of the shared documents only the marked ones are marked`() async throws {
        for name in SharedDocuments.names(".pdf")
        where try await PDFInspection.inspect(SharedDocuments.path(name)).hasTextLayer {
            #expect(
                SecrecyMarks.find(in: try await PageText.text(pdf: SharedDocuments.path(name))).isEmpty,
                "\(name)")
        }
        let converted = try await WordConversion.convert(
            SharedDocuments.path("11-tu-choi-toi-mat.docx"), kind: .docx)
        let file = try ScratchFile(converted.bytes)
        let text = try await PageText.text(pdf: file.path)
        withExtendedLifetime(file) {}
        #expect(SecrecyMarks.find(in: text).map(\.degree) == [.highSecret])
    }
}
