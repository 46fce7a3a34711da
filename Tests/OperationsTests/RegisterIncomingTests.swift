import Domain
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Đăng ký văn bản đến, on both databases.
struct RegisterIncomingTests {
    @Test("B1: arrivals get 1, 2, 3 … of the year, with the head's desk and the journal", arguments: DatabaseKind.available)
    func numbers(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            for expected in 1...3 {
                let arrival = try await world.register(number: "\(400 + expected)", as: clerk)
                #expect(arrival.number == expected)
                #expect(arrival.year == 2026)
            }
            guard case .position(let head) = try await world.actor("tp.tuphap") else { return }
            let desk = try await world.office.read { try $0.desk.queue(of: head.id, kind: .direct, limit: 10) }
            #expect(desk.count == 3)
            let entries = try await world.office.read { try $0.journal.entries(of: head.agency, after: 0, limit: 10) }
            #expect(entries.map(\.entry.verb) == [.incomingRegistered, .incomingRegistered, .incomingRegistered])
            #expect(entries.allSatisfy { JournalSeal.hash($0.entry) == $0.hash })
        }
    }

    @Test("B1: the same number, notation and agency again is shown, and entered only when the clerk insists",
        arguments: DatabaseKind.available)
    func twin(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            _ = try await world.register(number: "482", as: clerk)
            await #expect(throws: Refused(.twin(year: 2026, number: 1))) {
                _ = try await world.register(number: "482", as: clerk)
            }
            let insisted = try await world.register(number: "482", twinSeen: true, as: clerk)
            #expect(insisted.number == 2)
        }
    }

    @Test("A2, H2: an officer may not register, and a refused act leaves nothing behind",
        arguments: DatabaseKind.available)
    func notTheOfficer(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let officer = try await world.actor("cv1.tuphap")
            await #expect(throws: Refused(.notForYourRole)) {
                _ = try await world.register(number: "1", as: officer)
            }
            let clerk = try await world.actor("vt.tuphap")
            await #expect(throws: Refused([.missing(.abstract), .dateInFuture(.date)])) {
                _ = try await world.register(
                    number: "1", date: OfficeDate(year: 2026, month: 5, day: 13), abstract: "", as: clerk)
            }
            let first = try await world.register(number: "1", as: clerk)
            #expect(first.number == 1)
        }
    }

    @Test("B1, E5: sixteen clerks' presses at once give sixteen numbers without a gap", arguments: DatabaseKind.available)
    func race(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 1...16 {
                    group.addTask { try await world.register(number: "\(index)", as: clerk).number }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(numbers.sorted() == Array(1...16))
        }
    }

    @Test("a form acts once: the second press leads to the first result", arguments: DatabaseKind.available)
    func once(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            let operation = try await world.registration(number: "7", as: clerk)
            let form = FormAct<Arrival>(id: "form-1") { "/den/\($0.number)" }
            guard case .done(let first) = try await world.runner.run(operation, as: clerk, form: form),
                case .already(let location) = try await world.runner.run(operation, as: clerk, form: form)
            else {
                Issue.record("the first press must act and the second must not")
                return
            }
            #expect(first.number == 1)
            #expect(location == "/den/1")
        }
    }

    @Test("I3: a letter is found with and without diacritics, by number, abstract and agency; never by a neighbour",
        arguments: DatabaseKind.available)
    func search(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            let arrival = try await world.register(number: "482", as: clerk)
            let neighbour = try await world.agency("phong-noi-vu")
            for question in ["dang ky ho tich", "đăng ký hộ tịch", "482", "kien giang", "hô tich"] {
                let found = try await world.office.read { tables in
                    try tables.entryText.find(
                        Folding.words(question), kind: .arrival, agency: arrival.agency, limit: 10)
                }
                #expect(found == [arrival.id.uuid], "\(question)")
                let elsewhere = try await world.office.read { tables in
                    try tables.entryText.find(
                        Folding.words(question), kind: .arrival, agency: neighbour.id, limit: 10)
                }
                #expect(elsewhere.isEmpty)
            }
        }
    }
}

/// Which lines of the register a person sees.
struct ArrivalListTests {
    @Test("A2, A6: the clerk and the head see the whole register, an officer only the letters with a part of theirs",
        arguments: DatabaseKind.available)
    func readable(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.position("vt.tuphap"), head = try await world.position("tp.tuphap")
            let officer = try await world.position("cv1.tuphap"), other = try await world.position("cv2.tuphap")
            _ = try await world.register(number: "1", as: .position(clerk))
            let mine = try await world.register(number: "2", as: .position(clerk))
            let directive = DirectArrival(
                arrival: mine.id, version: mine.version,
                directive: DirectiveText(text: "Tham mưu.", lead: Assignee(officer.id)))
            try await world.runner.run(directive, as: .position(head))
            for (person, expected) in [(clerk, [2, 1]), (head, [2, 1]), (officer, [2]), (other, [])] {
                let (numbers, assigned, found) = try await world.office.read { tables in
                    let rows = try tables.arrivalLists.page(for: person, state: nil, after: nil, limit: 10)
                    let words = try tables.entryText.find(
                        Folding.words("ho tich"), kind: .arrival, agency: person.agency, limit: 10)
                    return (
                        rows.map(\.number), try tables.arrivalLists.count(for: person, state: .assigned),
                        try tables.arrivalLists.rows(words.map(ID.init), for: person).map(\.number)
                    )
                }
                #expect(numbers == expected && found == expected, "\(person.title)")
                #expect(assigned == (expected.contains(2) ? 1 : 0), "\(person.title)")
            }
        }
    }
}
