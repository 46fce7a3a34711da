import Foundation
import Testing

@testable import Server

/// The reader of uploads, fed as badly as a network or an attacker can.
struct MultipartTests {
    private static let boundary = "----VanThu7f3k"

    private static func part(_ header: String, _ content: String) -> String {
        "--\(boundary)\r\n\(header)\r\n\r\n\(content)\r\n"
    }

    private static let body =
        part("Content-Disposition: form-data; name=\"so\"", "482")
        + part(
            "Content-Disposition: form-data; name=\"tep\"; filename=\"công văn.pdf\"\r\nContent-Type: application/pdf",
            "%PDF-1.7\r\n--\r\n-\r\n----VanThu7f3\r\n")
        + part("Content-Disposition: form-data; name=\"trich-yeu\"", "") + "--\(boundary)--\r\n"

    private struct Read: Equatable {
        var fields: [String] = []
        var files: [String] = []
        var ended = 0
    }

    private func read(_ body: [UInt8], pieces: Int, boundary: String = boundary) throws -> Read {
        var reader = MultipartReader(boundary: boundary), read = Read(), content: [UInt8] = []
        var rest = body[...]
        while !rest.isEmpty {
            try reader.feed(rest.prefix(pieces)) { event in
                switch event {
                case .field(let name, let bytes): read.fields.append("\(name)=\(String(decoding: bytes, as: UTF8.self))")
                case .fileBegins(let name, let fileName):
                    read.files.append("\(name):\(fileName)")
                    content = []
                case .fileBytes(let bytes): content += bytes
                case .fileEnds:
                    read.files.append(String(decoding: content, as: UTF8.self))
                    read.ended += 1
                }
            }
            rest = rest.dropFirst(pieces)
        }
        try reader.finish()
        return read
    }

    @Test("the same body in pieces of any size is read the same, the boundary split wherever it falls")
    func pieces() throws {
        let bytes = Array(Self.body.utf8)
        let whole = try read(bytes, pieces: bytes.count)
        #expect(whole.fields == ["so=482", "trich-yeu="])
        #expect(whole.files == ["tep:công văn.pdf", "%PDF-1.7\r\n--\r\n-\r\n----VanThu7f3\r\n"])
        for size in 1...bytes.count {
            let again = try read(bytes, pieces: size)
            #expect(again == whole, "pieces of \(size)")
        }
    }

    @Test("a body cut off anywhere before its closing line is not taken for a whole one")
    func cut() {
        let bytes = Array(Self.body.utf8)
        // The closing line ends with "--"; the last line break is not needed.
        for length in 0..<(bytes.count - 2) {
            #expect(throws: MultipartError.malformed, "\(length)") { try read(Array(bytes.prefix(length)), pieces: 64) }
        }
    }

    @Test("quotes and line breaks in names come as browsers escape them; a nameless part is refused")
    func names() throws {
        let quoted = Self.part("content-disposition: form-data; name=\"a%22b\"; filename=\"x%22; name=y.pdf\"", "1")
        let answer = try read(Array((quoted + "--\(Self.boundary)--").utf8), pieces: 7)
        #expect(answer.files == ["a\"b:x\"; name=y.pdf", "1"])
        for header in ["Content-Disposition: form-data", "Content-Type: text/plain", "X: name=\"so\"", ": ; name=\"\u{0}"] {
            let body = Self.part(header, "1") + "--\(Self.boundary)--"
            #expect(throws: MultipartError.malformed) { try read(Array(body.utf8), pieces: 50) }
        }
    }

    @Test("what has no end is refused before it fills the memory: preamble, headers, fields, parts")
    func bombs() {
        let open = "--\(Self.boundary)\r\n"
        let field = "Content-Disposition: form-data; name=\"x\"\r\n\r\n"
        let long = String(repeating: "a", count: 300 * 1024)
        let many = String(repeating: Self.part("Content-Disposition: form-data; name=\"x\"", "1"), count: 1_100)
        let wide = String(
            repeating: Self.part("Content-Disposition: form-data; name=\"x\"", String(long.prefix(200 * 1024))), count: 7)
        for (body, fault) in [
            (long, MultipartError.malformed), (open + long, .malformed), (open + field + long, .fieldTooLarge),
            (many, .tooManyParts), (wide, .fieldTooLarge),
        ] {
            #expect(throws: fault) { try read(Array(body.utf8), pieces: 32 * 1024) }
        }
        // In one piece just as in many.
        #expect(throws: MultipartError.fieldTooLarge) { try read(Array(wide.utf8), pieces: wide.utf8.count) }
    }

    @Test("what comes after the closing line is read over and not kept")
    func epilogue() throws {
        let answer = try read(Array((Self.body + String(repeating: "z", count: 2_000_000)).utf8), pieces: 65_536)
        #expect(answer.ended == 1 && answer.fields.count == 2)
    }

    @Test("random bytes never stop the server")
    func random() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("\r\n-\(Self.boundary):;=\" name".utf8)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0..<400)).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let body = Int.random(in: 0..<2) == 0 ? bytes : Array("--\(Self.boundary)\r\n".utf8) + bytes
            _ = try? read(body, pieces: Int.random(in: 1..<50))
        }
    }

    @Test("the boundary is read from the header as it comes, and a strange one is none")
    func boundaries() {
        #expect(MultipartReader.boundary(of: "multipart/form-data; boundary=abc") == "abc")
        #expect(MultipartReader.boundary(of: "Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"") == "a b")
        for type in ["", ";", "multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=abc",
            "multipart/form-data; boundary=" + String(repeating: "x", count: 71)]
        {
            #expect(MultipartReader.boundary(of: type) == nil)
        }
    }
}
