// Thiết bị lưu khóa trong máy chủ (PKCS#11): the seam behind which the modules and slots of the server's settings
// stand. The PIN goes to the token and is forgotten; the token itself counts wrong ones and locks.
import Domain
import PDFSignatures

package protocol SigningTokens: Sendable {
    /// A session with the key of that certificate, for as long as the value lives. Takes its time: not for a
    /// thread that answers requests.
    ///
    /// - Throws: `Refused` with `.tokenUnreachable`, `.tokenWrongPIN`, `.tokenLocked` or `.keyOfSomeoneElse`.
    func open(_ place: TokenPlace, certificate: [UInt8], pin: String) throws -> any SigningKey
}

/// A server without tokens.
package struct NoSigningTokens: SigningTokens {
    package init() {}

    package func open(_ place: TokenPlace, certificate: [UInt8], pin: String) throws -> any SigningKey {
        throw Refused(.tokenUnreachable)
    }
}
