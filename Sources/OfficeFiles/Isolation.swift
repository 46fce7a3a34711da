// How child programs are kept apart from the server on this machine. Where the kernel allows it they run in
// namespaces of their own (bubblewrap): they see /usr, the fonts and their work folder, no network and no other
// process. Where it does not, what remains is used, and `report` says openly what is missing, for `vanthu doctor`.

import Foundation
import Glibc

/// The user without rights that child programs run as when the server itself is root.
public struct ChildUser: Sendable, Equatable {
    public let name: String
    public let uid: UInt32
    public let gid: UInt32
}

public struct Isolation: Sendable, Equatable {
    /// Private file system, processes and network by bubblewrap.
    public var namespaces: Bool
    public var noNetwork: Bool
    /// nil: the programs run as the server's own user.
    public var user: ChildUser?
    public var limits: Bool

    public init(namespaces: Bool, noNetwork: Bool, user: ChildUser?, limits: Bool) {
        self.namespaces = namespaces
        self.noNetwork = noNetwork
        self.user = user
        self.limits = limits
    }

    /// What this machine can do, tried once.
    public static let detected = detect()

    /// Without namespaces, whatever else there is: for machines that forbid them, and for tests of that case.
    public static var withoutNamespaces: Isolation {
        var weaker = detected
        weaker.namespaces = false
        weaker.noNetwork = weaker.user != nil && canCutNetwork()
        return weaker
    }

    // MARK: The command line that confines a program

    func command(
        _ program: String, _ arguments: [String], limits bounds: ProcessLimits, work: String,
        readable: [String] = []
    ) -> [String] {
        var words: [String] = []
        if limits {
            words += [
                "/usr/bin/prlimit", "--as=\(bounds.memoryBytes)", "--cpu=\(bounds.cpuSeconds)",
                "--fsize=\(bounds.fileBytes)", "--core=0", "--nofile=512",
            ]
        }
        if !namespaces && noNetwork { words += ["/usr/bin/unshare", "--net"] }
        if let user {
            words += ["/usr/bin/setpriv", "--reuid=\(user.uid)", "--regid=\(user.gid)", "--clear-groups"]
            if !namespaces { words += ["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"] }
        }
        if namespaces { words += ["/usr/bin/bwrap"] + Self.boxArguments(work: work, readable) }
        return words + [program] + arguments
    }

    /// /usr and a few files of /etc to read, the work folder to write, and nothing else.
    private static func boxArguments(work: String, _ readable: [String]) -> [String] {
        var words = ["--unshare-all", "--die-with-parent", "--ro-bind", "/usr", "/usr"]
        for folder in ["/bin", "/sbin", "/lib", "/lib64", "/lib32"] {
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: folder) {
                words += ["--symlink", target, folder]
            } else {
                words += ["--ro-bind-try", folder, folder]
            }
        }
        for path in ["/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/alternatives"] {
            words += ["--ro-bind-try", path, path]
        }
        words += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
        for path in readable { words += ["--ro-bind", path, path] }
        return words + ["--bind", work, work, "--chdir", work]
    }

    // MARK: Trying

    private static func detect() -> Isolation {
        var found = Isolation(
            namespaces: false, noNetwork: false, user: nil, limits: exists("/usr/bin/prlimit"))
        if geteuid() == 0, exists("/usr/bin/setpriv"), let nobody = getpwnam("nobody") {
            found.user = ChildUser(name: "nobody", uid: nobody.pointee.pw_uid, gid: nobody.pointee.pw_gid)
        }
        if exists("/usr/bin/bwrap"), let work = try? WorkFolder(owner: found.user) {
            var boxed = found
            boxed.namespaces = true
            boxed.noNetwork = true
            let works = withExtendedLifetime(work) {
                runs(boxed.command("/usr/bin/true", [], limits: ProcessLimits(), work: work.path))
            }
            if works { return boxed }
        }
        found.noNetwork = found.user != nil && canCutNetwork()
        return found
    }

    private static func canCutNetwork() -> Bool {
        exists("/usr/bin/unshare") && runs(["/usr/bin/unshare", "--net", "/usr/bin/true"])
    }

    private static func exists(_ path: String) -> Bool {
        access(path, X_OK) == 0
    }

    private static func runs(_ command: [String]) -> Bool {
        let child = try? ChildProcess(
            command: command, environment: ["PATH=/usr/bin:/bin"], folder: "/", outputBytes: 4096)
        return child?.wait(seconds: 5, isCancelled: { false }).succeeded ?? false
    }
}

extension Isolation {
    public struct Means: Sendable, Equatable {
        public let name: String
        public let active: Bool
        /// One Vietnamese sentence for the page of `vanthu doctor`.
        public let sentence: String
    }

    /// Which means are active on this machine, and what it means where one is not.
    public static func report(_ isolation: Isolation = detected) -> [Means] {
        [
            Means(
                name: "Không gian tên (bubblewrap)", active: isolation.namespaces,
                sentence: isolation.namespaces
                    ? "Chương trình con chỉ thấy thư mục làm việc của nó."
                    : "Chương trình con thấy được các tệp mà người dùng của nó đọc được: máy không cho tạo không gian tên hoặc chưa cài bubblewrap."
            ),
            Means(
                name: "Cắt mạng", active: isolation.noNetwork,
                sentence: isolation.noNetwork
                    ? "Chương trình con không có mạng."
                    : "Chương trình con vẫn dùng được mạng: cần bubblewrap hoặc tường lửa cho người dùng chạy máy chủ."
            ),
            Means(
                name: "Người dùng không quyền", active: geteuid() != 0 || isolation.user != nil,
                sentence: userSentence(isolation)),
            Means(
                name: "Giới hạn bộ nhớ, thời gian, tệp", active: isolation.limits,
                sentence: isolation.limits
                    ? "Bộ nhớ, thời gian tính toán và cỡ tệp của chương trình con có giới hạn."
                    : "Chương trình con không có giới hạn bộ nhớ: thiếu prlimit (gói util-linux)."),
        ]
    }

    private static func userSentence(_ isolation: Isolation) -> String {
        if let user = isolation.user { return "Chương trình con chạy với người dùng \(user.name)." }
        if geteuid() != 0 { return "Máy chủ và chương trình con chạy với cùng một người dùng thường." }
        return
            "Chương trình con chạy với quyền quản trị máy: thiếu setpriv (gói util-linux) hoặc người dùng nobody."
    }
}
