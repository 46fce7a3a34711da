import Foundation
import WebTransfers

@testable import DocumentAxis

/// The stand-in for the axis (Tests/Axis/axis.py) as a process of its own, with a storage that outlives it.
final class StandIn {
    let folder: URL
    private(set) var port = 0
    private var process: Process?
    private var input = Pipe()
    private let web: HTTPTransfers

    struct Absent: Error {}

    /// The systems of the tests: two offices, a province that serves several, and one that has to sign in.
    static let systems = """
        {"systems": [
           {"id": "rach-gia", "secret": "khóa của Rạch Giá", "codes": ["000.00.15.H51"]},
           {"id": "tu-phap", "secret": "khóa-hai", "codes": ["H36.12"]},
           {"id": "tinh", "secret": "khoa-ba", "codes": ["H51", "H51.02", "H36.12"]},
           {"id": "so", "secret": "khoa-bon", "codes": ["H51.03"],
            "login": {"user": "lien-thong", "password": "mật \\"khẩu\\"", "application": "VT"}}],
         "agencies": [
           {"code": "H51.15", "code102": "000.00.15.H51", "name": "UBND thành phố Rạch Giá", "id": "1"},
           {"code": "H36.12", "code102": "000.00.12.H36", "oldCode": "12.H36", "name": "Sở Tư pháp", "id": "2",
            "pid": "1", "mail": "stp@example.gov.vn"},
           {"code": "H99", "name": "Cơ quan đã khóa", "locked": true},
           {"code": "H98", "name": "Cơ quan chưa nối hệ thống nào"}],
         "traceOrgan": "001.00.20.TT2"}
        """

    init(systems: String = StandIn.systems) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "axis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(systems.utf8).write(to: folder.appending(path: "systems.json"))
        web = Self.transfers()
        try start()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    /// On the same port as before, once it has one.
    func start() throws {
        let process = Process()
        let output = Pipe()
        input = Pipe()
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            "-B", tests.appending(path: "Axis/axis.py").path, "--storage",
            folder.appending(path: "storage").path, "--systems", folder.appending(path: "systems.json").path,
            "--port", String(port), "--while-input",
        ]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        self.process = process
        var line = Data()
        while !line.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Absent() }
            line += more
        }
        guard let port = Int(String(decoding: line, as: UTF8.self).prefix { $0.isNumber }) else {
            throw Absent()
        }
        self.port = port
    }

    /// As the kernel does it when memory is short: nothing is written, nothing is said.
    func kill() {
        guard let process else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    /// Nothing is kept open between two calls.
    private static func transfers() -> HTTPTransfers {
        let policy = AddressPolicy(allowed: [AllowedHost("127.0.0.1")], reachesInternet: false)
        return HTTPTransfers(TransferSettings(policy: policy, idleLimit: 0))
    }

    var transport: WebTransport { WebTransport(web: web) }

    var url: String { "http://127.0.0.1:\(port)" }

    // MARK: Its inside

    func fault(_ fault: String, _ more: [String: Any] = [:]) throws {
        let body = try JSONSerialization.data(withJSONObject: more.merging(["fault": fault]) { $1 })
        let reply = try web.perform(
            HTTPCall(method: "POST", url: url + "/_stand-in/faults", body: [UInt8](body)))
        guard reply.status == 200 else { throw Absent() }
    }

    func messages() throws -> [[String: Any]] {
        try JSONSerialization.jsonObject(with: Data(try inside("messages"))) as? [[String: Any]] ?? []
    }

    func calls() throws -> [[String: Any]] {
        try JSONSerialization.jsonObject(with: Data(try inside("calls"))) as? [[String: Any]] ?? []
    }

    func inside(_ path: String) throws -> [UInt8] {
        try web.perform(HTTPCall(url: url + "/_stand-in/" + path)).body
    }

    // MARK: Links to it

    func national(
        _ system: String = "rach-gia", secret: String = "khóa của Rạch Giá",
        _ change: (inout AxisSettings) -> Void = { _ in }
    ) -> NationalAxis {
        var settings = AxisSettings()
        settings.patience = 20
        settings.transferPatience = 60
        change(&settings)
        return NationalAxis(
            endpoint: url, system: system, secret: AxisSecret(secret),
            transport: WebTransport(web: web),
            settings: settings)
    }

    func provincial(
        _ system: String = "tu-phap", secret: String = "khóa-hai", login: ProvincialLogin? = nil,
        _ change: (inout AxisSettings) -> Void = { _ in }
    ) -> ProvincialAxis {
        var settings = AxisSettings()
        settings.patience = 20
        settings.transferPatience = 60
        change(&settings)
        return ProvincialAxis(
            endpoint: url + "/v1/", system: system, secret: AxisSecret(secret), login: login,
            transport: WebTransport(web: web), settings: settings)
    }

    /// The system that has to sign in.
    func signingIn(
        password: String = "mật \"khẩu\"", _ change: (inout AxisSettings) -> Void = { _ in }
    ) -> ProvincialAxis {
        let login = ProvincialLogin(
            user: "lien-thong", password: AxisSecret(password), application: "VT")
        return provincial("so", secret: "khoa-bon", login: login, change)
    }

    /// Both façades, each as an office that is served by no other system.
    func links() -> [any AxisLink] {
        [national(), provincial("rach-gia", secret: "khóa của Rạch Giá")]
    }
}

/// The engine's transport over the house's network: bodies go from files and into files.
struct WebTransport: AxisTransport {
    let web: HTTPTransfers

    func perform(_ request: AxisRequest) throws(AxisTransportFailure) -> AxisReply {
        var call = HTTPCall(
            method: request.method, url: request.url,
            headers: request.headers.map { HTTPField($0.name, $0.value) },
            patience: request.patience)
        var composed: String?
        defer { if let composed { try? FileManager.default.removeItem(atPath: composed) } }
        switch request.body {
        case .none: break
        case .bytes(let bytes): call.body = bytes
        case .multipart(let form) where form.fields.isEmpty:
            call.upload = FileUpload(
                path: form.path,
                formPart: FormPart(name: form.part, fileName: form.fileName, contentType: form.fileType))
        case .multipart(let form):
            let whole = form.path + ".form"
            composed = whole
            try form.write(toFile: whole)
            call.headers.append(HTTPField("Content-Type", form.contentType))
            call.upload = FileUpload(path: whole)
        case .raw(let file):
            let whole = file.path + ".raw"
            composed = whole
            try file.write(toFile: whole)
            call.upload = FileUpload(path: whole)
        }
        switch request.answer {
        case .memory(let limit): call.answerLimit = limit
        case .file(let path, let limit):
            call.answerLimit = limit
            call.answerFile = path
        }
        do throws(TransferFailure) {
            let reply = try web.perform(call)
            return AxisReply(
                status: reply.status, headers: reply.headers.map { AxisHeader($0.name, $0.value) },
                body: reply.body, isInFile: reply.fileSize != nil)
        } catch { throw Self.failure(error) }
    }

    private static func failure(_ error: TransferFailure) -> AxisTransportFailure {
        switch error {
        case .timedOut: .timedOut
        case .answerTooLong: .answerTooLong
        case .brokenOff(let note): .brokenOff(note)
        case .untrusted(let note): .untrusted(note)
        case .fileFailed(let note): .file(note)
        default: .unreachable("\(error)")
        }
    }
}
