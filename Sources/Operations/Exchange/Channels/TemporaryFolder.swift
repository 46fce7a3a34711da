// Where the parts of a message lie while it is written or read. The folder goes with the value; what a machine that died left
// lying is cleared away when the next one starts.
import Foundation

/// A folder for one message; gone with the value.
final class TemporaryFolder: Sendable {
    private static let prefix = "vanthu-goi-tin-"
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "\(Self.prefix)\(getpid())-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Removes the folders of processes that are not there any more.
    static func sweep() {
        let place = NSTemporaryDirectory()
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        where name.hasPrefix(prefix) {
            guard let owner = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }), owner > 0,
                kill(owner, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(atPath: place + name)
        }
    }
}
