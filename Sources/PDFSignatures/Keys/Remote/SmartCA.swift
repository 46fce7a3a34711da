import Foundation

/// VNPT SmartCA, the interface for service providers (`sca/sp769/v1`). The person confirms in the SmartCA app.
///
/// | step | request | body | answer |
/// |---|---|---|---|
/// | certificates | `sca/sp769/v1/credentials/get_certificate` | `sp_id`, `sp_password`, `user_id`, `serial_number`, `transaction_id` | `data.user_certificates[]`: `serial_number`, `cert_data`, `chain_data.ca_cert`, `chain_data.root_cert`, `cert_status_code` |
/// | signatures | `sca/sp769/v1/signatures/sign` | the same account, `transaction_id`, `transaction_desc`, `serial_number`, `sign_files[]`: `doc_id`, `data_to_be_signed`, `file_type: "pdf"`, `sign_type: "hash"` | `data.transaction_id` |
/// | asked again | `sca/sp769/v1/signatures/sign/{transaction_id}/status` | `{}` | `message`, `data.signatures[]`: `doc_id`, `signature_value` |
///
/// **Known** from VNPT's public samples and from integrations in use: the three requests, their names, digests of
/// SHA-256 in small hexadecimal letters, signatures in base64 (PKCS #1 v1.5), `status_code` 200 for success, and the
/// states SUCCESS, WAITING_FOR_SIGNER_CONFIRM, EXPIRED, SIGNER_REJECTED, AUTHORIZE_KEY_FAILED and SIGN_FAILED.
/// **Assumed:** 0 also stands for success; a state that is none of these and brings no signatures means waiting;
/// 401 and 403 mean our account, 404 the person; at most fifty documents at once, which VNPT states for its other
/// interface.
public struct SmartCA: RemoteSigner {
    public struct Settings: Sendable {
        /// `https://gwsca.vnpt.vn`, or VNPT's trial gateway.
        public var address: String
        /// Our account (`sp_id`, `sp_password`).
        public var provider: String
        public var password: String
        /// The person: number of the identity card, tax code or the like.
        public var user: String
        public var batchLimit: Int
        /// Seconds for one answer.
        public var patience: Double

        public init(
            address: String = "https://gwsca.vnpt.vn", provider: String, password: String, user: String,
            batchLimit: Int = 50, patience: Double = 20
        ) {
            self.address = address
            self.provider = provider
            self.password = password
            self.user = user
            self.batchLimit = batchLimit
            self.patience = patience
        }
    }

    private let settings: Settings
    private let call: RemoteCall

    public init(_ settings: Settings, web: any WebExchange) {
        self.settings = settings
        call = RemoteCall(web: web, base: settings.address, patience: settings.patience)
    }

    public func credentials() throws(RemoteSigningError) -> [RemoteCredential] {
        var body = account
        body["serial_number"] = ""
        let answer = try post("credentials/get_certificate", .object(body))
        var found: [RemoteCredential] = []
        for entry in answer["data"]["user_certificates"].list ?? [] {
            let state = entry["cert_status_code"].text ?? "VALID"
            guard state == "VALID", let serial = entry["serial_number"].text,
                let own = entry["cert_data"].bytes, (try? CertificateRecord(own)) != nil
            else { continue }
            let above = [entry["chain_data"]["ca_cert"], entry["chain_data"]["root_cert"]]
            let algorithm = try RemoteRules.algorithm(of: own, pss: false)
            found.append(
                RemoteCredential(
                    identifier: serial, certificate: own,
                    chain: RemoteRules.chain(above).map { [$0.own] + $0.above } ?? [],
                    algorithm: algorithm, batchLimit: max(1, settings.batchLimit), codes: [],
                    signAlgorithm: algorithm.identifier, needsToken: false))
        }
        return found
    }

    public func begin(
        _ documents: [RemoteDocument], with credential: RemoteCredential, approval: RemoteApproval
    ) throws(RemoteSigningError) -> RemoteProgress {
        try RemoteRules.check(documents, with: credential)
        guard credential.algorithm.digest == .sha256 else { throw .unsupported("digests other than SHA-256") }
        var body = account
        body["serial_number"] = .text(credential.identifier)
        body["transaction_desc"] = .text(description(of: documents))
        body["sign_files"] = .list(
            documents.map { document in
                [
                    "doc_id": .text(document.identifier),
                    "data_to_be_signed": .text(
                        String(decoding: Hex.encode(document.digest), as: UTF8.self).lowercased()),
                    "file_type": "pdf", "sign_type": "hash",
                ]
            })
        let answer = try post("signatures/sign", .object(body))
        guard let transaction = answer["data"]["transaction_id"].text, !transaction.isEmpty else {
            throw .badAnswer("no transaction_id")
        }
        return .pending(
            PendingSignatures(
                .signature, reference: transaction, pause: 3, credential: credential, documents: documents))
    }

    public func poll(_ pending: PendingSignatures) throws(RemoteSigningError) -> RemoteProgress {
        let path = "signatures/sign/\(RemoteCall.escape(pending.reference))/status"
        let answer = try post(path, .object([:]))
        let state = (answer["data"]["status"].text ?? answer["message"].text ?? "").uppercased()
        if let failure = Self.failure(state) { throw failure }
        guard let signatures = answer["data"]["signatures"].list, !signatures.isEmpty else {
            guard state != "SUCCESS" else { throw .badAnswer("SUCCESS without signatures") }
            return .pending(pending)
        }
        // Answers name their documents; their order is not promised.
        let byName = Dictionary(
            signatures.compactMap { entry in entry["doc_id"].text.map { ($0, entry["signature_value"]) } }
        ) { first, _ in first }
        return try RemoteRules.values(pending.documents.compactMap { byName[$0] }, for: pending)
    }

    private static func failure(_ state: String) -> RemoteSigningError? {
        switch state {
        case "EXPIRED": .expired
        case "SIGNER_REJECTED": .refusedBySigner
        case "AUTHORIZE_KEY_FAILED": .wrongCode
        case "SIGN_FAILED": .failed(code: state, message: "")
        default: nil
        }
    }

    private var account: [String: RemoteJSON] {
        [
            "sp_id": .text(settings.provider), "sp_password": .text(settings.password),
            "user_id": .text(settings.user),
            "transaction_id": .text(UUID().uuidString.lowercased()),
        ]
    }

    private func description(of documents: [RemoteDocument]) -> String {
        let first = documents[0].name
        return String((documents.count == 1 ? first : "\(first) (+\(documents.count - 1))").prefix(200))
    }

    private func post(_ path: String, _ body: RemoteJSON) throws(RemoteSigningError) -> RemoteJSON {
        let reply = try call.post("/sca/sp769/v1/\(path)", body)
        let code = reply.json["status_code"].integer ?? reply.status
        let message = reply.json["message"].text ?? ""
        switch code {
        case 0, 200: return reply.json
        case 401, 403: throw .notAuthorized(message)
        case 404: throw .unknownSigner
        case 429, 500...599: throw .serviceDown(code)
        default: throw Self.failure(message.uppercased()) ?? .failed(code: String(code), message: message)
        }
    }
}
