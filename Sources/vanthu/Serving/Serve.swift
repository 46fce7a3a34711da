// `vanthu serve`: the server of an installation.
import ArgumentParser
import Domain
import DualSQL
import Foundation
import Logging
import Operations
import Server
import Store

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Chạy máy chủ.")

    @OptionGroup var installation: InstallationOptions

    @Option(help: "Địa chỉ lắng nghe.")
    var host = "127.0.0.1"

    @Option(help: "Cổng lắng nghe.")
    var port = 8080

    @Option(help: "Mạng của proxy có HTTPS ở trước máy chủ, ví dụ 10.0.0.0/8. Dùng được nhiều lần.")
    var behindProxy: [String] = []

    @Flag(help: "Không chạy việc nền trong tiến trình này (chạy riêng bằng vanthu work).")
    var noWorker = false

    @Option(help: "Tên hiện ở trang đăng nhập.")
    var name = "VanThu"

    @OptionGroup var tool: SigningToolOption

    @Option(
        help:
            "Địa chỉ người ngoài gọi máy chủ, ví dụ https://vanban.example.gov.vn; in trong mã QR của văn bản."
    )
    var publicAddress: String?

    func run() async throws {
        var log = Logger(label: "vanthu")
        log.logLevel = .notice
        let proxies = try behindProxy.map { text in
            guard let range = AddressRange(text) else { throw ValidationError("Không hiểu mạng “\(text)”.") }
            return range
        }
        let settings = ServerSettings(
            host: host, port: port, behindProxy: proxies, installationName: name, runsWorker: !noWorker,
            cacheFolder: installation.cacheFolder, signingTool: try tool.address(),
            publicAddress: try address())
        if let refusal = settings.refusal { throw ValidationError(refusal) }
        let office = try installation.open(clock: .system, log: log)
        Console.say("VanThu: http://\(host):\(port)")
        try await OfficeServer(office: office, settings: settings).run()
    }

    private func address() throws -> String? {
        guard let publicAddress else { return nil }
        guard let url = URL(string: publicAddress), url.scheme == "https" || url.scheme == "http",
            url.host() != nil,
            publicAddress.utf8.count <= 60
        else { throw ValidationError("Không hiểu địa chỉ “\(publicAddress)”.") }
        return publicAddress.hasSuffix("/") ? String(publicAddress.dropLast()) : publicAddress
    }
}

/// Where the pages look for the signing program. It is always on the machine of whoever signs.
struct SigningToolOption: ParsableArguments {
    @Option(help: "Địa chỉ phần mềm ký số trên máy người ký.")
    var signingTool = SigningToolAddress.vgca.origin

    func address() throws -> SigningToolAddress {
        guard let address = SigningToolAddress(signingTool) else {
            throw ValidationError(
                "Phần mềm ký số phải ở ngay trên máy người ký, ví dụ wss://127.0.0.1:8987.")
        }
        return address
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Đưa cơ sở dữ liệu lên lược đồ mới nhất.")

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        let applied = try OfficeSchema.migrate(try installation.openDatabase())
        print(applied.isEmpty ? "Lược đồ đã mới nhất." : "Đã áp dụng: \(applied.joined(separator: ", ")).")
    }
}
