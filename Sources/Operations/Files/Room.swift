// Hết chỗ lưu trữ: a full disk passes; whoever is told so may come again, and nothing is given up because of it.
import BlobStorage
import DualSQL
import EdXML
import Foundation

package enum Room {
    /// Whether this went wrong for want of room on a disk.
    package static func isMissing(for error: any Error) -> Bool {
        switch error {
        case BlobError.system(_, _, let code): code == ENOSPC || code == EDQUOT
        case let sql as SQLError: sql.kind == .noRoom
        case let file as CocoaError: file.code == .fileWriteOutOfSpace
        case let call as POSIXError: call.code == .ENOSPC || call.code == .EDQUOT
        case EdXMLError.file: true
        default: false
        }
    }
}
