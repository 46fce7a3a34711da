import Foundation

@testable import MailMessages

/// The door through which hostile messages come in.
enum MailFuzz {
    /// What the bytes did that they must not do; `nil` for the many that do nothing. A trap, a hang or exhausted memory
    /// speaks for itself.
    ///
    /// - Parameter folder: Where files may be made and removed.
    static func push(_ bytes: [UInt8], in folder: String) -> String? {
        let file = folder + "/fuzzed.eml", parts = folder + "/fuzzed"
        try? FileManager.default.removeItem(atPath: parts)
        guard
            (try? FileManager.default.createDirectory(atPath: parts, withIntermediateDirectories: true))
                != nil,
            (try? Data(bytes).write(to: URL(filePath: file))) != nil
        else { return "no room for the test" }
        var limits = MailLimits()
        limits.parts = 100
        let message = try? MailReader.read(file, into: parts, limits: limits)
        let files = Set((try? FileManager.default.contentsOfDirectory(atPath: parts)) ?? [])
        guard let message else { return files.isEmpty ? nil : "a refused message left files" }
        return complaint(message, bytes, files, parts)
    }

    private static func complaint(
        _ message: MailMessage, _ bytes: [UInt8], _ files: Set<String>, _ folder: String
    )
        -> String?
    {
        let named = Set(message.parts.map { String($0.path.dropFirst(folder.count + 1)) })
        if named != files { return "files and parts differ" }
        if message.parts.reduce(0, { $0 + $1.size }) > bytes.count { return "more came out than went in" }
        let shown =
            message.headers.flatMap { [$0.name, $0.value] } + message.parts.map(\.name)
            + (message.from + message.to + message.cc).flatMap { [$0.name, $0.address] }
            + message.embedded.map(\.subject)
            + (message.report?.recipients ?? []).flatMap { [$0.address, $0.diagnostic] }
            + message.findings.map(\.subject) + [message.messageID ?? ""]
        if shown.contains(where: HeaderText.hasControls) { return "a value with control characters" }
        if message.parts.contains(where: {
            $0.name.contains("/") || $0.name.contains("\\") || $0.name == ".."
        }) {
            return "a name that is a path"
        }
        return nil
    }
}
