// The line on top of the next page that says what was just done. It travels as a code in the address, so a page that is
// reloaded or sent on says nothing false and nothing of anybody's typing is echoed.
import Foundation
import Pages

struct DoneNotice: Sendable {
    enum Kind: String, CaseIterable {
        case registered = "dk", accepted = "tn", refused = "tc", directed = "cd", started = "bd", completed =
            "ht"
        case draftOpened = "lap", draftChanged = "sua", versionAdded = "pb", fileAdded = "tep", fileRemoved =
            "xoa"
        case convertedAgain = "cl", submitted = "tr", initialled = "kn", submittedOnward = "tt", returned =
            "tl"
        case draftSendingSet = "nn"
        case keyTested = "kt", certificateRequested = "dn", certificateAnswered = "kq", certificateWithdrawn =
            "rd"
        case takenBack = "ll", signed = "ky", returnedByClerk = "tk", stamped = "dd", voided = "hs", issued =
            "ph"
        case paperReceived = "nbg", copied = "sy", paperPrinted = "in", paperPosted = "gg"
        case correspondentAdded = "db", correspondentCorrected = "cg", groupRemoved = "xn"
        case recallAsked = "thu", updateAsked = "cn", requestAgreed = "dy", requestRefused = "kd",
            messageRevived =
            "gl"
        case messageGivenUp = "tg", inboundReopened = "dl", inboundDismissed = "bq", channelHeld = "td"
        case channelReleased = "ml", arrivalScanned = "ql", receiptCorrected = "stt", letterSentAgain = "gln",
            recipientsAdded = "gtn", statusNoted = "gtt"
    }

    let kind: Kind
    let number: Int
    /// Further figures, in an order of the kind's own.
    let more: [Int]

    init(_ kind: Kind, number: Int = 0, more: [Int] = []) {
        (self.kind, self.number, self.more) = (kind, number, more)
    }

    init?(code: String) {
        let letters = code.prefix { $0.isLetter }
        guard let kind = Kind(rawValue: String(letters)) else { return nil }
        let figures = code.dropFirst(letters.count).split(separator: "-").prefix(4).map { Int($0) ?? 0 }
        self.init(kind, number: figures.first ?? 0, more: Array(figures.dropFirst()))
    }

    var code: String {
        if more.isEmpty { return number > 0 ? "\(kind.rawValue)\(number)" : kind.rawValue }
        return kind.rawValue + ([number] + more).map(String.init).joined(separator: "-")
    }

    /// The address with the code at its end.
    static func at(_ path: String, _ kind: Kind, number: Int = 0, more: [Int] = []) -> String {
        path + (path.contains("?") ? "&" : "?") + "xong=" + DoneNotice(kind, number: number, more: more).code
    }

    /// What was taken back at once, what was asked, and whom nothing can be asked of any more.
    private var asked: String {
        let taken = more.first ?? 0, left = more.count > 1 ? more[1] : 0
        var parts: [String] = []
        if taken > 0 { parts.append("Đã lấy lại ngay \(taken) nơi chưa gửi đi.") }
        if number > 0 {
            let wish = kind == .recallAsked ? "lấy lại" : "cập nhật"
            parts.append("Đã đề nghị \(wish) ở \(number) nơi, chờ nơi nhận trả lời.")
        }
        if left > 0 { parts.append("\(left) nơi không đề nghị được nữa.") }
        return parts.joined(separator: " ")
    }

    /// Whom it was sent to as well, and of whom the clerk still has to print a copy.
    private var added: String {
        let onPaper = more.first ?? 0
        return "Đã gửi thêm \(number) nơi nhận."
            + (onPaper > 0 ? " \(onPaper) nơi có bản giấy, đang ở hàng chờ in." : "")
    }

