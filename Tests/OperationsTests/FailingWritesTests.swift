import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// The n-th write fails, for every n, where a letter is registered and where one is signed: all of it or nothing.
struct FailingWritesTests {
    @Test(
        "B1: whichever write of a registration fails, nothing is left, and the next press takes the same number",
        arguments: DatabaseKind.available)
    func registering(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap"), faults = FaultInjection()
            var n = 0, fired = true
            while fired && n < 100 {
                n += 1
                let operation = try await world.registration(number: "\(n)", as: clerk)
                let form = FormAct<Arrival>(id: "form-\(n)") { "/den/\($0.number)" }
                world.office.database.faults = faults
                faults.failWrite(number: n)
                let first = try? await world.runner.run(operation, as: clerk, form: form)
                fired = faults.hasFired
                world.office.database.faults = nil
                #expect((first == nil) == fired, "write \(n)")
                guard case .done(let arrival)? = try fired
                    ? await world.runner.run(operation, as: clerk, form: form) : first
                else {
                    Issue.record("the press after write \(n) must act")
                    return
                }
                #expect(arrival.number == n, "write \(n)")
            }
            #expect(n > 8 && !fired)
            #expect(try await OfficeVerification(world.office).run().faults == [])
        }
    }

    @Test(
        "D1: whichever write of a signing fails, the draft waits as before, and the next press signs it once",
        arguments: DatabaseKind.available)
    func signing(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let head = try await world.position("tp.tuphap"), faults = FaultInjection()
            let service = SignDraftService(office: world.office)
            var n = 0, fired = true
            while fired && n < 100 {
                n += 1
                let draft = try await world.draftForSignature(enclosure: nil)
                let wish = try await world.signingWish(draft)
                world.office.database.faults = faults
                faults.failWrite(number: n)
                let first = try? await service.sign(wish, as: head)
                fired = faults.hasFired
                world.office.database.faults = nil
                #expect((first == nil) == fired, "write \(n)")
                if fired {
                    #expect(try await world.reread(draft).state == .climbing, "write \(n)")
                    _ = try await service.sign(wish, as: head)
                }
                #expect(try await world.reread(draft).state == .signed, "write \(n)")
                let files = try await world.office.database.read { connection in
                    try connection.first("SELECT count(*) FROM signed_file WHERE draft_id = \(draft.id)") {
                        try $0[0] as Int
                    }
                }
                #expect(files == 1, "write \(n)")
            }
            #expect(n > 6 && !fired)
        }
    }
}
