// The description of the API for machines and for those who write them: OpenAPI 3.1, made from the table of
// routes.
import Foundation
import HTTPTypes

package enum OpenAPIDocument {
    /// Made once; the table does not change while the server runs.
    package static let bytes: [UInt8] = (try? APIJSON.encode(value)) ?? []

    package static var value: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "VanThu API", "version": "1",
                "description": .string(
                    """
                    Văn thư của cơ quan, cho máy: the verbs of the pages, with the same rights. Moments are ISO \
                    8601 with +07:00, days are ISO 8601, identifiers are UUIDs. Lists are paged by `after` and \
                    `limit`. An act sent again with the same Idempotency-Key happens once.
                    """),
            ],
            "servers": [["url": .string(APIRoute.root)]],
            "security": [["token": []]],
            "paths": paths,
            "components": [
                "schemas": schemas,
                "responses": failures,
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description": "An opaque token; it acts as the position it was given for.",
                    ]
                ],
            ],
        ]
    }

    private static var paths: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for route in APIRoutes.all {
            paths[route.path, default: [:]][route.method.rawValue.lowercased()] = route.described
        }
        return .object(paths.mapValues(JSONValue.object))
    }

    private static var schemas: JSONValue {
        let objects = APIRoutes.all.flatMap(\.objects) + APIFailureAnswer.schema.objects
        return .object(Dictionary(objects.map { ($0.name, $0.described) }) { first, _ in first })
    }

    private static var failures: JSONValue {
        .object(
            Dictionary(
                APIFailureCode.allCases.map { code in
                    (
                        code.rawValue,
                        [
                            "description": .string(code.summary),
                            "content": ["application/json": ["schema": APIFailureAnswer.schema.reference]],
                        ]
                    )
                }
            ) { first, _ in first })
    }
}

extension APIRoute {
    var objects: [ObjectSchema] {
        var objects: [ObjectSchema] = []
        if case .json(let type) = input { objects += type.schema.objects }
        if case .json(let type) = answer { objects += type.schema.objects }
        return objects
    }

    fileprivate var described: JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .string(operationID), "summary": .string(summary),
            "tags": [.string(path.split(separator: "/").first.map(String.init) ?? "")],
            "responses": responses,
        ]
        let parameters = pathParameters + parameters.map(\.described) + headers
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        if let body { members["requestBody"] = body }
        return .object(members)
    }

    private var pathParameters: [JSONValue] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { part in
            let name = String(part.dropFirst().dropLast())
            let schema = name == "n" ? JSONSchema.integer(1...10_000) : .uuid
            return ["name": .string(name), "in": "path", "required": true, "schema": schema.described]
        }
    }

    private var headers: [JSONValue] {
        guard method == .post else { return [] }
        var headers: [JSONValue] = [
            [
                "name": "Idempotency-Key", "in": "header", "schema": JSONSchema.text(80).described,
                "description":
                    "1 to 80 printable ASCII characters; the same request with the same key acts once.",
            ]
        ]
        if case .file = input {
            headers.append([
                "name": "X-File-Name", "in": "header", "required": true,
                "schema": JSONSchema.text(600).described,
                "description": "The name of the file in UTF-8, percent-encoded.",
            ])
        }
        return headers
    }

    private var body: JSONValue? {
        switch input {
        case .none: nil
        case .json(let type):
            [
                "required": .boolean(type.schema.properties.contains(where: \.isRequired)),
                "content": content(of: type),
            ]
        case .file:
            ["required": true, "content": ["application/octet-stream": [:]]]
        }
    }

    private var responses: JSONValue {
        var responses: [String: JSONValue] = [:]
        for code in failures {
            responses["\(code.status.code)"] = ["$ref": .string("#/components/responses/\(code.rawValue)")]
        }
        responses["200"] = success(creates ? "It was done before with this key." : "Done.")
        if creates { responses["201"] = success("Made.") }
        return .object(responses)
    }

    private func content(of type: any APIObject.Type) -> JSONValue {
        ["application/json": ["schema": type.schema.reference, "example": type.sample]]
    }

    private func success(_ text: String) -> JSONValue {
        var members: [String: JSONValue] = ["description": .string(text)]
        switch answer {
        case .json(let type): members["content"] = content(of: type)
        case .file: members["content"] = ["application/octet-stream": [:]]
        }
        if method == .post {
            members["headers"] = [
                "Location": ["schema": ["type": "string"], "description": "Where the result is."]
            ]
        }
        return .object(members)
    }
}

extension APIParameter {
    fileprivate var described: JSONValue {
        [
            "name": .string(name), "in": "query", "required": .boolean(isRequired),
            "schema": schema.described,
            "description": .string(note),
        ]
    }
}
