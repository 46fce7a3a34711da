// The machine an installation stands on: the data folder and the room left, the server key and who may read it.
import Foundation
import Glibc

struct MachineState {
    let installation: InstallationOptions

    func examine(_ examination: inout Examination) {
        folder(&examination)
        room(&examination)
        key(&examination)
    }

    private func folder(_ examination: inout Examination) {
        let path = installation.data
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            if isFolder.boolValue, access(path, R_OK | W_OK | X_OK) == 0 {
                examination.add(.good, "Thư mục dữ liệu", path)
            } else {
                examination.add(.broken, "Thư mục dữ liệu", "\(path) không ghi được với người dùng này.")
            }
        } else if access(Self.parent(of: path), W_OK) == 0 {
            examination.add(.good, "Thư mục dữ liệu", "\(path) chưa có, sẽ được lập khi chạy lần đầu.")
        } else {
            examination.add(.broken, "Thư mục dữ liệu", "\(path) chưa có và không lập được.")
        }
    }

    private func room(_ examination: inout Examination) {
        let path =
            FileManager.default.fileExists(atPath: installation.data)
            ? installation.data : Self.parent(of: installation.data)
        var state = statvfs()
        guard statvfs(path, &state) == 0 else {
            examination.add(.lacking, "Chỗ trống", "không đọc được dung lượng của \(path).")
            return
        }
        let megabytes = Int(state.f_bavail) / 1024 * Int(state.f_frsize) / 1024
        let text = "còn \(megabytes) MB ở \(path)"
        switch megabytes {
        case ..<100: examination.add(.broken, "Chỗ trống", text + "; không đủ để nhận tệp.")
        case ..<2_000: examination.add(.lacking, "Chỗ trống", text + "; nên giải phóng ổ đĩa.")
        default: examination.add(.good, "Chỗ trống", text + ".")
        }
    }

    private func key(_ examination: inout Examination) {
        let path = installation.keyPath
        var entry = stat()
        guard stat(path, &entry) == 0 else {
            let canMake = access(Self.parent(of: path), W_OK) == 0
            examination.add(
                canMake ? .good : .broken, "Khóa máy chủ",
                canMake
                    ? "\(path) chưa có, sẽ được lập khi chạy lần đầu." : "\(path) chưa có và không lập được.")
            return
        }
        if access(path, R_OK) != 0 {
            examination.add(.broken, "Khóa máy chủ", "\(path) không đọc được với người dùng này.")
        } else if entry.st_size != 32 {
            examination.add(.broken, "Khóa máy chủ", "\(path) hỏng: phải dài đúng 32 byte.")
        } else if entry.st_mode & 0o077 != 0 {
            examination.add(.lacking, "Khóa máy chủ", "\(path) người khác đọc được. Chạy: chmod 600 \(path)")
        } else {
            examination.add(.good, "Khóa máy chủ", "\(path), chỉ chủ tệp đọc được.")
        }
    }

    private static func parent(of path: String) -> String {
        let parent = (path as NSString).deletingLastPathComponent
        return parent.isEmpty ? "." : parent
    }
}
