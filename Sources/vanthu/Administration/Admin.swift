// `vanthu admin`: looking after the installation from the command line (decision 35). Everything goes through operations as
// the system user "Dòng lệnh", so it stands in the installation's journal.
import ArgumentParser
import Domain
import Foundation
import Operations
import Store

struct Admin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Quản trị cơ quan, người dùng, vị trí công tác, mật khẩu, khóa ký và mã truy cập.",
        discussion: "Mọi việc được ghi vào nhật ký của hệ thống với tên “Dòng lệnh”.",
        subcommands: [
            AgencyAdmin.self, PersonAdmin.self, PositionAdmin.self, PasswordAdmin.self, KeyAdmin.self,
            FocalAdmin.self, InstallationAdmin.self, TokenAdmin.self, RulesAdmin.self, CatalogueAdmin.self,
        ])
}

/// An installation that an administrator works on.
struct AdministeredOffice {
    let office: Office
    static let actor = Actor.system(name: "Dòng lệnh", agency: nil)

    init(_ installation: InstallationOptions, needsKey: Bool = false) async throws {
        office = try await installation.openExisting(needsKey: needsKey)
    }

    @discardableResult
    func run<O: OfficeOperation>(_ operation: O, refused: String) async throws -> O.Outcome {
        do {
            return try await OperationRunner(office: office).run(operation, as: Self.actor)
        } catch let refusal as Refused {
            throw Stop.with("\(refused) \(AdminRefusals.text(refusal))", code: 1)
        }
    }

    func agency(_ slug: String) async throws -> Agency {
        guard let agency = try await office.read({ try $0.agencies.find(slug: slug) }) else {
            throw Stop.with(
                "Không có cơ quan “\(slug)”. Xem danh sách bằng vanthu admin agency list.", code: 1)
        }
        return agency
    }

    func account(_ login: String) async throws -> AccountRecord {
        guard let account = try await office.read({ try $0.accounts.find(login: login.lowercased()) }) else {
            throw Stop.with(
                "Không có tài khoản “\(login)”. Xem danh sách bằng vanthu admin person list.", code: 1)
        }
        return account
    }

    /// The one present post of the person in the agency; the role tells two apart.
    func position(_ login: String, in slug: String, role: Role?) async throws -> Position {
        let account = try await account(login)
        let agency = try await agency(slug)
        let found = try await office.read { try $0.positions.ofAccount(account.id) }
            .filter { $0.agency == agency.id && (role == nil || $0.role == role) }
        guard let position = found.first else {
            throw Stop.with("\(login) không giữ vị trí như vậy ở \(agency.name).", code: 1)
        }
        if found.count > 1 {
            throw Stop.with("\(login) giữ nhiều vị trí ở \(agency.name). Chỉ rõ bằng --role.", code: 1)
        }
        return position
    }
}

/// Why an administrator's act was refused.
enum AdminRefusals {
    static func text(_ refused: Refused) -> String {
        refused.reasons.map(text).joined(separator: " ")
    }

    private static func text(_ reason: Refusal) -> String {
        switch reason {
        case .notFound: "Không tìm thấy."
        case .malformed(.login): "Tên đăng nhập trống hoặc đã có người dùng."
        case .malformed(.issuingAgency): "Tên đường dẫn (slug) đã có cơ quan dùng."
        case .malformed(.pin), .missing(.pin): "Mã PIN phải dài từ 6 đến 64 ký tự."
        case .missing(.comment): "Nhãn không được để trống."
        case .tooLong(_, let limit): "Dài quá \(limit) ký tự."
        case .keyExpired: "Chứng thư đã hết hạn."
        case .noKey: "Không mở được tệp khóa."
        case .listEmpty: "Danh sách không có cơ quan nào đọc được."
        case .listShrinks(let gone, let total):
            "Danh sách thiếu \(gone) trong \(total) cơ quan đang dùng, có thể tệp bị cắt. Nếu tệp chỉ là một phần, thêm --partial hoặc đặt --list khác; nếu đúng là đã kết thúc, thêm --allow-shrinking."
        case .agencyHosted: "Cơ quan này thuộc hệ thống, nhận văn bản ngay trong hệ thống."
        case .codeTaken(let name): "Mã này là của \(name)."
        case .agencyKnown(let name): "\(name) đã có trong danh bạ."
        case .missing(.code): "Cơ quan chưa có mã định danh, mà cách gửi này cần mã."
        case .missing(.partner): "Cách gửi này cần nơi kết nối (--partner)."
        case .missing(.mail): "Cách gửi này cần thư điện tử (--mail)."
        case .malformed(.mail): "Thư điện tử không đúng dạng."
        case .malformed(.code): "Mã định danh không được có khoảng trắng."
        case .malformed(.channel): "Cách gửi không dùng được cho cơ quan này."
        default: "Lý do: \(reason)."
        }
    }
}

extension Role: ExpressibleByArgument {}
extension AgencyGroup: ExpressibleByArgument {}
