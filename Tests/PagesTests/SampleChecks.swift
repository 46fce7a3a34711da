// The public page in each of its answers.
import Domain
import Markup

@testable import Pages

extension SamplePages {
    private static func check(_ answer: CheckPage.Answer?, code: String = "") -> HTML {
        CheckPage(installationName: "THÀNH PHỐ RẠCH GIÁ", answer: answer, code: code, csrf: "k").html()
    }

    static let genuine = CheckPage.Document(
        agencyName: "Phòng Tư pháp thành phố Rạch Giá", number: 54, notation: "PTP", date: SampleOffice.today,
        signer: "Hà Minh Đương")

    static let checks = [
        SamplePage(name: "kiem-tra", html: check(nil)),
        SamplePage(
            name: "kiem-tra-ma",
            html: check(.document(genuine, SampleOffice.signatures), code: "7K2M-9QXA-0F3D-HN5T")),
        SamplePage(
            name: "kiem-tra-ma-cho", html: check(.document(genuine, .pending), code: "7K2M-9QXA-0F3D-HN5T")),
        SamplePage(name: "kiem-tra-ma-sai", html: check(.noSuchDocument, code: "<script>")),
        SamplePage(
            name: "kiem-tra-tep",
            html: check(
                .file(
                    name: "van-ban <1>.pdf",
                    SignatureReport(
                        signatures: [
                            SampleOffice.signature(
                                "Nguyễn Hoàng Nam", .person, SampleOffice.at(-4, 15, 12), verdict: .invalid,
                                problem: .formatFailure
                            ) { signature in
                                signature.changedAfterwards = true
                                signature.changes = ["sửa nội dung trang “1”", "thêm chú thích “2”"]
                            },
                            SampleOffice.signature(
                                "Sở Xây dựng tỉnh Kiên Giang", .agency, SampleOffice.at(-4, 15, 40),
                                verdict: .open,
                                problem: .tryLater),
                            SampleOffice.signature(
                                "Dịch vụ dấu thời gian Ban Cơ yếu", .clock, SampleOffice.at(-4, 15, 41)),
                        ], checkedAt: SampleOffice.now)))),
        SamplePage(
            name: "kiem-tra-tep-khong-doc-duoc",
            html: check(
                .file(name: "quet.pdf", SignatureReport(unchecked: .crashed, checkedAt: SampleOffice.now)))),
        SamplePage(name: "kiem-tra-loi", html: check(.refused([.fileNotPDF]))),
        SamplePage(name: "kiem-tra-nhieu", html: check(.tooOften(seconds: 6))),
        SamplePage(name: "kiem-tra-ban", html: check(.busy)),
    ]
}
