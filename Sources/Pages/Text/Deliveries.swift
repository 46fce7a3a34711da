// How a document goes to its recipients and what became of it there, in the words of the sender's board.
import Domain

extension Vi {
    /// Hình thức, as the board's column has it.
    package static func medium(_ channel: Channel) -> String {
        switch channel {
        case .loopback, .vanthu, .axis, .lgsp: "Điện tử"
        case .mail: "Thư điện tử"
        case .paper: "Giấy"
        }
    }

    package static func channel(_ channel: Channel) -> String {
        switch channel {
        case .loopback: "Trong hệ thống này"
        case .vanthu: "Liên thông giữa hai hệ thống VanThu"
        case .axis: "Trục liên thông văn bản quốc gia"
        case .lgsp: "Nền tảng tích hợp, chia sẻ dữ liệu của tỉnh (LGSP)"
        case .mail: "Thư điện tử công vụ"
        case .paper: "Giấy"
        }
    }

    package static func part(_ part: DeliveryPart) -> String {
        switch part {
        case .needsLook: "Cần xem"
        case .unsent: "Chưa gửi"
        case .failing: "Gửi lỗi"
        case .returned: "Từ chối tiếp nhận"
        case .late: "Chậm tiếp nhận"
        case .notAccepted: "Chưa tiếp nhận"
        case .inWork: "Đã nhận, đang xử lý"
        case .finished: "Hoàn thành"
        case .takenBack: "Đã lấy lại"
        case .awaitsAnswer: "Chờ trả lời"
        case .answerLate: "Quá hạn trả lời"
        }
    }

    /// How long a recipient still has to answer: "Còn 1 giờ 20 phút", "Quá 3 giờ làm việc".
    package static func acceptance(_ dueAt: Instant, now: Instant, calendar: WorkingCalendar) -> DueWords {
        let seconds = calendar.workingSeconds(from: now, to: dueAt)
        let day = workingDay(calendar)
        if dueAt < now {
            return DueWords(
                left: "Quá \(duration(-seconds, day: day)) làm việc",
                moment: "hạn \(moment(dueAt, now: now))", tone: .late)
        }
        return DueWords(
            left: "Còn \(duration(seconds, day: day))", moment: "hạn \(moment(dueAt, now: now))",
            tone: seconds < 1800 ? .soon : .calm)
    }

    /// "lấy lại", "cập nhật"
    package static func wish(_ kind: ExchangeRequestKind) -> String {
        switch kind {
        case .recall: "lấy lại"
        case .update: "cập nhật"
        }
    }

    /// What our own correction is: words, since what was issued never changes.
    static let updateHint =
        "Đề nghị cập nhật chỉ gửi lời nhắn về điều cần sửa: văn bản và tệp đã phát hành không đổi. Muốn gửi bản đã sửa, phát hành văn bản mới thay thế văn bản này."

    /// The same as a state, once it is written down.
    package static func told(_ status: DeliveryStatus) -> StateMark {
        switch status {
        case .accepted: StateMark(.ok, "Đã nhận được")
        case .refused: StateMark(.no, "Không nhận, trả lại")
        default: state(status)
        }
    }

    /// What a recipient told the clerk.
    static func told(_ status: DeliveryStatus, byMail: Bool) -> String {
        if status == .refused { return byMail ? "Không nhận" : "Không nhận, hoặc bưu điện trả lại" }
        return "Đã nhận được"
    }

    /// What becomes of a letter that is sent again by this channel; only what is certain.
    static func resending(_ channel: Channel, mail: String) -> String {
        switch channel {
        case .loopback, .vanthu:
            "Nơi nhận được báo như một văn bản mới đến, kèm lời này và lần từ chối trước."
        case .axis, .lgsp:
            "Gói tin gửi lại mang cùng mã văn bản, thời điểm gửi mới. Hệ thống VanThu nhận như văn bản mới đến; phần mềm khác có thể coi là gói tin trùng. Nếu trạng thái không chuyển sang “Đã đến”, liên hệ nơi nhận."
        case .mail: "Thư được gửi lại tới \(mail.isEmpty ? "địa chỉ trong danh bạ" : mail)."
        case .paper: "Theo danh bạ, nơi này chỉ nhận bản giấy."
        }
    }

    package static func state(_ request: ExchangeRequest) -> StateMark {
        let wish = wish(request.kind)
        return switch request.state {
        case .asked: StateMark(.warn, "Đã đề nghị \(wish), chờ trả lời")
        case .agreed: StateMark(.ok, "Đồng ý \(wish)")
        case .refused: StateMark(.no, "Không đồng ý \(wish)")
        }
    }

    /// What a message carries.
    package static func message(_ kind: EnvelopeKind, _ status: DeliveryStatus) -> String {
        switch kind {
        case .document: "Văn bản"
        case .status: "Trạng thái \(status.code) – \(state(status).word.lowercasedFirst)"
        case .recall: "Đề nghị lấy lại"
        case .update: "Đề nghị cập nhật"
        }
    }
}
