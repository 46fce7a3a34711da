// Gói tin không đọc được: of what a channel brings, and whose sender can still be told so in the answer, nothing is kept that
// nobody could ever read. What can be read and is wrong in what it says stays for a person (decision 27).
import EdXML
import Foundation

package enum UnreadableMessage {
    /// Why the file is no message at all, for the clerk who sent it; `nil`: it can be read.
    /// - Throws: Where this machine could not look.
    package static func words(_ path: String) async throws -> String? {
        try await OwnThread.run {
            do throws(EdXMLError) {
                try MessageReader.check(file: path)
                return nil
            } catch {
                let trouble = InboundTrouble(error)
                if trouble.isPassing { throw trouble }
                return trouble.words
            }
        }
    }
}
