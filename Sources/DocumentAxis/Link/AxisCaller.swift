/// One question to a partner and the partner's answer, read; the same for every axis.
struct AxisCaller: Sendable {
    let transport: any AxisTransport
    let dialect: AxisAnswer.Dialect
    let secret: AxisSecret
    let settings: AxisSettings
    /// Where a sign-in is wanted.
    var session: ProvincialSession?
    /// Whether it hands over a message.
    var isSending = false

    /// A clock further off than this, in seconds, is blamed when a partner refuses the link.
    private static let clockTolerance: Int64 = 120

    /// - Throws: `AxisFailure`, also when the partner answers that it failed.
    func ask(_ request: AxisRequest, _ wish: AxisAnswer.Wish = .nothing) throws(AxisFailure) -> AxisAnswer {
        let reply = try perform(request)
        return try read(reply, of: request, wish)
    }

    /// The answer's words, once its status is a good one.
    func read(
        _ reply: AxisReply, of request: AxisRequest, _ wish: AxisAnswer.Wish = .nothing
    ) throws(AxisFailure) -> AxisAnswer {
        let source: ByteSource
        if reply.isInFile, case .file(let path, _) = request.answer {
            source = try ByteSource(path: path)
        } else {
            source = ByteSource(reply.body)
        }
        let answer = try AxisAnswer(source, wish)
        do throws(AxisFailure) {
            try answer.check(dialect, hiding: hiding, isOfMessage: isSending)
        } catch { throw told(judged(error, reply)) }
        return answer
    }

    private var hiding: AxisSecret { session.map { secret.and($0.secrets) } ?? secret }

    var sending: AxisCaller {
        var other = self
        other.isSending = true
        return other
    }

    func withoutSession(hiding more: [String]) -> AxisCaller {
        AxisCaller(transport: transport, dialect: dialect, secret: secret.and(more), settings: settings)
    }

    /// - Throws: `AxisFailure` when there is no answer, or one with a bad status.
    func perform(_ request: AxisRequest) throws(AxisFailure) -> AxisReply {
        guard let session else { return try good(try exchange(request)) }
        let token = try session.token(self)
        let reply = try exchange(request, bearing: token)
        guard reply.status == 401, !namesCode(reply) else { return try good(reply) }
        // It no longer knows the token: once more, with a new one.
        session.forget(token)
        return try good(try exchange(request, bearing: try session.token(self)))
    }

    private func exchange(
        _ request: AxisRequest, bearing token: String? = nil
    ) throws(AxisFailure) -> AxisReply {
        var request = request
        if let token {
            request.headers.append(AxisHeader("Authorization", "Bearer " + token, isSecret: true))
        }
        request.headers.append(AxisHeader("Connection", "close"))
        do throws(AxisTransportFailure) { return try transport.perform(request) } catch {
            switch error {
            case .unreachable(let note): throw .unreachable(clean(note))
            case .brokenOff(let note): throw .noAnswer(clean(note))
            case .timedOut: throw .noAnswer("timed out")
            case .untrusted(let note): throw .untrusted(clean(note))
            case .answerTooLong: throw .answerTooLong
            case .file(let note): throw .file(note)
            }
        }
    }

    private func namesCode(_ reply: AxisReply) -> Bool {
        guard case .refused(let code, _) = badStatus(reply) else { return false }
        return AxisFailure.knownCodes.contains(code)
    }

    private func good(_ reply: AxisReply) throws(AxisFailure) -> AxisReply {
        guard !(200...299).contains(reply.status) else { return reply }
        throw told(judged(badStatus(reply), reply))
    }

