import Foundation
import Synchronization

/// The API of the Cloud Signature Consortium, version 2 ("Architectures and protocols for remote signature
/// applications", 2.0), as many trust service providers speak it. The shapes are those of the specification,
/// whose clauses are named below. **Assumed**, since it has no codes of its own for them: `access_denied` when the
/// person refuses, `expired_request` when nobody agrees in time.
///
/// | step | request | body | answer |
/// |---|---|---|---|
/// | certificates (11.4) | `csc/v2/credentials/list` | `userID`?, `credentialInfo`, `certificates: "chain"`, `certInfo`, `authInfo`, `onlyValid` | `credentialInfos` |
/// | — where the list has no details (11.5) | `csc/v2/credentials/info` | `credentialID`, … | `key`, `cert`, `auth`, `SCAL`, `multisign` |
/// | code by message (11.8) | `csc/v2/credentials/getChallenge` | `credentialID`, `authObjectID` | 204, or `challenge` |
/// | consent (11.6) | `csc/v2/credentials/authorize` | `credentialID`, `numSignatures`, `hashes`, `hashAlgorithmOID`, `authData`, `description` | 200 `SAD`, or 202 `handle` |
/// | — asked again (11.7) | `csc/v2/credentials/authorizeCheck` | `handle` | the same |
/// | signatures (11.10) | `csc/v2/signatures/signHash` | `credentialID`, `SAD`, `hashes`, `hashAlgorithmOID`, `signAlgo`, `signAlgoParams`, `operationMode` | `signatures`, or `responseID` |
/// | — asked again (11.12) | `csc/v2/signatures/signPolling` | `requestID` | `signatures`, or 202 |
public final class CloudSignature: RemoteSigner {
    /// How we are known to the service.
    public enum Account: Sendable {
        /// An access token of scope `service` (8.2).
        case token(String)
        /// Exchanged for such a token at `oauth2/token` (8.2.4, grant `client_credentials`).
        case client(identifier: String, secret: String)
    }

    public struct Settings: Sendable {
        /// Before `csc/v2`.
        public var address: String
        public var account: Account
        /// Whose credentials are listed; `nil` where the account is that person's own.
        public var user: String?
        /// RSA-PSS where the service offers it.
        public var prefersPSS: Bool
        /// Asks for signatures to be fetched later (`operationMode` A).
        public var isAsynchronous: Bool
        /// Seconds for one answer.
        public var patience: Double

        public init(
            address: String, account: Account, user: String? = nil, prefersPSS: Bool = false,
            isAsynchronous: Bool = false, patience: Double = 20
        ) {
            self.address = address
            self.account = account
            self.user = user
            self.prefersPSS = prefersPSS
            self.isAsynchronous = isAsynchronous
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
        var wanted: [String: RemoteJSON] = [
            "credentialInfo": true, "certificates": "chain", "certInfo": true, "authInfo": true,
            "onlyValid": true,
        ]
        if let user = settings.user { wanted["userID"] = .text(user) }
        let list = try post("credentials/list", .object(wanted)).json
        var details: [(String, RemoteJSON)] = []
        if let given = list["credentialInfos"].list {
            details = given.compactMap { entry in entry["credentialID"].text.map { ($0, entry) } }
        } else {
            for identifier in (list["credentialIDs"].list ?? []).compactMap(\.text).prefix(64) {
                let body: RemoteJSON = [
                    "credentialID": .text(identifier), "certificates": "chain", "certInfo": true,
                    "authInfo": true,
                ]
                details.append((identifier, try post("credentials/info", body).json))
            }
        }
        var found: [RemoteCredential] = []
        for (identifier, detail) in details {
            if let credential = try credential(identifier, detail) { found.append(credential) }
        }
        return found
    }

