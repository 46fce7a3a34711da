import Domain
import Foundation
import Operations
import Store
import TestKit
import Testing

/// A letter between two agencies, on both databases.
struct ExchangeStoryTests {
    @Test(
        "E1, E2: sent, arrived, accepted under an own number, directed, in work, closed; the sender's board follows",
        arguments: DatabaseKind.available)
    func wholeWay(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.register(number: "77", as: try await world.actor("vt.tuphap"))
            let issuance = try await world.issueDirectly(
                from: "vt.noivu", to: ["phong-tu-phap"], urgency: .urgent)
            #expect(try await world.reported(on: issuance).taken == [])
            try await world.carry()
            let waiting = try await world.waiting(at: "phong-tu-phap")
            let row = try #require(waiting.first)
            #expect(waiting.count == 1)
            #expect(row.senderName == "Phòng Nội vụ thành phố")
            let clerk = try await world.position("vt.tuphap")
            let desk = try await world.office.read {
                try $0.desk.queue(of: clerk.id, kind: .receive, limit: 10)
            }
            #expect(desk.map(\.path) == ["van-ban-den/tiep-nhan/\(row.receipt.id)"])
            #expect(desk.first?.urgency == .urgent)
            #expect(row.dueAt == WorkingCalendar().adding(workingMinutes: 120, to: row.receipt.arrivedAt))

            let arrival = try await world.accept(row.receipt.id, as: "vt.tuphap", director: "tp.tuphap")
            #expect(arrival.number == 2)
            #expect(arrival.document == issuance.document)
            #expect(arrival.arrivedAt == row.receipt.arrivedAt)
            try await world.direct(arrival, lead: "cv1.tuphap", cooperating: ["cv2.tuphap"], as: "tp.tuphap")
            let lead = try await world.actor("cv1.tuphap")
            try await world.runner.run(StartAssignment(arrival: arrival.id), as: lead)
            try await world.carry()
            #expect(try await world.reported(on: issuance).taken == ["01", "03", "04", "05"])
            try await world.runner.run(CompleteAssignment(arrival: arrival.id, note: "Đã dự họp."), as: lead)
            try await world.carry()
            let reported = try await world.reported(on: issuance)
            #expect(reported.taken == ["01", "03", "04", "05", "06"])
            #expect(reported.setAside == [])
            #expect(try await world.waiting(at: "phong-tu-phap").isEmpty)
            #expect(try await world.office.read { try $0.desk.counts(of: clerk.id) }.isEmpty)
            let counts = try await world.office.read {
                try $0.deliveryLists.counts(issuance.id, of: issuance.agency)
            }
            #expect(counts == [.finished: 1])
        }
    }

    @Test(
        "B11: the answer closes the letter: lead done, the others ended by it, status 06 once",
        arguments: DatabaseKind.available)
    func answered(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let row = try #require(try await world.waiting(at: "phong-tu-phap").first)
            let arrival = try await world.accept(row.receipt.id, as: "vt.tuphap", director: "tp.tuphap")
            try await world.direct(arrival, lead: "cv1.tuphap", cooperating: ["cv2.tuphap"], as: "tp.tuphap")
            let clerk = try await world.actor("vt.tuphap")
            for _ in 1...2 {
                try await world.runner.run(Answer(arrival: arrival.id, notation: "54/PTP"), as: clerk)
            }
            await #expect(throws: Refused(.notFound)) {
                try await world.runner.run(
                    Answer(arrival: arrival.id, notation: "1/PNV"), as: try await world.actor("vt.noivu"))
            }
            try await world.carry()
            #expect(try await world.reported(on: issuance).taken == ["01", "03", "04", "06"])
            let view = try await ArrivalReading(office: world.office).open(
                arrival.id, as: try await world.position("tp.tuphap"))
            #expect(view.detail.assignments.map(\.assignment.state) == [.done, .endedByAnswer])
            #expect(view.detail.receipt?.senderName == "Phòng Nội vụ thành phố")
            #expect(
                view.history.map(\.verb) == [
                    .receiptArrived, .incomingRegistered, .receiptAccepted, .incomingDirected, .arrivalClosed,
                ])
            #expect(view.direct == [.arrivalClosed])
        }
    }

    @Test(
        "A2, decision 14: what came to one agency is not there for another, nor for an officer it was not given to",
        arguments: DatabaseKind.available)
    func neighbours(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let row = try #require(try await world.waiting(at: "phong-tu-phap").first)
            #expect(try await world.waiting(at: "phong-noi-vu").isEmpty)
            let reading = ReceiptReading(office: world.office)
            for login in ["vt.noivu", "tp.noivu", "cv1.tuphap"] {
                await #expect(throws: Refused(.notFound), "\(login)") {
                    try await reading.open(row.receipt.id, as: try await world.position(login))
                }
            }
            let other = try await world.agency("phong-tu-phap").id
            let (board, found, own) = try await world.office.read { tables in
                let delivery = row.receipt.delivery
                let words = Folding.words("giao ban")
                return (
                    try tables.deliveryLists.board(issuance.id, of: other).count
                        + tables.deliveryLists.history(of: delivery, in: other).count
                        + tables.deliveryLists.counts(issuance.id, of: other).count,
                    try tables.entryText.find(words, kind: .receipt, agency: issuance.agency, limit: 5),
                    try tables.entryText.find(words, kind: .receipt, agency: other, limit: 5)
                )
            }
            #expect(board == 0)
            #expect(found.isEmpty)
            #expect(own == [row.receipt.id.uuid])
        }
    }
}

/// What issuing an answer does to the letter it answers.
private struct Answer: OfficeOperation {
    static let verb = Verb.documentIssued
    let arrival: ID<Arrival>
    let notation: String

    func perform(_ act: Act) throws {
        try ArrivalClosing.closeByAnswer(act, arrival, answeredBy: notation)
    }
}
