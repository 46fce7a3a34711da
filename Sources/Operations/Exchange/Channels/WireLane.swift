// Làn gửi: which partners of a channel one loop of the exchange looks after.
import Store

package struct WireLane: Sendable, Equatable {
    /// Of several lanes of one channel, the one that asks the partners for what waits there.
    let isFirst: Bool
    let partners: PartnerFilter

    package static let all = WireLane(isFirst: true, partners: .besides([]))

    static func of(_ partners: [String]) -> [WireLane] {
        let known = partners.sorted()
        let single = known.map { WireLane(isFirst: false, partners: .only($0)) }
        return [WireLane(isFirst: true, partners: .besides(known))] + single
    }

    /// `nil`: nobody is left.
    func without(_ held: [String]) -> PartnerFilter? {
        switch partners {
        case .only(let partner): held.contains(partner) ? nil : partners
        case .besides(let others): .besides(others + held)
        }
    }
}
