// Danh bạ cơ quan (A9): every agency that letters go to and come from, in this installation or elsewhere, with the codes it
// is known by and the way it is reached. Codes come from catalogues; none is ever made up here (Quyết định
// 20/2020/QĐ-TTg; QCVN 102:2016/BTTTT).

/// How letters reach an agency.
package enum Channel: String, Sendable, Codable, CaseIterable {
    /// Both are agencies of this installation.
    case loopback
    /// Another installation of VanThu.
    case vanthu
    /// Trục liên thông văn bản quốc gia.
    case axis
    /// Nền tảng tích hợp, chia sẻ dữ liệu của tỉnh.
    case lgsp
    /// Thư điện tử công vụ.
    case mail
    /// On no system: a certified copy on paper.
    case paper

    /// Statuses come back by themselves.
    package var reportsStatus: Bool { self != .mail && self != .paper }

    /// Messages are files of QCVN 102 and name agencies by their codes.
    package var speaksEdXML: Bool { self == .vanthu || self == .axis || self == .lgsp }
}

package enum CorrespondentKind: String, Sendable, Codable, CaseIterable {
    case state, party, massOrganisation
    /// Enterprises, associations: not of the state.
    case outside
}

package struct Correspondent: Sendable, Equatable {
    /// An agency of this installation has the same one here.
    package let id: ID<Agency>
    package var name: String
    /// Mã định danh in the form of Quyết định 20/2020 (`H31.12.05`); empty where none is known.
    package var code: String
    /// The older form of QCVN 102 (`005.12.00.H31`); empty where none is known.
    package var codeQCVN102: String
    /// Cơ quan chủ quản.
    package var superiorName: String
    package var kind: CorrespondentKind
    package var channel: Channel
    /// Which partner of the channel, by its name in the settings of the exchange.
    package var partner: String
    package var mail: String
    /// Where paper is sent.
    package var address: String
    package var validFrom: OfficeDate?
    /// The last day on which letters may go there.
    package var validTo: OfficeDate?
    package var successor: ID<Agency>?
    /// Tự khai báo: known from its own messages only. Neither a person here nor a list has confirmed who it is and how it is
    /// reached.
    package var isSelfDeclared: Bool

    package init(
        id: ID<Agency>, name: String, code: String = "", codeQCVN102: String = "", superiorName: String = "",
        kind: CorrespondentKind = .state, channel: Channel, partner: String = "", mail: String = "",
        address: String = "", validFrom: OfficeDate? = nil, validTo: OfficeDate? = nil,
        successor: ID<Agency>? = nil, isSelfDeclared: Bool = false
    ) {
        self.isSelfDeclared = isSelfDeclared
        self.id = id
        self.name = name
        self.code = code
        self.codeQCVN102 = codeQCVN102
        self.superiorName = superiorName
        self.kind = kind
        self.channel = channel
        self.partner = partner
        self.mail = mail
        self.address = address
        self.validFrom = validFrom
        self.validTo = validTo
        self.successor = successor
    }

    package var isHosted: Bool { channel == .loopback }

    /// The code messages name it by: the newer form where there is one.
    package var messageCode: String { code.isEmpty ? codeQCVN102 : code }

    package func goes(by code: String) -> Bool {
        !code.isEmpty && (code == self.code || code == codeQCVN102)
    }

    /// Codes with W00 are connections between systems, not offices that read letters.
    package var isWire: Bool { code.contains("W00") || codeQCVN102.contains("W00") }

    package func isValid(on day: OfficeDate) -> Bool {
        validFrom.map { $0 <= day } ?? true && validTo.map { day <= $0 } ?? true
    }
}
