// The names of everything a form sends, in one place: the pages print them and the server reads the same names.
import Domain

package enum FormFields {
    // Every form
    package static let csrf = "_csrf"
    package static let act = "_act"
    package static let position = "_vi-tri"
    /// The version of the paper the form was made for.
    package static let version = "_phien"

    // Signing in
    package static let login = "ten-dang-nhap"
    package static let password = "mat-khau"
    package static let newPassword = "mat-khau-moi"
    package static let repeatPassword = "nhap-lai"
    package static let pin = "pin"
    package static let choice = "vi-tri"
    /// The code of an issued document, on the public page.
    package static let checkCode = "ma"
    /// Where to go after signing in.
    package static let returnTo = "ve"

    // Particulars of a letter
    package static let file = "tep"
    package static let number = "so"
    package static let notation = "ky-hieu"
    package static let date = "ngay-van-ban"
    package static let issuingAgency = "co-quan-ban-hanh"
    package static let type = "loai"
    package static let abstract = "trich-yeu"
    package static let urgency = "do-khan"
    package static let pages = "so-trang"
    package static let signer = "nguoi-ky"
    package static let deadline = "han"
    package static let director = "chuyen-den"
    package static let register = "so-dang-ky"
    /// "Văn bản khác, vẫn đăng ký."
    package static let notTheTwin = "van-ban-khac"
    package static let sendsPaper = "gui-ban-giay"

    // Which way it goes, and paper
    package static let subjectClass = "linh-vuc"
    /// Followed by the recipient's id.
    package static let mediumOf = "hinh-thuc-"
    package static let papers = "giay"

    // Directing
    package static let directive = "y-kien"
    package static let lead = "chu-tri"
    package static let leadDeadline = "han-chu-tri"
    package static let cooperate = "phoi-hop"
    package static let inform = "de-biet"
    /// The deadline of one cooperating or informed position.
    package static func deadline(of position: String) -> String { "han-\(position)" }

    // Drafting
    package static let reason = "ly-do"
    package static let comment = "y-kien"
    package static let answers = "tra-loi"
    package static let recipientsLine = "noi-nhan-du-kien"
    package static let fileKind = "loai-tep"
    package static let changeNote = "noi-dung-sua"
    package static let stepCount = 8
    package static func step(_ ordinal: Int) -> String { "buoc-\(ordinal)" }
    package static func stepKind(_ ordinal: Int) -> String { "buoc-\(ordinal)-loai" }
    /// The step it goes back to; empty for the drafter.
    package static let returnTarget = "tra-ve"
    package static let nextPosition = "trinh-den"
    package static let nextKind = "trinh-den-loai"
    package static let overrideInitials = "van-ky"

    // Signing: a place on the page, in millimetres from the upper left corner
    package static let versionHash = "ban-ky"
    package static let draftRevision = "lan-sua"
    /// Draw the typed places on the page instead of signing.
    package static let drawOnly = "xem-vi-tri"
    package static func place(_ field: Field, _ part: PlacePart) -> String { "\(id(field))-\(part.rawValue)" }

    // Issuing
    package static let recipients = "noi-nhan"
    package static let recipientGroup = "nhom"
    package static let recipientSearch = "tim-noi-nhan"
    package static let groupName = "ten-nhom"
    /// The group whose members are to be ticked.
    package static let addGroup = "them-nhom"
    /// Every recipient of an issued document, also those on other pages of the board.
    package static let allRecipients = "tat-ca"
    /// A channel of the exchange, and one partner of it.
    package static let channel = "kenh"
    package static let partner = "noi-ket-noi"
    package static let search = "q"
    package static let listSearch = "tim"

    // Signing several at once
    package static let chosen = "chon"

    // Certificates
    package static let requestKind = "loai-de-nghi"
    package static let requestDetails = "noi-ro"
    package static let requestSubject = "chung-thu-cua"
    package static let answerKind = "ket-qua"

    package enum PlacePart: String, Sendable, CaseIterable {
        case page = "trang", x, y, width = "rong", height = "cao"
    }

    /// The name, and the id, of the control that a message about this field belongs to.
    package static func id(_ field: Field) -> String {
        switch field {
        case .file: file
        case .number: number
        case .notation: notation
        case .date: date
        case .issuingAgency: issuingAgency
        case .type: type
        case .abstract: abstract
        case .urgency: urgency
        case .pages: pages
        case .deadline: deadline
        case .director: director
        case .register: register
        case .replaces: "thay-the"
        case .mediumReason: "ly-do-hinh-thuc"
        case .changeReason: "ly-do-thay-doi"
        case .answerBy: "tra-loi-truoc"
        case .paperCameOn: "ngay-nhan-giay"
        case .toldOn: "ngay-bao"
        case .outcome: "noi-nhan-bao"
        case .toldNote: "loi-bao"
        case .mended: "da-xu-ly"
        case .difference: "khac-ban-dien-tu"
        case .postedOn: "ngay-gui"
        case .carrier: "noi-chuyen"
        case .way: "cach-chuyen"
        case .envelopes: "so-bi"
        case .postingNote: "ghi-chu"
        case .directive: directive
        case .lead: lead
        case .cooperate: cooperate
        case .inform: inform
        case .reason: reason
        case .steps: "buoc"
        case .comment: comment
        case .signer: signer
        case .login: login
        case .password: password
        case .newPassword: newPassword
        case .repeatPassword: repeatPassword
        case .pin: pin
        case .numberPlace: "o-so"
        case .dayPlace: "o-ngay"
        case .monthPlace: "o-thang"
        case .yearPlace: "o-nam"
        case .signaturePlace: "o-chu-ky"
        case .sealPlace: "o-dau"
        case .recipients: recipients
        case .requestKind: requestKind
        case .requestDetails: requestDetails
        case .requestSubject: requestSubject
        case .name: "ten-co-quan"
        case .superior: "co-quan-chu-quan"
        case .kind: "loai-co-quan"
        case .code: "ma-dinh-danh"
        case .mail: "thu-dien-tu"
        case .address: "dia-chi"
        case .channel: "cach-gui"
        case .partner: "noi-ket-noi"
        case .groupName: groupName
        }
    }
}
