/// The national document axis (Trục liên thông văn bản quốc gia, VXP), spoken to as its own software does
/// (SDKVXP 2.0.1). Every call makes its headers anew: what one call says never reaches the next.
public struct NationalAxis: AxisLink, AxisDirectory {
    let endpoint: String
    let system: String
    let caller: AxisCaller

    /// - Parameters:
    ///   - endpoint: What the paths of the calls are appended to: `https://host/path`.
    ///   - system: The name (`systemid`) that the axis knows this installation by.
    ///   - secret: The key that it gave.
    public init(
        endpoint: String, system: String, secret: AxisSecret, transport: any AxisTransport,
        settings: AxisSettings = AxisSettings()
    ) {
        self.endpoint = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        self.system = system
        caller = AxisCaller(transport: transport, dialect: .national, secret: secret, settings: settings)
    }

    // MARK: Messages

    public func send(
        file path: String, kind: AxisKind, from: String, to: [String]
    ) throws(AxisFailure) -> AxisDocID {
        try caller.checkSending(path, from: from, to: to)
        let digest = Wire.hexWithoutZeros(try LocalFile.digest(path))
        let parameters: [SignedHeaders.Parameter] =
            [("from", from), ("to", Wire.json(to))] + Self.service(kind) + [("hash-file", digest)]
        let isRaw = caller.settings.sending == .raw
        let headers = SignedHeaders.make(
            system: system, secret: caller.secret, at: caller.settings.now(),
            type: "application/octet-stream",
            isTypeSent: isRaw, parameters)
        // The line's end after the message is not in its digest; the axis' own software always adds it.
        let body: AxisRequest.Body =
            isRaw
            ? .raw(RawFile(path: path, after: [0x0D, 0x0A]))
            : .multipart(MultipartFile(path: path, part: "file_doc"))
        let request = AxisRequest(
            method: "POST", url: endpoint + "/sendEdoc", headers: headers, body: body,
            answer: .memory(limit: 1 << 20), patience: caller.settings.transferPatience)
        return try caller.sentID(try caller.sending.ask(request))
    }

    public func received(_ kind: AxisKind) throws(AxisFailure) -> AxisInbox {
        var inbox = AxisInbox()
        let request = try post("getReceivedEdocList", Self.service(kind), limit: caller.settings.listLimit)
        _ = try caller.ask(
            request, .elements({ (reader) throws(JSONFault) in try inbox.take(reader, asked: kind) }))
        return inbox
    }

    /// What was sent, and how far it came.
    public func sent(_ kind: AxisKind) throws(AxisFailure) -> [SentEntry] {
        var entries: [SentEntry] = []
        let request = try post("getSentEdocList", Self.service(kind), limit: caller.settings.listLimit)
        _ = try caller.ask(
            request,
            .elements({ (reader) throws(JSONFault) in
                if let entry = try SentEntry.read(reader) { entries.append(entry) }
            }))
        return entries
    }

    public func fetch(_ id: AxisDocID, into path: String) throws(AxisFailure) {
        switch caller.settings.fetching {
        case .wrapped:
            var request = try post("getEdoc", [("docId", id.text)])
            request.patience = caller.settings.transferPatience
            try caller.fetchWrapped(request, into: path)
        case .plain:
            var request = try get("downloadEdoc", [("docId", id.text)])
            request.patience = caller.settings.transferPatience
            try caller.fetchPlain(request, into: path)
        }
    }

    public func acknowledge(_ id: AxisDocID, _ outcome: AxisOutcome) throws(AxisFailure) {
        _ = try caller.ask(try post("updateStatus", [("docId", id.text), ("status", outcome.rawValue)]))
    }

    /// How many messages lie ready.
    public func waiting(_ kind: AxisKind) throws(AxisFailure) -> Int {
        let path = kind == .document ? "countReceiveEdoc" : "countReceiveStatus"
        let answer = try caller.ask(try get(path))
        guard let count = answer.count.flatMap({ Int($0) }), count >= 0 else {
            throw .garbage("the answer has no count")
        }
        return count
    }

    // MARK: Agencies

    public func agencies(_ form: AgencyForm) throws(AxisFailure) -> AxisCatalogue {
        var catalogue = AxisCatalogue()
        var request = try post(form.rawValue, [], limit: caller.settings.catalogueLimit)
        request.patience = caller.settings.transferPatience
        _ = try caller.ask(request, .elements({ (reader) throws(JSONFault) in try catalogue.take(reader) }))
        return catalogue
    }

    /// The units below a level, with those that were given up.
    public func units(level: Int) throws(AxisFailure) -> [AxisUnit] {
        var units: [AxisUnit] = []
        var request = try post(
            "getSynchronizeUnit", [("level", String(level))], limit: caller.settings.catalogueLimit)
        request.patience = caller.settings.transferPatience
        _ = try caller.ask(
            request,
            .elements({ (reader) throws(JSONFault) in
                if let unit = try AxisUnit.read(reader) { units.append(unit) }
            }))
        return units
    }

    public func register(_ agency: AgencyRegistration) throws(AxisFailure) {
        guard Wire.isIdentifier(agency.code) else {
            throw .notSendable(.badIdentifier)
        }
        var request = try post("registerAgency")
        request.body = .bytes(Array(agency.json.utf8))
        _ = try caller.ask(request)
    }

    public func deleteAgency(_ code: String) throws(AxisFailure) {
        guard Wire.isIdentifier(code) else {
            throw .notSendable(.badIdentifier)
        }
        _ = try caller.ask(try post("deleteAgency", [("AgencyCode", code)]))
    }

    // MARK: Requests

    private static func service(_ kind: AxisKind) -> [SignedHeaders.Parameter] {
        [("servicetype", "eDoc"), ("messagetype", kind.rawValue)]
    }

    private func post(
        _ path: String, _ parameters: [SignedHeaders.Parameter] = [], limit: Int = 1 << 20
    ) throws(AxisFailure) -> AxisRequest {
        try request("POST", path, parameters, .bytes(Array("{}".utf8)), limit)
    }

    private func get(
        _ path: String, _ parameters: [SignedHeaders.Parameter] = []
    ) throws(AxisFailure) -> AxisRequest {
        try request("GET", path, parameters, .none, 1 << 20)
    }

    private func request(
        _ method: String, _ path: String, _ parameters: [SignedHeaders.Parameter], _ body: AxisRequest.Body,
        _ limit: Int
    ) throws(AxisFailure) -> AxisRequest {
        guard Wire.isIdentifier(system) else {
            throw .notSendable(.badAccount)
        }
        return AxisRequest(
            method: method, url: endpoint + "/" + path,
            headers: SignedHeaders.make(
                system: system, secret: caller.secret, at: caller.settings.now(), parameters),
            body: body, answer: .memory(limit: limit), patience: caller.settings.patience)
    }
}
