/// Certificate policies along a path (RFC 5280, 6.1.2 to 6.1.5), with every policy acceptable to us: what
/// remains is that an authority may demand that some policy holds all the way down. The valid policies are kept as
/// one set instead of a tree, which gives the same answer when no qualifiers are asked for.
struct PolicyRules {
    let path: CertificatePath

    private static let anyPolicy = "2.5.29.32.0"

    private struct State {
        /// `nil` stands for any policy.
        var valid: Set<String>?
        var explicit: Int
        var inhibitAny: Int
        var inhibitMapping: Int
    }

    var isSatisfied: Bool {
        let below = Array(path.certificates.dropLast().reversed())
        let free = below.count + 1
        var state = State(valid: nil, explicit: free, inhibitAny: free, inhibitMapping: free)
        for (index, certificate) in below.enumerated() {
            let isLast = index == below.count - 1
            narrow(&state, certificate, isLast: isLast)
            if state.explicit == 0, state.valid == [] { return false }
            if !isLast { prepareNext(&state, certificate) }
        }
        guard let leaf = below.last else { return true }
        state.explicit = max(0, state.explicit - 1)
        if leaf.policyConstraints?.requireExplicit == 0 { state.explicit = 0 }
        return state.explicit > 0 || state.valid != []
    }

    private func narrow(_ state: inout State, _ certificate: CertificateRecord, isLast: Bool) {
        guard let named = certificate.certificatePolicies else {
            state.valid = []
            return
        }
        let anyCounts = state.inhibitAny > 0 || (!isLast && certificate.isSelfIssued)
        if named.contains(PolicyRules.anyPolicy), anyCounts { return }
        let policies = Set(named).subtracting([PolicyRules.anyPolicy])
        state.valid = state.valid.map { $0.intersection(policies) } ?? policies
    }

    private func prepareNext(_ state: inout State, _ certificate: CertificateRecord) {
        for mapping in certificate.policyMappings where state.valid?.contains(mapping.issuer) == true {
            state.valid?.remove(mapping.issuer)
            if state.inhibitMapping > 0 { state.valid?.insert(mapping.subject) }
        }
        if !certificate.isSelfIssued {
            state.explicit = max(0, state.explicit - 1)
            state.inhibitAny = max(0, state.inhibitAny - 1)
            state.inhibitMapping = max(0, state.inhibitMapping - 1)
        }
        if let given = certificate.policyConstraints?.requireExplicit {
            state.explicit = min(state.explicit, given)
        }
        if let given = certificate.policyConstraints?.inhibitMapping {
            state.inhibitMapping = min(state.inhibitMapping, given)
        }
        if let given = certificate.inhibitAnyPolicy { state.inhibitAny = min(state.inhibitAny, given) }
    }
}
