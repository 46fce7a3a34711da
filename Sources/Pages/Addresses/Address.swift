// Every address of the office as a value. Addresses are Vietnamese without marks, lower case, and begin with the
// agency's short name, so that a link says whose paper it shows and can be sent to a colleague (decision 14).
import Domain

package enum Address: Hashable, Sendable {
    case signIn, signOut, choosePosition, changePassword
    /// For everybody: is this document genuine?
    case check
    /// A style sheet or script, named with the hash of its bytes.
    case asset(String)
    /// For the signing program, without a session: the file it may fetch, and where it brings it back.
    case handoverFile(token: String), handoverReturn(token: String)
    case office(slug: String, OfficeAddress)

    package var path: String {
        switch self {
        case .signIn: "/dang-nhap"
        case .signOut: "/dang-xuat"
        case .choosePosition: "/chon-vi-tri"
        case .changePassword: "/doi-mat-khau"
        case .check: "/kiem-tra"
        case .asset(let file): "/tai-nguyen/\(file)"
        case .handoverFile(let token): "/ky-so/\(token)/van-ban.pdf"
        case .handoverReturn(let token): "/ky-so/\(token)/nop"
        case .office(let slug, let inside): "/\(slug)/\(inside.path)"
        }
    }
}

/// The year and number a paper has in its register.
package struct RegisterNumber: Hashable, Sendable {
    package let year: Int
    package let number: Int

    package init(year: Int, number: Int) { (self.year, self.number) = (year, number) }

    /// From `2026-117`, as a draft's "answers" is written.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let year = parts[0], let number = parts[1], year > 0, number > 0 else {
            return nil
        }
        self.init(year: year, number: number)
    }

    package var text: String { "\(year)-\(number)" }
}

/// A paper that was sent out: several outgoing registers each count from 1.
package struct IssuedNumber: Hashable, Sendable {
    package let year: Int
    package let register: String
    package let number: Int

    package init(year: Int, register: String, number: Int) {
        (self.year, self.register, self.number) = (year, register, number)
    }
}
