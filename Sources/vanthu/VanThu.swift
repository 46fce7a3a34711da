// The program: everything an office's server does, and everything its administrator does on it, as subcommands.
import ArgumentParser

@main
struct VanThu: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vanthu",
        abstract: "Quản lý văn bản và hồ sơ công việc cho cơ quan nhà nước.",
        version: "0.4.0",
        subcommands: [
            Serve.self, Work.self, Demo.self, Migrate.self, Verify.self, Rebuild.self, Doctor.self,
            Admin.self,
            PDFCommand.self, EdXMLCommand.self, CrashStoryCommand.self, ExchangePeopleCommand.self,
            Examine.self,
        ])
}
