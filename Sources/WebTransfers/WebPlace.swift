// An address taken apart by libcurl itself, so that what is judged is what is then connected to.
import CCurl

struct WebPlace: Sendable, Equatable {
    let scheme: String
    /// In small letters, IPv6 without brackets.
    let host: String
    let port: Int
    let path: String
    var place: Place { Place(host: host, port: port) }
    let hasCredentials: Bool

    init?(_ url: String) {
        guard url.utf8.count <= 4_096, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = curl_url()
        else { return nil }
        defer { curl_url_cleanup(parts) }
        guard curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK,
            let scheme = Self.part(parts, CURLUPART_SCHEME), scheme == "http" || scheme == "https",
            let host = Self.part(parts, CURLUPART_HOST), !host.isEmpty,
            let port = Self.part(parts, CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)).flatMap({ Int($0) })
        else { return nil }
        self.scheme = scheme
        self.host = HostName.normal(host)
        self.port = port
        path = Self.part(parts, CURLUPART_PATH) ?? "/"
        hasCredentials =
            Self.part(parts, CURLUPART_USER) != nil || Self.part(parts, CURLUPART_PASSWORD) != nil
    }

    /// Where a `Location` leads from here; `nil` when it is no address.
    static func follow(_ location: String, from url: String) -> String? {
        guard location.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = curl_url() else { return nil }
        defer { curl_url_cleanup(parts) }
        guard curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK,
            curl_url_set(parts, CURLUPART_URL, location, 0) == CURLUE_OK
        else { return nil }
        return part(parts, CURLUPART_URL)
    }

    private static func part(_ parts: OpaquePointer, _ which: CURLUPart, _ flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parts, which, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
