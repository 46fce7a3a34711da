// Địa chỉ của nơi liên thông: keys, passwords and letters go there, so they go over TLS or do not leave this machine.
import WebTransfers

enum SecureAddress {
    /// - Throws: `SettingsProblem.insecureAddress`
    static func checked(_ address: String) throws(SettingsProblem) -> String {
        guard let host = AllowedHost(url: address) else { throw .insecureAddress(address) }
        let isSecure = address.lowercased().hasPrefix("https://")
        guard isSecure || isThisMachine(host.name) else { throw .insecureAddress(address) }
        return address
    }

    private static func isThisMachine(_ name: String) -> Bool {
        if ["localhost", "::1"].contains(name) { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