    /// `nil` for what cannot be signed with now.
    private func credential(
        _ identifier: String, _ detail: RemoteJSON
    ) throws(RemoteSigningError) -> RemoteCredential? {
        guard detail["key"]["status"].text == "enabled", detail["cert"]["status"].text ?? "valid" == "valid",
            let (own, above) = RemoteRules.chain(detail["cert"]["certificates"].list ?? [])
        else { return nil }
        let offered = Set((detail["key"]["algo"].list ?? []).compactMap(\.text))
        guard let (algorithm, name) = try algorithm(of: own, offered: offered) else { return nil }
        let mode = detail["auth"]["mode"].text
        let codes = (detail["auth"]["objects"].list ?? []).compactMap { object in
            object["id"].text.map { identifier in
                RemoteCode(
                    identifier: identifier, label: object["label"].text ?? identifier,
                    isOneTime: object["generator"].text != nil || identifier.uppercased().contains("OTP"))
            }
        }
        return RemoteCredential(
            identifier: identifier, certificate: own, chain: above, algorithm: algorithm,
            batchLimit: max(1, detail["multisign"].integer ?? 1), codes: mode == "explicit" ? codes : [],
            signAlgorithm: name, needsToken: mode == "oauth2code")
    }

    /// The algorithm and the name by which the service offers it.
    private func algorithm(
        of certificate: [UInt8], offered: Set<String>
    ) throws(RemoteSigningError) -> (SignatureAlgorithm, String)? {
        let pss = try RemoteRules.algorithm(of: certificate, pss: true)
        let plain = try RemoteRules.algorithm(of: certificate, pss: false)
        // The bare names of the key types leave the digest to hashAlgorithmOID (11.10).
        let bare = if case .ecdsa = plain { "1.2.840.10045.2.1" } else { "1.2.840.113549.1.1.1" }
        var choices = [(plain, plain.identifier), (plain, bare), (pss, pss.identifier)]
        if case .rsaPSS = plain { choices.remove(at: 1) }
        if settings.prefersPSS { choices = [choices[choices.count - 1]] + choices.dropLast() }
        return choices.first { offered.contains($0.1) }
    }

    /// Lets the service send a one-time code to the person (11.8).
    ///
    /// - Returns: What to show when the service asks a question instead of sending something.
    @discardableResult
    public func requestCode(
        _ code: RemoteCode, for credential: RemoteCredential
    ) throws(RemoteSigningError) -> String? {
        let body: RemoteJSON = [
            "credentialID": .text(credential.identifier), "authObjectID": .text(code.identifier),
        ]
        return try post("credentials/getChallenge", body).json["challenge"].text
    }

    public func begin(
        _ documents: [RemoteDocument], with credential: RemoteCredential, approval: RemoteApproval
    ) throws(RemoteSigningError) -> RemoteProgress {
        try RemoteRules.check(documents, with: credential)
        let request = PendingSignatures(
            .authorization, reference: "", credential: credential, documents: documents)
        if credential.needsToken {
            guard let token = approval.token else { throw .codeMissing("token") }
            return try signHash(request, activation: token)
        }
        var proofs: [RemoteJSON] = []
        for code in credential.codes {
            guard let value = approval.codes[code.identifier] else { throw .codeMissing(code.identifier) }
            // What is confirmed elsewhere has an identifier only (8.3.1.3).
            proofs.append(
                value.isEmpty
                    ? ["id": .text(code.identifier)] : ["id": .text(code.identifier), "value": .text(value)])
        }
        let reply = try post(
            "credentials/authorize",
            [
                "credentialID": .text(credential.identifier),
                "numSignatures": .number(Double(documents.count)),
                "hashes": .base64(documents.map(\.digest)),
                "hashAlgorithmOID": .text(credential.algorithm.digest.identifier), "authData": .list(proofs),
                "description": .text(description(of: documents)),
            ])
        return try authorized(reply, request)
    }

    public func poll(_ pending: PendingSignatures) throws(RemoteSigningError) -> RemoteProgress {
        switch pending.step {
        case .authorization:
            let reply = try post("credentials/authorizeCheck", ["handle": .text(pending.reference)])
            return try authorized(reply, pending)
        case .signature:
            let reply = try post("signatures/signPolling", ["requestID": .text(pending.reference)])
            if reply.status == 202 { return .pending(pending) }
            return try signed(reply, pending)
        }
    }

    private func description(of documents: [RemoteDocument]) -> String {
        String(documents.map(\.name).joined(separator: "; ").prefix(500))
    }

    private func authorized(
        _ reply: RemoteCall.Reply, _ pending: PendingSignatures
    ) throws(RemoteSigningError) -> RemoteProgress {
        if let activation = reply.json["SAD"].text { return try signHash(pending, activation: activation) }
        guard reply.status == 202, let handle = reply.json["handle"].text else {
            throw .badAnswer("neither SAD nor handle")
        }
        return .pending(PendingSignatures(.authorization, reference: handle, after: pending))
    }

