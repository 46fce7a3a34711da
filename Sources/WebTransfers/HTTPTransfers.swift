import CCurl

/// Requests over HTTP/1.1, one call a request, from any number of threads. A call waits for its answer on the
/// thread that makes it.
///
///     let transfers = HTTPTransfers()
///     let reply = try transfers.perform(HTTPCall(url: "http://crl.example.vn/ca.crl"))
///
/// TLS is 1.2 or newer and the other side's certificate and name are always checked. Nothing is taken from the
/// environment or from files of the user: no proxy, no cookies, no passwords.
public final class HTTPTransfers: Sendable {
    public let settings: TransferSettings
    private let pool: HandlePool

    public init(_ settings: TransferSettings = TransferSettings()) {
        self.settings = settings
        pool = HandlePool(limit: settings.idleLimit)
    }

    public func perform(_ call: HTTPCall) throws(TransferFailure) -> HTTPReply {
        guard call.patience > 0, call.answerLimit >= 0 else { throw .badRequest("no time or no room") }
        let end = ContinuousClock.now + .seconds(min(call.patience, 86_400))
        var call = call
        for _ in 0...max(0, call.redirectLimit) {
            let reply = try once(call, until: end)
            guard call.redirectLimit > 0, let next = try redirect(reply, of: call) else { return reply }
            call.url = next
        }
        throw .tooManyRedirects
    }

    private func redirect(_ reply: HTTPReply, of call: HTTPCall) throws(TransferFailure) -> String? {
        guard call.method == "GET" || call.method == "HEAD",
            [301, 302, 303, 307, 308].contains(reply.status), let location = reply.header("Location")
        else { return nil }
        guard let next = WebPlace.follow(location, from: call.url), let place = WebPlace(next) else {
            throw .badRequest("redirected to no web address")
        }
        guard call.url.lowercased().hasPrefix("http:") || place.scheme == "https" else {
            throw .badRequest("redirected from https to http")
        }
        return next
    }

    private func once(_ call: HTTPCall, until end: ContinuousClock.Instant) throws(TransferFailure)
        -> HTTPReply
    {
        guard let place = WebPlace(call.url) else { throw .badRequest("not an http or https address") }
        guard !place.hasCredentials else { throw .badRequest("a password in the address") }
        guard !call.method.isEmpty, call.method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
            call.headers.allSatisfy(\.canBeSent)
        else { throw .badRequest("a method or header that cannot be sent") }
        let mayConnectAnywhere = try settings.judge(place.place)
        let left = (end - ContinuousClock.now) / .milliseconds(1)
        guard left >= 1 else { throw .timedOut }
        let arrivals = Arrivals(
            limit: call.answerLimit, mayConnectAnywhere: mayConnectAnywhere,
            file: call.answerFile.map(ArrivalFile.init), belongsInFile: HeaderLines.tellSuccess)
        return try pool.with { (handle) throws(TransferFailure) in
            try send(call, on: handle, at: place, milliseconds: Int(left), into: arrivals)
            let status = handle.number(CURLINFO_RESPONSE_CODE)
            let isInFile = arrivals.file != nil && (200...299).contains(status)
            if isInFile { try arrivals.file?.keep() }
            return HTTPReply(
                status: status, headers: HeaderLines.read(arrivals.lines), body: arrivals.content,
                fileSize: isInFile ? arrivals.file?.size : nil)
        }
    }

    private func send(
        _ call: HTTPCall, on handle: EasyHandle, at place: WebPlace, milliseconds: Int,
        into arrivals: Arrivals
    ) throws(TransferFailure) {
        guard let upload = call.upload else {
            prepare(handle, for: call, at: place, milliseconds: milliseconds)
            let sendsBody = !call.body.isEmpty || ["POST", "PUT", "PATCH"].contains(call.method)
            return try handle.perform(body: sendsBody ? call.body : nil, into: arrivals)
        }
        guard call.body.isEmpty, call.method != "GET", call.method != "HEAD" else {
            throw .badRequest("a file beside another body, or with a method that has none")
        }
        var call = call
        let boundary = FormPart.newBoundary()
        if let part = upload.formPart {
            guard HTTPField("Content-Type", part.contentType).canBeSent else {
                throw .badRequest("a method or header that cannot be sent")
            }
            call.headers.removeAll { $0.name.lowercased() == "content-type" }
            call.headers.append(HTTPField("Content-Type", "multipart/form-data; boundary=\(boundary)"))
        }
        let frame = upload.formPart?.frame(boundary)
        let departures = try Departures(
            path: upload.path, before: frame?.before ?? [], behind: frame?.behind ?? [])
        prepare(handle, for: call, at: place, milliseconds: milliseconds)
        // Sending a file is PUT for libcurl; it is called by its own name.
        handle.set(CURLOPT_CUSTOMREQUEST, call.method)
        try handle.perform(sending: departures, into: arrivals)
    }

    private func prepare(_ handle: EasyHandle, for call: HTTPCall, at place: WebPlace, milliseconds: Int) {
        handle.set(CURLOPT_URL, call.url)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_USERAGENT, settings.agent)
        handle.set(CURLOPT_MAXFILESIZE_LARGE, size: max(1, call.answerLimit))
        handle.prepare(for: place.place, settings, milliseconds: milliseconds)
        let fields = call.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        handle.set(CURLOPT_HTTPHEADER, lines: fields + ["Expect:"])
        switch call.method {
        case "GET" where call.body.isEmpty: handle.set(CURLOPT_HTTPGET, 1)
        case "HEAD": handle.set(CURLOPT_NOBODY, 1)
        case "POST": handle.set(CURLOPT_POST, 1)
        default: handle.set(CURLOPT_CUSTOMREQUEST, call.method)
        }
    }
}

/// The header lines of the last answer; earlier ones (100, or a proxy's) are not its own.
enum HeaderLines {
    static func read(_ lines: [[UInt8]]) -> [HTTPField] {
        let start = lines.lastIndex { $0.starts(with: Array("HTTP/".utf8)) } ?? -1
        return lines[(start + 1)...].compactMap { line in
            let text = String(decoding: line, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":") else { return nil }
            let value = text[text.index(after: colon)...]
            return HTTPField(String(text[..<colon]), trimmed(value))
        }
    }

    /// Whether the answer that these lines begin brings what was asked for.
    static func tellSuccess(_ lines: [[UInt8]]) -> Bool {
        guard let first = lines.last(where: { $0.starts(with: Array("HTTP/".utf8)) }) else { return false }
        return first.split(separator: 0x20).dropFirst().first?.first == 0x32
    }

    private static func trimmed(_ text: Substring) -> String {
        var bytes = Array(text.utf8)[...]
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
