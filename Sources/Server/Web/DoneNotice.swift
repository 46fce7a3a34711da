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
        case keyTested = "kt", certificateRequested = "dn", certificateAnswered = "kq", certificateWithdrawn =
            "rd"
        case takenBack = "ll", signed = "ky", returnedByClerk = "tk", stamped = "dd", voided = "hs", issued =
            "ph"
        case copied = "sy", paperPrinted = "in", paperPosted = "gg"
        case correspondentAdded = "db", correspondentCorrected = "cg", groupRemoved = "xn"
    }

    let kind: Kind
    let number: Int

    init(_ kind: Kind, number: Int = 0) { (self.kind, self.number) = (kind, number) }

    init?(code: String) {
        let letters = code.prefix { $0.isLetter }
        guard let kind = Kind(rawValue: String(letters)) else { return nil }
        self.init(kind, number: Int(code.dropFirst(letters.count)) ?? 0)
    }

    var code: String { number > 0 ? "\(kind.rawValue)\(number)" : kind.rawValue }

    /// The address with the code at its end.
    static func at(_ path: String, _ kind: Kind, number: Int = 0) -> String {
        path + (path.contains("?") ? "&" : "?") + "xong=" + DoneNotice(kind, number: number).code
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
        case .paperPosted: Notice(.good, "Đã ghi vào sổ gửi văn bản.")
        case .keyTested: Notice(.plain, "Đã kiểm tra chứng thư số; kết quả ở cột Trạng thái.")
        case .certificateRequested: Notice(.good, "Đã gửi đề nghị cho đầu mối chứng thư số.")
        case .certificateAnswered: Notice(.good, "Đã ghi kết quả. Người gửi thấy kết quả ở trang này.")
        case .certificateWithdrawn: Notice(.good, "Đã rút đề nghị.")
        }
    }
}
