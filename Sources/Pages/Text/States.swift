// States: one name, one shape, one colour, in lists, details and print. Colour is never the only sign.
import Domain

/// The shape before a state's name; the style sheet draws it.
package enum StateShape: String, Sendable {
    /// Not yet begun: a grey ring.
    case ring = ""
    /// In work: a half disc.
    case busy
    /// Done, valid: a green disc.
    case ok
    /// Signed: a blue disc.
    case signed
    /// Needs a look: an amber diamond.
    case warn
    /// Late or failed: a red triangle.
    case late
    /// Refused, returned, withdrawn: a red bar.
    case no
}

package struct StateMark: Sendable, Equatable {
    package let shape: StateShape
    package let word: String

    package init(_ shape: StateShape, _ word: String) { (self.shape, self.word) = (shape, word) }
}

extension Vi {
    package static func state(_ state: ArrivalState) -> StateMark {
        switch state {
        case .registered: StateMark(.ring, "Chờ chỉ đạo")
        case .assigned: StateMark(.busy, "Đã phân công")
        case .working: StateMark(.busy, "Đang xử lý")
        case .closed: StateMark(.ok, "Hoàn thành")
        }
    }

    package static func state(_ state: AssignmentState) -> StateMark {
        switch state {
        case .assigned: StateMark(.ring, "Chưa bắt đầu")
        case .working: StateMark(.busy, "Đang xử lý")
        case .done: StateMark(.ok, "Hoàn thành")
        case .endedByAnswer: StateMark(.ok, "Kết thúc theo văn bản trả lời")
        }
    }

    package static func state(_ state: DraftState) -> StateMark {
        switch state {
        case .drafting: StateMark(.ring, "Đang soạn")
        case .climbing: StateMark(.busy, "Đang trình")
        case .signed: StateMark(.signed, "Đã ký")
        case .numbered: StateMark(.warn, "Đã cấp số, chưa đóng dấu")
        case .issued: StateMark(.ok, "Đã phát hành")
        }
    }

    package static func state(_ state: StepState) -> StateMark {
        switch state {
        case .waiting: StateMark(.ring, "Chưa đến lượt")
        case .current: StateMark(.busy, "Đang ở đây")
        case .done: StateMark(.ok, "Đã qua")
        }
    }

    package static func state(_ state: ConversionState) -> StateMark {
        switch state {
        case .waiting: StateMark(.busy, "Đang chuyển sang PDF")
        case .done: StateMark(.ok, "Đã chuyển sang PDF")
        case .failed: StateMark(.late, "Chưa chuyển được sang PDF")
        }
    }

    package static func state(_ state: IssuanceState) -> StateMark {
        switch state {
        case .numbered: StateMark(.warn, "Đã cấp số, chưa đóng dấu")
        case .issued: StateMark(.ok, "Đã phát hành")
        case .void: StateMark(.no, "Số đã hủy")
        }
    }

    package static func state(_ state: ReceiptState) -> StateMark {
        switch state {
        case .waiting: StateMark(.ring, "Chờ tiếp nhận")
        case .accepted: StateMark(.ok, "Đã tiếp nhận")
        case .refused: StateMark(.no, "Từ chối tiếp nhận")
        }
    }

    /// Names of Quyết định 28/2018/QĐ-TTg.
    package static func state(_ status: DeliveryStatus) -> StateMark {
        switch status {
        case .sent: StateMark(.ring, "Đã gửi, chưa đến")
        case .arrived: StateMark(.ring, "Đã đến")
        case .refused: StateMark(.no, "Từ chối tiếp nhận")
        case .accepted: StateMark(.ok, "Đã tiếp nhận")
        case .assigned: StateMark(.busy, "Đã phân công")
        case .working: StateMark(.busy, "Đang xử lý")
        case .finished: StateMark(.ok, "Hoàn thành")
        case .recallAsked: StateMark(.warn, "Đề nghị lấy lại")
        case .changeAgreed: StateMark(.ok, "Đồng ý lấy lại, cập nhật")
        case .changeRefused: StateMark(.no, "Từ chối lấy lại, cập nhật")
        }
    }
}
