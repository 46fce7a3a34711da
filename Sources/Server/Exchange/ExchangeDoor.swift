// Cửa liên thông: where other installations of VanThu put their messages. It has a port of its own with TLS on which only
// known certificates get in; a partner is who its certificate is. A message is on the disk and in the tables before it is
// answered, and bodies go straight to the disk, however many come at once (E5).
import BlobStorage
import Domain
import DualSQL
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import Operations
import Store

struct ExchangeDoor: Sendable {
    let office: Office
    let settings: VanThuSettings
    let listener: VanThuListener
    let arrived: @Sendable () -> Void
    private let trust: PartnerTrust
    private let guests: DoorGuests

    init(
        office: Office, settings: VanThuSettings, listener: VanThuListener,
        arrived: @escaping @Sendable () -> Void
    ) {
        self.office = office
        self.settings = settings
        self.listener = listener
        self.arrived = arrived
        trust = PartnerTrust(settings)
        guests = DoorGuests(limit: listener.limits.connections)
    }

    func application() throws -> some ApplicationProtocol {
        let router = Router(context: DoorContext.self)
        router.put(RouterPath(ExchangeProtocol.path + "/:message")) { request, context in
            await answering { try await take(request, context) }
        }
        router.get(RouterPath(ExchangeProtocol.agenciesPath)) { request, context in
            await answering { try await agencies(context) }
        }
        return Application(
            router: router,
            server: try .tls(
                .http1(
                    configuration: .init(additionalChannelHandlers: [keeper()], idleTimeout: .seconds(75))),
                tlsConfiguration: tls()),
            configuration: .init(address: .hostname(listener.host, port: listener.port), serverName: nil),
            logger: office.log)
    }

    private func keeper() -> DoorKeeper {
        let patience = Int64(listener.limits.patience * 1000)
        return DoorKeeper(
            guests: guests, pace: DoorPace(patience: .milliseconds(patience)), log: office.log)
    }

