// Danh sách thu hồi: which certificates their issuers have taken back, as files that somebody else renews. Whether a certificate
// is on a list, and whether the list is its issuer's, is OpenSSL's to say.
import COpenSSL
import Foundation
import Synchronization

/// Revocation lists (RFC 5280), PEM or DER, in one file or in all files of a folder. They are read again when the file, or
/// the folder, is not what it was.
///
/// Of a chain only the certificate itself is looked up, in the list of its issuer.
public final class RevocationLists: Sendable {
    public let path: String
    /// Whether lists that are out of date are still believed: what they name is revoked, what they do not name is good.
    public let toleratesStale: Bool
    private let read = Mutex<(content: Content, state: [FileState])?>(nil)

    private static let fileLimit = 64 << 20, mostFiles = 1_000

    public init(path: String, toleratesStale: Bool = false) {
        self.path = path
        self.toleratesStale = toleratesStale
    }

    /// Why there are no lists to look into; the note is technical and English.
    public struct Problem: Error, Equatable {
        public let note: String
    }

    public enum Verdict: Sendable, Equatable {
        /// Not revoked, by a list that is up to date or, where that is tolerated, was.
        case good
        case revoked
        /// It cannot be told: the note is technical and English.
        case unknown(String)
        /// Not trusted, whatever the lists say.
        case distrusted(String)
    }

    /// - Parameters:
    ///   - certificate: Of a client of TLS, in DER.
    ///   - roots: A PEM file of those that it is trusted by, with the authorities between them and it.
    public func verdict(on certificate: [UInt8], roots: String) -> Verdict {
        do throws(Problem) {
            guard let trusted = FileManager.default.contents(atPath: roots) else {
                throw Problem(note: "no file \(roots)")
            }
            let content = try content()
            guard let objection = Objection(content.judge(certificate, [UInt8](trusted))) else {
                return .good
            }
            switch objection {
            case .revoked: return .revoked
            case .list(let note): return .unknown(note)
            case .other(let note): return .distrusted(note)
            }
        } catch { return .unknown(error.note) }
    }

    /// When the first of the lists is out of date; `nil` when none says so.
    public func nextUpdate() throws(Problem) -> Date? { try content().nextUpdate }

    /// Another one for every change.
    public func version() throws(Problem) -> UUID { try content().id }

    // MARK: The files

    /// The lists as they are now.
    func content() throws(Problem) -> Content {
        let files = try files(), state = files.map(FileState.init)
        if let known = read.withLock({ $0?.state == state ? $0?.content : nil }) { return known }
        guard files.count <= Self.mostFiles else { throw Problem(note: "too many files in \(path)") }
        let content = try Content()
        content.isTolerant = toleratesStale
        for file in files { try content.add(try Self.bytes(of: file), named: file) }
        if content.count == 0 { throw Problem(note: "no revocation list in \(path)") }
        read.withLock { $0 = (content, state) }
        return content
    }

    private func files() throws(Problem) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Problem(note: "no file \(path)")
        }
        if !isFolder.boolValue { return [path] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw Problem(note: "no folder \(path)")
        }
        return names.filter { !$0.hasPrefix(".") }.sorted().map { "\(path)/\($0)" }
    }

    private static func bytes(of file: String) throws(Problem) -> [UInt8] {
        let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int ?? 0
        guard size <= fileLimit, let bytes = FileManager.default.contents(atPath: file) else {
            throw Problem(note: "\(file) cannot be read")
        }
        return [UInt8](bytes)
    }

    private struct FileState: Equatable {
        let path: String
        let size: Int
        let changed: Date
        let number: Int

        init(_ path: String) {
            self.path = path
            let found = (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
            size = found[.size] as? Int ?? -1
            changed = found[.modificationDate] as? Date ?? .distantPast
            number = (found[.systemFileNumber] as? NSNumber)?.intValue ?? 0
        }
    }

    // MARK: What OpenSSL makes of them

    /// Only added to before anybody else has it.
    final class Content: @unchecked Sendable {
        let id = UUID()
        private let lists: OpaquePointer
        private(set) var count = 0
        fileprivate var isTolerant = false

        fileprivate init() throws(Problem) {
            guard let lists = copenssl_lists_new() else { throw Problem(note: "no memory") }
            self.lists = lists
        }

        deinit { copenssl_lists_free(lists) }

        fileprivate func add(_ bytes: [UInt8], named file: String) throws(Problem) {
            let added = copenssl_lists_add(lists, bytes, bytes.count)
            guard added > 0 else { throw Problem(note: "\(file) is no revocation list") }
            count += Int(added)
        }

        var nextUpdate: Date? {
            let seconds = copenssl_lists_next_update(lists)
            return seconds == 0 ? nil : Date(timeIntervalSince1970: TimeInterval(seconds))
        }

        /// `context` is an `SSL_CTX`.
        func watch(_ context: UnsafeMutableRawPointer) -> Bool {
            copenssl_lists_watch(lists, context, isTolerant ? 1 : 0) == 1
        }

        func judge(_ certificate: [UInt8], _ roots: [UInt8]) -> Int {
            Int(
                copenssl_lists_judge(
                    lists, certificate, certificate.count, roots, roots.count, isTolerant ? 1 : 0))
        }
    }

    /// What a verification had against a certificate.
    enum Objection: Equatable {
        case revoked
        case list(String)
        case other(String)

        /// `nil`: nothing.
        init?(_ result: Int) {
            let note = copenssl_objection_text(result).map { String(cString: $0) } ?? ""
            switch copenssl_objection(UInt32(copenssl_objection_of(result))) {
            case copenssl_objection_none: return nil
            case copenssl_objection_revoked: self = .revoked
            case copenssl_objection_stale_list, copenssl_objection_no_list, copenssl_objection_bad_list:
                self = .list(note)
            default: self = .other(note)
            }
        }

        /// `nil`: what it always was called.
        var failure: TransferFailure? {
            switch self {
            case .revoked: .revoked
            case .list(let note): .listUnusable(note)
            case .other: nil
            }
        }
    }
}
