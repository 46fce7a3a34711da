import Foundation

/// The numbers of administrative document types (QCVN 102:2016/BTTTT, amendment 1:2022, group B; numbers 11–17 and 27–32
/// follow the order of the older list of 32 types). Receivers go by the name, since the numbers of the other group begin at 1
/// as well.
public enum AdministrativeType {
    private static let names = [
        "Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn",
        "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình",
        "Hợp đồng",
        "Công văn", "Công điện", "Bản ghi nhớ", "Bản cam kết", "Bản thỏa thuận", "Giấy chứng nhận",
        "Giấy ủy quyền",
        "Giấy mời", "Giấy giới thiệu", "Giấy nghỉ phép", "Giấy đi đường", "Giấy biên nhận hồ sơ", "Phiếu gửi",
        "Phiếu chuyển", "Thư công",
    ]

    private static let numbers: [String: Int] = {
        var numbers: [String: Int] = [:]
        for (index, name) in names.enumerated() { numbers[key(name)] = index + 1 }
        return numbers
    }()

    /// From 1; `nil` for a name that is not in the list. "Nghị quyết (cá biệt)" and "Nghị quyết" are one type.
    public static func number(of name: String) -> Int? {
        numbers[key(name.replacing("(cá biệt)", with: ""))]
    }

    private static func key(_ name: String) -> String {
        name.precomposedStringWithCanonicalMapping.lowercased().split(separator: " ").joined(separator: " ")
    }
}
