// What the settings mean for every protocol: where a transfer may go, how long it may take, who is believed to be whom.
import CCurl
import Foundation

extension TransferSettings {
    /// What can be known before anything is looked up; the address itself is judged when it is connected to.
    ///
    /// - Returns: Whether the transfer may connect to any address.
    func judge(_ place: Place) throws(TransferFailure) -> Bool {
        if policy.allows(place) { return true }
        guard policy.reachesInternet else { throw .addressRefused(place.host) }
        guard proxy != nil else { return false }
        let isLocal = place.host == "localhost" || place.host.hasSuffix(".localhost")
        guard !isLocal, NetworkAddress(literal: place.host)?.isPublic ?? true else {
            throw .addressRefused(place.host)
        }
        return true
    }
}

extension EasyHandle {
    func prepare(for place: Place, _ settings: TransferSettings, milliseconds: Int) {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_TIMEOUT_MS, milliseconds)
        let connect = Int(min(max(settings.connectPatience, 0.001), 86_400) * 1_000)
        set(CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, connect))
        set(CURLOPT_DNS_CACHE_TIMEOUT, 60)
        set(CURLOPT_MAXAGE_CONN, 30)
        // An empty proxy also keeps libcurl from reading the environment.
        set(CURLOPT_PROXY, settings.proxy ?? "")
        prepareTrust(for: place, settings)
    }

    private func prepareTrust(for place: Place, _ settings: TransferSettings) {
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        if let roots = settings.trustedRoots {
            set(CURLOPT_CAINFO, roots)
            set(CURLOPT_CAPATH, nil)
        }
        if !settings.pinnedKeys.isEmpty {
            let pins = settings.pinnedKeys.map { "sha256//" + Data($0).base64EncodedString() }
            set(CURLOPT_PINNEDPUBLICKEY, pins.joined(separator: ";"))
        }
        if let revocations = settings.revocations { watch(revocations) }
        if let identity = settings.identities.first(where: { $0.key.covers(place) })?.value {
            set(CURLOPT_SSLCERTTYPE, "P12")
            set(CURLOPT_SSLCERT_BLOB, bytes: identity.pkcs12)
            set(CURLOPT_KEYPASSWD, identity.passphrase)
        }
    }
}
