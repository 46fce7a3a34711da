// Văn bản đến by machine: registering from end to end, once for a key, and for nobody else.
import Domain
import Foundation
import Operations
import Server
import Store
import TestKit
import Testing

struct APIArrivalTests {
    @Test(
        "B1, B9: a machine stages a letter, registers it, and it is directed, begun and ended",
        arguments: DatabaseKind.available)
    func wholeWay(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.withMachines(["vt.tuphap", "tp.tuphap", "cv1.tuphap"]) { machines in
                let (clerk, head, officer) = (machines[0], machines[1], machines[2])
                let staged = try await clerk.stage(try world.letter, name: "Công văn 482.pdf")
                #expect(staged.status == 201)
                #expect(staged.json["name"] == "Công văn 482.pdf")
                #expect(staged.json["mediaType"] == "application/pdf")
                let made = try await clerk.post("/arrivals", try await world.newArrival(file: staged.id))
                #expect(made.status == 201)
                #expect(made.location == "/api/v1/arrivals/\(made.id)")
                #expect(made.json["number"] == 1)
                #expect(try await clerk.get("/arrivals/\(made.id)").json == made.json)
                #expect(try await clerk.get("/arrivals").items.map { $0["id"]?.text } == [made.id])
                #expect(try await clerk.get("/arrivals?state=closed").items.isEmpty)

                let desk = try await head.get("/desk-items").items
                #expect(desk.map { $0["kind"] } == ["direct"])
                #expect(desk.first?["path"]?.text == "/api/v1/arrivals/\(made.id)")
                let file = try #require(made.json["document"]?["files"]?.elements.first?["path"]?.text)
                #expect(
                    try await clerk.get(String(file.dropFirst(APIRoute.root.count))).bytes
                        == (try world.letter))

                let lead = try await world.position("cv1.tuphap").id.description
                #expect(try await officer.get("/arrivals/\(made.id)").status == 404)
                let directed = try await head.post(
                    "/arrivals/\(made.id)/directives",
                    [
                        "version": .integer(made.version), "text": "Tham mưu trả lời.",
                        "lead": ["position": .string(lead)],
                    ])
                #expect(directed.status == 200)
                #expect(directed.json["state"] == "assigned")
                #expect(try await officer.post("/arrivals/\(made.id)/start").json["state"] == "working")
                let ended = try await officer.post(
                    "/arrivals/\(made.id)/complete", ["note": "Đã trả lời qua điện thoại."])
                #expect(ended.json["state"] == "closed")
                #expect(try await officer.get("/desk-items").items.isEmpty)
            }
        }
    }

    @Test(
        "The same key acts once, for one request, and for each machine apart",
        arguments: DatabaseKind.available)
    func idempotent(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.withMachines(["vt.tuphap", "vt.tuphap"]) { machines in
                let letter = try world.letter
                let staged = try await machines[0].stage(letter, name: "a.pdf", key: "tep-1")
                #expect(try await machines[0].stage(letter, name: "a.pdf", key: "tep-1").json == staged.json)
                let body = try await world.newArrival(file: staged.id)
                let first = try await machines[0].post("/arrivals", body, key: "thu-1")
                #expect(first.status == 201)
                let again = try await machines[0].post("/arrivals", body, key: "thu-1")
                #expect(again.status == 200)
                #expect(again.location == first.location)
                #expect(again.json == first.json)
                let other = try await world.newArrival(file: staged.id, number: "483")
                let reused = try await machines[0].post("/arrivals", other, key: "thu-1")
                #expect(reused.status == 422)
                #expect(reused.reasons == ["keyReused"])
                #expect(try await machines[0].post("/arrivals", other, key: "có dấu").status == 400)
                // Another machine of the same position may use the same words for its own request.
                let second = try await machines[1].stage(letter, name: "b.pdf", key: "tep-1")
                let own = try await world.newArrival(file: second.id, number: "484")
                #expect(try await machines[1].post("/arrivals", own, key: "thu-1").json["number"] == 2)
                #expect(try await machines[0].get("/arrivals").items.count == 2)
            }
        }
    }

    @Test("A list is paged by key", arguments: DatabaseKind.available)
    func paging(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let actor = try await world.actor("vt.tuphap")
            for number in 1...5 { _ = try await world.register(number: "\(number)", as: actor) }
            try await world.withMachines(["vt.tuphap", "tp.tuphap"]) { machines in
                for (machine, path) in [
                    (machines[0], "/arrivals"), (machines[1], "/desk-items"), (machines[0], "/positions"),
                ] {
                    var (seen, after): ([JSONValue], String?) = ([], nil)
                    repeat {
                        let reply = try await machine.get(
                            "\(path)?limit=2" + (after.map { "&after=\($0)" } ?? ""))
                        #expect(reply.items.count <= 2)
                        seen += reply.items
                        after = reply.json["next"]?.text
                    } while after != nil && seen.count < 20
                    #expect(seen.count == 5, "\(path)")
                    #expect(seen == (try await machine.get(path).items), "\(path)")
                }
                #expect(try await machines[0].get("/arrivals?limit=101").status == 400)
                #expect(try await machines[0].get("/arrivals?limit=x").status == 400)
                #expect(
                    try await machines[0].get("/arrivals?after=x").reasons == [
                        "?after: a `next` of this list"
                    ])
                #expect(
                    try await machines[0].get("/arrivals?state=lost").reasons.first?.hasPrefix("?state: ")
                        == true)
            }
        }
    }

    @Test(
        "What is not as described, or cannot be accepted, is refused with every reason",
        arguments: DatabaseKind.available)
    func refusals(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.withMachines(["vt.tuphap"]) { machines in
                let clerk = machines[0]
                let malformed = try await clerk.post(
                    "/arrivals", ["date": "8/5/2026", "files": ["x"], "colour": "red", "signer": "\0"])
                #expect(malformed.status == 400)
                #expect(malformed.reasons.contains("/date: date"))
                #expect(malformed.reasons.contains("/files/0: uuid"))
                #expect(malformed.reasons.contains("/signer: string"))
                #expect(malformed.reasons.contains("/colour: not known"))
                #expect(malformed.reasons.contains("/director: required"))
                let staged = try await clerk.stage(try world.letter, name: "a.pdf")
                var empty = try await world.newArrival(file: staged.id)
                if case .object(var members) = empty {
                    (members["abstract"], members["date"]) = (" ", "2026-06-30")
                    empty = .object(members)
                }
                let refused = try await clerk.post("/arrivals", empty)
                #expect(refused.status == 422)
                #expect(refused.reasons == ["missing:abstract", "dateInFuture:date"])
                #expect(refused.json["messages"]?.elements.count == 2)
                #expect(
                    try await clerk.post("/arrivals", try await world.newArrival(file: staged.id)).status
                        == 201)
                let next = try await clerk.stage(try world.letter, name: "b.pdf")
                let twin = try await clerk.post("/arrivals", try await world.newArrival(file: next.id))
                #expect(twin.status == 409)
                #expect(twin.reasons == ["twin"])
                #expect(try await clerk.stage(Array("chữ".utf8), name: "a.pdf").reasons == ["fileNotPDF"])
                #expect(try await clerk.stage([], name: "a.pdf").reasons == ["fileEmpty"])
                #expect(try await clerk.stage(try world.letter, name: "a.pdf", purpose: "art").status == 400)
            }
        }
    }
}
