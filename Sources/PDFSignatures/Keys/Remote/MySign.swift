import Foundation
import Synchronization

/// Viettel MySign (`remotesigning.viettel.vn`). The person confirms in the MySign app.
///
/// | step | request | body | answer |
/// |---|---|---|---|
/// | sign in | `vtss/service/ras/v1/login` | `client_id`, `client_secret`, `profile_id`, `user_id` | `access_token`, `expires_in` |
/// | certificates | `vtss/service/certificates/info` | the same, `certificates: "chain"`, `certInfo`, `authInfo` | a list: `credential_id`, `key`, `cert.certificates`, `multisign` |
/// | signatures | `vtss/service/signHash` | `client_id`, `client_secret`, `credentialID`, `numSignatures`, `description`, `documents[]`: `document_id`, `document_name`, `hash[]`, `hashAlgo`, `signAlgo`, `async: 1` | `transactionId`, or `signatures` |
/// | asked again | `vtss/service/requests/status` | `transactionId` | `status`, `signatures` |
///
/// **Known** from Viettel's integration guide 1.8/1.9 as integrators describe it: the four requests and their names,
/// tokens for one person and one hour without renewal, SHA-256 only, digests and signatures in base64 (PKCS #1
/// v1.5, `signAlgo` 1.2.840.113549.1.1.1), names and description as base64 of at most a hundred characters, the
/// states 1 done, 4000 and 6000 waiting, 4001 too late, 4002 refused, 4004 failed, 4005 no signatures left, 13004
/// certificate not valid, 50000 an error of theirs, and the errors 58007, 58008, 59033, 86002, 86024.
/// **Assumed:** `error` may be a number or a text; 0 as a state means waiting, as some integrations read it.
public final class MySign: RemoteSigner {
    public struct Settings: Sendable {
        public var address: String
        /// Our account.
        public var client: String
        public var secret: String
        /// As `adss:ras:profile:001`.
        public var profile: String
        /// The person: `CMT_…`, `MST_…`.
        public var user: String
        /// Seconds for one answer.
        public var patience: Double

        public init(
            address: String = "https://remotesigning.viettel.vn", client: String, secret: String,
            profile: String,
            user: String, patience: Double = 20
        ) {
            self.address = address
            self.client = client
            self.secret = secret
            self.profile = profile
            self.user = user
            self.patience = patience
        }
    }

    private let settings: Settings
    private let call: RemoteCall
    private let token = Mutex<String?>(nil)

    public init(_ settings: Settings, web: any WebExchange) {
        self.settings = settings
        call = RemoteCall(web: web, base: settings.address, patience: settings.patience)
    }

    public func credentials() throws(RemoteSigningError) -> [RemoteCredential] {
        var body = account
        body["certificates"] = "chain"
        body["certInfo"] = true
        body["authInfo"] = true
        guard let list = try post("certificates/info", body).list else { throw .badAnswer("no list") }
        var found: [RemoteCredential] = []
        for entry in list {
            guard entry["key"]["status"].text == "enabled",
                entry["cert"]["status"].text ?? "valid" == "valid",
                let identifier = entry["credential_id"].text,
                let (own, above) = RemoteRules.chain(entry["cert"]["certificates"].list ?? [])
            else { continue }
            let algorithm = try RemoteRules.algorithm(of: own, pss: false)
            guard algorithm == .rsaPKCS1(.sha256) else { continue }
            found.append(
                RemoteCredential(
                    identifier: identifier, certificate: own, chain: above, algorithm: algorithm,
                    batchLimit: max(1, entry["multisign"].integer ?? 1), codes: [],
                    signAlgorithm: "1.2.840.113549.1.1.1", needsToken: false))
        }
        return found
    }

