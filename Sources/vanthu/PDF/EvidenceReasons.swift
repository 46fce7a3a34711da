// Why a timestamp or the evidence for a signature could not be had, for the person at the command line.
import Foundation
import PDFSignatures

enum EvidenceReasons {
    static func text(_ failure: WebFailure) -> String {
        switch failure {
        case .refused(let detail): "không được phép hỏi địa chỉ này (\(detail))"
        case .unreachable: "không kết nối được"
        case .timedOut: "quá thời gian chờ"
        case .answerTooLong: "trả lời quá dài"
        }
    }

    static func text(_ problem: TimestampProblem) -> String {
        switch problem {
        case .failed(let failure): text(failure)
        case .status(let code): "máy chủ trả mã HTTP \(code)"
        case .unreadable(let detail): "trả lời không phải dấu thời gian (\(detail))"
        case .refused(let status, _, let words):
            "máy chủ từ chối, trạng thái \(status)" + (words.isEmpty ? "" : ": \(words)")
        case .wrongImprint: "dấu thời gian nhận được là của nội dung khác"
        case .wrongNonce: "dấu thời gian nhận được là của lần hỏi khác"
        case .wrongPolicy(let policy): "dấu thời gian theo chính sách khác (\(policy))"
        case .clockApart(let seconds):
            "giờ trên dấu thời gian lệch giờ máy này \(abs(seconds)) giây; kiểm tra lại giờ của máy"
        case .flawed(let flaws):
            "dấu thời gian không đạt yêu cầu: \(flaws.map { text($0) }.joined(separator: ", "))"
        case .untrusted(let name): "chứng thư của máy chủ “\(name)” không dẫn tới gốc tin cậy nào"
        }
    }

    private static func text(_ flaw: TimestampProblem.Flaw) -> String {
        switch flaw {
        case .severalSigners: "có nhiều người ký"
        case .certificateMissing: "thiếu chứng thư của máy chủ"
        case .certificateMismatch: "ghi tên chứng thư khác"
        case .purposeMissing: "chứng thư không dùng để cấp dấu thời gian"
        case .purposeNotAlone: "chứng thư còn dùng vào việc khác"
        case .purposeNotCritical: "mục đích của chứng thư không được ghi là bắt buộc"
        case .contentTypeMismatch: "loại nội dung không đúng"
        case .digestMismatch: "nội dung đã bị sửa"
        case .signatureWrong: "chữ ký của máy chủ không đúng"
        case .unsupportedAlgorithm: "thuật toán không hỗ trợ"
        case .certificateOutOfTime: "chứng thư không có hiệu lực vào lúc đó"
        }
    }

    static func text(_ problem: EvidenceProblem) -> String {
        let reason =
            switch problem.reason {
            case .issuerMissing: "không tìm được chứng thư cấp trên dẫn tới gốc tin cậy"
            case .noAddresses: "chứng thư không ghi nơi hỏi tình trạng thu hồi"
            case .noAnswer: "không nơi nào trả lời được tình trạng thu hồi"
            case .revoked(let date?, _): "đã bị thu hồi từ \(date.formatted(.iso8601))"
            case .revoked(nil, _): "đã bị thu hồi"
            case .unreadable: "không đọc được chứng thư"
            }
        let attempts = problem.attempts.map { "\($0.url): \(text($0.problem))" }
        return (["chứng thư “\(problem.certificate)” \(reason)"] + attempts).joined(separator: "; ")
    }

    private static func text(_ problem: EvidenceProblem.Problem) -> String {
        switch problem {
        case .failed(let failure): text(failure)
        case .status(let code): "mã HTTP \(code)"
        case .unreadable(let detail): "trả lời không đọc được (\(detail))"
        case .notAboutThis: "trả lời không nói về chứng thư này"
        case .notAuthorized: "người trả lời không được cơ quan cấp chứng thư ủy quyền"
        case .signatureWrong: "chữ ký trên trả lời không đúng"
        case .notCurrent: "trả lời đã hết hạn hoặc chưa có hiệu lực"
        case .certificateUnknown: "nơi trả lời không biết chứng thư này"
        case .unusable(let detail): "trả lời không dùng được (\(detail))"
        }
    }
}
