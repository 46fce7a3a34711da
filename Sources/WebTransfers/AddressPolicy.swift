// Where a transfer may go. Addresses that strangers wrote (in a certificate: where its issuer, its revocation list
// or its responder is found) must not make this machine knock at doors inside the house. Services that the
// administrator set up may stand anywhere.

/// A host by name or address, with a port or on any port.
public struct AllowedHost: Sendable, Hashable {
    /// In small letters, IPv6 without brackets.
    public let name: String
    public let port: Int?

    public init(_ name: String, port: Int? = nil) {
        self.name = HostName.normal(name)
        self.port = port
    }

    /// `tsa.example.vn`, `10.0.0.5:8080` or `[fd00::1]:318`; `nil` for anything else.
    public init?(text: String) {
        guard let place = WebPlace("http://\(text)/"), place.path == "/", !place.hasCredentials else {
            return nil
        }
        let hasPort = text.hasSuffix(":\(place.port)")
        guard hasPort || place.port == 80 else { return nil }
        self.init(place.host, port: hasPort ? place.port : nil)
    }

    /// The host and port of a service's address.
    public init?(url: String) {
        guard let place = WebPlace(url) else { return nil }
        self.init(place.host, port: place.port)
    }

    func covers(_ place: Place) -> Bool { name == place.host && (port == nil || port == place.port) }
}

/// Hosts of the open Internet, and besides them those named here.
public struct AddressPolicy: Sendable, Equatable {
    /// Reached wherever they stand, also on this machine.
    public var allowed: Set<AllowedHost>
    /// Whether hosts that are not named may be reached at all.
    public var reachesInternet: Bool

    public init(allowed: Set<AllowedHost> = [], reachesInternet: Bool = true) {
        self.allowed = allowed
        self.reachesInternet = reachesInternet
    }

    func allows(_ place: Place) -> Bool { allowed.contains { $0.covers(place) } }
}

/// A host with a port, as policies and identities speak of them.
struct Place: Sendable, Equatable {
    /// In small letters, IPv6 without brackets.
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = HostName.normal(host)
        self.port = port
    }
}

enum HostName {
    static func normal(_ name: String) -> String {
        var name = name.lowercased()
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        while name.hasSuffix(".") { name.removeLast() }
        return name
    }
}