    private func signHash(
        _ pending: PendingSignatures, activation: String
    ) throws(RemoteSigningError) -> RemoteProgress {
        var body: [String: RemoteJSON] = [
            "credentialID": .text(pending.credential), "SAD": .text(activation),
            "hashes": .base64(pending.digests.map { [UInt8]($0) }), "signAlgo": .text(pending.signAlgorithm),
            "hashAlgorithmOID": .text(pending.algorithm.digest.identifier),
        ]
        if case .rsaPSS(let digest) = pending.algorithm {
            body["signAlgoParams"] = .text(Data(digest.paddingParametersRecord).base64EncodedString())
        }
        if settings.isAsynchronous { body["operationMode"] = "A" }
        return try signed(try post("signatures/signHash", .object(body)), pending)
    }

    private func signed(
        _ reply: RemoteCall.Reply, _ pending: PendingSignatures
    ) throws(RemoteSigningError) -> RemoteProgress {
        if let values = reply.json["signatures"].list { return try RemoteRules.values(values, for: pending) }
        guard let reference = reply.json["responseID"].text else {
            throw .badAnswer("neither signatures nor responseID")
        }
        return .pending(PendingSignatures(.signature, reference: reference, after: pending))
    }

    // MARK: Requests

    private func post(_ path: String, _ body: RemoteJSON) throws(RemoteSigningError) -> RemoteCall.Reply {
        var reply = try call.post("/csc/v2/\(path)", body, token: try accessToken(renewed: false))
        if reply.status == 401, case .client = settings.account {
            reply = try call.post("/csc/v2/\(path)", body, token: try accessToken(renewed: true))
        }
        guard (200..<300).contains(reply.status) else { throw Self.failure(reply) }
        return reply
    }

    private func accessToken(renewed: Bool) throws(RemoteSigningError) -> String {
        switch settings.account {
        case .token(let token): return token
        case .client(let identifier, let secret):
            if !renewed, let known = token.withLock({ $0 }) { return known }
            let reply = try call.postForm(
                "/oauth2/token",
                [("grant_type", "client_credentials"), ("client_id", identifier), ("client_secret", secret)])
            guard reply.status == 200, let fresh = reply.json["access_token"].text else {
                throw .notAuthorized(reply.json["error"].text ?? "no access token")
            }
            token.withLock { $0 = fresh }
            return fresh
        }
    }

    /// The error cases of 10.1 and of each method; where the specification has one code for many cases, its text
    /// tells them apart.
    private static func failure(_ reply: RemoteCall.Reply) -> RemoteSigningError {
        let code = reply.json["error"].text ?? "HTTP \(reply.status)"
        let message = reply.json["error_description"].text ?? ""
        let words = message.lowercased()
        switch code {
        case "invalid_otp", "invalid_pin", "invalid_authentication_data": return .wrongCode
        case "access_denied", "authorization_denied": return .refusedBySigner
        case "expired_request", "timeout": return .expired
        case "invalid_token", "invalid_client", "unauthorized_client": return .notAuthorized(code)
        default: break
        }
        if reply.status == 401 || reply.status == 403 { return .notAuthorized(message) }
        if words.contains("credential locked") { return .credentialLocked }
        if words.contains("certificate is expired") || words.contains("is disabled") {
            return .credentialNotUsable(message)
        }
        if words.contains("sad expired") { return .expired }
        return .failed(code: code, message: message)
    }
}

extension DigestAlgorithm {
    /// RSASSA-PSS-params (RFC 4055, 3.1) with this digest throughout and a salt of its length.
    var paddingParametersRecord: [UInt8] {
        let last: UInt8 =
            switch self {
            case .sha256: 1
            case .sha384: 2
            case .sha512: 3
            }
        let digest: [UInt8] = [
            0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last,
        ]
        let mask: [UInt8] = [
            0x30, 0x18, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x08,
        ]
        let salt: [UInt8] = [0xA2, 0x03, 0x02, 0x01, UInt8(size)]
        return [0x30, 0x30, 0xA0, 0x0D] + digest + [0xA1, 0x1A] + mask + digest + salt
    }
}
