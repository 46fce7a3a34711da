import HTTPTypes
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Server

/// Người giữ cửa liên thông: how slowly a message may come in, on a clock of the test's own.
struct DoorKeeperTests {
    private func door(_ pace: DoorPace) throws -> EmbeddedChannel {
        let keeper = DoorKeeper(guests: DoorGuests(limit: 1), pace: pace, log: Logger(label: "test"))
        let channel = EmbeddedChannel(handler: keeper)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func begin(_ channel: EmbeddedChannel) throws {
        let head = HTTPRequest(method: .put, scheme: "https", authority: "a", path: "/")
        try channel.writeInbound(HTTPRequestPart.head(head))
    }

    private func bring(_ count: Int, _ channel: EmbeddedChannel) throws {
        channel.pipeline.read()
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0x61, count: count)))
    }

    @Test("E5: a partner that sends drop by drop is hung up on, however long the drops go on")
    func drops() throws {
        let channel = try door(DoorPace(grace: .seconds(30), slowest: 4096))
        try begin(channel)
        for second in 1...29 {
            channel.pipeline.read()
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try bring(1, channel)
            #expect(channel.isActive, "after \(second) seconds it may still catch up")
        }
        channel.pipeline.read()
        channel.embeddedEventLoop.advanceTime(by: .seconds(5))
        #expect(!channel.isActive)
    }

    @Test("E5: who brings enough is waited for, and so is whoever this side does not ask for more")
    func enough() throws {
        let channel = try door(DoorPace(grace: .seconds(30), slowest: 4096))
        try begin(channel)
        for _ in 1...300 {
            channel.pipeline.read()
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try bring(4096, channel)
        }
        #expect(channel.isActive)
        // Nobody asks: the disk is slow.
        channel.embeddedEventLoop.advanceTime(by: .seconds(600))
        #expect(channel.isActive)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.pipeline.read()
        channel.embeddedEventLoop.advanceTime(by: .seconds(3600))
        #expect(channel.isActive, "between two requests another rule holds")
    }

    @Test("E5: no request lasts longer than the door's patience, however fast it comes")
    func forEver() throws {
        let channel = try door(DoorPace(patience: .seconds(60)))
        try begin(channel)
        for _ in 1...59 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try bring(1 << 20, channel)
        }
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        #expect(!channel.isActive)
    }

    @Test("E5: a partner has as many connections as it may, and another has its own")
    func guests() {
        let guests = DoorGuests(limit: 2)
        #expect(guests.enter("a") && guests.enter("a") && !guests.enter("a"))
        #expect(guests.enter("b"))
        guests.leave("a")
        #expect(guests.enter("a") && !guests.enter("a"))
    }
}
