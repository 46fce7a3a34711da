// Người giữ cửa liên thông (E5): beside each connection, so that a partner who sends drop by drop, for ever, or over very many
// connections at once takes nothing from the others. What is slow on this side is never counted as the partner's.
import Foundation
import HTTPTypes
import Logging
import NIOCore
import NIOHTTPTypes
import NIOSSL
import NIOTLS
import Operations
import Synchronization

/// How fast a request has to come in.
struct DoorPace: Sendable {
    /// For one request, from its first line to its last byte, whatever it is held up by.
    var patience: TimeAmount = .seconds(1800)
    /// How long in all a partner may be waited for, besides the time its bytes need at the slowest pace.
    var grace: TimeAmount = .seconds(30)
    /// In bytes a second.
    var slowest: Int64 = 4096
    var look: TimeAmount = .seconds(1)

    /// - Parameter waited: For how long bytes were asked for and none were there.
    func isTooSlow(bytes: Int64, waited: TimeAmount, since begun: TimeAmount) -> Bool {
        let due = TimeAmount.nanoseconds(bytes / slowest * 1_000_000_000)
        return begun > patience || waited > grace + due
    }
}

/// How many connections each partner has.
final class DoorGuests: Sendable {
    private let limit: Int
    private let counts = Mutex<[String: Int]>([:])

    init(limit: Int) { self.limit = limit }

    /// False: it has as many as it may.
    func enter(_ guest: String) -> Bool {
        counts.withLock { counts in
            let count = counts[guest] ?? 0
            guard count < limit else { return false }
            counts[guest] = count + 1
            return true
        }
    }

    func leave(_ guest: String) {
        counts.withLock { counts in
            let left = (counts[guest] ?? 1) - 1
            counts[guest] = left > 0 ? left : nil
        }
    }
}

/// Of one connection.
final class DoorKeeper: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private struct Incoming {
        let begun: NIODeadline
        var bytes: Int64 = 0
        var waited: TimeAmount = .zero
    }

    private let guests: DoorGuests
    private let pace: DoorPace
    private let log: Logger
    private var guest: String?
    private var incoming: Incoming?
    private var askedAt: NIODeadline?
    private var look: Scheduled<Void>?

    init(guests: DoorGuests, pace: DoorPace, log: Logger) {
        self.guests = guests
        self.pace = pace
        self.log = log
    }

    // MARK: Who it is

    func handlerAdded(context: ChannelHandlerContext) {
        // Whoever is slow to be written to the disk has a dozen pieces waiting in memory. A hundred messages at once must not
        // make that a hundred dozen large ones. Before the connection is there it has no options, and the usual pieces do no
        // harm.
        try? context.channel.syncOptions?.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 4096, maximum: 16 << 10))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if guest == nil, case TLSUserEvent.handshakeCompleted = event, let known = caller(context) {
            guard guests.enter(known) else {
                log.warning("a partner has too many connections", metadata: ["certificate": "\(known)"])
                return context.close(promise: nil)
            }
            guest = known
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func caller(_ context: ChannelHandlerContext) -> String? {
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLHandler.self)
        return (try? handler?.peerCertificate?.toDERBytes()).map(CertificateHash.hex)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    private func leave() {
        if let guest { guests.leave(guest) }
        guest = nil
        end()
    }

    // MARK: How fast it comes

    func read(context: ChannelHandlerContext) {
        if askedAt == nil { askedAt = context.eventLoop.now }
        context.read()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if let askedAt { incoming?.waited += context.eventLoop.now - askedAt }
        askedAt = nil
        context.fireChannelReadComplete()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            incoming = Incoming(begun: context.eventLoop.now)
            // What was waited before the request is none of its time.
            if askedAt != nil { askedAt = context.eventLoop.now }
            watch(context)
        case .body(let piece): incoming?.bytes += Int64(piece.readableBytes)
        case .end: end()
        }
        context.fireChannelRead(data)
    }

    private func watch(_ context: ChannelHandlerContext) {
        look?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        look = context.eventLoop.scheduleTask(in: pace.look) {
            let (keeper, context) = bound.value
            keeper.lookAt(context)
        }
    }

    private func lookAt(_ context: ChannelHandlerContext) {
        guard let incoming else { return }
        let now = context.eventLoop.now
        let waited = incoming.waited + (askedAt.map { now - $0 } ?? .zero)
        guard pace.isTooSlow(bytes: incoming.bytes, waited: waited, since: now - incoming.begun) else {
            return watch(context)
        }
        log.warning(
            "a message comes too slowly, its connection is closed",
            metadata: ["certificate": "\(guest ?? "")", "bytes": "\(incoming.bytes)"])
        end()
        context.close(promise: nil)
    }

    private func end() {
        look?.cancel()
        look = nil
        incoming = nil
    }
}
