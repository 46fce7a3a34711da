// `vanthu verify`: database, files, journal and numbers compared with each other. Exit 0 when nothing is wrong, 1 when
// something is; it changes nothing.
import ArgumentParser
import Domain
import Foundation
import Logging
import Operations
import Store

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Kiểm tra cơ sở dữ liệu, tệp, nhật ký và số văn bản.",
        discussion: """
            Băm lại từng chuỗi nhật ký, đếm số từ đầu đến cuối mỗi sổ, đọc lại từng tệp, so danh mục việc và chỉ mục tìm \
            kiếm với dữ liệu gốc, so hai phía của mỗi lần gửi. Chỉ đọc, không sửa; chạy được khi máy chủ đang chạy.
            Mã thoát: 0 không có sai lệch, 1 có sai lệch, 2 không mở được dữ liệu.
            """)

    @OptionGroup var installation: InstallationOptions

    @Flag(help: "In kết quả dạng JSON.")
    var json = false

    func run() async throws {
        let office = try await installation.openExisting()
        let findings = try await OfficeVerification(office).run()
        if json {
            try JSONText.print(Report(findings))
        } else {
            VerificationLines.print(findings)
        }
        if !findings.isClean { throw ExitCode(1) }
    }

    private struct Report: Encodable {
        let clean: Bool
        let faultCount: Int
        let faults: [VerificationFault]
        let notes: [VerificationNote]
        let extent: VerificationExtent

        init(_ findings: VerificationFindings) {
            clean = findings.isClean
            faultCount = findings.faultCount
            faults = findings.faults
            notes = findings.notes
            extent = findings.extent
        }
    }
}

struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Dựng lại “Việc của tôi” và chỉ mục tìm kiếm từ dữ liệu gốc.",
        discussion:
            "Làm trong một giao dịch: hoặc xong hết, hoặc giữ nguyên như cũ. Không đổi dữ liệu gốc và nhật ký."
    )

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        let office = try await installation.openExisting()
        let rebuilt = try await CacheRebuilding(office).run()
        print(
            "Đã dựng lại \(rebuilt.deskItems) việc và \(rebuilt.searchEntries) mục tìm kiếm; \(rebuilt.verdicts) tệp chờ kiểm tra lại chữ ký."
        )
    }
}
