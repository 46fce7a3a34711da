// The bytes behind a file that a row speaks of.
import BlobStorage
import Domain

extension Office {
    /// - Throws: `Refused(.fileGone)` for what is no name of a stored file.
    func bytes(ofFile hash: String) throws -> [UInt8] {
        guard let hash = BlobHash(hex: hash) else { throw Refused(.fileGone) }
        return try blobs.read(hash)
    }
}
