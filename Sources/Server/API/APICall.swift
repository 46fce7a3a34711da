// A machine that has shown its token, asking for one thing. It acts as the position its token was given for;
// handlers get nothing else. With an Idempotency-Key an act happens once, however often the request is sent
// (decision 21).
import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Operations
import Store

package struct APICall: Sendable {
    let server: OfficeServer
    let position: Position
    let request: Request
    let parameters: Parameters
    /// Sets the keys of different machines apart.
    let tokenMark: String
    /// Of the method, the address and the body without secrets: a key used again must be for the same request.
    private(set) var fingerprint = ""

    init(
        server: OfficeServer, position: Position, request: Request, parameters: Parameters, tokenMark: String
    ) {
        self.server = server
        self.position = position
        self.request = request
        self.parameters = parameters
        self.tokenMark = tokenMark
        self.fingerprint = Self.fingerprint(request, body: [])
    }

    var office: Office { server.office }
    var actor: Actor { .position(position) }
    var agency: ID<Agency> { position.agency }

    // MARK: What was asked for

    func id<Subject>(_ name: String = "id", of type: Subject.Type = Subject.self) throws -> ID<Subject> {
        guard let id = parameters.get(name).flatMap({ ID<Subject>($0) }) else { throw Refused(.notFound) }
        return id
    }

    func query(_ name: String) -> String? {
        request.uri.queryParameters.get(name)?.precomposedStringWithCanonicalMapping
    }

    func number(_ name: String) -> Int? { query(name).flatMap { Int($0) } }

    func choice<Value: EnglishNamed>(_ name: String, of type: Value.Type = Value.self) -> Value? {
        query(name).flatMap { Choice<Value>($0)?.value }
    }

    /// The body, once it is seen to be as described.
    func reading<Input: APIObject>(_ type: Input.Type) async throws -> (APICall, Input) {
        let body = try await request.body.collect(upTo: 1_048_576)
        let bytes = body.readableBytes == 0 ? Array("{}".utf8) : Array(body.readableBytesView)
        guard let value = try? APIJSON.decode(JSONValue.self, from: bytes) else {
            throw APIRejection.malformed(["/: JSON object"])
        }
        let faults = JSONSchema.object(Input.schema).faults(in: value)
        if !faults.isEmpty { throw APIRejection.malformed(faults) }
        var call = self
        call.fingerprint = Self.fingerprint(request, body: try APIJSON.encode(value.without("pin")))
        guard let input = try? APIJSON.decode(Input.self, from: bytes) else {
            throw APIRejection.malformed(["/: \(Input.schema.name)"])
        }
        return (call, input)
    }

    private static func fingerprint(_ request: Request, body: [UInt8]) -> String {
        let head = Array("\(request.method.rawValue) \(request.uri.path)\n".utf8)
        return hex(SHA256.hash(data: Data(head + body)).prefix(12))
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    // MARK: Acting once

    /// The id under which the request acts; nil where no key was sent.
    func actID() throws -> String? {
        guard let key = request.headers[.idempotencyKey] else { return nil }
        guard (1...80).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw APIRejection.malformed(["Idempotency-Key: 1…80 printable ASCII characters"])
        }
        return "api-\(tokenMark)-\(key)"
    }

    func form<Outcome, Subject>(
        _ collection: Collection, _ id: @escaping @Sendable (Outcome) -> ID<Subject>
    ) throws -> FormAct<Outcome>? {
        guard let actID = try actID() else { return nil }
        let mark = fingerprint
        return FormAct(id: actID) { "\(collection.path(id($0)))#\(mark)" }
    }

    /// Where an earlier request with this key had landed; another request with the same key is refused.
    func landing<Subject>(at location: String, _ collection: Collection) throws -> Landing<Subject> {
        let parts = location.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1] == fingerprint, let last = parts[0].split(separator: "/").last,
            let id = ID<Subject>(String(last))
        else { throw APIRejection.keyReused }
        return Landing(collection: collection, id: id, isRepeat: true)
    }

    func act<O: OfficeOperation, Subject>(
        _ operation: O, _ collection: Collection, id: @escaping @Sendable (O.Outcome) -> ID<Subject>
    ) async throws -> Landing<Subject> {
        defer { server.wakeWorker() }
        guard let form = try form(collection, id) else {
            let outcome = try await server.runner.run(operation, as: actor)
            return Landing(collection: collection, id: id(outcome), isRepeat: false)
        }
        switch try await server.runner.run(operation, as: actor, form: form) {
        case .done(let outcome): return Landing(collection: collection, id: id(outcome), isRepeat: false)
        case .already(let location): return try landing(at: location, collection)
        }
    }
}

/// The plural under which things of a kind stand.
enum Collection: String, Sendable {
    case arrivals, drafts, issuances, receipts, messages
    case stagedFiles = "staged-files"
    case signingBatches = "signing-batches"
    case certificateRequests = "certificate-requests"

    func path<Subject>(_ id: ID<Subject>) -> String { "\(APIRoute.root)/\(rawValue)/\(id)" }
}

/// What an act was about, or made.
struct Landing<Subject>: Sendable {
    let collection: Collection
    let id: ID<Subject>
    let isRepeat: Bool

    func with<Answer: APIObject>(_ answer: Answer) -> Landed<Answer> {
        Landed(answer: answer, landing: collection.path(id), isRepeat: isRepeat)
    }
}
