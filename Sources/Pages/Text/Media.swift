// Words of the media, the subjects and the paper channel.
import Domain

extension Vi {
    package static func medium(_ medium: Medium) -> String {
        switch medium {
        case .electronic: "Điện tử"
        case .electronicAndPaper: "Điện tử và giấy"
        case .paper: "Giấy"
        }
    }

    package static func direction(_ direction: ExchangeDirection) -> String {
        switch direction {
        case .send: "Gửi đi"
        case .receive: "Nhận"
        }
    }

    package static func subject(_ subject: SubjectClass) -> String {
        switch subject {
        case .planning: "Quy hoạch"
        case .finance: "Tài chính"
        case .organisation: "Tổ chức, bộ máy"
        case .personnel: "Nhân sự, chế độ chính sách đối với công chức, viên chức"
        case .drawings: "Bản đồ, bản vẽ thiết kế, ấn phẩm, vật phẩm"
        case .legal: "Văn bản quy phạm pháp luật"
        case .paperByLaw: "Bắt buộc gửi bản giấy theo văn bản quy phạm pháp luật"
        case .submission: "Hồ sơ trình, kiến nghị"
        case .publicAssets: "Sử dụng tài sản công, ngân sách nhà nước"
        case .budgetEstimate: "Giao dự toán ngân sách nhà nước"
        case .complaints: "Giải quyết đơn thư, khiếu nại, tố cáo"
        }
    }

    /// Whom a rule speaks of; empty for everybody. An agency is named by whoever knows its name.
    package static func scope(_ scope: RecipientScope, agencyName: String = "") -> String {
        switch scope {
        case .any: ""
        case .kind(.state): "Cơ quan nhà nước"
        case .kind(.party): "Cơ quan Đảng"
        case .kind(.massOrganisation): "Tổ chức chính trị - xã hội"
        case .kind(.outside): "Tổ chức ngoài cơ quan nhà nước"
        case .duty(.checkingBody): "Cơ quan kiểm tra văn bản quy phạm pháp luật"
        case .duty(.gazette): "Cơ quan đăng Công báo"
        case .duty(.lawDatabase): "Cơ sở dữ liệu quốc gia về pháp luật"
        case .agency: agencyName.isEmpty ? "Một cơ quan" : agencyName
        }
    }

    /// "từ 15/02/2020", "từ 15/02/2020 đến hết 31/12/2026"
    package static func days(of rule: MediumRule) -> String {
        let from = "từ \(Vi.date(rule.validFrom))"
        return rule.validTo.map { "\(from) đến hết \(Vi.date($0))" } ?? from
    }

    /// Why it goes like that.
    package static func ground(_ ground: MediumGround, _ rule: MediumRule?) -> String {
        switch ground {
        case .rule: rule.map { "\($0.basis); hiệu lực \(days(of: $0))" } ?? ""
        case .byDefault:
            "Loại này không có trong danh mục nào; văn bản điện tử đã ký số có giá trị như bản gốc giấy (Nghị định 30/2020/NĐ-CP, Điều 5)"
        case .notReachable: "Nơi nhận chưa kết nối hệ thống: gửi bản sao y in từ văn bản điện tử"
        case .notSigned: "Chưa có đủ chữ ký số hợp lệ nên không thay bản giấy"
        }
    }

    /// That paper is to come, and who says so.
    package static func paper(_ expected: ExpectedPaper) -> String {
        if expected.isSaidBySender { return "Nơi gửi cho biết có bản giấy gửi kèm" }
        let what = expected.ruleName.isEmpty ? "loại này" : "“\(expected.ruleName)”"
        return expected.medium == .paper
            ? "Quy định: \(what) nhận bằng bản giấy (\(expected.basis))"
            : "Quy định: \(what) nhận bản điện tử kèm bản giấy (\(expected.basis))"
    }

    package static func paperState(_ medium: Medium) -> String {
        medium == .paper ? "Phải có bản giấy" : "Có bản giấy"
    }

    package static func paperAdvice(_ medium: Medium) -> String {
        medium == .paper
            ? "Từ chối và đề nghị nơi gửi gửi bản giấy, hoặc tiếp nhận bản điện tử rồi chờ bản giấy; bản giấy dùng chung số đến này."
            : "Tiếp nhận ngay, không chờ bản giấy. Bản giấy đến sau dùng chung số đến; khi nhận được thì ghi ở văn bản đến."
    }

    package static func state(_ state: PaperState) -> StateMark {
        switch state {
        case .toPrint: StateMark(.ring, "Chờ in")
        case .printed: StateMark(.busy, "Đã in, chờ gửi")
        case .posted: StateMark(.ok, "Đã gửi giấy")
        }
    }

    package static func way(_ way: PostingWay) -> String {
        switch way {
        case .post: "Bưu điện"
        case .statePost: "Bưu chính KT1"
        case .messenger: "Giao liên"
        case .byHand: "Nơi nhận lấy trực tiếp"
        }
    }
}
