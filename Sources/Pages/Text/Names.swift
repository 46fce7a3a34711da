// Names of roles, kinds and urgency.
import Domain

extension Vi {
    package static func role(_ role: Role) -> String {
        switch role {
        case .clerk: "Văn thư"
        case .officer: "Chuyên viên"
        case .unitHead: "Trưởng phòng"
        case .deputyUnitHead: "Phó Trưởng phòng"
        case .officeHead: "Chánh Văn phòng"
        case .deputyOfficeHead: "Phó Chánh Văn phòng"
        case .deputyHead: "Cấp phó của người đứng đầu"
        case .head: "Người đứng đầu"
        case .administrator: "Quản trị"
        }
    }

    package static func urgency(_ urgency: Urgency) -> String {
        switch urgency {
        case .normal: "Thường"
        case .urgent: "Khẩn"
        case .veryUrgent: "Thượng khẩn"
        case .flash: "Hỏa tốc"
        }
    }

    /// As stamped on paper; empty for a normal letter.
    package static func stamp(_ urgency: Urgency) -> String {
        switch urgency {
        case .normal: ""
        case .urgent: "KHẨN"
        case .veryUrgent: "THƯỢNG KHẨN"
        case .flash: "HỎA TỐC"
        }
    }

    package static func assignment(_ kind: AssignmentKind) -> String {
        switch kind {
        case .lead: "Chủ trì"
        case .cooperate: "Phối hợp"
        case .inform: "Để biết"
        }
    }

    package static func step(_ kind: StepKind) -> (short: String, long: String) {
        switch kind {
        case .sign: ("NK", "Lãnh đạo ký văn bản")
        case .approve: ("PD/TT", "Phê duyệt hoặc trình tiếp")
        }
    }

    /// What is to be done, in the first column of "Việc của tôi".
    package static func task(_ kind: DeskKind) -> String {
        switch kind {
        case .receive: "Tiếp nhận"
        case .answer: "Trả lời nơi gửi"
        case .direct: "Cho chỉ đạo"
        case .handle: "Chủ trì"
        case .cooperate: "Phối hợp"
        case .inform: "Để biết"
        case .approve: "Phê duyệt"
        case .sign: "Ký số"
        case .rework: "Sửa lại"
        case .issue: "Phát hành"
        case .resume: "Phát hành tiếp"
        }
    }

    /// The button that opens it.
    package static func openTask(_ kind: DeskKind) -> String {
        switch kind {
        case .receive: "Xem và tiếp nhận"
        case .answer: "Xem và trả lời"
        case .direct: "Cho ý kiến chỉ đạo"
        case .handle, .cooperate, .inform: "Xem văn bản"
        case .approve: "Xem và phê duyệt"
        case .sign: "Xem và ký"
        case .rework: "Xem và sửa"
        case .issue: "Xem và phát hành"
        case .resume: "Phát hành tiếp"
        }
    }

    package static func group(_ group: AgencyGroup) -> String {
        switch group {
        case .city: "cơ quan thành phố"
        case .department: "phòng, ban, đơn vị"
        case .ward: "phường, xã"
        }
    }

    package static func draftFile(_ kind: DraftFileKind) -> String {
        switch kind {
        case .enclosure: "Phụ lục, văn bản kèm theo (phát hành cùng)"
        case .supporting: "Tài liệu kèm phiếu trình (không phát hành)"
        }
    }

    package static func documentFile(_ kind: DocumentFileKind) -> String {
        switch kind {
        case .main: "Văn bản"
        case .enclosure: "Văn bản kèm theo"
        case .original: "Tệp gốc của văn bản kèm theo"
        }
    }

    package static func routing(_ act: RoutingAct) -> String {
        switch act {
        case .submitted: "Trình"
        case .initialled: "Ký nháy"
        case .submittedOnward: "Trình tiếp"
        case .newVersion: "Phiên bản mới"
        case .returned: "Trả lại, cần sửa"
        case .takenBack: "Lấy lại"
        case .signed: "Ký số"
        case .returnedByClerk: "Văn thư trả lại người ký"
        }
    }
}
