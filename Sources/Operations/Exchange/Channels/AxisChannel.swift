// Trục liên thông quốc gia và nền tảng của tỉnh: an axis as a link of the exchange. What waits there is fetched, kept here, and
// only then acknowledged; what was acknowledged in vain is listed again and recognised (E4, E5).
import Domain
import DocumentAxis
import Foundation
import WebTransfers

struct AxisChannel: WireLink {
    let channel: Channel
    let axis: any AxisLink
    let every: Int
    private let acknowledged = AcknowledgedNames()

    var partners: [String] { [""] }
    var collectEvery: Duration? { .seconds(every) }
    /// Recipients travel in headers, which servers cut at 8 KB.
    var recipientLimit: Int { 80 }

    init(_ channel: Channel, _ account: AxisAccount) {
        self.channel = channel
        every = account.every
        let transport = AxisTransfers(account)
        let settings = account.axisSettings
        let secret = AxisSecret(account.secret)
        axis =
            channel == .axis
            ? NationalAxis(
                endpoint: account.address, system: account.system, secret: secret, transport: transport,
                settings: settings)
            : ProvincialAxis(
                endpoint: account.address, system: account.system, secret: secret,
                login: account.login?.ofProvince, transport: transport, settings: settings)
    }

    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) {
        let axis = axis
        let kind: AxisKind = message.kind == .edoc ? .document : .status
        try await asking { () throws(AxisFailure) in
            _ = try axis.send(
                file: message.file, kind: kind, from: message.from.messageCode,
                to: message.to.map(\.messageCode))
        }
    }

    func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int {
        var count = 0, first: CarryingFailure?
        for kind in AxisKind.allCases {
            let axis = axis
            let listed = try await asking { () throws(AxisFailure) in try axis.received(kind).entries }
            var seen: Set<AxisDocID> = []
            if !listed.isEmpty { inbox.office.killPoints.pass(.axisListed) }
            for entry in listed where seen.insert(entry.docID).inserted {
                let codes = listed.filter { $0.docID == entry.docID }.flatMap(\.recipients)
                // One that cannot be fetched now does not keep the others.
                do {
                    count += try await take(entry, for: codes, into: inbox) ? 1 : 0
                } catch { first = first ?? error }
            }
        }
        if let first { throw first }
        return count
    }

    private func take(
        _ entry: AxisEntry, for codes: [String], into inbox: Inbox
    ) async throws(CarryingFailure) -> Bool {
        let axis = axis, id = entry.docID
        do {
            var isNew = false
            if try await inbox.isKnown(id.text) {
                if entry.isAcknowledged || acknowledged.contains(id) { return false }
            } else {
                let folder = try TemporaryFolder(), file = folder.path + "/goi-tin.edxml"
                try await asking { () throws(AxisFailure) in try axis.fetch(id, into: file) }
                inbox.office.killPoints.pass(.axisFetched)
                isNew = try await inbox.take(id.text, file: file, for: codes, from: entry.from ?? "")
            }
            try await asking { () throws(AxisFailure) in try axis.acknowledge(id, .done) }
            inbox.office.killPoints.pass(.axisConfirmed)
            acknowledged.note(id)
            return isNew
        } catch {
            throw error as? CarryingFailure ?? .passing("Chưa ghi được gói tin nhận về: \(error)")
        }
    }

    private func asking<T: Sendable>(
        _ call: @escaping @Sendable () throws(AxisFailure) -> T
    ) async throws(CarryingFailure) -> T {
        let result = await OwnThread.run { Result { () throws(AxisFailure) in try call() } }
        switch result {
        case .success(let value): return value
        case .failure(let failure): throw CarryingFailure(failure, of: channel)
        }
    }
}

extension AxisEntry {
    /// Whom the axis lists it for; some write one code, some a list as in the header of sending.
    fileprivate var recipients: [String] {
        let marks: Set<Character> = [".", "-", "_"]
        let codes = (to ?? "").split { !$0.isLetter && !$0.isNumber && !marks.contains($0) }
        return codes.prefix(200).map { String($0.prefix(100)) }
    }

    /// Whether the axis has heard that it arrived, and lists it all the same.
    fileprivate var isAcknowledged: Bool { status?.lowercased() == AxisOutcome.done.rawValue }
}

extension AxisFailure {
    /// Whether nothing of the message can have got in.
    fileprivate var keptMessageOut: Bool {
        switch self {
        case .untrusted, .signInRefused, .clockWrong, .file: true
        case .noAnswer, .trouble, .refused, .declined, .garbage, .answerTooLong, .notSendable: false
        }
    }
}

extension CarryingFailure {
    init(_ failure: AxisFailure, of channel: Channel) {
        let words = failure.words(of: AxisName(channel))
        if failure.isOfMessage {
            self = failure.isPassing ? .passing(words) : .permanent(words)
        } else {
            self = failure.keptMessageOut ? .unreachable(words) : .partnerDown(words)
        }
    }
}

