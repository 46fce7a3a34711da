// `vanthu crash-story`: the story from draft to acceptance in a process of its own, for tests that kill it (VANTHU_KILL_AT
// names the place, or they send SIGKILL themselves). Not shown in the help: no office needs it.
import ArgumentParser
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import Operations
import Store
import TestKit

struct CrashStoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crash-story", abstract: "Câu chuyện để thử ngắt điện giữa chừng.", shouldDisplay: false)

    @OptionGroup var installation: InstallationOptions

    @Option(help: "Số văn bản phải gửi xong.")
    var letters = 1

    func run() async throws {
        try FileManager.default.createDirectory(
            atPath: installation.trustFolder, withIntermediateDirectories: true)
        let certificate = URL(filePath: installation.trustFolder + "/vanthu-demo-ca.der")
        if !FileManager.default.fileExists(atPath: certificate.path()) {
            try Data(try StoryKeys.authority.get().certificate).write(to: certificate)
        }
        var log = Logger(label: "vanthu")
        log.logLevel = .error
        let office = try installation.open(clock: try clock(), log: log)
        let story = CrashStory(office: office, folder: installation.data)
        try await story.prepare()
        try await story.run(letters: letters)
    }

    /// The story's morning at the first run, and never back behind it: a message sent before the kill is due after it.
    private func clock() throws -> OfficeClock {
        let file = URL(filePath: installation.data + "/gio-bat-dau")
        let started: Int64
        if let text = try? String(contentsOf: file, encoding: .utf8), let known = Int64(text) {
            started = known
        } else {
            started = Instant(Date()).microseconds
            try Data("\(started)".utf8).write(to: file, options: .atomic)
        }
        let shift = StoryWorld.morning.microseconds - started
        return OfficeClock { Instant(microseconds: Instant(Date()).microseconds + shift) }
    }
}