    private func badStatus(_ reply: AxisReply) -> AxisFailure {
        var words = clean(String(decoding: reply.body.prefix(16_000), as: UTF8.self))
        do throws(AxisFailure) {
            let answer = try AxisAnswer(ByteSource(reply.body))
            do throws(AxisFailure) {
                try answer.check(dialect, hiding: hiding, isOfMessage: isSending)
            } catch {
                switch error {
                case .refused(let code, let said):
                    if AxisFailure.knownCodes.contains(code) { return error }
                    words = said
                case .declined(let said):
                    if [400, 422].contains(reply.status) || answer.isOfParser { return error }
                    words = said
                default: break
                }
            }
        } catch {
            // No words of its own; those that came are told as they are.
        }
        switch reply.status {
        case 300...399: return .garbage("redirected (HTTP \(reply.status))")
        case 408, 425, 429, 500...599: return .trouble(status: reply.status, words: words)
        case 400...499: return .refused(code: "HTTP \(reply.status)", words: words)
        default: return .garbage("HTTP \(reply.status)")
        }
    }

    /// Signed calls fail when the clocks differ, whatever words the partner has for it.
    private func judged(_ failure: AxisFailure, _ reply: AxisReply) -> AxisFailure {
        guard case .refused = failure, !failure.isOfMessage,
            let theirs = reply.header("Date").flatMap(AxisTime.seconds(ofHTTPDate:))
        else { return failure }
        let difference = theirs - settings.now() / 1_000
        return abs(difference) >= Self.clockTolerance ? .clockWrong(seconds: Int(difference)) : failure
    }

    /// A no is said to what was handed over, unless it speaks of the link.
    private func told(_ failure: AxisFailure) -> AxisFailure { isSending ? failure.ofSending : failure }

    private func clean(_ words: String) -> String { hiding.words(words, atMost: 300) }
}

extension AxisCaller {
    /// A message's file, seen before anything is sent.
    func checkSending(_ path: String, from: String, to: [String]) throws(AxisFailure) {
        guard !to.isEmpty else { throw .notSendable(.noRecipients) }
        guard to.count <= settings.recipientLimit else {
            throw .notSendable(.tooManyRecipients)
        }
        guard Wire.isIdentifier(from), to.allSatisfy(Wire.isIdentifier) else {
            throw .notSendable(.badIdentifier)
        }
        guard let size = LocalFile.size(path) else { throw .file("\(path) is no file that can be read") }
        guard size > 0 else { throw .notSendable(.emptyMessage) }
        guard size <= settings.messageLimit else { throw .notSendable(.messageTooLarge) }
    }

    func sentID(_ answer: AxisAnswer) throws(AxisFailure) -> AxisDocID {
        guard let id = answer.docID.flatMap(AxisDocID.init) else {
            throw .garbage("the partner says that it took the message, but not under which name")
        }
        return id
    }

    /// A message that stands inside an answer of JSON, taken out of it by way of two files beside `path`.
    func fetchWrapped(_ request: AxisRequest, into path: String) throws(AxisFailure) {
        let wrapped = path + ".answer"
        var request = request
        // Base 64 needs a third more, escapes in it a little; the rest is the words around it.
        request.answer = .file(path: wrapped, limit: settings.messageLimit / 2 * 3 + (1 << 20))
        LocalFile.remove(wrapped)
        defer { LocalFile.remove(wrapped) }
        let reply = try perform(request)
        let file = try WholeFile(path: path, limit: settings.messageLimit)
        let content = MessageContent(file)
        _ = try read(
            reply, of: request, .content({ (piece) throws(JSONFault) in try content.take(piece) }))
        try content.finish()
        try file.keep()
    }

    /// A message that is the answer.
    func fetchPlain(_ request: AxisRequest, into path: String) throws(AxisFailure) {
        let part = path + ".part"
        var request = request
        request.answer = .file(path: part, limit: settings.messageLimit)
        LocalFile.remove(part)
        defer { LocalFile.remove(part) }
        let reply = try perform(request)
        guard reply.isInFile, let size = LocalFile.size(part), size > 0 else {
            throw .garbage("the answer brings no message")
        }
        if try LocalFile.beginsWithBrace(part) {
            // Words where a message should be: why there is none.
            _ = try read(reply, of: request)
            throw .garbage("the answer brings no message")
        }
        try LocalFile.settle(part)
        try LocalFile.move(part, to: path)
    }
}
