// `vanthu pdf extend`: raises signatures that were made before to a level that lasts, or renews their archive timestamp.
import ArgumentParser
import PDFSignatures

struct ExtendPDF: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extend", abstract: "Nâng mức chữ ký của tệp đã ký, hoặc gia hạn dấu thời gian lưu trữ.",
        discussion: """
            Ví dụ: vanthu pdf extend cv-ky.pdf cv-luu.pdf --level B-LTA --tsa http://tsa.example.vn
            Chạy lại với B-LTA là gia hạn: thêm căn cứ cho dấu thời gian trước, rồi đóng dấu thời gian mới.
            Mã thoát: 0 xong, 1 không nâng được, 2 không đọc được tệp, 64 dùng sai.
            """)

    @Argument(help: "Tệp PDF đã ký.")
    var input: String
    @Argument(help: "Tệp kết quả.")
    var output: String
    @OptionGroup var lasting: LevelOptions

    func validate() throws {
        guard lasting.signatureLevel > .basic else {
            throw ValidationError("Chỉ rõ --level B-T, B-LT hoặc B-LTA.")
        }
    }

    func run() async throws {
        _ = try PDFBytesOnDisk.read(input)
        guard let services = try lasting.services() else { return }
        do {
            try PAdES.extend(file: input, to: output, to: lasting.signatureLevel, services: services)
        } catch { throw PDFReasons.stop("Chưa nâng được mức chữ ký của \(input)", error) }
        print("Đã nâng lên mức \(lasting.level): \(output).")
    }
}
