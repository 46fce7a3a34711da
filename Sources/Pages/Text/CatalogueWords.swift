// Words of danh bạ cơ quan: kinds of agencies, the ways letters take to them.
import Domain

extension Vi {
    package static func kind(_ kind: CorrespondentKind) -> String {
        switch kind {
        case .state: "Cơ quan nhà nước"
        case .party: "Cơ quan Đảng"
        case .massOrganisation: "Tổ chức chính trị - xã hội"
        case .outside: "Ngoài nhà nước"
        }
    }

    /// How letters reach it, as a clerk would say.
    package static func way(_ channel: Channel) -> String {
        switch channel {
        case .loopback: "Trong hệ thống"
        case .vanthu: "Hệ thống VanThu khác"
        case .axis: "Trục liên thông quốc gia"
        case .lgsp: "Nền tảng tích hợp của tỉnh"
        case .mail: "Thư điện tử công vụ"
        case .paper: "Bản giấy"
        }
    }
}

extension CorrespondentKind {
    package var slug: String {
        switch self {
        case .state: "nha-nuoc"
        case .party: "dang"
        case .massOrganisation: "chinh-tri-xa-hoi"
        case .outside: "ngoai-nha-nuoc"
        }
    }

    package init?(slug: String) {
        guard let kind = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = kind
    }
}

extension Channel {
    package var slug: String {
        switch self {
        case .loopback: "noi-bo"
        case .vanthu: "vanthu"
        case .axis: "truc"
        case .lgsp: "lgsp"
        case .mail: "thu-dien-tu"
        case .paper: "ban-giay"
        }
    }

    package init?(slug: String) {
        guard let channel = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = channel
    }
}
