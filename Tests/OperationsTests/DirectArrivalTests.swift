import Domain
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Chỉ đạo, phân công, xử lý, on both databases.
struct DirectArrivalTests {
    @Test(
        "B9: the directive puts lead, cooperator and informed on their desks, urgent first, each with a deadline",
        arguments: DatabaseKind.available)
    func directive(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            let calm = try await world.register(number: "480", as: clerk)
            let urgent = try await world.register(number: "482", urgency: .flash, as: clerk)
            let deadline = OfficeDate(year: 2026, month: 5, day: 20)
            for arrival in [calm, urgent] {
                try await world.direct(
                    arrival, lead: "cv1.tuphap", cooperating: ["cv2.tuphap"], informed: ["pp.tuphap"],
                    by: deadline, as: "tp.tuphap")
            }
            let people = ["cv1.tuphap", "cv2.tuphap", "pp.tuphap", "tp.tuphap"]
            var counts: [[DeskKind: Int]] = []
            for login in people {
                let id = try await world.position(login).id
                counts.append(try await world.office.read { try $0.desk.counts(of: id) })
            }
            #expect(counts == [[.handle: 2], [.cooperate: 2], [.inform: 2], [:]])
            let lead = try await world.position("cv1.tuphap").id
            let queue = try await world.office.read { try $0.desk.queue(of: lead, kind: .handle, limit: 10) }
            #expect(queue.map(\.subject) == [urgent.id.uuid, calm.id.uuid])
            #expect(queue.first?.dueAt == deadline.map { WorkingCalendar().endOfWork(on: $0) })
            #expect(queue.first?.path == "van-ban-den/2026/2")
            let now = try await world.office.read { try $0.arrivals.find(urgent.id) }
            #expect(now?.state == .assigned)
            #expect(now?.version == 2)
        }
    }

    @Test(
        "B9: two directives pressed at once leave one lead; the other is told",
        arguments: DatabaseKind.available)
    func race(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            for round in 1...5 {
                let arrival = try await world.register(number: "\(round)", as: clerk)
                let refusals = await withTaskGroup(of: Refused?.self) { group in
                    for lead in ["cv1.tuphap", "cv2.tuphap"] {
                        group.addTask {
                            do {
                                try await world.direct(arrival, lead: lead, as: "tp.tuphap")
                                return nil
                            } catch { return error as? Refused ?? Refused(.busy) }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(refusals.compactMap { $0 } == [Refused(.alreadyDirected)])
                #expect(try await world.office.read { try $0.assignments.of(arrival.id).count } == 1)
            }
        }
    }

    @Test(
        "B9: a directive without text, lead or time is refused with every reason; nobody holds two parts",
        arguments: DatabaseKind.available)
    func refusals(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let arrival = try await world.register(number: "482", as: try await world.actor("vt.tuphap"))
            await #expect(throws: Refused([.missing(.directive), .noLead, .deadlineInPast])) {
                try await world.direct(
                    arrival, text: " ", lead: nil, cooperating: ["cv2.tuphap"],
                    by: OfficeDate(year: 2026, month: 5, day: 11), as: "tp.tuphap")
            }
            await #expect(throws: Refused(.leadTwice)) {
                try await world.direct(arrival, lead: "cv1.tuphap", informed: ["cv1.tuphap"], as: "tp.tuphap")
            }
            await #expect(throws: Refused(.malformed(.lead))) {
                try await world.direct(arrival, lead: "cv1.noivu", as: "tp.tuphap")
            }
            await #expect(throws: Refused(.stale)) {
                try await world.direct(arrival, version: 7, lead: "cv1.tuphap", as: "tp.tuphap")
            }
            try await world.direct(arrival, lead: "cv1.tuphap", as: "tp.tuphap")
            await #expect(throws: Refused(.alreadyDirected)) {
                try await world.direct(arrival, lead: "cv2.tuphap", as: "tp.tuphap")
            }
            await #expect(throws: Refused(.leadTwice)) {
                try await world.direct(
                    arrival, version: 2, lead: nil, cooperating: ["cv1.tuphap"], as: "tp.tuphap")
            }
            try await world.direct(
                arrival, version: 2, lead: nil, cooperating: ["cv2.tuphap"], as: "tp.tuphap")
            let people = try await world.office.read { try $0.assignments.of(arrival.id).map(\.kind) }
            #expect(people == [.lead, .cooperate])
        }
    }

    @Test(
        "A2: only the director or the head directs; an officer may not, a neighbour finds nothing",
        arguments: DatabaseKind.available)
    func whoDirects(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let arrival = try await world.register(number: "482", as: try await world.actor("vt.tuphap"))
            for (login, refusal) in [
                ("pp.tuphap", Refusal.notDirectedToYou), ("cv1.tuphap", .notForYourRole),
                ("vt.tuphap", .notForYourRole),
                ("tp.noivu", .notFound),
            ] {
                await #expect(throws: Refused(refusal), "\(login)") {
                    try await world.direct(arrival, lead: "cv1.tuphap", as: login)
                }
            }
        }
    }

    @Test(
        "B9, B11: a cooperator ends the own part, the lead ends the letter for everybody",
        arguments: DatabaseKind.available)
    func working(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let arrival = try await world.register(number: "482", as: try await world.actor("vt.tuphap"))
            try await world.direct(
                arrival, lead: "cv1.tuphap", cooperating: ["cv2.tuphap"], informed: ["pp.tuphap"],
                as: "tp.tuphap")
            let lead = try await world.actor("cv1.tuphap"), other = try await world.actor("cv2.tuphap")
            let deputy = try await world.actor("pp.tuphap"), head = try await world.actor("tp.tuphap")
            await #expect(throws: Refused(.notYours)) {
                try await world.runner.run(StartAssignment(arrival: arrival.id), as: head)
            }
            await #expect(throws: Refused(.notFound)) {
                try await world.runner.run(
                    StartAssignment(arrival: arrival.id), as: try await world.actor("cv1.noivu"))
            }
            await #expect(throws: Refused(.notYours)) {
                try await world.runner.run(StartAssignment(arrival: arrival.id), as: deputy)
            }
            try await world.runner.run(StartAssignment(arrival: arrival.id), as: other)
            #expect(try await world.office.read { try $0.arrivals.find(arrival.id)?.state } == .assigned)
            try await world.runner.run(StartAssignment(arrival: arrival.id), as: lead)
            #expect(try await world.office.read { try $0.arrivals.find(arrival.id)?.state } == .working)
            await #expect(throws: Refused(.stale)) {
                try await world.runner.run(StartAssignment(arrival: arrival.id), as: lead)
            }
            try await world.runner.run(CompleteAssignment(arrival: arrival.id), as: deputy)
            try await world.runner.run(CompleteAssignment(arrival: arrival.id, note: "Đã báo cáo."), as: lead)
            await #expect(throws: Refused(.arrivalClosed)) {
                try await world.runner.run(CompleteAssignment(arrival: arrival.id), as: other)
            }
            let view = try await ArrivalReading(office: world.office).open(
                year: 2026, number: arrival.number, as: try await world.position("cv2.tuphap"))
            #expect(view.detail.arrival.state == .closed)
            #expect(view.detail.assignments.map(\.assignment.state) == [.done, .done, .done])
            #expect(view.detail.assignments.first?.note == "Đã báo cáo.")
            let waits = try await world.office.read { tables in
                try tables.positions.inAgency(arrival.agency).flatMap {
                    try tables.desk.queue(of: $0.id, kind: nil, limit: 10)
                }
            }
            #expect(waits.isEmpty)
        }
    }

    @Test(
        "B11, A2: the page and its history are for the agency's participants; anyone else finds no such letter",
        arguments: DatabaseKind.available)
    func reading(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let arrival = try await world.register(number: "482", as: try await world.actor("vt.tuphap"))
            try await world.direct(arrival, lead: "cv1.tuphap", as: "tp.tuphap")
            let reading = ArrivalReading(office: world.office)
            for login in ["vt.tuphap", "tp.tuphap", "pp.tuphap", "cv1.tuphap"] {
                let view = try await reading.open(arrival.id, as: try await world.position(login))
                #expect(view.history.map(\.verb) == [.incomingRegistered, .incomingDirected])
                #expect(view.detail.directives.map(\.personName) == ["Hà Minh Đương"])
                #expect(view.detail.files.count == 1)
            }
            for login in ["cv2.tuphap", "tp.noivu", "vt.noivu"] {
                await #expect(throws: Refused(.notFound), "\(login)") {
                    try await reading.open(arrival.id, as: try await world.position(login))
                }
                await #expect(throws: Refused(.notFound), "\(login)") {
                    try await reading.open(
                        year: 2026, number: arrival.number, as: try await world.position(login))
                }
            }
        }
    }
}