    public func begin(
        _ documents: [RemoteDocument], with credential: RemoteCredential, approval: RemoteApproval
    ) throws(RemoteSigningError) -> RemoteProgress {
        try RemoteRules.check(documents, with: credential)
        let pending = PendingSignatures(
            .signature, reference: "", credential: credential, documents: documents)
        let answer = try post(
            "signHash",
            [
                "client_id": .text(settings.client), "client_secret": .text(settings.secret),
                "credentialID": .text(credential.identifier),
                "numSignatures": .number(Double(documents.count)),
                "description": .text(Self.shortened(documents[0].name)),
                "documents": .list(
                    documents.map { document in
                        [
                            "document_id": .text(document.identifier),
                            "document_name": .text(Self.shortened(document.name)),
                        ]
                    }),
                "hash": .base64(documents.map(\.digest)),
                "hashAlgo": .text(credential.algorithm.digest.identifier),
                "signAlgo": .text(credential.signAlgorithm), "async": 1,
            ])
        if let values = answer["signatures"].list { return try RemoteRules.values(values, for: pending) }
        guard let transaction = answer["transactionId"].text, !transaction.isEmpty else {
            throw .badAnswer("no transactionId")
        }
        return .pending(PendingSignatures(.signature, reference: transaction, after: pending))
    }

    public func poll(_ pending: PendingSignatures) throws(RemoteSigningError) -> RemoteProgress {
        let answer = try post("requests/status", ["transactionId": .text(pending.reference)])
        switch answer["status"].integer {
        case 1: return try RemoteRules.values(answer["signatures"].list ?? [], for: pending)
        case 0, 4_000, 6_000: return .pending(pending)
        case let state?: throw Self.failure(state, answer["error_description"].text ?? "")
        case nil: throw .badAnswer("no status")
        }
    }

    /// As much of the text as a hundred characters of base64 hold, cut between letters.
    static func shortened(_ text: String) -> String {
        var kept = ""
        for letter in text.precomposedStringWithCanonicalMapping {
            guard kept.utf8.count + letter.utf8.count <= 72 else { break }
            kept.append(letter)
        }
        return Data(kept.utf8).base64EncodedString()
    }

    private var account: [String: RemoteJSON] {
        [
            "client_id": .text(settings.client), "client_secret": .text(settings.secret),
            "profile_id": .text(settings.profile), "user_id": .text(settings.user),
        ]
    }

    // MARK: Requests

    private func post(_ path: String, _ body: [String: RemoteJSON]) throws(RemoteSigningError) -> RemoteJSON {
        let url = "/vtss/service/\(path)"
        var reply = try call.post(url, .object(body), token: try accessToken(renewed: false))
        if reply.status == 401 {
            reply = try call.post(url, .object(body), token: try accessToken(renewed: true))
        }
        try check(reply)
        return reply.json
    }

    private func accessToken(renewed: Bool) throws(RemoteSigningError) -> String {
        if !renewed, let known = token.withLock({ $0 }) { return known }
        let reply = try call.post("/vtss/service/ras/v1/login", .object(account))
        try check(reply)
        guard let fresh = reply.json["access_token"].text, !fresh.isEmpty else {
            throw .badAnswer("no token")
        }
        token.withLock { $0 = fresh }
        return fresh
    }

    private func check(_ reply: RemoteCall.Reply) throws(RemoteSigningError) {
        let error = reply.json["error"]
        guard reply.status != 200 || (error.text ?? "0") != "0" else { return }
        let message = reply.json["error_description"].text ?? ""
        if let code = error.integer { throw Self.failure(code, message) }
        if reply.status == 401 || reply.status == 403 { throw .notAuthorized(message) }
        throw .failed(code: error.text ?? "HTTP \(reply.status)", message: message)
    }

    private static func failure(_ code: Int, _ message: String) -> RemoteSigningError {
        switch code {
        case 58_007, 59_033, 86_002, 86_024: .notAuthorized(message)
        case 58_008: .unknownSigner
        case 4_001: .expired
        case 4_002: .refusedBySigner
        case 4_005: .quotaExhausted
        case 13_004: .credentialNotUsable(message)
        case 50_000: .serviceDown(code)
        default: .failed(code: String(code), message: message)
        }
    }
}
