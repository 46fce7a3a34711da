// What a machine needs to fill in the other requests: types of documents, agencies, the positions of its own
// agency.
import Domain
import Foundation
import Operations
import Store

enum DirectoryAPI {
    static let routes: [APIRoute] = [
        .list("/document-types", "listDocumentTypes", "Loại văn bản", documentTypes),
        .list("/agencies", "listAgencies", "Cơ quan, tổ chức", agencies),
        .list("/positions", "listPositions", "Chức vụ, vị trí trong cơ quan mình", positions),
    ]

    private static func documentTypes(_ call: APICall, _ page: PageRequest) async throws -> Portion<
        DocumentTypeAnswer
    > {
        let all = try await call.office.read { try $0.documentTypes.all() }
        return try portion(all.map(DocumentTypeAnswer.init), page) { $0.slug }
    }

    private static func agencies(_ call: APICall, _ page: PageRequest) async throws -> Portion<AgencyAnswer> {
        let all = try await call.office.read { try $0.agencies.all() }
        return try portion(all.map(AgencyAnswer.init), page) { $0.id.description }
    }

    private static func positions(_ call: APICall, _ page: PageRequest) async throws -> Portion<
        PositionAnswer
    > {
        let all = try await call.office.read { try $0.positions.inAgency(call.agency) }
        return try portion(all.map(PositionAnswer.init), page) { $0.id.description }
    }

    /// These lists are short enough to be read whole.
    private static func portion<Row: APIObject>(
        _ rows: [Row], _ page: PageRequest, key: (Row) -> String
    ) throws -> Portion<Row> {
        let last = try page.key { after in rows.firstIndex { key($0) == after } }
        let kept = Array(rows.dropFirst(last.map { $0 + 1 } ?? 0).prefix(page.limit + 1))
        return Portion(kept, limit: page.limit) { key(kept[$0]) }
    }
}

struct DocumentTypeAnswer: APIObject {
    let slug: String
    let name: String
    let abbreviation: String

    init(_ type: DocumentType) { (slug, name, abbreviation) = (type.slug, type.name, type.abbreviation) }

    static let schema = ObjectSchema(
        "DocumentType",
        [
            .always("slug", .text), .always("name", .text),
            .always("abbreviation", .text, "Empty where there is none."),
        ])

    static let example = DocumentTypeAnswer(
        DocumentType(slug: "quyet-dinh", name: "Quyết định", abbreviation: "QĐ"))
}

struct AgencyAnswer: APIObject {
    let id: ID<Agency>
    let slug: String
    let name: String
    let abbreviation: String
    let group: Choice<AgencyGroup>

    init(_ agency: Agency) {
        (id, slug, name, abbreviation) = (agency.id, agency.slug, agency.name, agency.abbreviation)
        group = Choice(agency.group)
    }

    static let schema = ObjectSchema(
        "Agency",
        [
            .always("id", .uuid), .always("slug", .text), .always("name", .text),
            .always("abbreviation", .text),
            .always("group", .choice(of: AgencyGroup.self), "Recipients are chosen by these."),
        ])

    static let example = AgencyAnswer(
        Agency(
            id: Example.id(), slug: "phong-tu-phap", name: "Phòng Tư pháp",
            superiorLine: "ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ", abbreviation: "PTP", place: "Rạch Giá",
            group: .department))
}

struct PositionAnswer: APIObject {
    let id: ID<Position>
    let personName: String
    let title: String
    let role: Choice<Role>

    init(_ position: Position) {
        (id, personName, title) = (position.id, position.personName, position.title)
        role = Choice(position.role)
    }

    static let schema = ObjectSchema(
        "Position",
        [
            .always("id", .uuid), .always("personName", .text), .always("title", .text),
            .always("role", .choice(of: Role.self)),
        ])

    static let example = PositionAnswer(
        Position(
            id: Example.id(), agency: Example.id(), account: Example.id(), personName: "Lê Thị Văn",
            role: .clerk,
            title: "Văn thư"))
}

/// Values for the examples.
enum Example {
    static let moment = Instant(OfficeDate(dayNumber: 20_585), hour: 7, minute: 30)
    static let day = OfficeDate(dayNumber: 20_585)
    static func id<Subject>() -> ID<Subject> { ID(uuid) }
    static let uuid = UUID(
        uuid: (0x01, 0x9E, 0x19, 0xC4, 0x5B, 0x40, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0x01, 0x17))
}
