import Foundation

@testable import PDFSignatures

/// Programs and files of others: the shared folder beside the repository, and the judges pyHanko, pdfsig and
/// qpdf.
enum Outside {
    static let shared: URL? = {
        let repository = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = repository.deletingLastPathComponent().appendingPathComponent("shared")
        if FileManager.default.fileExists(atPath: folder.path) { return folder }
        print("=== BỎ QUA: không có thư mục shared cạnh kho mã, các phép thử trên tệp thật không chạy ===")
        return nil
    }()

    static func files(in folder: String, suffix: String = ".pdf") -> [URL] {
        guard let root = shared?.appendingPathComponent(folder),
            let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        else { return [] }
        return walk.compactMap { $0 as? URL }.filter { $0.path.hasSuffix(suffix) }.sorted {
            $0.path < $1.path
        }
    }

    /// The digital letters: drafts and one issued.
    static var letters: [URL] {
        files(in: "documents").filter {
            ["01", "02", "03", "04", "05"].contains($0.lastPathComponent.prefix(2))
        }
    }

    static func read(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

    /// A python with pyHanko in it.
    static let python: String? = {
        if let path = ProcessInfo.processInfo.environment["VANTHU_PYTHON"],
            FileManager.default.isExecutableFile(atPath: path)
        {
            return path
        }
        print("=== BỎ QUA: VANTHU_PYTHON chưa trỏ tới python có pyHanko ===")
        return nil
    }()

    static func program(_ name: String) -> String? {
        let path = "/usr/bin/" + name
        if FileManager.default.isExecutableFile(atPath: path) { return path }
        print("=== BỎ QUA: không có \(name) ===")
        return nil
    }

    /// Runs a program to its end and gives its exit status and what it printed.
    @discardableResult
    static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// A file of the Tests folder, by its path in there.
    static func tests(_ path: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(path).path
    }

    /// Runs a program to its end and gives the lines of its standard output; what it says besides is for people.
    static func lines(_ program: String, _ arguments: [String]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    static func withFolder<R>(_ body: (URL) throws -> R) throws -> R {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pdf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    /// What `pdftotext` reads from a PDF; empty without that program.
    static func text(of pdf: [UInt8]) throws -> String {
        guard let program = program("pdftotext") else { return "" }
        return try withFolder { folder in
            let url = folder.appendingPathComponent("a.pdf")
            try Data(pdf).write(to: url)
            return try run(program, ["-layout", url.path, "-"]).output.precomposedStringWithCanonicalMapping
        }
    }

    /// The words of a PDF with their boxes, by `pdftotext -bbox`.
    static func words(of url: URL, pages: [PageBox]) throws -> [TextBox] {
        guard let program = program("pdftotext") else { return [] }
        var page = -1
        var words: [TextBox] = []
        for line in try run(program, ["-bbox", url.path, "-"]).output.split(separator: "\n") {
            if line.contains("<page ") { page += 1 }
            guard line.contains("<word "), pages.indices.contains(page) else { continue }
            func value(_ name: String) -> Double {
                guard let start = line.range(of: name + "=\"") else { return 0 }
                return Double(line[start.upperBound...].prefix { $0 != "\"" }) ?? 0
            }
            let text = line.split(separator: ">").dropFirst().first?.split(separator: "<").first ?? ""
            words.append(
                TextBox(
                    page: page, in: pages[page], xMin: value("xMin"), yMin: value("yMin"),
                    xMax: value("xMax"),
                    yMax: value("yMax"), text: String(text)))
        }
        return words
    }
}
