// Ký bằng khóa của mình, wherever it is: the one place that decides which way a signature takes. At hand, the paper is
// signed while one waits; at a remote service it is asked for and waits for the phone; on the person's own computer the
// file is handed over, which begins on its own page.
import Domain
import Foundation
import Store

package enum SigningOutcome: Sendable, Equatable {
    case signed
    /// Asked of the service; its progress has a page.
    case asked(ID<WaitingSignature>)
    /// The form had acted before; this is where its result is.
    case already(location: String)
}

package struct SigningByKey: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// - Parameters:
    ///   - form: The id of the form; each acts once.
    ///   - signed: Where a signed draft is shown.
    ///   - asked: Where the progress of a request is shown.
    package func sign(
        _ wish: SigningWish, as person: Position, form: String, signed: String,
        asked: @escaping @Sendable (ID<WaitingSignature>) -> String
    ) async throws -> SigningOutcome {
        let kind = try await office.read { try $0.signingKeys.inUse(.person(person.account))?.kind }
        switch kind {
        case .remote:
            let acted = try await RemoteSigning(office: office).ask(
                wish, as: person, form: FormAct(id: form, location: asked))
            switch acted {
            case .done(let id): return .asked(id)
            case .already(let location): return .already(location: location)
            }
        case .file, .token, .handOver, nil:
            let acted = try await SignDraftService(office: office).sign(
                wish, as: person, form: FormAct(id: form) { _ in signed })
            if case .already(let location) = acted { return .already(location: location) }
            return .signed
        }
    }
}
