// Where an installation keeps its things, and opening them: the database, the files, the server key.
import ArgumentParser
import BlobStorage
import Crypto
import DualSQL
import Foundation
import Logging
import OfficeFiles
import Operations
import Store

struct InstallationOptions: ParsableArguments {
    @Option(help: "Thư mục dữ liệu.")
    var data = "vanthu-du-lieu"

    @Option(
        help: "Cơ sở dữ liệu: postgres://… hoặc đường dẫn tệp SQLite (mặc định nằm trong thư mục dữ liệu).")
    var database: String?

    @Option(help: "Tệp khóa máy chủ, đặt ngoài thư mục dữ liệu và bản sao lưu (mặc định: <dữ liệu>.khoa).")
    var keyFile: String?

    @Option(help: "Tệp cấu hình ký số (JSON, chỉ chủ tệp đọc được; mặc định: <dữ liệu>.ky-so.json nếu có).")
    var signingSettings: String?

    @Option(
        help:
            "Tệp cấu hình liên thông (JSON, chỉ chủ tệp đọc được; mặc định: <dữ liệu>.lien-thong.json nếu có)."
    )
    var exchangeSettings: String?

    @Option(
        help:
            "Máy quét vi-rút clamd cho tệp gửi đi: unix:/đường/dẫn hoặc tcp:ĐỊA-CHỈ:CỔNG (mặc định: của máy này nếu có)."
    )
    var clamd: String?

    @Flag(help: "Không có máy quét vi-rút thì không phát hành.")
    var requireVirusScan = false

    @Flag(help: "Không hỏi nơi cấp chứng thư qua mạng khi kiểm tra chữ ký.")
    var offlineSignatures = false

    func loadSigningSettings() throws -> SigningSettings {
        let path = signingSettings ?? data + ".ky-so.json"
        if signingSettings != nil, !FileManager.default.fileExists(atPath: path) {
            throw ValidationError("Không có tệp cấu hình ký số \(path).")
        }
        do { return try SigningSettings.load(path) } catch {
            throw ValidationError("Tệp cấu hình ký số \(path) \(Self.words(error))")
        }
    }

    func loadExchangeSettings() throws -> ExchangeSettings {
        let path = exchangeSettings ?? data + ".lien-thong.json"
        if exchangeSettings != nil, !FileManager.default.fileExists(atPath: path) {
            throw ValidationError("Không có tệp cấu hình liên thông \(path).")
        }
        do { return try ExchangeSettings.load(path) } catch {
            throw ValidationError("Tệp cấu hình liên thông \(path) \(Self.words(error))")
        }
    }

    private static func words(_ problem: SettingsProblem) -> String {
        switch problem {
        case .readableByOthers: "có mật khẩu mà người khác đọc được: đặt quyền 0600 rồi chạy lại."
        case .unreadable(let why): "không đọc được: \(why)."
        case .unknownName(let name): "có mục không hiểu: “\(name)”."
        case .insecureAddress(let address):
            "có địa chỉ không dùng được: “\(address)”. Khóa, mật khẩu và văn bản đi qua đó nên địa chỉ phải bắt đầu bằng https://; http:// chỉ dùng được cho chính máy này (127.0.0.1)."
        case .levelWithoutTimestamp: "đặt mức trên B-B mà không có máy chủ cấp dấu thời gian (timestamp)."
        }
    }

    func openDatabase() throws -> Database {
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let text = database ?? "sqlite:\(data)/vanthu.sqlite"
        guard let address = DatabaseAddress(parsing: text) else {
            throw ValidationError("Không hiểu địa chỉ cơ sở dữ liệu “\(text)”.")
        }
        return try Database.open(address)
    }

    func open(clock: OfficeClock, log: Logger) throws -> Office {
        let database = try openDatabase()
        try OfficeSchema.migrate(database)
        let place = ProcessInfo.processInfo.environment["VANTHU_KILL_AT"]
        return Office(
            database: database, blobs: try LocalBlobs(folder: data + "/tep"), clock: clock,
            serverKey: try ServerKey.load(keyFile ?? data + ".khoa"),
            trust: try TrustRoots(folder: trustFolder), signing: try loadSigningSettings(),
            exchange: try loadExchangeSettings(),
            examiner: FileExaminer(program: Self.ownProgram),
            evidenceExchange: offlineSignatures ? nil : OutsideWeb(), outgoingScan: try outgoingScan(),
            killPoints: KillPoints(place), log: log)
    }

    /// Certificates of the authorities whose signatures are believed, one file each.
    var trustFolder: String { data + "/tin-cay" }

    var cacheFolder: String { data + "/anh-trang" }

    /// This very program, which examines files of strangers as its own child.
    static var ownProgram: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
    }

    func outgoingScan() throws -> OutgoingScan {
        guard let clamd else {
            let usual = VirusScanner.usual
            return OutgoingScan(
                scanner: usual.isReachable ? usual : nil, isScannerRequired: requireVirusScan)
        }
        guard let scanner = VirusScanner(clamd) else {
            throw ValidationError("Không hiểu địa chỉ máy quét “\(clamd)”.")
        }
        return OutgoingScan(scanner: scanner, isScannerRequired: requireVirusScan)
    }
}

/// The key that wraps the passphrases of signing keys; made at first start, readable by its owner only.
enum ServerKey {
    static func load(_ path: String) throws -> SymmetricKey {
        if let bytes = FileManager.default.contents(atPath: path) {
            guard bytes.count == 32 else {
                throw ValidationError("Tệp khóa máy chủ \(path) hỏng: phải dài đúng 32 byte.")
            }
            return SymmetricKey(data: bytes)
        }
        let key = SymmetricKey(size: .bits256)
        let made = FileManager.default.createFile(
            atPath: path, contents: key.withUnsafeBytes { Data($0) }, attributes: [.posixPermissions: 0o600])
        guard made else { throw ValidationError("Không ghi được tệp khóa máy chủ \(path).") }
        return key
    }
}
