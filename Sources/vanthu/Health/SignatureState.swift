// Whether signatures can be judged here: which roots are trusted, whether the child that looks into strangers' files works on
// this machine, and what outgoing files are scanned with.
import Domain
import Foundation
import OfficeFiles
import Operations
import PDFSignatures

struct SignatureState {
    let installation: InstallationOptions

    func examine(_ examination: inout Examination) async {
        roots(&examination)
        await child(&examination)
        await scanner(&examination)
    }

    private func roots(_ examination: inout Examination) {
        let folder = installation.trustFolder
        guard let trust = try? TrustRoots(folder: folder) else {
            return examination.add(.lacking, "Chứng thư gốc tin cậy", "không đọc được tệp trong \(folder).")
        }
        if trust.certificates.isEmpty {
            return examination.add(
                .lacking, "Chứng thư gốc tin cậy",
                "chưa có tệp nào trong \(folder): chưa chữ ký nào được kết luận là hợp lệ. Chép chứng thư gốc của Ban Cơ yếu Chính phủ và các CA công cộng vào đó (.cer, .crt, .der, .pem)."
            )
        }
        var names: [String] = []
        for certificate in trust.certificates {
            guard let facts = try? CertificateParticulars(certificate) else {
                examination.add(
                    .lacking, "Chứng thư gốc tin cậy", "có tệp trong \(folder) không phải chứng thư.")
                continue
            }
            names.append("\(facts.name) (đến \(Instant(facts.notAfter).officeDate.iso))")
        }
        examination.add(
            .good, "Chứng thư gốc tin cậy",
            "\(names.count) trong \(folder): \(names.joined(separator: "; ")).")
    }

    /// Asks it about a text that is no PDF: the answer says so when everything works.
    private func child(_ examination: inout Examination) async {
        let path = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
            .path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        FileManager.default.createFile(atPath: path, contents: Data("vanthu".utf8))
        let examined = await FileExaminer(program: InstallationOptions.ownProgram)
            .signatures(of: path, trust: .none, at: Date())
        if examined.findings.unreadable == .notPDF {
            examination.add(
                .good, "Kiểm tra chữ ký", "tệp từ ngoài được xem xét trong tiến trình con có giới hạn.")
        } else {
            examination.add(
                .lacking, "Kiểm tra chữ ký",
                "tiến trình con không chạy được, nên chữ ký hiện là “Chưa kiểm tra được”. Người dùng \(Isolation.detected.user?.name ?? "của máy chủ") phải đọc được \(InstallationOptions.ownProgram) và thư viện Swift."
            )
        }
    }

    private func scanner(_ examination: inout Examination) async {
        let name = "Máy quét vi-rút"
        guard let scan = try? installation.outgoingScan() else {
            return examination.add(.broken, name, "không hiểu địa chỉ đã cho ở --clamd.")
        }
        guard let scanner = scan.scanner else {
            return examination.add(
                scan.isScannerRequired ? .broken : .lacking, name,
                "chưa cài máy quét vi-rút; tệp gửi đi chỉ được kiểm tra macro và nội dung tự chạy. Cài gói Debian: clamav-daemon."
            )
        }
        do {
            examination.add(.good, name, "\(try await scanner.version()).")
        } catch {
            examination.add(
                .lacking, name,
                "đã khai báo nhưng không trả lời; văn bản chưa phát hành được cho đến khi nó chạy.")
        }
    }
}
