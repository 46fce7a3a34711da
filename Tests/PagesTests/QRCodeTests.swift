import Foundation
import Markup
import Testing

@testable import Pages

/// The codes we draw, read by a reader of someone else (zbarimg).
@Suite struct QRCodeTests {
    private static let reader = "/usr/bin/zbarimg"

    @Test("A code of every size is read back by another program, word for word")
    func readBack() throws {
        guard FileManager.default.isExecutableFile(atPath: Self.reader) else {
            print("*** zbarimg is not installed: QR codes are NOT read back ***")
            return
        }
        let letters = Array(
            "https://vanban.kiengiang.gov.vn/kiem-tra?ma=7K2M-9QXA-0F3D-HN5T&x=0123456789abcdefghijklmnopqrstuvwxyzABCD"
        )
        for length in [1, 14, 15, 26, 42, 43, 61, 62, 84, 85, 106] {
            let text = String((0..<length).map { letters[$0 % letters.count] })
            #expect(try read(try #require(QRCode(text))) == text, "\(length)")
        }
    }

    @Test("What does not fit is not drawn, and the quiet zone is four modules wide")
    func bounds() throws {
        #expect(QRCode(String(repeating: "a", count: 107)) == nil)
        let code = try #require(QRCode("a"))
        #expect(code.size == 21)
        #expect(try #require(QRCode(String(repeating: "a", count: 106))).size == 41)
        let svg = String(decoding: code.svg(label: "Mã").rendered(), as: UTF8.self)
        #expect(svg.contains("viewBox=\"0 0 29 29\"") && svg.contains("M4 4h7v1h-7z"))
    }

    /// As a grey picture, eight dots a module.
    private func read(_ code: QRCode) throws -> String {
        let scale = 8, whole = (code.size + 8) * scale
        var picture = Data("P5\n\(whole) \(whole)\n255\n".utf8)
        for y in 0..<whole {
            for x in 0..<whole {
                let column = x / scale - 4, row = y / scale - 4
                let isInside = (0..<code.size).contains(column) && (0..<code.size).contains(row)
                picture.append(isInside && code.modules[row][column] ? 0 : 255)
            }
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString).pgm")
        defer { try? FileManager.default.removeItem(at: file) }
        try picture.write(to: file)
        let process = Process(), output = Pipe()
        process.executableURL = URL(filePath: Self.reader)
        process.arguments = ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file.path()]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.trimmingCharacters(in: .newlines)
    }
}
