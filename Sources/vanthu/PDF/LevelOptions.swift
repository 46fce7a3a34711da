// How long a signature shall last, as the command line says it: the level, who dates it, which roots end the paths.
import ArgumentParser
import Foundation
import Operations
import PDFSignatures

struct LevelOptions: ParsableArguments {
    @Option(
        help: "Mức chữ ký: B-B, B-T (có dấu thời gian), B-LT (có căn cứ kiểm tra), B-LTA (lưu trữ lâu dài).")
    var level = "B-B"
    @Option(help: "Địa chỉ máy chủ dấu thời gian (RFC 3161), cần cho mức B-T trở lên.")
    var tsa: String?
    @Option(help: "Tên biến môi trường chứa người dùng:mật khẩu của máy chủ dấu thời gian.")
    var tsaAuthEnv: String?
    @Option(help: "Chính sách dấu thời gian (OID), nếu máy chủ có nhiều chính sách.")
    var tsaPolicy: String?
    @Option(
        help:
            "Thư mục chứng thư gốc mà căn cứ kiểm tra phải dẫn tới; không có thì mọi chứng thư tự ký đều là gốc."
    )
    var roots: String?
    @Option(help: "Địa chỉ được phép hỏi dù nằm trong mạng riêng (OCSP, CRL nội bộ); dùng được nhiều lần.")
    var service: [String] = []

    func validate() throws {
        guard let wanted = SignatureLevel(rawValue: level) else {
            throw ValidationError("Không có mức chữ ký “\(level)”. Các mức: B-B, B-T, B-LT, B-LTA.")
        }
        if wanted > .basic, tsa == nil {
            throw ValidationError("Mức \(level) cần --tsa: địa chỉ máy chủ dấu thời gian.")
        }
        for url in [tsa].compactMap({ $0 }) + service {
            guard let scheme = URL(string: url)?.scheme?.lowercased(), ["http", "https"].contains(scheme)
            else {
                throw ValidationError("“\(url)” không phải địa chỉ http hoặc https.")
            }
        }
    }

    var signatureLevel: SignatureLevel { SignatureLevel(rawValue: level) ?? .basic }

    /// Made once, for one file or for many; `nil` where nobody need be asked.
    func services() throws -> LongTermServices? {
        guard signatureLevel > .basic, let tsa else { return nil }
        var authority = TimestampAuthority(url: tsa, policy: tsaPolicy)
        if let tsaAuthEnv {
            let pair = try KeyFiles.secret(in: tsaAuthEnv).split(separator: ":", maxSplits: 1).map(
                String.init)
            guard pair.count == 2 else {
                throw Stop.with("Biến \(tsaAuthEnv) không có dạng người dùng:mật khẩu.", code: 64)
            }
            authority.credentials = .init(user: pair[0], password: pair[1])
        }
        return LongTermServices(
            timestampAuthority: authority, exchange: OutsideWeb(services: [tsa] + service),
            roots: try rootCertificates())
    }

    private func rootCertificates() throws -> [[UInt8]] {
        guard let roots else { return [] }
        let found = (try? TrustRoots(folder: roots).certificates) ?? []
        guard !found.isEmpty else { throw Stop.with("Không có chứng thư gốc trong \(roots).", code: 64) }
        return found
    }
}
