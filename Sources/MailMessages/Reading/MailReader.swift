/// Reads messages (RFC 5322, MIME) as strangers send them, without ever holding more of one in memory than its header and
/// its text.
public enum MailReader {
    /// - Parameters:
    ///   - path: The message as it came.
    ///   - folder: An empty one of the caller's, where the parts are written as `part-1`, `part-2` … When reading fails,
    ///     nothing is left there.
    public static func read(_ path: String, into folder: String, limits: MailLimits = .default)
        throws(MailMessageError) -> MailMessage
    {
        let reading = try MessageReading(path, folder, limits)
        do throws(MailMessageError) { return try reading.read() } catch {
            reading.removeFiles()
            throw error
        }
    }
}
