// The programs and fonts this house leans on, where they are on this machine, and what an office goes without
// when one is missing. `vanthu doctor` prints the list.

import Foundation
import Glibc

public struct InstalledProgram: Sendable, Equatable {
    public let name: String
    /// nil when it is missing.
    public let path: String?
    public let version: String?
    public let debianPackage: String
    /// What it means when it is missing, one Vietnamese sentence.
    public let withoutIt: String
}

public enum Installed {
    static let folders = ["/usr/bin", "/usr/local/bin", "/bin"]
    public static let serifFont = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"

    /// The full path of a program, or `.programMissing`.
    public static func path(of name: String) throws -> String {
        for folder in folders where access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
        throw OfficeFileError.programMissing(name)
    }

    /// Everything on the list, with the version each program says it has.
    public static func programs() async -> [InstalledProgram] {
        var found: [InstalledProgram] = []
        for wanted in list {
            let path = try? path(of: wanted.name)
            var version: String?
            if let path { version = await Self.version(path, wanted.versionFlag) }
            found.append(
                InstalledProgram(
                    name: wanted.name, path: path, version: version, debianPackage: wanted.package,
                    withoutIt: wanted.withoutIt))
        }
        found.append(
            InstalledProgram(
                name: "Liberation Serif 2", path: access(serifFont, R_OK) == 0 ? serifFont : nil,
                version: nil,
                debianPackage: "fonts-liberation2",
                withoutIt: "Bản PDF chuyển từ Word dùng phông chữ khác, chữ Việt và vị trí dòng có thể sai."))
        return found
    }

    private struct Wanted {
        let name: String
        let versionFlag: String
        let package: String
        let withoutIt: String
    }

    private static let list = [
        Wanted(
            name: "soffice", versionFlag: "--version",
            package: "libreoffice-writer-nogui libreoffice-calc-nogui",
            withoutIt: "Không chuyển được tệp Word, Excel sang PDF; người soạn phải tự nộp bản PDF."),
        Wanted(
            name: "pdftoppm", versionFlag: "-v", package: "poppler-utils",
            withoutIt: "Không xem được trang văn bản trên màn hình; chỉ tải tệp về được."),
        Wanted(
            name: "pdftotext", versionFlag: "-v", package: "poppler-utils",
            withoutIt: "Không đọc được chữ trong tệp PDF để tìm kiếm và tìm vị trí số, ngày, chữ ký."),
        Wanted(
            name: "pdfinfo", versionFlag: "-v", package: "poppler-utils",
            withoutIt: "Không kiểm tra được tệp PDF khi tiếp nhận."),
        Wanted(
            name: "qpdf", versionFlag: "--version", package: "qpdf",
            withoutIt: "Không phát hiện được tệp PDF bị hỏng hoặc tải chưa hết."),
        Wanted(
            name: "unzip", versionFlag: "-v", package: "unzip",
            withoutIt: "Không phát hiện được dấu mật trong tệp Word, Excel khi tải lên."),
        Wanted(
            name: "bwrap", versionFlag: "--version", package: "bubblewrap",
            withoutIt: "Chương trình chuyển đổi tệp không được cách ly bằng không gian tên."),
    ]

    private static func version(_ path: String, _ flag: String) async -> String? {
        guard let work = try? WorkFolder() else { return nil }
        let process = LimitedProcess(
            program: path, arguments: [flag], limits: ProcessLimits(wallSeconds: 15, outputBytes: 4096))
        guard let result = try? await process.run(in: work), !result.timedOut else { return nil }
        let text = result.stdout.isEmpty ? result.errorText : result.text
        let line = text.split(separator: "\n").first { $0.contains(where: \.isNumber) }
        return line?.split(separator: " ").first { $0.first?.isNumber == true }.map(String.init)
    }
}
