import PDFSignatures
import Pages
import Testing

/// What the engine can say of a signature, the pages have words for.
struct SignatureCodesTests {
    @Test(
        "D10: every finding of the engine has its words, and is a change where the engine says so",
        arguments: Finding.Code.allCases)
    func findings(_ code: Finding.Code) {
        let note = SignatureNote(rawValue: code.rawValue)
        #expect(note != nil, "no words for \(code.rawValue)")
        #expect(note?.isChange == code.isChange, "\(code.rawValue)")
    }

    @Test("D10: every sub-indication and level of the engine has its words")
    func others() {
        for reason in SubIndication.allCases {
            #expect(SignatureProblem(rawValue: reason.rawValue) != nil, "\(reason.rawValue)")
        }
        for level in SignatureLevel.allCases { #expect(SignatureDegree(rawValue: level.rawValue) != nil) }
    }
}
