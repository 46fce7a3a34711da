// `vanthu pdf sign` and `vanthu pdf sign-batch`: one signature on one file, or one on each file of a folder with the key
// opened once. Every result was validated again before it is written.
import ArgumentParser
import Foundation
import PDFSignatures

struct SignPDF: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Ký số một tệp PDF (PAdES B-B, B-T, B-LT, B-LTA).",
        discussion: """
            Ví dụ: PIN=… vanthu pdf sign cv.pdf cv-ky.pdf --p12 khoa.p12 --pin-env PIN --role head --image chu-ky.png
            Khóa trong thiết bị: --pkcs11 THƯ_VIỆN.so --token NHÃN --key NHÃN --pin-env PIN (không có --pin-env thì
            nhập mã PIN trên bàn phím của thiết bị).
            Mã thoát: 0 đã ký, 1 không ký được, 2 không đọc được tệp, 64 dùng sai.
            """)

    @Argument(help: "Tệp PDF.")
    var input: String
    @Argument(help: "Tệp kết quả.")
    var output: String
    @OptionGroup var options: SigningOptions

    func run() async throws {
        let pdf = try PDFBytesOnDisk.read(input)
        let key = try options.openKey()
        do {
            try PAdES.sign(
                file: input, to: output, options.request(for: pdf, key: key, at: Date()), with: key,
                services: options.lasting.services())
        } catch { throw PDFReasons.stop("Chưa ký được \(input)", error) }
        print("Đã ký \(output).")
    }
}

struct SignBatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-batch", abstract: "Ký mọi tệp PDF trong một thư mục với một lần mở khóa.",
        discussion: """
            Tệp không ký được không làm dừng các tệp khác; kết quả từng tệp được in ra.
            Mã thoát: 0 ký hết, 1 có tệp không ký được, 2 không đọc được thư mục.
            """)

    @Argument(help: "Thư mục có các tệp PDF.")
    var folder: String
    @Argument(help: "Thư mục kết quả, được lập nếu chưa có.")
    var outputFolder: String
    @OptionGroup var options: SigningOptions

    func run() async throws {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
            throw Stop.with("Không đọc được thư mục \(folder).")
        }
        let files = names.filter { $0.lowercased().hasSuffix(".pdf") }
        do {
            try FileManager.default.createDirectory(atPath: outputFolder, withIntermediateDirectories: true)
        } catch { throw Stop.with("Không lập được thư mục \(outputFolder).") }
        let key = try options.openKey()
        let services = try options.lasting.services()
        var failures = 0
        for (index, name) in files.enumerated() {
            let outcome = sign(name, with: key, services)
            if outcome != nil { failures += 1 }
            print("\(index + 1)/\(files.count) \(name): \(outcome ?? "đã ký")")
        }
        print("Đã ký \(files.count - failures) trong \(files.count) tệp.")
        if failures > 0 { throw ExitCode(1) }
    }

    /// Nil when it is signed, otherwise why not.
    private func sign(_ name: String, with key: any SigningKey, _ services: LongTermServices?) -> String? {
        do {
            let input = URL(filePath: folder).appending(path: name).path
            let pdf = try FileBytes(contentsOf: input)
            try PAdES.sign(
                file: input, to: URL(filePath: outputFolder).appending(path: name).path,
                options.request(for: pdf, key: key, at: Date()), with: key, services: services)
            return nil
        } catch let error as SigningError {
            return "chưa ký, \(PDFReasons.text(error))"
        } catch let error as PDFError {
            return "chưa ký, \(PDFReasons.text(error))"
        } catch let error as TokenError {
            return "chưa ký, \(TokenReasons.text(error))"
        } catch let error as FileProblem {
            return "chưa ký, \(PDFReasons.text(error))"
        } catch {
            return "chưa ký, không đọc hoặc không ghi được tệp"
        }
    }
}
