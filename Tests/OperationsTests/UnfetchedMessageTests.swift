import Domain
import DualSQL
import EdXML
import Foundation
import Store
import TestKit
import Testing

@testable import DocumentAxis
@testable import Operations

/// A message that an axis lists and cannot hand over: none of the others waits for it, a person has a line of it, and it is not
/// asked for at every look; on both databases.
struct UnfetchedMessageTests {
    @Test(
        "E5: what came destroyed three times is an administrator's, asked for ever more rarely, and becomes an entry once it can be had",
        arguments: DatabaseKind.available)
    func destroyed(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let scene = try await Scene(outside)
            scene.axis.list("hong", .garbage("the content is not base 64"))
            let good = try scene.axis.list("tot", outside.document(.new))
            for look in 1...3 {
                if look < 3 {
                    await #expect(throws: CarryingFailure.self) { try await scene.look() }
                } else {
                    #expect(try await scene.look() == 0)
                }
                #expect(scene.axis.told == [good: .done])
            }
            try await scene.read()
            #expect(try await outside.receipts().count == 1)
            let row = try #require(try await scene.failed().first)
            #expect(row.sender == outside.code && row.hash.isEmpty)
            #expect(row.error.contains("“hong”") && row.error.contains("không đọc được"))
            #expect(scene.axis.asked("hong") == 3)
            for (seconds, asked) in [(0, 3), (599, 3), (1, 4), (1199, 4), (1, 5), (2399, 5), (1, 6)] {
                scene.clock.move(by: seconds)
                #expect(try await scene.look() == 0)
                #expect(scene.axis.asked("hong") == asked, "\(seconds)")
            }
            // The sender has sent it anew under its name, and the administrator knows.
            var message = try outside.document(.new)
            message.header.documentID = "\(outside.code),2026/05/11,13/SXD"
            message.header.code = DocumentCode(number: "13", notation: "SXD")
            let mended = try scene.axis.list("hong", message)
            #expect(try await scene.look() == 0)
            try await outside.world.runner.run(ReopenInbound(message: row.id), as: .position(scene.keeper))
            try await scene.read()
            #expect(try await scene.look() == 1)
            #expect(scene.axis.told == [good: .done, mended: .done])
            try await scene.read()
            #expect(try await scene.failed().isEmpty)
            #expect(try await outside.receipts().count == 2)
            #expect(try await scene.look() == 0)
        }
    }

    @Test(
        "E5: what a person puts aside is told to the axis as failed, once, and is not asked for again",
        arguments: DatabaseKind.available)
    func putAside(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let scene = try await Scene(outside)
            let id = scene.axis.list("hong", .refused(code: "21", words: "lỗi"))
            for _ in 1...2 { await #expect(throws: CarryingFailure.self) { try await scene.look() } }
            #expect(try await scene.look() == 0)
            let row = try #require(try await scene.failed().first)
            #expect(scene.axis.told.isEmpty)
            try await outside.world.runner.run(
                DismissInbound(message: row.id, reason: "Nơi gửi đã gửi lại."), as: .position(scene.keeper))
            scene.clock.move(by: 86_400)
            for _ in 1...3 { #expect(try await scene.look() == 0) }
            #expect(scene.axis.told == [id: .fail] && scene.axis.tellings == 1)
            #expect(scene.axis.asked("hong") == 3)
        }
    }

    @Test(
        "E5: a message over the limit is asked for once and no more, until an administrator wants it",
        arguments: DatabaseKind.available)
    func tooLarge(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let scene = try await Scene(outside)
            scene.axis.list("lon", .answerTooLong)
            for _ in 1...5 {
                #expect(try await scene.look() == 0 || scene.axis.asked("lon") == 1)
                scene.clock.move(by: 7 * 86_400)
            }
            #expect(scene.axis.asked("lon") == 1)
            let row = try #require(try await scene.failed().first)
            #expect(row.error.contains("lớn hơn 200 MB"))
            try await outside.world.runner.run(ReopenInbound(message: row.id), as: .position(scene.keeper))
            try await scene.read()
            _ = try await scene.look()
            #expect(scene.axis.asked("lon") == 2)
            #expect(try await scene.failed().map(\.id) == [row.id])
        }
    }

    @Test(
        "E5: an axis that gives no answer at all is left alone after a few messages, and none of them is a person's yet",
        arguments: DatabaseKind.available)
    func silent(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let scene = try await Scene(outside)
            for number in 1...40 { scene.axis.list("\(number)", .noAnswer("timed out")) }
            await #expect(throws: CarryingFailure.self) { try await scene.look() }
            #expect((1...40).map { scene.axis.asked("\($0)") }.reduce(0, +) == 11)
            #expect(try await scene.failed().isEmpty)
        }
    }
}

