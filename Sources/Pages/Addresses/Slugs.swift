// The word a state or kind has in an address, and back.
import Domain

extension DeskKind {
    package var slug: String {
        switch self {
        case .receive: "tiep-nhan"
        case .answer: "tra-loi-noi-gui"
        case .direct: "chi-dao"
        case .handle: "chu-tri"
        case .cooperate: "phoi-hop"
        case .inform: "de-biet"
        case .approve: "phe-duyet"
        case .sign: "ky"
        case .rework: "sua-lai"
        case .issue: "phat-hanh"
        case .resume: "phat-hanh-tiep"
        }
    }

    package init?(slug: String) {
        guard let kind = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = kind
    }
}

extension ArrivalState {
    package var slug: String {
        switch self {
        case .registered: "cho-chi-dao"
        case .assigned: "da-phan-cong"
        case .working: "dang-xu-ly"
        case .closed: "hoan-thanh"
        }
    }

    package init?(slug: String) {
        guard let state = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = state
    }
}

extension DraftState {
    package var slug: String {
        switch self {
        case .drafting: "dang-soan"
        case .climbing: "dang-trinh"
        case .signed: "da-ky"
        case .numbered: "da-cap-so"
        case .issued: "da-phat-hanh"
        }
    }

    package init?(slug: String) {
        guard let state = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = state
    }
}

extension Urgency {
    /// As a form sends it.
    package var slug: String {
        switch self {
        case .normal: "thuong"
        case .urgent: "khan"
        case .veryUrgent: "thuong-khan"
        case .flash: "hoa-toc"
        }
    }

    package init?(slug: String) {
        guard let urgency = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = urgency
    }
}

extension StepKind {
    package var slug: String {
        switch self {
        case .sign: "nk"
        case .approve: "pd"
        }
    }

    package init?(slug: String) {
        guard let kind = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = kind
    }
}

extension DraftFileKind {
    package var slug: String {
        switch self {
        case .enclosure: "phat-hanh-cung"
        case .supporting: "kem-phieu-trinh"
        }
    }

    package init?(slug: String) {
        guard let kind = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = kind
    }
}

extension DeliveryPart {
    package var slug: String {
        switch self {
        case .needsLook: "can-xem"
        case .unsent: "chua-gui"
        case .failing: "gui-loi"
        case .returned: "bi-tra-lai"
        case .late: "cham-tiep-nhan"
        case .notAccepted: "chua-tiep-nhan"
        case .inWork: "dang-xu-ly"
        case .finished: "hoan-thanh"
        case .takenBack: "da-lay-lai"
        case .awaitsAnswer: "cho-tra-loi"
        case .answerLate: "qua-han-tra-loi"
        }
    }

    package init?(slug: String) {
        guard let part = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = part
    }
}