/// How a clerk knows the one that is spoken to.
struct AxisName {
    /// At the head of a sentence, and within one.
    let first: String
    let within: String

    init(_ channel: Channel) {
        (first, within) =
            channel == .lgsp
            ? ("Nền tảng của tỉnh", "nền tảng của tỉnh")
            : ("Trục liên thông quốc gia", "trục liên thông quốc gia")
    }
}

extension AxisFailure {
    /// For the clerk, with the other side's own words.
    func words(of axis: AxisName) -> String {
        switch self {
        case .noAnswer(let why): "\(axis.first) không trả lời (\(why))."
        case .untrusted(let why): "Chứng thư của \(axis.within) không được tin cậy (\(why))."
        case .trouble(let status, let words): "\(axis.first) đang lỗi (HTTP \(status)). \(words)"
        case .refused(let code, let words):
            "\(axis.first) từ chối, mã \(code): \(Self.meaning(code, axis) ?? words)"
        case .declined(let words): "\(axis.first) từ chối gói tin: \(words)"
        case .signInRefused(let words):
            "Không đăng nhập được vào \(axis.within); báo người quản trị. \(words)"
        case .clockWrong(let seconds):
            "Đồng hồ máy chủ lệch \(abs(seconds)) giây so với \(axis.within); đặt lại đồng hồ."
        case .garbage: "\(axis.first) trả lời không đọc được."
        case .answerTooLong: "Gói tin lớn hơn mức cho phép."
        case .notSendable(let why): "Gói tin không gửi được (\(why))."
        case .file(let why): "Máy chủ chưa đọc, ghi được tệp (\(why))."
        }
    }

    /// The codes of the province's guide.
    private static func meaning(_ code: String, _ axis: AxisName) -> String? {
        switch code {
        case "10": "tệp không hợp lệ."
        case "15": "sai mã hệ thống hoặc khóa; báo người quản trị."
        case "18": "không có đơn vị nhận trên \(axis.within); kiểm tra danh bạ."
        case "19": "đơn vị gửi chưa đăng ký trên \(axis.within); báo người quản trị."
        case "20": "lỗi hệ thống."
        case "21": "lỗi xử lý tệp."
        case "22": "gói tin sai định dạng."
        case "23": "đơn vị nhận đã bị khóa."
        default: nil
        }
    }
}

/// The axis' requests over this house's transfers; each on a connection of its own.
struct AxisTransfers: AxisTransport {
    private let transfers: HTTPTransfers

    init(_ account: AxisAccount) {
        transfers = HTTPTransfers(
            TransferSettings(
                policy: AddressPolicy(
                    allowed: Set([AllowedHost(url: account.address)].compactMap { $0 }),
                    reachesInternet: false),
                trustedRoots: account.roots, agent: "VanThu", idleLimit: 0))
    }

    func perform(_ request: AxisRequest) throws(AxisTransportFailure) -> AxisReply {
        var call = HTTPCall(
            method: request.method, url: request.url,
            headers: request.headers.map { HTTPField($0.name, $0.value) }, patience: request.patience)
        var whole: String?
        defer { if let whole { try? FileManager.default.removeItem(atPath: whole) } }
        switch request.body {
        case .none: break
        case .bytes(let bytes): call.body = bytes
        case .multipart(let form) where form.fields.isEmpty:
            call.upload = FileUpload(
                path: form.path,
                formPart: FormPart(name: form.part, fileName: form.fileName, contentType: form.fileType))
        case .multipart(let form):
            let path = form.path + "." + UUID().uuidString
            whole = path
            try form.write(toFile: path)
            call.headers.append(HTTPField("Content-Type", form.contentType))
            call.upload = FileUpload(path: path)
        case .raw(let file):
            let path = file.path + "." + UUID().uuidString
            whole = path
            try file.write(toFile: path)
            call.upload = FileUpload(path: path)
        }
        switch request.answer {
        case .memory(let limit): call.answerLimit = limit
        case .file(let path, let limit): (call.answerFile, call.answerLimit) = (path, limit)
        }
        let reply: HTTPReply
        do { reply = try transfers.perform(call) } catch { throw Self.failure(error) }
        return AxisReply(
            status: reply.status, headers: reply.headers.map { AxisHeader($0.name, $0.value) },
            body: reply.body,
            isInFile: reply.fileSize != nil)
    }

    private static func failure(_ failure: TransferFailure) -> AxisTransportFailure {
        switch failure {
        case .untrusted(let why): .untrusted(why)
        case .timedOut: .timedOut
        case .brokenOff(let why): .brokenOff(why)
        case .answerTooLong: .answerTooLong
        case .fileFailed(let why): .file(why)
        default: .unreachable("\(failure)")
        }
    }
}
