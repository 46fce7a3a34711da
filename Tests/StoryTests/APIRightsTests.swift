// Who may not: strangers, other agencies, other roles.
import BlobStorage
import Domain
import DualSQL
import Foundation
import HTTPTypes
import Operations
import Server
import Store
import TestKit
import Testing

struct APIRightsTests {
    @Test("Without a token, with a wrong, a revoked or a locked one: 401", arguments: DatabaseKind.available)
    func tokens(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let (id, token) = try await world.token(for: "vt.tuphap")
            let (_, ofLocked) = try await world.token(for: "cv2.tuphap")
            try await world.withMachines(["vt.tuphap"]) { machines in
                let client = machines[0].client
                #expect(try await Machine(client: client, token: "").get("/desk-items").status == 401)
                #expect(try await Machine(client: client, token: "sai").get("/desk-items").status == 401)
                let machine = Machine(client: client, token: token)
                #expect(try await machine.get("/desk-items").status == 200)
                try await world.runner.run(RevokeToken(token: id), as: .system(name: "kiểm thử", agency: nil))
                #expect(try await machine.get("/desk-items").status == 401)
                let locked = Machine(client: client, token: ofLocked)
                #expect(try await locked.get("/desk-items").status == 200)
                let account = try await world.position("cv2.tuphap").account
                try await world.office.database.write { connection in
                    _ = try connection.execute("UPDATE account SET locked_at = 1 WHERE id = \(account)")
                }
                #expect(try await locked.get("/desk-items").status == 401)
            }
        }
    }

    @Test("Things of another agency do not exist: 404 on every address", arguments: DatabaseKind.available)
    func otherAgency(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let arrival = try await world.register(number: "1", as: try await world.actor("vt.tuphap"))
            let draft = try await world.climbingDraft()
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let receipt = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt
            let unsent = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let message = try #require(
                try await world.office.read { tables in
                    try tables.deliveries.all(of: unsent.id).flatMap { try tables.outbox.waiting(for: $0.id) }
                }.first)
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let batches = BatchSigning(office: world.office)
            let signing = try await world.batchWish([try await world.draftForSignature(enclosure: nil)])
            guard
                case .done(let batch) = try await batches.start(
                    signing, as: try await world.position("tp.tuphap"))
            else {
                Issue.record("a batch is begun once")
                return
            }
            await batches.wait(for: batch)
            let clerk = try await world.position("vt.tuphap")
            let request = try await world.runner.run(
                RequestCertificate(.renew, for: .agency(clerk.agency), details: ""), as: .position(clerk))
            let ids = [
                "signing-batches": batch.description, "certificate-requests": request.description,
                "arrivals": arrival.id.description, "drafts": draft.id.description,
                "issuances": issuance.id.description, "receipts": receipt.id.description,
                "documents": arrival.document.description, "messages": message.id.description,
            ]
            let logins = ["vt.tuphap", "tp.tuphap", "vt.noivu", "tp.noivu"]
            try await world.withMachines(logins) { machines in
                for route in APIRoutes.all where route.path.contains("{id}") {
                    let collection = String(route.path.split(separator: "/")[0])
                    // The catalogue of agencies is everybody's.
                    if collection == "correspondents" { continue }
                    let id = try #require(ids[collection], "\(route.path)")
                    let path = route.path.replacing("{id}", with: id).replacing("{n}", with: "1")
                    let (own, others) =
                        ["issuances", "messages"].contains(collection)
                        ? (machines[3], machines.prefix(2)) : (machines[1], machines.suffix(2))
                    for machine in others {
                        let body: JSONValue =
                            if case .json(let type) = route.input { type.sample } else { [:] }
                        let reply =
                            route.method == .get
                            ? try await machine.get(path) : try await machine.post(path, body)
                        // A role that may never do it hears so before anything is looked up.
                        let isHidden =
                            reply.status == 404
                            || (reply.status == 403 && reply.reasons == ["notForYourRole"])
                        #expect(isHidden, "\(route.method) \(path): \(reply.status)")
                        if route.method == .get { #expect(reply.status == 404, "\(path)") }
                    }
                    if route.method == .get { #expect(try await own.get(path).status == 200, "\(path)") }
                }
                let staged = try await machines[0].stage(try world.letter, name: "a.pdf")
                let body = try await world.newArrival(file: staged.id, director: "tp.noivu", number: "9")
                #expect(try await machines[2].post("/arrivals", body).reasons == ["fileGone"])
            }
        }
    }

    @Test("An officer may not register, nor a clerk direct: 403", arguments: DatabaseKind.available)
    func roles(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let arrival = try await world.register(number: "1", as: try await world.actor("vt.tuphap"))
            try await world.withMachines(["cv1.tuphap", "vt.tuphap"]) { machines in
                let staged = try await machines[0].stage(try world.letter, name: "a.pdf")
                let body = try await world.newArrival(file: staged.id, number: "2")
                let refused = try await machines[0].post("/arrivals", body)
                #expect(refused.status == 403)
                #expect(refused.reasons == ["notForYourRole"])
                let directed = try await machines[1].post(
                    "/arrivals/\(arrival.id)/directives", ["version": 1, "text": "Tham mưu."])
                #expect(directed.status == 403)
            }
        }
    }

    @Test(
        "D6, E5: the sender's clerk gives up a message and has paper go instead; nobody else does",
        arguments: DatabaseKind.available)
    func givingUp(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            for sendsPaper in [true, false] {
                let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
                let (delivery, message) = try await world.office.read { tables in
                    let delivery = try #require(try tables.deliveries.all(of: issuance.id).first)
                    return (delivery, try #require(try tables.outbox.waiting(for: delivery.id).first))
                }
                let path = "/messages/\(message.id)/give-up"
                let reason: JSONValue = "Nơi nhận chưa có kết nối."
                let body: JSONValue =
                    sendsPaper ? ["reason": reason, "sendsPaper": true] : ["reason": reason]
                try await world.withMachines(["cv1.noivu", "vt.tuphap", "vt.noivu"]) { machines in
                    let officer = try await machines[0].post(path, body)
                    #expect(officer.status == 403 && officer.reasons == ["notForYourRole"])
                    #expect(try await machines[1].post(path, body).status == 404)
                    let unsure: JSONValue = ["reason": "x", "sendsPaper": "có"]
                    #expect(try await machines[2].post(path, unsure).status == 400)
                    #expect(try await machines[2].post(path, body).status == 200)
                    #expect(try await machines[2].post(path, body).reasons == ["messageGone"])
                }
                let (after, papers) = try await world.office.read { tables in
                    (
                        try tables.deliveries.find(delivery.id),
                        try tables.papers.of(issuance.id, to: [delivery.recipient])
                    )
                }
                #expect(papers.map(\.state) == (sendsPaper ? [.toPrint] : []))
                #expect((after?.channel == .paper) == sendsPaper)
                #expect((after?.recalledAt == nil) == sendsPaper)
            }
        }
    }

    @Test("A file over 100 MB is refused, and nothing of it is kept")
    func tooLarge() async throws {
        try await TemporaryOffice.with(.sqlite) { world in
            try await world.withMachines(["vt.tuphap"]) { machines in
                let bytes = [UInt8](repeating: 0x20, count: 101 * 1_048_576)
                let reply = try await machines[0].stage(bytes, name: "to.pdf")
                #expect(reply.status == 413)
                #expect(reply.reasons == ["fileTooLarge"])
                let folder = world.office.blobs.folder
                let kept = Set(try FileManager.default.contentsOfDirectory(atPath: folder))
                #expect(kept.subtracting(["unfinished", "holds", "workers"]) == [])
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/unfinished") == [])
            }
        }
    }
}
