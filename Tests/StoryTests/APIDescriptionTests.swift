// The description of the API against the API: decision 29.
import Domain
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Server
import TestKit
import Testing

struct APIDescriptionTests {
    @Test("Every example matches its schema and can be read back")
    func examples() throws {
        for route in APIRoutes.all {
            var types: [any APIObject.Type] = [APIFailureAnswer.self]
            if case .json(let type) = route.input { types.append(type) }
            if case .json(let type) = route.answer { types.append(type) }
            for type in types {
                #expect(type.sample != .null, "\(type)")
                #expect(JSONSchema.object(type.schema).faults(in: type.sample) == [], "\(type)")
                let bytes = try APIJSON.encode(type.sample)
                #expect(throws: Never.self, "\(type)") { _ = try APIJSON.decode(type, from: bytes) }
            }
        }
    }

    @Test("A schema finds what is missing, of the wrong kind, too long or not known")
    func faults() {
        let schema = JSONSchema.object(APIFailureAnswer.schema)
        #expect(
            schema.faults(in: ["error": "odd", "messages": ["a", 1], "more": true]).sorted() == [
                "/error: one of malformed, unauthorized, forbidden, notFound, conflict, tooLarge, unprocessable, busy, failure",
                "/messages/1: string", "/more: not known", "/reasons: required",
            ])
        #expect(schema.faults(in: "text") == ["/: object"])
        #expect(ISOMoment("2026-05-12T07:30:00+07:00")?.instant == StoryWorld.morning)
        #expect(ISOMoment("2026-05-12T07:30:00Z") == nil)
    }

    @Test(
        "Every route of the table is answered by the router, and nothing else is",
        arguments: [DatabaseKind.sqlite])
    func answered(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.withMachines(["vt.tuphap"]) { machines in
                let stranger = Machine(client: machines[0].client, token: "")
                let id = UUID().uuidString.lowercased()
                for route in APIRoutes.all {
                    let path = route.path.replacing("{id}", with: id).replacing("{n}", with: "1")
                    let reply =
                        route.method == .get ? try await stranger.get(path) : try await stranger.post(path)
                    #expect(reply.status == 401, "\(route.path)")
                    guard route.path.contains("{id}"), route.method == .get else { continue }
                    #expect(try await machines[0].get(path).status == 404, "\(route.path)")
                }
                #expect(try await machines[0].get("/no-such-thing").status == 404)
            }
        }
    }

    @Test("The OpenAPI document describes every route once, and every reference in it leads somewhere")
    func document() throws {
        let document = OpenAPIDocument.value
        #expect(document["openapi"]?.text == "3.1.0")
        var operations: [String] = []
        guard case .object(let paths)? = document["paths"] else { Issue.record("no paths"); return }
        for (path, item) in paths {
            guard case .object(let methods) = item else { Issue.record("\(path)"); continue }
            for (method, operation) in methods {
                operations.append(operation["operationId"]?.text ?? "")
                #expect(operation["responses"]?["200"] != nil, "\(method) \(path)")
                #expect(operation["responses"]?["401"] != nil, "\(method) \(path)")
                let named = (operation["parameters"]?.elements ?? []).filter { $0["in"]?.text == "path" }
                #expect(Set(named.compactMap { $0["name"]?.text }) == Set(Self.placeholders(path)), "\(path)")
            }
        }
        #expect(operations.sorted() == APIRoutes.all.map(\.operationID).sorted())
        #expect(Set(operations).count == operations.count)
        for reference in Set(Self.references(document)) {
            let target = reference.split(separator: "/").dropFirst().reduce(JSONValue?(document)) {
                $0?[String($1)]
            }
            #expect(target != nil, "\(reference)")
        }
    }

    @Test(
        "The document is served to everyone, and the validator of the OpenAPI specification has no complaint")
    func validator() async throws {
        let served = try await TemporaryOffice.with(.sqlite) { world in
            try await world.withMachines(["vt.tuphap"]) { machines in
                try await machines[0].client.execute(uri: "/api/openapi.json", method: .get) { response in
                    #expect(response.status == .ok)
                    return Array(response.body.readableBytesView)
                }
            }
        }
        #expect(try APIJSON.decode(JSONValue.self, from: served) == OpenAPIDocument.value)
        guard let python = ProcessInfo.processInfo.environment["VANTHU_PYTHON"] else {
            print("*** VANTHU_PYTHON is not set: openapi-spec-validator is SKIPPED ***")
            return
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "openapi-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(served).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-m", "openapi_spec_validator", file.path()]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    private static func placeholders(_ path: String) -> [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    private static func references(_ value: JSONValue) -> [String] {
        switch value {
        case .object(let members):
            [members["$ref"]?.text].compactMap { $0 } + members.values.flatMap(references)
        case .array(let elements): elements.flatMap(references)
        default: []
        }
    }
}
