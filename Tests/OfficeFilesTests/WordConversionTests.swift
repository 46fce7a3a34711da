// Word and Excel files through a real LibreOffice: no Vietnamese letter is lost, nothing outside is touched, and what
// cannot be converted says why.

import Foundation
import Glibc
import Testing

@testable import OfficeFiles

private let hasOffice = (try? Installed.path(of: "soffice")) != nil

@Suite(.serialized, .enabled(if: hasOffice, "!!! SKIPPED: soffice is not installed !!!"))
struct WordConversionTests {
    /// Twelve vowels in six tones and đ, small and capital, as composed characters.
    static let letters: [String] = {
        let tones = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"]
        let vowels = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"].flatMap { vowel in
            tones.map { (vowel + $0).precomposedStringWithCanonicalMapping }
        }
        let small = vowels + ["đ"]
        return small + small.map { $0.uppercased() }
    }()

    @Test(arguments: isolations)
    func `every Vietnamese letter survives Word, PDF and text, in one font`(_ isolation: Isolation)
        async throws
    {
        #expect(Self.letters.count == 146)
        let rows = stride(from: 0, to: Self.letters.count, by: 12).map {
            Self.letters[$0..<min($0 + 12, Self.letters.count)].joined(separator: " ")
        }
        let source = try ScratchFile(wordFile(rows), name: "chữ.docx")
        let pdf = try await WordConversion.convert(source.path, kind: .docx, isolation: isolation)
        #expect(pdf.pages == 1)
        let file = try ScratchFile(pdf.bytes)
        let text = try await PageText.text(pdf: file.path)
        #expect(squeezed(text) == Self.letters.joined())
        let fonts = try await PDFTool(pdf: file.path).output(of: "pdffonts", [PDFTool.document])
        let names = String(decoding: fonts, as: UTF8.self).split(separator: "\n").dropFirst(2)
        #expect(names.count == 1 && names.first?.contains("LiberationSerif") == true)
    }

    @Test(.enabled(if: SharedDocuments.present))
    func `the drafts keep every field`() async throws {
        for name in SharedDocuments.names(".docx") {
            guard let fields = SharedDocuments.truth[name]?["fields"] as? [String: Any] else { continue }
            let path = SharedDocuments.path(name)
            let pdf = try await WordConversion.convert(path, kind: try FileKind.detect(path: path).kind)
            #expect(pdf.pages == fields["pages"] as? Int, "\(name)")
            let file = try ScratchFile(pdf.bytes)
            let text = squeezed(try await PageText.text(pdf: file.path))
            var wanted = [
                "agency", "parentAgency", "abstract", "signerTitle", "signerName", "archiveLine",
                "placeOfIssue",
            ]
            .compactMap { fields[$0] as? String }
            wanted += fields["recipients"] as? [String] ?? []
            wanted += fields["addressees"] as? [String] ?? []
            for words in wanted { #expect(text.contains(squeezed(words)), "\(name): \(words)") }
        }
    }

    @Test(.enabled(if: SharedDocuments.present))
    func `a list in Excel becomes a PDF`() async throws {
        let path = SharedDocuments.path("02-danh-sach-kem-theo.xlsx")
        let pdf = try await WordConversion.convert(path, kind: .xlsx)
        let file = try ScratchFile(pdf.bytes)
        let text = squeezed(try await PageText.text(pdf: file.path))
        let title = SharedDocuments.truth["02-danh-sach-kem-theo.xlsx"]?["title"] as? String ?? "?"
        #expect(text.contains(squeezed(title)))
    }

    @Test func `a broken or foreign file is a failure with a name`() async throws {
        let whole = wordFile(["Kính gửi: Sở Nội vụ"])
        let cut = try ScratchFile(Array(whole.prefix(whole.count / 2)))
        await #expect(throws: ConversionFailure.notConvertible) {
            try await WordConversion.convert(cut.path, kind: .docx)
        }
        let page = try ScratchFile(Array("<html><body><img src='http://127.0.0.1/x'>chào</body></html>".utf8))
        await #expect(throws: ConversionFailure.notConvertible) {
            try await WordConversion.convert(page.path, kind: .docx)
        }
        await #expect(throws: ConversionFailure.notConvertible) {
            try await WordConversion.convert(page.path, kind: .png)
        }
        await #expect(throws: ConversionFailure.encrypted) {
            try await WordConversion.convert(page.path, kind: .lockedOffice)
        }
        await #expect(throws: OfficeFileError.self) {
            try await WordConversion.convert("/no/such.docx", kind: .docx)
        }
    }

    @Test(arguments: isolations)
    func `a document with links outside calls nobody and opens nothing`(_ isolation: Isolation) async throws {
        let listener = try LoopbackListener()
        let canary = try ScratchFile(Self.picture, name: "canary.png")
        chmod(canary.path, 0o644)
        let watch = inotify_init1(Int32(IN_NONBLOCK))
        defer { close(watch) }
        #expect(inotify_add_watch(watch, canary.path, 0x20 | 0x01) >= 0)
        let source = try ScratchFile(
            wordFile(
                ["Kính gửi"], body: linkedPicture("rId8") + linkedPicture("rId9"),
                links: [
                    ("rId8", "http://127.0.0.1:\(listener.port)/a.png"), ("rId9", "file://\(canary.path)"),
                ]))
        let pdf = try await WordConversion.convert(source.path, kind: .docx, isolation: isolation)
        #expect(pdf.pages >= 1)
        #expect(!listener.wasCalled())
        var event = [UInt8](repeating: 0, count: 1024)
        #expect(read(watch, &event, event.count) < 0, "the linked file was opened")
        // The watch itself works: our own look at the file is seen.
        _ = FileManager.default.contents(atPath: canary.path)
        #expect(read(watch, &event, event.count) > 0)
    }

    @Test func `a conversion over its time is stopped`() async throws {
        let source = try ScratchFile(wordFile(["Kính gửi"]))
        var limits = WordConversion.limits
        limits.wallSeconds = 0.2
        await #expect(throws: ConversionFailure.timeout) {
            try await WordConversion.convert(source.path, kind: .docx, limits: limits)
        }
        limits = WordConversion.limits
        limits.memoryBytes = 96 << 20
        await #expect(throws: ConversionFailure.self) {
            try await WordConversion.convert(source.path, kind: .docx, limits: limits)
        }
    }

    @Test func `two at once do not disturb each other`() async throws {
        let turnstile = Turnstile(limit: 2)
        let source = try ScratchFile(wordFile(["Kính gửi: Ủy ban nhân dân xã Bình Hà"]))
        let path = source.path
        let pages = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await turnstile.pass { try await WordConversion.convert(path, kind: .docx).pages }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(pages == 4)
        withExtendedLifetime(source) {}
    }

    /// A picture of one dot.
    static let picture: [UInt8] = Array(
        Data(
            base64Encoded:
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
            ?? Data())
}