    private func tls() throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(listener.certificate)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: listener.key, format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates(
            try Set(settings.partners.values.map(\.roots)).flatMap { try NIOSSLCertificate.fromPEMFile($0) })
        return configuration
    }

    // MARK: A message

    private func take(_ request: Request, _ context: DoorContext) async throws -> DoorAnswer {
        let route = Route(.vanthu, try await partner(context))
        guard let id = context.parameters.get("message"), UUID(uuidString: id) != nil else {
            throw DoorAnswer(.badRequest, "Mã gói tin không hợp lệ.")
        }
        try await refuseWhenHeld(route)
        let inbox = Inbox(office: office, route: route)
        if try await inbox.isKnown(id.lowercased()) { return DoorAnswer(.ok, received: id) }
        // Who says so beforehand need not send it.
        let length = request.headers[.contentLength].flatMap(Int.init) ?? 0
        if length > listener.limits.message { throw tooLarge }
        let hold = office.blobs.hold()
        let blob = try await store(request, under: hold)
        let digest = request.headers[.init(ExchangeProtocol.digestHeader) ?? .contentLength] ?? ""
        guard digest.lowercased() == blob.hash.hex else {
            try await Uploads(office: office).discard(blob.hash, under: hold)
            throw DoorAnswer(.unprocessableContent, "Gói tin đến nơi không nguyên vẹn.")
        }
        if let words = try await UnreadableMessage.words(office.blobs.path(of: blob.hash)) {
            try await Uploads(office: office).discard(blob.hash, under: hold)
            await note(words, of: route)
            throw DoorAnswer(.badRequest, words)
        }
        let isNew = try await inbox.take(id.lowercased(), stored: blob, under: hold)
        arrived()
        return DoorAnswer(isNew ? .created : .ok, received: id)
    }

    private func store(_ request: Request, under hold: BlobHold) async throws -> BlobReference {
        let writer = try office.blobs.writer(limit: listener.limits.message, under: hold)
        do {
            for try await piece in request.body {
                try piece.withUnsafeReadableBytes { try writer.append($0) }
            }
            return try writer.finish()
        } catch BlobError.tooLarge {
            writer.cancel()
            throw tooLarge
        } catch {
            writer.cancel()
            throw error
        }
    }

    /// Where the settings have it believed all the same.
    private func warnOfStaleList(_ partner: String) {
        let now = office.clock.now
        guard let stale = trust.staleLists(at: now).first(where: { $0.partner == partner }),
            trust.isNews("\(partner): stale list", at: now)
        else { return }
        office.log.warning(
            "a partner's revocation list is out of date",
            metadata: ["partner": "\(partner)", "since": "\(stale.since)"])
    }

    private var tooLarge: DoorAnswer {
        DoorAnswer(.contentTooLarge, "Gói tin lớn hơn \(listener.limits.message >> 20) MB.")
    }

    /// Where those who look after the exchange see it; the partner's clerk has it in the answer.
    private func note(_ words: String, of route: Route) async {
        let now = office.clock.now
        guard trust.isNews("\(route.partner): \(words)", at: now) else { return }
        office.log.warning(
            "a partner was refused", metadata: ["partner": "\(route.partner)", "reason": "\(words)"])
        do { try await office.noteRefused(route, words) } catch {
            office.log.error("a refused partner could not be noted: \(error)")
        }
    }

    private func refuseWhenHeld(_ route: Route) async throws {
        let holds = try await office.read { try $0.exchangeConditions.holds() }
        if holds.contains(where: { $0.covers(route) }) {
            throw DoorAnswer(.serviceUnavailable, "Nơi nhận đang tạm dừng kênh liên thông này.")
        }
    }

    /// Whoever it is by the certificate of the connection.
    private func partner(_ context: DoorContext) async throws -> String {
        let channel = context.channel
        let certificate = try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: NIOSSLHandler.self).peerCertificate
        }.get()
        guard let certificate else { throw DoorAnswer(.unauthorized, "Không có chứng thư.") }
        let bytes = try certificate.toDERBytes(), print = CertificateHash.hex(bytes)
        switch trust.caller(bytes, fingerprint: print) {
        case .partner(let name):
            warnOfStaleList(name)
            return name
        case .stranger:
            throw DoorAnswer(.forbidden, "Máy chủ này không nhận chứng thư \(print.prefix(16))….")
        case .refused(let name, let words):
            await note(words, of: Route(.vanthu, name))
            throw DoorAnswer(.forbidden, words)
        }
    }

    // MARK: Who is here

    private func agencies(_ context: DoorContext) async throws -> DoorAnswer {
        _ = try await partner(context)
        let hosted = try await office.read { try $0.correspondents.hosted() }
        let entries = hosted.filter { !$0.messageCode.isEmpty }.map {
            DoorAgency(name: $0.name, code: $0.code, code102: $0.codeQCVN102, mail: $0.mail)
        }
        return DoorAnswer(.ok, agencies: entries)
    }

    private func answering(_ work: () async throws -> DoorAnswer) async -> Response {
        do { return try await work().response() } catch let answer as DoorAnswer {
            return answer.response()
        } catch {
            office.log.error("a message of another installation could not be taken: \(error)")
            return DoorAnswer(.serviceUnavailable, "Nơi nhận chưa ghi được gói tin.").response()
        }
    }
}

struct DoorContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any NIOCore.Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

private struct DoorAgency: Encodable {
    let name: String
    let code: String
    let code102: String
    let mail: String
}

/// What the partner's program reads; `reason` is for its clerk.
private struct DoorAnswer: Error {
    let status: HTTPResponse.Status
    let reason: String?
    let received: String?
    let agencies: [DoorAgency]?

    init(
        _ status: HTTPResponse.Status, _ reason: String? = nil, received: String? = nil,
        agencies: [DoorAgency]? = nil
    ) {
        self.status = status
        self.reason = reason
        self.received = received?.lowercased()
        self.agencies = agencies
    }

    func response() -> Response {
        struct Body: Encodable {
            let reason: String?
            let received: String?
            let agencies: [DoorAgency]?
        }
        let bytes =
            (try? JSONEncoder().encode(Body(reason: reason, received: received, agencies: agencies)))
            ?? Data("{}".utf8)
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
