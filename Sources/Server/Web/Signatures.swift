// The verdict on a file's signatures, as the page shows it.
import Domain
import Operations
import Pages

extension Visit {
    func signatures(of file: FileReference?) async throws -> SignatureReport? { nil }
}
