import Domain
import Testing

struct CheckCodeTests {
    @Test("A check code is read however it is typed, and nothing else is taken for one")
    func typed() throws {
        let code = try #require(CheckCode("7K2M-9QXA-0F3D-HN5T"))
        #expect(code.text == "7K2M9QXA0F3DHN5T")
        #expect(code.printed == "7K2M-9QXA-0F3D-HN5T")
        for same in ["7k2m9qxa0f3dhn5t", " 7K2M 9QXA OF3D HN5T ", "7K2M–9QXA–0F3D–HN5T"] {
            #expect(CheckCode(same) == code, "\(same)")
        }
        #expect(CheckCode("1111-1111-1111-1111") == CheckCode("IL11-1111-1111-1111"))
        for wrong in [
            "", "7K2M", "7K2M-9QXA-0F3D-HN5TX", "7K2M-9QXA-0F3D-HN5!", "7K2M-9QXA-0F3D-HN5U",
            "７K2M9QXA0F3DHN5T",
        ] {
            #expect(CheckCode(wrong) == nil, "\(wrong)")
        }
    }

    @Test("Codes are made of the alphabet, and no two are alike")
    func made() {
        let codes = (0..<2000).map { _ in CheckCode.random() }
        #expect(Set(codes).count == codes.count)
        for code in codes { #expect(CheckCode(code.printed) == code) }
    }
}
