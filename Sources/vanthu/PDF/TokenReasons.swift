// Why a key device did not open or did not sign, for the person at the command line: what is wrong and what to do.
import PDFSignatures

enum TokenReasons {
    static func text(_ error: TokenError) -> String {
        switch error {
        case .moduleNotLoadable(let detail):
            "không nạp được thư viện của thiết bị (\(detail)); kiểm tra trình điều khiển đã cài đúng chưa"
        case .tokenAbsent(let label): "không thấy thiết bị “\(label)”; kiểm tra thiết bị đã cắm chưa"
        case .tokenAmbiguous(let label): "có nhiều thiết bị cùng nhãn “\(label)”; chỉ cắm một"
        case .wrongPIN(.notTold): "sai mã PIN của thiết bị"
        case .wrongPIN(.few): "sai mã PIN của thiết bị; nhập sai thêm vài lần thiết bị sẽ bị khóa"
        case .wrongPIN(.one): "sai mã PIN của thiết bị; sai thêm một lần nữa thiết bị sẽ bị khóa"
        case .pinLocked:
            "thiết bị đã bị khóa vì nhập sai mã PIN nhiều lần; đề nghị nơi cấp thiết bị mở khóa"
        case .pinExpired: "thiết bị yêu cầu đổi mã PIN trước khi ký"
        case .keyNotFound(let name): "thiết bị không có khóa “\(name)”"
        case .keyAmbiguous(let name): "thiết bị có nhiều khóa tên “\(name)”"
        case .keyWithoutCertificate(let name): "khóa “\(name)” không có chứng thư trong thiết bị"
        case .unsupportedKey(let detail): "loại khóa trong thiết bị không hỗ trợ (\(detail))"
        case .tokenLost: "mất liên lạc với thiết bị; cắm lại thiết bị rồi ký lại"
        case .refused(let function, let code):
            "thiết bị không ký (\(function): 0x\(String(code, radix: 16)))"
        }
    }
}
