// `vanthu pdf verify`: what can be said of every signature on a file (ETSI EN 319 102-1), for people or as JSON.
import ArgumentParser
import Domain
import Foundation
import Operations
import PDFSignatures

struct VerifyPDF: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Kiểm tra chữ ký số trên tệp PDF.",
        discussion: """
            Mã thoát: 0 mọi chữ ký hợp lệ và tài liệu không bị sửa; 1 ngược lại, kể cả khi không có chữ ký; \
            2 không đọc được tệp PDF. Nhiều tệp: lấy mã xấu nhất. Không có --trust thì chưa kết luận được là hợp lệ. \
            Chứng thư trung gian và tình trạng thu hồi còn thiếu được lấy từ địa chỉ ghi trong chứng thư, trừ khi có \
            --offline.
            """)

    @Argument(help: "Các tệp PDF.")
    var files: [String]
    @Option(help: "Thư mục chứng thư gốc tin cậy (PEM hoặc DER: .pem, .cer, .crt, .der).")
    var trust: String?
    @Option(help: "Thời điểm kiểm tra, ví dụ 2026-05-12T08:00:00+07:00 hoặc 2026-05-12 (12 giờ trưa).")
    var at: Moment?
    @Flag(help: "Không lấy gì từ mạng.")
    var offline = false
    @Flag(help: "In JSON, mỗi tệp một dòng.")
    var json = false

    func run() async throws {
        let store = try trustStore()
        var worst: Int32 = 0
        for file in files {
            let verdict = FileVerdict(
                file: file, trust: store, at: at?.date,
                exchange: offline || store.roots.isEmpty ? nil : OutsideWeb.fromThisMachine())
            if json { try verdict.printJSON() } else { verdict.print() }
            worst = max(worst, verdict.code)
        }
        if worst != 0 { throw ExitCode(worst) }
    }

    private func trustStore() throws -> TrustStore {
        guard let trust else { return .empty }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: trust, isDirectory: &isFolder), isFolder.boolValue else {
            throw Stop.with("Không có thư mục chứng thư \(trust).", code: 64)
        }
        do { return TrustStore(roots: try TrustRoots(folder: trust).certificates) } catch {
            throw Stop.with("Không đọc được chứng thư trong \(trust).", code: 64)
        }
    }

    /// A moment with its time zone, or a day of the office.
    struct Moment: ExpressibleByArgument {
        let date: Date

        init?(argument: String) {
            if let day = OfficeDate(argument) {
                date = Instant(day, hour: 12, minute: 0).date
            } else if let moment = try? Date(argument, strategy: .iso8601) {
                date = moment
            } else {
                return nil
            }
        }
    }
}

/// One file's verdicts, and the exit code they mean.
struct FileVerdict {
    let file: String
    private let report: VerificationReport?
    private let unreadable: String?

    init(file: String, trust: TrustStore, at moment: Date?, exchange: (any WebExchange)?) {
        self.file = file
        guard let pdf = try? FileBytes(contentsOf: file) else {
            (report, unreadable) = (nil, "không đọc được tệp")
            return
        }
        do throws(PDFError) {
            (report, unreadable) = (
                try Verification.verify(pdf, trust: trust, at: moment, exchange: exchange), nil
            )
        } catch {
            (report, unreadable) = (nil, PDFReasons.text(error))
        }
    }

    var code: Int32 {
        guard let report else { return 2 }
        return report.isSound ? 0 : 1
    }

    // MARK: JSON

    private struct Line: Encodable {
        let file: String
        let error: String?
        let signatures: [VerdictLine]
    }

    func printJSON() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = Line(
            file: file, error: unreadable, signatures: (report?.signatures ?? []).map(VerdictLine.init))
        Swift.print(String(decoding: try encoder.encode(line), as: UTF8.self))
    }

    // MARK: For people

    func print() {
        Swift.print(file)
        guard let report else { return Swift.print("  Chưa kiểm tra được: \(unreadable ?? "").") }
        if report.signatures.isEmpty { Swift.print("  Không có chữ ký số; bản này chỉ để tham khảo.") }
        for verdict in report.signatures {
            let signer = verdict.signer ?? "không rõ người ký"
            let level = verdict.level.map { ", mức \($0.rawValue)" } ?? ""
            let time = verdict.claimedTime.map { ", ghi giờ ký \($0)" } ?? ""
            let why = verdict.subIndication.map { " (\($0.rawValue))" } ?? ""
            let what = Self.text(verdict.indication, verdict.kind)
            Swift.print("  \(verdict.field): \(what)\(why) – \(signer)\(level)\(time)")
            Swift.print("    \(Self.text(verdict.modifications))")
            Self.printProof(verdict)
            for finding in verdict.findings {
                Swift.print("    \(finding.code.rawValue)\(finding.detail.map { ": \($0)" } ?? "")")
            }
        }
    }

    private static func printProof(_ verdict: SignatureVerdict) {
        guard let time = verdict.provenTime else { return }
        let authority = verdict.timestampAuthority.map { " (\($0))" } ?? ""
        Swift.print("    Dấu thời gian xác nhận đã có từ \(time)\(authority).")
    }

    private static func text(_ indication: Indication, _ kind: SignatureKind) -> String {
        let noun = kind == .signature ? "chữ ký" : "dấu thời gian"
        return switch indication {
        case .totalPassed: "\(noun) hợp lệ"
        case .indeterminate: "chưa kết luận được"
        case .totalFailed: "\(noun) không hợp lệ"
        }
    }

    private static func text(_ modifications: Modifications) -> String {
        switch modifications {
        case .none: "Tài liệu không bị sửa sau khi ký."
        case .formFilling: "Sau khi ký chỉ có điền ô và ký thêm."
        case .annotations: "Sau khi ký có thêm chú thích."
        case .unknown: "Sau khi ký có thay đổi không giải thích được."
        case .forbidden: "Sau khi ký tài liệu đã bị sửa."
        }
    }
}
