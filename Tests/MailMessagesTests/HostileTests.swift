import Foundation
import Testing

@testable import MailMessages

/// Messages that are broken, by accident or to break their reader.
@Suite struct HostileTests {
    let folder: LetterFolder

    init() throws { folder = try LetterFolder() }

    private func kinds(_ message: MailMessage) -> [MailFinding.Kind] { message.findings.map(\.kind) }

    private func failure(_ bytes: some Collection<UInt8>, _ limits: MailLimits = .default)
        -> MailMessageError?
    {
        do {
            _ = try folder.read(bytes, limits: limits)
            return nil
        } catch { return error as? MailMessageError }
    }

    @Test(
        "E6: a message that is cut off, or whose boundary is wrong, is read as far as it goes, and that is told"
    )
    func boundaries() throws {
        let begin = "Content-Type: multipart/mixed; boundary=b\n\nmở đầu\n"
        let cut = try folder.read(
            begin + "--b\n\nmột\n--b\nContent-Disposition: attachment; filename=a\n\nha")
        #expect(cut.text == "một" && cut.parts.count == 1 && kinds(cut) == [.missingEnd])
        #expect(try folder.text(cut.parts[0]) == "ha")
        let wrong = try folder.read(begin + "--c\n\nmột\n--c--\n")
        #expect(
            kinds(wrong) == [.missingBoundary] && wrong.text.contains("một") && wrong.text.contains("mở đầu"))
        let none = try folder.read("Content-Type: multipart/mixed\n\n--b\n\nmột\n--b--\n")
        #expect(kinds(none) == [.missingBoundary] && none.text.contains("một"))
        let inner = try folder.read(
            begin + "--b\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nmột\n--b\n\nhai\n--b--\n")
        #expect(kinds(inner) == [.missingEnd] && inner.text == "một\nhai")
        let headless = try folder.read(begin + "--b\nContent-Type: text/plain\n--b\n\nhai\n--b--\n")
        #expect(headless.text == "hai")
        #expect(try folder.read(begin + "--b--\n").parts == [])
    }

    @Test("E6: what is no message is refused, and odd beginnings are stepped over")
    func beginnings() throws {
        for bytes in [
            "", "\n", "\r\n\r\n", "xin chào\n", "\u{0}\u{1}\u{2}", "%PDF-1.7\n", " a: b\n",
            "\n\nFrom a@b Tue\n",
        ] {
            #expect(failure(Array(bytes.utf8)) == .notAMessage, "\(bytes)")
        }
        #expect(try folder.read("From a@b Tue May 12 2026\n\nSubject: x\n\ny\n").subject == "x")
        #expect(try folder.read(Array("Subject: x\n\ny".utf8)).text == "y")
        #expect(try folder.read("Subject: x").subject == "x")
        let bad = try folder.read("Subject: x\nthis is no field\n: y\nÂ: z\nFrom : a@b.example\n\ny\n")
        #expect(
            bad.from == [MessageAddress("a@b.example")] && kinds(bad) == [.badHeaderLine] && bad.text == "y")
        let zeros = try folder.read("Subject: a\0b\n\ny\n")
        #expect(zeros.subject == "a b" && kinds(zeros) == [.zeroBytes])
        #expect(failure([]) == .notAMessage)
        #expect(throws: MailMessageError.self) {
            try MailReader.read(self.folder.path + "/absent", into: self.folder.newFolder())
        }
        #expect(throws: MailMessageError.self) {
            try MailReader.read("/dev/zero", into: self.folder.newFolder())
        }
    }

    @Test("E6: depth, parts and size over the limit are refused and leave nothing behind")
    func limits() throws {
        func nested(_ depth: Int) -> String {
            var text = "Subject: x\n"
            for level in 0..<depth {
                text += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n"
            }
            return text + "Content-Disposition: attachment\n\nx\n"
        }
        #expect(try folder.read(nested(20)).parts.count == 1)
        #expect(failure(Array(nested(21).utf8)) == .overLimit(.depth))
        #expect(failure(Array(nested(5_000).utf8)) == .overLimit(.depth))
        let messages = String(repeating: "Content-Type: message/rfc822\n\n", count: 22) + "\nx"
        #expect(failure(Array(messages.utf8)) == .overLimit(.depth))
        let digest =
            "Content-Type: multipart/digest; boundary=b\n\n"
            + String(repeating: "--b\n\nSubject: x\n\ny\n", count: 200)
        #expect(try folder.read(digest).embedded.count == 200)
        let before = folder.files.count
        func parts(_ count: Int) -> [UInt8] {
            let part = "--b\nContent-Type: a/b\n\nx\n"
            return Array(
                ("Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: part, count: count)).utf8
            )
        }
        #expect(failure(parts(500)) == .overLimit(.parts) && folder.files.count == before)
        #expect(try folder.read(parts(499)).parts.count == 499)
        var limits = MailLimits()
        limits.size = 100
        #expect(failure([UInt8](repeating: 0x61, count: 101), limits) == .overLimit(.size))
    }

    @Test("E6: headers and texts without end are cut, and that is told")
    func endless() throws {
        let lines = try folder.read(
            "Subject: x\n" + String(repeating: "X: yyyyyyyyyyyyyyyy\n", count: 50_000) + "\ntext")
        #expect(
            lines.subject == "x" && lines.headers.count == 2_000 && kinds(lines) == [.longHeader]
                && lines.text == "text")
        let one = try folder.read("Subject: " + String(repeating: "x", count: 1 << 20) + "\n\ntext")
        #expect(kinds(one).contains(.longHeader) && one.text == "text")
        let folded = try folder.read("Subject: x\n" + String(repeating: " y\n", count: 200_000) + "\ntext")
        #expect(kinds(folded) == [.longHeader] && folded.text == "text")
        var limits = MailLimits()
        limits.text = 10_000
        let text = try folder.read("Subject: x\n\n" + String(repeating: "y", count: 20_000), limits: limits)
        #expect(text.text.count == 10_000 && kinds(text) == [.longText])
        let long = try folder.read(
            "Content-Disposition: attachment\n\n" + String(repeating: "y", count: LineFeed.longestPiece * 3)
                + "\nz\n")
        #expect(long.parts.first?.size == LineFeed.longestPiece * 3 + 3 && kinds(long) == [])
    }

    @Test("E6: a line end that falls between two pieces of a long line is one")
    func pieces() throws {
        for filler in -3...3 {
            let content =
                [UInt8](repeating: 0x79, count: LineFeed.longestPiece - 36 + filler) + [
                    0x0D, 0x0A, 0x7A, 0x0D, 0x0D, 0x0A,
                ]
            let message = try folder.read(
                Array("Content-Disposition: attachment\r\n\r\n".utf8) + content + [0x61])
            #expect(try folder.bytes(message.parts[0].path) == content + [0x61])
        }
    }

    @Test("E6: no mutation of a message makes its reader trap, hang or forget a file")
    func mutations() throws {
        #expect(Corpus.all.count >= 3)
        for bytes in Corpus.all { #expect(MailFuzz.push(bytes, in: folder.path) == nil) }
        var chance = Chance(state: 20_260_512)
        for number in 0..<500 {
            var bytes = Corpus.all[number % Corpus.all.count]
            for _ in 0..<Int.random(in: 1...6, using: &chance) { Corpus.mutate(&bytes, &chance) }
            if let wrong = MailFuzz.push(bytes, in: folder.path) {
                Issue.record("\(wrong): \(Data(bytes).base64EncodedString())")
                return
            }
        }
    }
}

struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

/// Messages to begin with, and how they are spoilt.
enum Corpus {
    static let all: [[UInt8]] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fuzzing/Corpus")
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).sorted { $0.path < $1.path }.compactMap { try? [UInt8](Data(contentsOf: $0)) }
    }()

    private static let words = [
        "\r\n", "\r\n\r\n", "--b", "--b--\r\n", "--r\r\n", "\"", ";", "=?UTF-8?B?", "?=", "<", ">", "(", ",",
        ":", "'", "%", "=", "\0", "\u{FF}",
        "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: message/rfc822\r\n\r\n",
        "charset=windows-1258",
    ].map { Array($0.utf8) }

    static func mutate(_ bytes: inout [UInt8], _ chance: inout Chance) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &chance)
        let length = Int.random(in: 1...40, using: &chance)
        let piece = place..<min(bytes.count, place + length)
        switch Int.random(in: 0..<7, using: &chance) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &chance)
        case 1: bytes.removeSubrange(piece)
        case 2: bytes.insert(contentsOf: bytes[piece], at: Int.random(in: 0...bytes.count, using: &chance))
        case 3: bytes.insert(contentsOf: words.randomElement(using: &chance) ?? [], at: place)
        case 4: bytes.removeSubrange(place...)
        case 5: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &chance)
        default: bytes.replaceSubrange(piece, with: words.randomElement(using: &chance) ?? [])
        }
    }
}
