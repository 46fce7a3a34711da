import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Gửi được mà nhận không được: the two ways of a conversation with one partner are told apart.
struct PartnerHealthTests {
    private static let route = Route(.vanthu, "ban")

    @Test(
        "E5, H6: what of a partner's cannot be taken is said until something of it is, however well it is written to",
        arguments: DatabaseKind.available)
    func tellsWaysApart(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let office = outside.world.office, inbox = Inbox(office: office, route: Self.route)
            let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
            try Data("một gói tin".utf8).write(to: URL(filePath: file))
            defer { try? FileManager.default.removeItem(atPath: file) }

            #expect(try await inbox.take("1", file: file))
            #expect(try await receiving(office)?.failures == 0)
            try await office.noteRefused(Self.route, "Chứng thư đã bị thu hồi.")
            try await office.noteRefused(Self.route, "Chứng thư đã bị thu hồi.")
            try await office.database.write {
                try Tables($0).exchangeConditions.noteGood(.send, Self.route, at: office.clock.now)
            }
            #expect(try await receiving(office)?.failures == 2)
            #expect(try await receiving(office)?.error == "Chứng thư đã bị thu hồi.")
            // What is heard within the second after trouble is news all the same.
            #expect(try await inbox.take("2", file: file))
            #expect(try await receiving(office)?.failures == 0)
            #expect(try await receiving(office)?.error == "")
        }
    }

    private func receiving(_ office: Office) async throws -> ExchangeHealth? {
        try await office.read { try $0.exchangeConditions.health() }
            .first { $0.route == Self.route && $0.direction == .receive }
    }
}
