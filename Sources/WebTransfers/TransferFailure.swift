import CCurl

/// Why a transfer brought no answer. The text inside a case is a short technical English note for the log.
public enum TransferFailure: Error, Sendable, Equatable {
    /// No address over `http` or `https`, or a header that cannot be sent.
    case badRequest(String)
    /// The policy does not let anybody go there: the address that the host really has.
    case addressRefused(String)
    /// No such host, nobody listens, or the way there is broken.
    case unreachable(String)
    /// The other side did not prove who it is (or is not content with who we are).
    case untrusted(String)
    /// The other side's certificate is on the list of those that were revoked.
    case revoked
    /// Whether it was revoked cannot be told: no list of its issuer, or one that is out of date or wrong.
    case listUnusable(String)
    /// The other side is trusted and has none of the keys it is known by.
    case otherKey
    case timedOut
    /// The answer is longer than the limit.
    case answerTooLong
    /// The connection ended, or what came was no answer of the protocol.
    case brokenOff(String)
    case tooManyRedirects
    /// Settings that libcurl does not take: a certificate file that is none, an option it was built without.
    case badSettings(String)
    /// A file of this machine that is sent or written: it cannot be read, stands there already, the disk is full.
    case fileFailed(String)
    /// The other side does not take our name and password, or knows no way to be shown them.
    case loginDenied(String)
}

extension TransferFailure {
    /// Whether nobody is there because nobody knows the host by that name.
    public var isOfName: Bool {
        guard case .unreachable(let note) = self else { return false }
        return [CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY].contains {
            EasyHandle.text($0) == note
        }
    }
}
