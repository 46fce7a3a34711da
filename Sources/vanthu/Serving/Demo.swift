// `vanthu demo`: Rạch Giá on the morning of its story, in a browser a minute after the first start. Everybody has the same
// password and PIN and the keys come from a CA that is nobody's, so it answers this machine only.
import ArgumentParser
import Domain
import DualSQL
import Foundation
import Logging
import Operations
import Server
import Store
import TestKit

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Chạy bản dùng thử: thành phố Rạch Giá, 31 cơ quan.")

    @OptionGroup var installation: InstallationOptions

    @Option(help: "Cổng lắng nghe.")
    var port = 8080

    @OptionGroup var tool: SigningToolOption

    func run() async throws {
        var log = Logger(label: "vanthu")
        log.logLevel = .notice
        let isNew = try prepareAuthority()
        let office = try installation.open(clock: .starting(at: StoryWorld.morning), log: log)
        if isNew { try await fill(StoryWorld(office: office)) }
        Self.welcome(port)
        let settings = ServerSettings(
            port: port, installationName: "Thành phố Rạch Giá (bản dùng thử)",
            cacheFolder: installation.cacheFolder, signingTool: try tool.address(),
            publicAddress: "http://127.0.0.1:\(port)")
        try await OfficeServer(office: office, settings: settings).run()
    }

    /// The demo's own certification authority: its certificate is trusted from the first start on, its key is thrown away
    /// once everyone has theirs. True when this is the first start.
    private func prepareAuthority() throws -> Bool {
        let file = installation.trustFolder + "/vanthu-demo-ca.der"
        if FileManager.default.fileExists(atPath: file) { return false }
        try FileManager.default.createDirectory(
            atPath: installation.trustFolder, withIntermediateDirectories: true)
        try Data(try StoryKeys.authority.get().certificate).write(to: URL(filePath: file))
        return true
    }

    private func fill(_ world: StoryWorld) async throws {
        Console.say(
            "Lần chạy đầu: đang lập 31 cơ quan của thành phố Rạch Giá, cấp chứng thư số và nạp văn bản mẫu…")
        try await world.install()
        try await world.issueEveryKey()
        try await world.registerLetters()
        try await world.importRules(.kienGiang)
        try await world.addPaperAgency()
        try await world.appointKeeper()
    }

    private static func welcome(_ port: Int) {
        Console.say(
            """

            VanThu: http://127.0.0.1:\(port)
            Mật khẩu của mọi người: \(StoryWorld.password)   Mã PIN ký số: \(StoryWorld.pin)

              vt.tuphap    Văn thư Phòng Tư pháp        đăng ký, cấp số, đóng dấu, gửi
              tp.tuphap    Trưởng phòng Tư pháp         cho ý kiến, ký số
              pp.tuphap    Phó trưởng phòng Tư pháp     xem xét, ký nháy
              cv1.tuphap   Chuyên viên Phòng Tư pháp    soạn dự thảo
              vt.noivu     Văn thư Phòng Nội vụ         tiếp nhận văn bản gửi đến
              qt.ubnd      Quản trị hệ thống            trông coi kênh liên thông, gói tin chưa đọc được, danh bạ

            Mỗi cơ quan trong 31 cơ quan có văn thư, trưởng, phó và hai chuyên viên.
            """)
    }
}
