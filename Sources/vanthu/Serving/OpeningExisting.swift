// Opening an installation that is there already, for the commands that look after it: nothing is made by accident, and what
// is missing is said in one line with its exit code.
import ArgumentParser
import BlobStorage
import Crypto
import DualSQL
import Foundation
import Logging
import Operations
import Store

/// One calm line on the error output, and the code the command ends with.
struct Stop {
    static func with(_ text: String, code: Int32 = 2) -> ExitCode {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
        return ExitCode(code)
    }
}

extension InstallationOptions {
    var keyPath: String { keyFile ?? data + ".khoa" }

    func databaseAddress() throws -> DatabaseAddress {
        let text = database ?? "sqlite:\(data)/vanthu.sqlite"
        guard let address = DatabaseAddress(parsing: text) else {
            throw Stop.with("Không hiểu địa chỉ cơ sở dữ liệu “\(text)”.", code: 64)
        }
        return address
    }

    /// The database as it is; an older schema is brought up by `vanthu migrate` only.
    func openExistingDatabase() throws -> Database {
        let address = try databaseAddress()
        if case .sqlite(let path) = address, !FileManager.default.fileExists(atPath: path) {
            throw Stop.with(
                "Chưa có cơ sở dữ liệu ở \(path). Kiểm tra --data, hoặc lập mới bằng vanthu migrate.")
        }
        let database: Database
        do { database = try Database.open(address) } catch {
            throw Stop.with("Không mở được cơ sở dữ liệu \(address): \(error)")
        }
        let pending: [String]
        do { pending = try Migrator(OfficeSchema.migrations).pending(database) } catch {
            throw Stop.with("Lược đồ của cơ sở dữ liệu \(address) không phải của bản này: \(error)")
        }
        if !pending.isEmpty {
            throw Stop.with(
                "Lược đồ còn cũ (thiếu \(pending.joined(separator: ", "))). Chạy vanthu migrate trước.")
        }
        return database
    }

    /// `needsKey`: for what opens or makes signing keys; the rest gets by with a key of the moment.
    func openExisting(needsKey: Bool = false) async throws -> Office {
        let database = try openExistingDatabase()
        var log = Logger(label: "vanthu")
        log.logLevel = .error
        let key: SymmetricKey
        if needsKey {
            guard FileManager.default.fileExists(atPath: keyPath) else {
                throw Stop.with(
                    "Chưa có tệp khóa máy chủ \(keyPath). Chạy vanthu serve một lần, hoặc chỉ ra bằng --key-file."
                )
            }
            key = try ServerKey.load(keyPath)
        } else {
            key = SymmetricKey(size: .bits256)
        }
        let blobs: LocalBlobs
        do { blobs = try LocalBlobs(folder: data + "/tep") } catch {
            throw Stop.with("Không mở được thư mục tệp \(data)/tep: \(error)")
        }
        return Office(database: database, blobs: blobs, clock: .system, serverKey: key, log: log)
    }
}
