/// A province's platform (LGSP) as the guide of Lạng Sơn, v2.2, has it: a façade before the national axis that knows a
/// system by two headers and reads sender and recipients in the message itself. Some want a sign-in as well. It has no
/// catalogue.
public struct ProvincialAxis: AxisLink {
    let endpoint: String
    let system: String
    let caller: AxisCaller
    private let lookBack = LookBack()

    /// - Parameters:
    ///   - endpoint: What `/v1/…` is appended to: `https://host`.
    ///   - system: `X-SystemId`.
    ///   - secret: `X-SecretKey`; it goes along with every call, so the way there must be https.
    ///   - login: Where a sign-in is wanted; what it brings is kept for as long as this value, and for its copies.
    public init(
        endpoint: String, system: String, secret: AxisSecret, login: ProvincialLogin? = nil,
        transport: any AxisTransport, settings: AxisSettings = AxisSettings()
    ) {
        let bare = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        self.endpoint = bare.hasSuffix("/v1") ? String(bare.dropLast(3)) : bare
        self.system = system
        let signInAddress = self.endpoint + "/v1/auth/login?allow_anonymous=true"
        caller = AxisCaller(
            transport: transport, dialect: .provincial, secret: secret, settings: settings,
            session: login.map { ProvincialSession(address: signInAddress, login: $0) })
    }

    /// Sender and recipients are those that the message names; here they are only looked at.
    public func send(
        file path: String, kind: AxisKind, from: String, to: [String]
    ) throws(AxisFailure) -> AxisDocID {
        try caller.checkSending(path, from: from, to: to)
        let body = MultipartFile(
            path: path, part: "edocFile",
            fields: [MultipartFile.Field(name: "messageType", value: kind.rawValue)])
        var request = try request("POST", "sendEdoc", .multipart(body))
        request.patience = caller.settings.transferPatience
        return try caller.sentID(try caller.sending.ask(request))
    }

    /// The list goes by days, `AxisSettings.span` of them at once. Those before are gone through, as far back as
    /// `AxisSettings.window` goes, at the first look and every six hours. The newest come first.
    public func received(_ kind: AxisKind) throws(AxisFailure) -> AxisInbox {
        let now = caller.settings.now()
        let span = max(1, caller.settings.span), window = max(span, caller.settings.window)
        var inbox = try list(kind, from: span, to: 0, now)
        guard lookBack.isDue(kind, at: now) else { return inbox }
        for end in stride(from: span, to: window, by: span) {
            do throws(AxisFailure) {
                let older = try list(kind, from: min(end + span, window), to: end, now)
                inbox.entries += older.entries
                inbox.unreadable += older.unreadable
            } catch {
                // The newest do not wait for the older ones. A refusal: the platform keeps no more of them.
                if case .refused = error { break }
                return inbox
            }
        }
        lookBack.note(kind, at: now)
        return inbox
    }

    /// - Parameters:
    ///   - first: The first day, counted back from tomorrow.
    ///   - end: The day after the last, counted likewise: the platform leaves `toDate` out.
    private func list(
        _ kind: AxisKind, from first: Int, to end: Int, _ now: Int64
    ) throws(AxisFailure) -> AxisInbox {
        func day(_ back: Int) -> String { AxisTime.date(now + Int64(1 - back) * 86_400_000) }
        let query = [("messageType", kind.rawValue), ("fromDate", day(first)), ("toDate", day(end))]
        var request = try request("GET", "syncReceivedEdocList", .none, query)
        request.answer = .memory(limit: caller.settings.listLimit)
        var inbox = AxisInbox()
        _ = try caller.ask(
            request, .elements({ (reader) throws(JSONFault) in try inbox.take(reader, asked: kind) }))
        return inbox
    }

    public func fetch(_ id: AxisDocID, into path: String) throws(AxisFailure) {
        var request = try request("GET", "getEdoc", .none, [("docId", id.text)])
        request.patience = caller.settings.transferPatience
        try caller.fetchWrapped(request, into: path)
    }

    public func acknowledge(_ id: AxisDocID, _ outcome: AxisOutcome) throws(AxisFailure) {
        let body = Wire.json([("docId", id.text), ("status", outcome.rawValue)])
        _ = try caller.ask(try request("POST", "updateStatus", .bytes(Array(body.utf8))))
    }

    private func request(
        _ method: String, _ path: String, _ body: AxisRequest.Body, _ query: [(String, String)] = []
    ) throws(AxisFailure) -> AxisRequest {
        guard Wire.isIdentifier(system), Wire.isSendable(caller.secret.text, atMost: 1_000) else {
            throw .notSendable(.badAccount)
        }
        var headers = [
            AxisHeader("X-SystemId", system), AxisHeader("X-SecretKey", caller.secret.text, isSecret: true),
            AxisHeader("Accept", "application/json"),
        ]
        if case .bytes = body { headers.append(AxisHeader("Content-Type", "application/json")) }
        let asked = query.map { "\($0.0)=\(Wire.escaped($0.1))" }.joined(separator: "&")
        return AxisRequest(
            method: method, url: "\(endpoint)/v1/\(path)" + (asked.isEmpty ? "" : "?" + asked),
            headers: headers,
            body: body, answer: .memory(limit: 1 << 20), patience: caller.settings.patience)
    }
}
