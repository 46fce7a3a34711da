// `vanthu edxml`: messages of the national axis on their own, without an office around them (QCVN 102:2016/BTTTT). For
// whoever joins another system to this one, and for finding out why a message was refused.
import ArgumentParser
import EdXML
import Foundation

struct EdXMLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edxml", abstract: "Đọc, kiểm tra và lập gói tin edXML (QCVN 102:2016/BTTTT).",
        subcommands: [ShowEdXML.self, CheckEdXML.self, WriteEdXML.self])
}

struct ShowEdXML: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Cho xem gói tin nói gì.",
        discussion: """
            --attachments lấy các tệp đính kèm ra thư mục, theo tên trong gói tin.
            Mã thoát: 0 đọc được, 2 không đọc được gói tin.
            """)

    @Argument(help: "Tệp gói tin (.edxml).")
    var file: String
    @Flag(help: "In JSON, dùng lại được cho vanthu edxml write.")
    var json = false
    @Option(help: "Thư mục nhận các tệp đính kèm; lập mới nếu chưa có.")
    var attachments: String?

    func run() async throws {
        try TemporaryFolder.with { folder in
            var received = try EdXMLReasons.read(file, into: folder)
            if let attachments {
                try received.message.moveAttachments(to: attachments)
            } else {
                received.message.forgetFiles()
            }
            if json {
                try JSONText.print(received.message)
            } else {
                MessageLines.of(received.message).forEach { print($0) }
                for finding in received.findings { print("Lưu ý: \(EdXMLReasons.text(finding))") }
            }
        }
    }
}

struct CheckEdXML: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Kiểm tra gói tin có đúng quy chuẩn và gửi được không.",
        discussion:
            "Mã thoát: 0 gửi được (có thể kèm lưu ý), 1 phải sửa trước khi gửi, 2 không đọc được gói tin.")

    @Argument(help: "Các tệp gói tin (.edxml).")
    var files: [String]

    func run() async throws {
        var worst: Int32 = 0
        for file in files {
            worst = max(worst, try TemporaryFolder.with { folder in Self.check(file, folder) })
        }
        if worst != 0 { throw ExitCode(worst) }
    }

    private static func check(_ file: String, _ folder: String) -> Int32 {
        let received: MessageReader.Received
        do throws(EdXMLError) {
            received = try MessageReader.read(file: file, attachmentsInto: folder)
        } catch {
            print("\(file): không đọc được, \(EdXMLReasons.text(error)).")
            return 2
        }
        let result = MessageCheck.check(received.message)
        print("\(file): \(result.maySend ? "gửi được" : "phải sửa trước khi gửi")")
        for fault in result.faults { print("  Phải sửa: \(EdXMLReasons.text(fault))") }
        // What must be put right is not told a second time as a thing to note.
        let odd = received.findings.filter { !result.faults.contains($0) }
        for warning in odd + result.warnings { print("  Lưu ý: \(EdXMLReasons.text(warning))") }
        return result.maySend ? 0 : 1
    }
}

struct WriteEdXML: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write", abstract: "Lập gói tin từ JSON và các tệp đính kèm.",
        discussion: """
            JSON có dạng như `vanthu edxml show --json` in ra; --attach thêm tệp theo thứ tự.
            Ví dụ: vanthu edxml write cong-van.json cong-van.edxml --attach 54.pdf --attach phu-luc.xlsx
            Mã thoát: 0 đã lập, 1 gói tin chưa gửi được (không lập), 2 không đọc được JSON hoặc tệp đính kèm.
            """)

    @Argument(help: "Tệp JSON.")
    var input: String
    @Argument(help: "Tệp gói tin kết quả.")
    var output: String
    @Option(help: "Tệp đính kèm; dùng nhiều lần được.")
    var attach: [String] = []
    @Flag(help: "Gói từng tệp đính kèm vào một tệp nén riêng, như phần mềm của trục.")
    var zip = false

    func run() async throws {
        var message: EdXMLMessage
        do {
            message = try JSONDecoder().decode(EdXMLMessage.self, from: Data(try KeyFiles.bytes(input)))
        } catch is DecodingError {
            throw Stop.with("Tệp \(input) không phải gói tin dạng JSON.", code: 2)
        }
        try message.attach(attach)
        let result = MessageCheck.check(message)
        guard result.maySend else {
            let reasons = result.faults.map(EdXMLReasons.text).joined(separator: "; ")
            throw Stop.with("Chưa lập được \(output): \(reasons).", code: 1)
        }
        do throws(EdXMLError) {
            try MessageWriter.write(message, packing: zip ? .zipped : .plain, toFile: output)
        } catch { throw Stop.with("Chưa lập được \(output): \(EdXMLReasons.text(error)).", code: 2) }
        for warning in result.warnings { print("Lưu ý: \(EdXMLReasons.text(warning))") }
        print("Đã lập \(output).")
    }
}