    var notice: Notice {
        switch kind {
        case .registered: Notice(.good, "Đã đăng ký, số đến \(number).")
        case .accepted: Notice(.good, "Đã tiếp nhận, số đến \(number).")
        case .refused: Notice(.good, "Đã từ chối tiếp nhận. Nơi gửi được báo lý do.")
        case .directed: Notice(.good, "Đã giao việc theo ý kiến chỉ đạo.")
        case .started: Notice(.good, "Đã ghi nhận bắt đầu xử lý.")
        case .completed: Notice(.good, "Đã ghi nhận hoàn thành.")
        case .draftOpened: Notice(.good, "Đã lập dự thảo DT-\(number).")
        case .draftChanged: Notice(.good, "Đã lưu thông tin dự thảo.")
        case .draftSendingSet: Notice(.good, "Đã lưu nơi nhận của dự thảo.")
        case .versionAdded: Notice(.good, "Đã nhận phiên bản \(number).")
        case .fileAdded: Notice(.good, "Đã thêm tệp kèm theo.")
        case .fileRemoved: Notice(.good, "Đã bỏ tệp kèm theo.")
        case .convertedAgain: Notice(.good, "Đang chuyển sang PDF lần nữa.")
        case .submitted: Notice(.good, "Đã trình dự thảo.")
        case .initialled: Notice(.good, "Đã ký nháy và chuyển bước sau.")
        case .submittedOnward: Notice(.good, "Đã trình tiếp.")
        case .returned: Notice(.good, "Đã trả lại.")
        case .takenBack: Notice(.good, "Đã lấy lại.")
        case .signed: Notice(.good, "Đã ký số và chuyển văn thư phát hành.")
        case .returnedByClerk: Notice(.good, "Đã trả lại người ký.")
        case .stamped: Notice(.good, "Đã đóng dấu đến có chữ ký số vào bản của cơ quan.")
        case .voided: Notice(.good, "Đã hủy số. Số này không cấp lại.")
        case .correspondentAdded: Notice(.good, "Đã thêm vào danh bạ. Chọn được làm nơi nhận từ bây giờ.")
        case .groupRemoved: Notice(.good, "Đã xóa nhóm nơi nhận.")
        case .correspondentCorrected: Notice(.good, "Đã lưu cách gửi.")
        case .issued: Notice(.good, "Đã phát hành.")
        case .copied: Notice(.good, "Đã lập bản sao y. Tải bản in ở cột Bản sao.")
        case .paperPrinted: Notice(.good, "Đã ghi là đã in.")
        case .paperReceived: Notice(.good, "Đã ghi là nhận được bản giấy.")
        case .paperPosted: Notice(.good, "Đã ghi vào sổ gửi văn bản.")
        case .keyTested: Notice(.plain, "Đã kiểm tra chứng thư số; kết quả ở cột Trạng thái.")
        case .certificateRequested: Notice(.good, "Đã gửi đề nghị cho đầu mối chứng thư số.")
        case .certificateAnswered: Notice(.good, "Đã ghi kết quả. Người gửi thấy kết quả ở trang này.")
        case .certificateWithdrawn: Notice(.good, "Đã rút đề nghị.")
        case .recallAsked, .updateAsked: Notice(.good, asked)
        case .requestAgreed: Notice(.good, "Đã đồng ý. Nơi gửi được báo.")
        case .requestRefused: Notice(.good, "Đã trả lời không đồng ý. Nơi gửi được báo lý do.")
        case .messageRevived: Notice(.good, "Đã cho gửi lại, hệ thống gửi ngay.")
        case .statusNoted: Notice(.good, "Đã ghi tình trạng của nơi nhận.")
        case .recipientsAdded: Notice(.good, added)
        case .letterSentAgain: Notice(.good, "Đã gửi lại. Trạng thái mới của nơi nhận hiện ở trang này.")
        case .messageGivenUp: Notice(.good, "Đã thôi gửi. Lý do được ghi vào nhật ký.")
        case .inboundReopened: Notice(.good, "Đã cho đọc lại gói tin.")
        case .inboundDismissed: Notice(.good, "Đã bỏ qua gói tin. Lý do được ghi vào nhật ký.")
        case .channelHeld: Notice(.good, "Đã tạm dừng kênh. Gói tin chờ đến khi mở lại.")
        case .channelReleased: Notice(.good, "Đã mở lại kênh. Gói tin đang chờ được gửi tiếp.")
        case .receiptCorrected: Notice(.good, "Đã lưu thông tin văn bản.")
        case .arrivalScanned: Notice(.plain, "Đã quét lại; kết quả ở mục “Kiểm tra trước khi tiếp nhận”.")
        }
    }
}
