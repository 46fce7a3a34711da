// Dịch vụ ký số từ xa of the server's settings, each spoken to in its own way. What a service answers becomes a reason
// that a person can act on; its own words go into the log.
import Domain
import Foundation
import PDFSignatures

struct SigningServices: Sendable {
    let settings: [String: RemoteServiceSettings]
    let web: any WebExchange

    /// For one person at a service; a name that the settings do not know is a service that cannot be reached.
    func signer(for place: RemotePlace) throws(Refused) -> any RemoteSigner {
        guard let service = settings[place.service] else { throw Refused(.signingServiceUnreachable) }
        switch service.kind {
        case .csc:
            return CloudSignature(
                CloudSignature.Settings(
                    address: service.address,
                    account: service.client.isEmpty
                        ? .token(service.secret)
                        : .client(identifier: service.client, secret: service.secret), user: place.account),
                web: web)
        case .smartCA:
            return SmartCA(
                SmartCA.Settings(
                    address: service.address, provider: service.client, password: service.secret,
                    user: place.account), web: web)
        case .mySign:
            return MySign(
                MySign.Settings(
                    address: service.address, client: service.client, secret: service.secret,
                    profile: service.profile ?? "adss:ras:profile:001", user: place.account), web: web)
        }
    }

    static func refusal(_ error: RemoteSigningError) -> Refusal {
        switch error {
        case .unreachable, .serviceDown: .signingServiceUnreachable
        case .refusedBySigner: .confirmationRefused
        case .expired: .confirmationExpired
        case .wrongCode, .codeMissing: .remoteCodeWrong
        case .credentialLocked: .tokenLocked
        case .credentialNotUsable, .unknownSigner: .keyOfSomeoneElse
        case .notAuthorized, .quotaExhausted, .tooManyDocuments, .unsupported, .failed, .badAnswer:
            .signingServiceRefused
        }
    }
}
