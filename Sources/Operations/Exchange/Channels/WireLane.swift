// Làn gửi: which partners of a channel one loop of the exchange looks after.
import Store

package struct WireLane: Sendable, Equatable {
    let partners: PartnerFilter

    package static let all = WireLane(partners: .besides([]))

    static func of(_ partners: [String]) -> [WireLane] {
        let known = partners.sorted()
        let single = known.map { WireLane(partners: .only($0)) }
        return [WireLane(partners: .besides(known))] + single
    }

    /// What goes to this partner, and what waits there, is this lane's.
    func covers(_ partner: String) -> Bool {
        switch partners {
        case .only(let only): only == partner
        case .besides(let others): !others.contains(partner)
        }
    }

    /// `nil`: nobody is left.
    func without(_ held: [String]) -> PartnerFilter? {
        switch partners {
        case .only(let partner): held.contains(partner) ? nil : partners
        case .besides(let others): .besides(others + held)
        }
    }
}
