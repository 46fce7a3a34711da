// How a văn bản and its files are given to a machine, wherever they are met.
import Domain
import Store

struct DocumentAnswer: APIObject {
    let id: ID<Document>
    let issuingAgency: String
    let number: String
    let notation: String
    let date: ISODay
    let type: String
    let abstract: String
    let urgency: Choice<Urgency>
    let pages: Int
    let signer: String
    let files: [FileAnswer]

    init(_ document: ID<Document>, _ facts: DocumentParticulars, _ stored: [StoredDocumentFile]) {
        (id, issuingAgency, number, notation) = (document, facts.issuingAgency, facts.number, facts.notation)
        (date, type, abstract) = (ISODay(facts.date), facts.type, facts.abstract)
        (urgency, pages, signer) = (Choice(facts.urgency), facts.pages, facts.signer)
        files = stored.map { FileAnswer($0, of: document) }
    }

    static let schema = ObjectSchema(
        "Document",
        [
            .always("id", .uuid), .always("issuingAgency", .text), .always("number", .text),
            .always("notation", .text), .always("date", .day),
            .always("type", .text, "The slug of its type."),
            .always("abstract", .text), .always("urgency", .choice(of: Urgency.self)),
            .always("pages", .count),
            .always("signer", .text), .always("files", .list(of: FileAnswer.self)),
        ])

    static let example = DocumentAnswer(Example.id(), exampleFacts, exampleFiles)

    static let exampleFacts = DocumentParticulars(
        issuingAgency: "Sở Tư pháp tỉnh Kiên Giang", number: "482", notation: "STP-HCTP", date: Example.day,
        type: "cong-van", abstract: "cung cấp số liệu đăng ký hộ tịch", urgency: .urgent, pages: 1,
        signer: "Trịnh Công Luận")

    static let exampleFiles = [
        StoredDocumentFile(
            ordinal: 1, kind: .main,
            file: FileReference(
                hash: "", size: 48_211, name: "cong-van.pdf", mediaType: "application/pdf", pages: 1))
    ]
}

struct FileAnswer: APIObject {
    let n: Int
    let kind: Choice<DocumentFileKind>
    let name: String
    let mediaType: String
    let size: Int
    let pages: Int
    let path: String

    init(_ stored: StoredDocumentFile, of document: ID<Document>) {
        (n, kind, name) = (stored.ordinal, Choice(stored.kind), stored.file.name)
        (mediaType, size, pages) = (stored.file.mediaType, stored.file.size, stored.file.pages)
        path = "\(APIRoute.root)/documents/\(document)/files/\(stored.ordinal)"
    }

    static let schema = ObjectSchema(
        "DocumentFile",
        [
            .always("n", .count), .always("kind", .choice(of: DocumentFileKind.self)), .always("name", .text),
            .always("mediaType", .text), .always("size", .count), .always("pages", .count),
            .always("path", .text, "Where its bytes are."),
        ])

    static let example = DocumentAnswer.exampleFiles.map { FileAnswer($0, of: Example.id()) }[0]
}
