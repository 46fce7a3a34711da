// One libcurl handle: options in, one transfer, and what came back. Any protocol that libcurl speaks goes through
// here; which options make up a protocol is known one file further up.
import CCurl
import Glibc

/// Not to be shared: whoever took it from the pool uses it alone until it is given back.
final class EasyHandle {
    let handle: UnsafeMutableRawPointer
    private var lines: [UnsafeMutablePointer<curl_slist>] = []
    private var problem: TransferFailure?
    private var conversation: Conversation?
    private var lists: RevocationLists.Content?

    init() throws(TransferFailure) {
        guard Self.libraryIsReady, let handle = curl_easy_init() else {
            throw .badSettings("libcurl does not start")
        }
        self.handle = handle
    }

    deinit {
        // A farewell that libcurl still says must not be told to those who are gone.
        curl_easy_reset(handle)
        for list in lines { curl_slist_free_all(list) }
        curl_easy_cleanup(handle)
    }

    private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Forgets options and keeps connections.
    func reset() {
        curl_easy_reset(handle)
        for list in lines { curl_slist_free_all(list) }
        lines = []
        problem = nil
        conversation = nil
        lists = nil
    }

    // MARK: Options; the first that libcurl refuses is the failure of the transfer

    func set(_ option: CURLoption, _ value: Int) { keep(ccurl_set_number(handle, option, value), option) }

    func set(_ option: CURLoption, size: Int) {
        keep(ccurl_set_size(handle, option, curl_off_t(size)), option)
    }

    func set(_ option: CURLoption, _ text: String?) {
        if let text, text.utf8.contains(0) { return keep(CURLE_BAD_FUNCTION_ARGUMENT, option) }
        keep(ccurl_set_text(handle, option, text), option)
    }

    func set(_ option: CURLoption, bytes: [UInt8]) {
        keep(ccurl_set_bytes(handle, option, bytes, bytes.count), option)
    }

