// `vanthu work`: the work in the background alone, for installations whose servers run with --no-worker: PDFs of Word files
// and the messages between agencies. Several may run at once; each job and each message is taken by one of them.
import ArgumentParser
import Dispatch
import DualSQL
import Foundation
import Logging
import Operations

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Chỉ chạy việc nền: chuyển tệp sang PDF, chuyển văn bản giữa các cơ quan, kiểm tra chữ ký số.",
        discussion:
            "Dùng cùng vanthu serve --no-worker. Dừng bằng Ctrl-C hoặc SIGTERM; việc dở dang được làm lại sau."
    )

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        var log = Logger(label: "vanthu")
        log.logLevel = .notice
        let office = try installation.open(clock: .system, log: log)
        print("VanThu: đang chạy việc nền. Ctrl-C để dừng.")
        let work = Task {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await ConversionWorker(office: office).run() }
                group.addTask { await ExchangeWorker(office: office).run() }
                group.addTask { await RemoteSigning(office: office).run() }
                group.addTask { await LevelRaising(office: office).run() }
                group.addTask { await VerdictWorker(office: office).run() }
            }
        }
        let signals = [SIGINT, SIGTERM].map { Self.watch($0) { work.cancel() } }
        await work.value
        withExtendedLifetime(signals) {}
        office.database.close()
    }

    private static func watch(_ number: Int32, _ action: @escaping @Sendable () -> Void)
        -> any DispatchSourceSignal
    {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: action)
        source.resume()
        return source
    }
}
