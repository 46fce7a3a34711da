/// A province's platform (LGSP) as the guide of Lạng Sơn, v2.2, has it: a façade before the national axis that knows a
/// system by two headers and reads sender and recipients in the message itself. It has no catalogue.
public struct ProvincialAxis: AxisLink {
    let endpoint: String
    let system: String
    let caller: AxisCaller

    /// - Parameters:
    ///   - endpoint: What `/v1/…` is appended to: `https://host`.
    ///   - system: `X-SystemId`.
    ///   - secret: `X-SecretKey`; it goes along with every call, so the way there must be https.
    public init(
        endpoint: String, system: String, secret: AxisSecret, transport: any AxisTransport,
        settings: AxisSettings = AxisSettings()
    ) {
        let bare = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        self.endpoint = bare.hasSuffix("/v1") ? String(bare.dropLast(3)) : bare
        self.system = system
        caller = AxisCaller(transport: transport, dialect: .provincial, secret: secret, settings: settings)
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
        return try caller.sentID(try caller.ask(request))
    }

    /// The list goes by days; those of the last `AxisSettings.window` days are asked for, today included.
    public func received(_ kind: AxisKind) throws(AxisFailure) -> AxisInbox {
        let now = caller.settings.now()
        let first = AxisTime.date(now - Int64(max(0, caller.settings.window)) * 86_400_000)
        let query = [("messageType", kind.rawValue), ("fromDate", first), ("toDate", AxisTime.date(now))]
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
            throw .notSendable("a system's name or key that cannot stand in a header")
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