    func set(_ option: CURLoption, lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else { break }
            list = longer
        }
        if let list { self.lines.append(list) }
        keep(ccurl_set_list(handle, option, list), option)
    }

    func keep(_ code: CURLcode, _ option: CURLoption) {
        if code != CURLE_OK, problem == nil {
            problem = .badSettings("option \(option.rawValue): \(Self.text(code))")
        }
    }

    func number(_ property: CURLINFO) -> Int { ccurl_number(handle, property) }

    /// Lets `conversation` hear what both sides say to each other.
    func record(_ conversation: Conversation) {
        self.conversation = conversation
        let context = Unmanaged.passUnretained(conversation).toOpaque()
        set(CURLOPT_VERBOSE, 1)
        keep(ccurl_set_listener(handle, Conversation.listener), CURLOPT_DEBUGFUNCTION)
        keep(ccurl_set_pointer(handle, CURLOPT_DEBUGDATA, context), CURLOPT_DEBUGDATA)
    }

    /// Has the other side's certificate looked up in these lists.
    func watch(_ revocations: RevocationLists) {
        do throws(RevocationLists.Problem) {
            let lists = try revocations.content()
            self.lists = lists
            let context = Unmanaged.passUnretained(lists).toOpaque()
            // Kept stores would have the lists of earlier connections.
            set(CURLOPT_CA_CACHE_TIMEOUT, 0)
            keep(ccurl_set_guard(handle, Self.lookUp), CURLOPT_SSL_CTX_FUNCTION)
            keep(ccurl_set_pointer(handle, CURLOPT_SSL_CTX_DATA, context), CURLOPT_SSL_CTX_DATA)
        } catch {
            if problem == nil { problem = .listUnusable(error.note) }
        }
    }

    // MARK: The transfer

    /// Sends `body` where the protocol has one, and collects what comes.
    func perform(body: [UInt8]?, into arrivals: Arrivals) throws(TransferFailure) {
        try perform(arrivals, nil) { self.perform(body: body) }
    }

    /// Sends what `departures` give, and collects what comes.
    func perform(sending departures: Departures, into arrivals: Arrivals) throws(TransferFailure) {
        let context = Unmanaged.passUnretained(departures).toOpaque()
        set(CURLOPT_UPLOAD, 1)
        set(CURLOPT_INFILESIZE_LARGE, size: departures.size)
        keep(ccurl_set_taker(handle, CURLOPT_READFUNCTION, Self.give), CURLOPT_READFUNCTION)
        keep(ccurl_set_pointer(handle, CURLOPT_READDATA, context), CURLOPT_READDATA)
        keep(ccurl_set_seeker(handle, Self.seek), CURLOPT_SEEKFUNCTION)
        keep(ccurl_set_pointer(handle, CURLOPT_SEEKDATA, context), CURLOPT_SEEKDATA)
        try perform(arrivals, departures) { withExtendedLifetime(departures) { curl_easy_perform(handle) } }
    }

    /// Goes as far as a connection over which the protocol's own commands can be given: greeted, behind TLS where
    /// the options ask for it, logged in.
    func connect(_ arrivals: Arrivals) throws(TransferFailure) {
        set(CURLOPT_CONNECT_ONLY, 1)
        try perform(arrivals, nil) { curl_easy_perform(handle) }
    }

    private func perform(_ arrivals: Arrivals, _ departures: Departures?, _ run: () -> CURLcode)
        throws(TransferFailure)
    {
        let context = Unmanaged.passUnretained(arrivals).toOpaque()
        keep(ccurl_set_opener(handle, Self.open), CURLOPT_OPENSOCKETFUNCTION)
        keep(ccurl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context), CURLOPT_OPENSOCKETDATA)
        keep(ccurl_set_taker(handle, CURLOPT_WRITEFUNCTION, Self.takeContent), CURLOPT_WRITEFUNCTION)
        keep(ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context), CURLOPT_WRITEDATA)
        keep(ccurl_set_taker(handle, CURLOPT_HEADERFUNCTION, Self.takeLine), CURLOPT_HEADERFUNCTION)
        keep(ccurl_set_pointer(handle, CURLOPT_HEADERDATA, context), CURLOPT_HEADERDATA)
        if let problem { throw problem }
        let code = withExtendedLifetime(arrivals) { run() }
        guard code != CURLE_OK else { return }
        if let problem = departures?.problem ?? arrivals.file?.problem { throw .fileFailed(problem) }
        throw failure(code, arrivals)
    }

    private func perform(body: [UInt8]?) -> CURLcode {
        guard let body else { return curl_easy_perform(handle) }
        return body.withUnsafeBytes { bytes in
            // The fields of a post are not copied: they live for as long as this closure.
            let empty = UnsafeRawPointer(bitPattern: 1)
            let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? empty)
            let options = [
                ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)),
                ccurl_set_pointer(handle, CURLOPT_POSTFIELDS, start),
            ]
            let refused = options.first { $0 != CURLE_OK }
            defer { _ = ccurl_set_pointer(handle, CURLOPT_POSTFIELDS, nil) }
            return refused ?? curl_easy_perform(handle)
        }
    }

    private func failure(_ code: CURLcode, _ arrivals: Arrivals) -> TransferFailure {
        if let refused = arrivals.refusedAddress { return .addressRefused(refused) }
        if arrivals.isTooLong { return .answerTooLong }
        let text = Self.text(code)
        if code == CURLE_PEER_FAILED_VERIFICATION {
            let objection = RevocationLists.Objection(number(CURLINFO_SSL_VERIFYRESULT))
            if let failure = objection?.failure { return failure }
        }
        return switch code {
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH: .otherKey
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_FILESIZE_EXCEEDED: .answerTooLong
        case CURLE_URL_MALFORMAT: .badRequest(text)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY:
            .unreachable(text)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CIPHER, CURLE_SSL_CLIENTCERT, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
            .untrusted(text)
        case CURLE_LOGIN_DENIED: .loginDenied(text)
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE, CURLE_NOT_BUILT_IN, CURLE_UNKNOWN_OPTION,
            CURLE_FAILED_INIT, CURLE_OUT_OF_MEMORY, CURLE_BAD_FUNCTION_ARGUMENT:
            .badSettings(text)
        default: .brokenOff(text)
        }
    }

    static func text(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }

    // MARK: Called by libcurl

    private static func arrivals(_ context: UnsafeMutableRawPointer?) -> Arrivals? {
        context.map { Unmanaged<Arrivals>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let takeContent: ccurl_taker = { bytes, size, count, context in
        guard let bytes, let arrivals = arrivals(context) else { return 0 }
        return arrivals.takeContent(UnsafeRawBufferPointer(start: bytes, count: size * count))
            ? size * count : 0
    }

    private static let takeLine: ccurl_taker = { bytes, size, count, context in
        guard let bytes, let arrivals = arrivals(context) else { return 0 }
        return arrivals.takeLine(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }

    private static func departures(_ context: UnsafeMutableRawPointer?) -> Departures? {
        context.map { Unmanaged<Departures>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let give: ccurl_taker = { buffer, size, count, context in
        guard let buffer, let departures = departures(context) else { return Int(CURL_READFUNC_ABORT) }
        let room = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
        return departures.give(into: room) ?? Int(CURL_READFUNC_ABORT)
    }

    private static let seek: ccurl_seeker = { context, offset, origin in
        guard origin == SEEK_SET, departures(context)?.seek(to: Int(offset)) == true else {
            return CURL_SEEKFUNC_FAIL
        }
        return CURL_SEEKFUNC_OK
    }

    private static let lookUp: ccurl_guard = { _, trust, context in
        guard let trust, let context else { return CURLE_SSL_CRL_BADFILE }
        let lists = Unmanaged<RevocationLists.Content>.fromOpaque(context).takeUnretainedValue()
        return lists.watch(trust) ? CURLE_OK : CURLE_SSL_CRL_BADFILE
    }

    private static let open: ccurl_opener = { context, _, address in
        // CURL_SOCKET_BAD
        guard let address, let arrivals = arrivals(context) else { return -1 }
        let known = withUnsafePointer(to: &address.pointee.addr) {
            NetworkAddress($0, count: Int(address.pointee.addrlen))
        }
        guard arrivals.mayConnect(known) else { return -1 }
        return socket(
            address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
            address.pointee.protocol)
    }
}