private struct Scene {
    let axis = FaultyAxis()
    let clock = HandClock()
    let office: Office
    let channel: AxisChannel
    let keeper: Position

    init(_ outside: OutsideOffice) async throws {
        office = outside.world.office.at(clock)
        channel = AxisChannel(.axis, axis: axis, every: 60)
        try await outside.isReached(by: Route(.axis))
        keeper = try await outside.world.administrator(at: "phong-tu-phap", ofInstallation: true)
    }

    func look() async throws -> Int {
        try await channel.collect(from: "", into: Inbox(office: office, route: Route(.axis)))
    }

    func read() async throws { try await ExchangeWorker(office: office, links: []).runOnce() }

    func failed() async throws -> [InboundMessage] {
        try await office.read { try $0.inbound.failed(limit: 99) }
    }
}

/// Lists documents; what it can hand over lies in files.
private final class FaultyAxis: AxisLink, @unchecked Sendable {
    private let lock = NSLock()
    private var contents: [(name: String, content: Result<[UInt8], AxisFailure>)] = []
    private var asks: [String: Int] = [:]
    private var outcomes: [AxisDocID: AxisOutcome] = [:]
    private var count = 0

    var told: [AxisDocID: AxisOutcome] { lock.withLock { outcomes } }
    var tellings: Int { lock.withLock { count } }
    func asked(_ name: String) -> Int { lock.withLock { asks[name] ?? 0 } }

    @discardableResult
    func list(_ name: String, _ failure: AxisFailure) -> AxisDocID { put(name, .failure(failure)) }

    func list(_ name: String, _ message: DocumentMessage) throws -> AxisDocID {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).edxml").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try MessageWriter.write(.document(message), toFile: path)
        return put(name, .success([UInt8](try Data(contentsOf: URL(filePath: path)))))
    }

    private func put(_ name: String, _ content: Result<[UInt8], AxisFailure>) -> AxisDocID {
        lock.withLock {
            contents.removeAll { $0.name == name }
            contents.append((name, content))
        }
        return Self.id(name)
    }

    private static func id(_ name: String) -> AxisDocID {
        guard let id = AxisDocID(name) else { preconditionFailure("no name: \(name)") }
        return id
    }

    func send(file path: String, kind: AxisKind, from: String, to: [String]) throws(AxisFailure) -> AxisDocID
    {
        Self.id("da-gui")
    }

    /// Also those that it was told of, as provinces do.
    func received(_ kind: AxisKind) throws(AxisFailure) -> AxisInbox {
        guard kind == .document else { return AxisInbox(entries: [], unreadable: 0) }
        let names = lock.withLock { contents.map(\.name) }
        return AxisInbox(
            entries: names.map {
                AxisEntry(
                    docID: Self.id($0), kind: .document, from: "H31.90",
                    to: OutsideOffice.codes["phong-tu-phap"])
            }, unreadable: 0)
    }

    func fetch(_ id: AxisDocID, into path: String) throws(AxisFailure) {
        let content = lock.withLock {
            asks[id.text, default: 0] += 1
            return contents.first { $0.name == id.text }?.content
        }
        guard let content else { throw .refused(code: "21", words: "") }
        FileManager.default.createFile(atPath: path, contents: Data(try content.get()))
    }

    func acknowledge(_ id: AxisDocID, _ outcome: AxisOutcome) throws(AxisFailure) {
        lock.withLock {
            outcomes[id] = outcome
            count += 1
        }
    }
}
