// Kiểm tra văn bản: the one page for everybody. Whoever holds a PDF learns what its signatures are worth; whoever holds a
// code from a print-out learns whether a document of that number was issued here. It says nothing of any content.
import Domain
import Markup

package struct CheckPage: Sendable {
    /// Nothing but what stands on the paper anyway.
    package struct Document: Sendable, Equatable {
        package let agencyName: String
        package let number: Int
        package let notation: String
        package let date: OfficeDate
        package let signer: String

        package init(agencyName: String, number: Int, notation: String, date: OfficeDate, signer: String) {
            self.agencyName = agencyName
            self.number = number
            self.notation = notation
            self.date = date
            self.signer = signer
        }
    }

    package enum Answer: Sendable, Equatable {
        case file(name: String, SignatureReport)
        case document(Document, SignatureReport)
        /// A code that no document has, or that is none.
        case noSuchDocument
        case refused([Refusal])
        case tooOften(seconds: Int)
        case busy
    }

    package let installationName: String
    package let answer: Answer?
    /// What was typed.
    package let code: String
    package let csrf: String

    package init(installationName: String, answer: Answer? = nil, code: String = "", csrf: String) {
        self.installationName = installationName
        self.answer = answer
        self.code = code
        self.csrf = csrf
    }

    /// The largest file anyone may send, in megabytes.
    package static let fileLimitMegabytes = 20

    package func html() -> HTML {
        Threshold(title: "Kiểm tra văn bản", installationName: installationName).around(
            h1("Kiểm tra văn bản"),
            p(
                .class("muted"),
                "Ai cũng dùng được, không cần đăng nhập. Xem chữ ký số trên một tệp PDF có hợp lệ không, hoặc một văn bản có đúng do cơ quan ở đây phát hành không."
            ),
            .maybe(answer, shown), byFile(), byCode(),
            p(.class("small"), a(.href(Address.signIn.path), "Cán bộ đăng nhập")))
    }

    // MARK: Asking

    private func byFile() -> HTML {
        section(
            .class("two-ways"), .aria(.labelledby, "h-tep"), h2(.id("h-tep"), "Kiểm tra một tệp PDF"),
            form(
                .class("form"), .method(.post), .action(Address.check.path), .enctype("multipart/form-data"),
                SealFields.field(FormFields.csrf, csrf),
                div(
                    .class("field c12"), label(.class("need"), .for(FormFields.file), "Tệp PDF"),
                    input(
                        .type(.file), .id(FormFields.file), .name(FormFields.file),
                        .accept("application/pdf,.pdf"),
                        .required, .aria(.describedby, "tep-goi-y")),
                    p(
                        .class("hint"), .id("tep-goi-y"),
                        .text(
                            "Tối đa \(Self.fileLimitMegabytes) MB. Tệp bị xóa ngay khi kiểm tra xong, không ai xem và không lưu lại."
                        ))),
                p(.class("c12 btns"), button(.class("btn main wide-btn"), "Kiểm tra tệp"))))
    }

    private func byCode() -> HTML {
        section(
            .class("two-ways"), .aria(.labelledby, "h-ma"),
            h2(.id("h-ma"), "Kiểm tra theo mã in trên văn bản"),
            form(
                .class("form"), .method(.get), .action(Address.check.path),
                div(
                    .class("field c12"), label(.class("need"), .for(FormFields.checkCode), "Mã kiểm tra"),
                    input(
                        .type(.text), .id(FormFields.checkCode), .name(FormFields.checkCode), .value(code),
                        .required, .maxlength(40), .autocomplete("off"), .spellcheck("false"),
                        .aria(.describedby, "ma-goi-y")),
                    p(
                        .class("hint"), .id("ma-goi-y"),
                        "16 chữ và số in cạnh mã QR, ví dụ 7K2M-9QXA-0F3D-HN5T.")),
                p(.class("c12 btns"), button(.class("btn wide-btn"), "Kiểm tra mã"))))
    }

    // MARK: Answering

    private func shown(_ answer: Answer) -> HTML {
        section(.class("stack"), .id("ket-qua"), .aria(.label, "Kết quả"), .role("status"), result(answer))
    }

    private func result(_ answer: Answer) -> HTML {
        switch answer {
        case .file(let name, let report):
            .group(
                h2(.text("Kết quả: \(name)")), report.body,
                p(
                    .class("small muted"),
                    "Trang này không hỏi nơi cấp chứng thư qua mạng; chỉ dựa vào bằng chứng có trong tệp. Tệp đã được xóa."
                ))
        case .document(let document, let report):
            .group(found(document), report.body)
        case .noSuchDocument:
            p(
                .class("note warn"), b("Không có văn bản nào do các cơ quan ở đây phát hành mang mã này."),
                "Xem lại từng chữ của mã; nếu vẫn không có, hỏi cơ quan ghi trên văn bản.")
        case .refused(let reasons):
            div(
                .class("note bad"), b("Chưa kiểm tra được tệp."),
                .each(reasons) { p(.text(Vi.refusal($0).text)) })
        case .tooOften(let seconds):
            p(
                .class("note warn"), b("Chưa kiểm tra được: hỏi quá nhiều lần trong thời gian ngắn."),
                .text("Đợi \(seconds) giây rồi thử lại."))
        case .busy:
            p(
                .class("note warn"), b("Chưa kiểm tra được: đang có nhiều người cùng kiểm tra."),
                "Đợi một phút rồi thử lại.")
        }
    }

    private func found(_ document: Document) -> HTML {
        var facts = Facts()
        facts.add("Cơ quan ban hành", document.agencyName)
        facts.add("Số, ký hiệu", "\(Notation.printed(document.number))/\(document.notation)")
        facts.add("Ngày văn bản", Vi.date(document.date))
        facts.add("Người ký", document.signer)
        return .group(
            h2("Có văn bản mang mã này"), facts.html(),
            p(
                .class("small muted"),
                "So các mục trên với bản đang cầm; nếu khác, bản đó không phải văn bản này. Trang này không cho biết nội dung văn bản."
            ))
    }
}
