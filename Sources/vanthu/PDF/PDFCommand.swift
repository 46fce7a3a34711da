// `vanthu pdf`: the signature engine on its own, without an office around it. Scripts rely on these words and exit codes.
import ArgumentParser
import Foundation
import OfficeFiles
import PDFSignatures

struct PDFCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pdf", abstract: "Chuẩn bị, điền, ký và kiểm tra chữ ký số trên tệp PDF.",
        subcommands: [
            SignPDF.self, SignBatch.self, ExtendPDF.self, PreparePDF.self, FillPDF.self, VerifyPDF.self,
        ])
}

/// Reading the files of a command. What it writes, the engine puts in place of OUT only when it is whole.
enum PDFBytesOnDisk {
    static func read(_ path: String) throws -> FileBytes {
        do { return try FileBytes(contentsOf: path) } catch {
            throw Stop.with("Không đọc được tệp \(path).")
        }
    }
}

/// Why a PDF could not be read, or a step not be done, for the person at the command line.
enum PDFReasons {
    static func text(_ error: PDFError) -> String {
        switch error {
        case .notPDF: "không phải tệp PDF"
        case .damaged(let detail): "tệp PDF bị hỏng hoặc thiếu (\(detail))"
        case .encrypted: "tệp PDF được mã hóa hoặc có mật khẩu"
        case .overLimit(let detail): "tệp PDF vượt giới hạn cho phép (\(detail))"
        }
    }

    static func text(_ error: SigningError) -> String {
        switch error {
        case .unreadable(let reason): text(reason)
        case .noSuchPage(let page): "không có trang \(page + 1)"
        case .noSuchField(let name): "không có ô \(name)"
        case .fieldAlreadySigned(let name): "ô \(name) đã có chữ ký"
        case .fieldAlreadyFilled(let name): "ô \(name) đã được điền"
        case .fieldIsNotText(let name): "ô \(name) không phải ô chữ"
        case .fieldExists(let name): "ô \(name) đã có và không phải ô chữ ký"
        case .fieldLocked(let name): "ô \(name) đã bị khóa bởi một chữ ký trước"
        case .rectangleOutsidePage: "khung chữ ký nằm ngoài trang"
        case .alreadyPrepared: "tệp đã được chuẩn bị"
        case .alreadySigned: "tệp đã có chữ ký"
        case .certifiedAgainstChanges: "tệp được chứng nhận không cho thay đổi"
        case .badFont(let detail): "không dùng được phông chữ (\(detail))"
        case .missingGlyph(let letter): "phông chữ thiếu chữ “\(letter)”"
        case .badImage(let detail): "không dùng được ảnh (\(detail))"
        case .badCertificate: "chứng thư không dùng được"
        case .wrongPassphrase: "sai mã PIN của tệp khóa"
        case .badKeyFile: "tệp khóa không phải PKCS#12 có khóa và chứng thư"
        case .unsupportedKey(let detail): "loại khóa không hỗ trợ (\(detail))"
        case .keyRefused: "khóa không ký được"
        case .notThePreparedDocument: "tệp không phải tệp đã chuẩn bị để ký"
        case .signatureTooLarge(let size): "chữ ký dài \(size) byte, quá chỗ đã dành"
        case .noTimestampAuthority: "mức chữ ký này cần máy chủ dấu thời gian (--tsa)"
        case .timestamp(let problem): "chưa lấy được dấu thời gian: \(EvidenceReasons.text(problem))"
        case .evidence(let problem): "chưa đủ căn cứ kiểm tra lâu dài: \(EvidenceReasons.text(problem))"
        case .notSigned: "tệp chưa có chữ ký nào"
        case .resultNotValid(let field, let reason):
            "chữ ký \(field) không qua được bước tự kiểm tra (\(reason))"
        }
    }

    static func text(_ problem: FileProblem) -> String {
        let act = ["open", "read", "map"].contains(problem.step) ? "đọc" : "ghi"
        return "không \(act) được tệp (\(String(cString: strerror(problem.code))))"
    }

    /// Unreadable files end a command with 2, anything else with 1.
    static func stop(_ what: String, _ error: any Error) -> any Error {
        switch error {
        case let error as SigningError:
            if case .unreadable = error { return Stop.with("\(what): \(text(error)).", code: 2) }
            return Stop.with("\(what): \(text(error)).", code: 1)
        case let error as TokenError:
            return Stop.with("\(what): \(TokenReasons.text(error)).", code: 1)
        case let error as PDFError:
            return Stop.with("\(what): \(text(error)).", code: 2)
        case let error as FileProblem:
            return Stop.with("\(what): \(text(error)).", code: 1)
        case OfficeFileError.programMissing(let name):
            return Stop.with("\(what): máy chưa cài \(name) (xem vanthu doctor).", code: 1)
        case is OfficeFileError:
            return Stop.with("\(what): chương trình đọc chữ trên trang không chạy được.", code: 1)
        case is CocoaError:
            return Stop.with("\(what): không đọc được phông chữ của máy (xem vanthu doctor).", code: 1)
        default:
            return error
        }
    }
}
