// Labels of what a person fills in.
import Domain

extension Vi {
    package static func field(_ field: Field) -> String {
        switch field {
        case .file: "Tệp văn bản"
        case .number: "Số"
        case .notation: "Ký hiệu"
        case .date: "Ngày văn bản"
        case .issuingAgency: "Cơ quan ban hành"
        case .type: "Loại văn bản"
        case .abstract: "Trích yếu"
        case .urgency: "Mức độ khẩn"
        case .pages: "Số trang"
        case .deadline: "Hạn giải quyết"
        case .director: "Chuyển đến"
        case .register: "Sổ đăng ký"
        case .directive: "Ý kiến chỉ đạo"
        case .replaces: "Thay thế văn bản số"
        case .mediumReason: "Lý do gửi khác quy định"
        case .paperCameOn: "Ngày nhận bản giấy"
        case .postedOn: "Ngày gửi"
        case .carrier: "Nơi chuyển, số bưu gửi"
        case .way: "Cách chuyển"
        case .envelopes: "Số lượng bì"
        case .postingNote: "Ghi chú"
        case .lead: "Chủ trì"
        case .cooperate: "Phối hợp"
        case .inform: "Để biết"
        case .reason: "Lý do"
        case .steps: "Người xử lý"
        case .comment: "Ý kiến"
        case .signer: "Người ký"
        case .login: "Tên đăng nhập"
        case .password: "Mật khẩu"
        case .newPassword: "Mật khẩu mới"
        case .repeatPassword: "Nhập lại mật khẩu mới"
        case .pin: "Mã PIN của chứng thư số"
        case .numberPlace: "Ô số"
        case .dayPlace: "Ô ngày"
        case .monthPlace: "Ô tháng"
        case .yearPlace: "Ô năm"
        case .signaturePlace: "Chữ ký"
        case .sealPlace: "Dấu cơ quan"
        case .recipients: "Nơi nhận"
        case .requestKind: "Nội dung đề nghị"
        case .requestDetails: "Nói rõ đề nghị"
        case .requestSubject: "Chứng thư số của"
        case .name: "Tên cơ quan, tổ chức"
        case .superior: "Cơ quan chủ quản"
        case .kind: "Loại"
        case .code: "Mã định danh"
        case .mail: "Thư điện tử"
        case .address: "Địa chỉ nhận văn bản giấy"
        case .channel: "Kênh gửi"
        case .partner: "Nơi kết nối"
        case .groupName: "Tên nhóm"
        }
    }

    /// Inside a sentence: "Ô Trích yếu còn trống" reads better with the label's own capital kept in quotes.
    static func quoted(_ field: Field) -> String { "“\(Vi.field(field))”" }
}
