// Chứng thư số và khóa: whose key it is, and how often its PIN may be mistyped (decision 31). Persons keep
// their own keys and the clerk the agency's (Nghị định 30/2020, Điều 32 and 33); nobody signs with another's
// (H5).
import Foundation

package enum SigningCertificate {}

package enum KeyOwner: Hashable, Sendable {
    case person(ID<Account>)
    case agency(ID<Agency>)

    /// The one text that ties a key to its owner when it is locked away.
    package var label: String {
        switch self {
        case .person(let account): "person:\(account)"
        case .agency(let agency): "agency:\(agency)"
        }
    }
}

package enum PINRules {
    /// The fifth wrong PIN in a row locks the key; only a new certificate helps then.
    package static let attempts = 5

    package static func refusals(_ pin: String) -> [Refusal] {
        if pin.isEmpty { return [.missing(.pin)] }
        return (6...64).contains(pin.count) ? [] : [.malformed(.pin)]
    }
}

package enum CertificateNames {
    /// The name in the certificate and the name of its owner, whatever the case and the spaces. Authorities write
    /// NGUYỄN VĂN A, some add a title or the agency after a comma.
    package static func agree(_ inCertificate: String, _ owner: String) -> Bool {
        let written = words(inCertificate), name = words(owner)
        return !name.isEmpty && (written == name || written.prefix { $0 != "," } == name[...])
    }

    private static func words(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.lowercased()
            .replacingOccurrences(of: ",", with: " , ").split(whereSeparator: \.isWhitespace)
            .joined(separator: " ").replacingOccurrences(of: " ,", with: ",")
    }
}
