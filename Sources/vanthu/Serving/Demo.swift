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

    func run() async throws {
        var log = Logger(label: "vanthu")
        log.logLevel = .notice
        let office = try installation.open(clock: .starting(at: StoryWorld.morning), log: log)
        let world = StoryWorld(office: office)
        if try await office.read({ try $0.agencies.all().isEmpty }) {
            print("Lần chạy đầu: đang lập 31 cơ quan của thành phố Rạch Giá…")
            try await world.install()
        }
        Self.welcome(port)
        let settings = ServerSettings(
            port: port, installationName: "Thành phố Rạch Giá (bản dùng thử)", cacheFolder: installation.cacheFolder)
        try await OfficeServer(office: office, settings: settings).run()
    }

    private static func welcome(_ port: Int) {
        print(
            """

            VanThu: http://127.0.0.1:\(port)
            Mật khẩu của mọi người: \(StoryWorld.password)   Mã PIN ký số: \(StoryWorld.pin)

              vt.tuphap    Văn thư Phòng Tư pháp        đăng ký, cấp số, đóng dấu, gửi
              tp.tuphap    Trưởng phòng Tư pháp         cho ý kiến, ký số
              pp.tuphap    Phó trưởng phòng Tư pháp     xem xét, ký nháy
              cv1.tuphap   Chuyên viên Phòng Tư pháp    soạn dự thảo
              vt.noivu     Văn thư Phòng Nội vụ         tiếp nhận văn bản gửi đến

            Mỗi cơ quan trong 31 cơ quan có văn thư, trưởng, phó và hai chuyên viên.
            """)
    }
}
