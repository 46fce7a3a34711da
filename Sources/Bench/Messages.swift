// Messages of the national axis: reading and writing one of a megabyte, beside libxml2 building its tree of the same bytes
// without looking at an attachment.
import EdXML
import Foundation

struct Messages {
    private let turns = 60

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "vanthu-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let message = try Self.message(in: folder)
        let file = folder.appending(path: "goi.edxml").path()
        try MessageWriter.write(message, toFile: file)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
        let megabytes = Double(bytes.count) / 1_000_000

        let tree = try LibXML2().read(bytes, turns: turns)
        let reading = try measured {
            _ = try MessageReader.read(bytes, attachmentsInto: folder.path())
        }
        let writing = try measured {
            var count = 0
            try MessageWriter.write(message) { count += $0.count }
        }
        let zipped = try measured {
            var count = 0
            try MessageWriter.write(message, packing: .zipped) { count += $0.count }
        }
        let reference = megabytes / tree
        Report.line("libxml2, a tree of \(Report.number(megabytes, decimals: 1)) MB", Self.rate(reference))
        for (what, seconds) in [
            ("read, attachments decoded into files", reading), ("written, attachments from files", writing),
            ("written, each attachment in an archive", zipped),
        ] {
            let rate = megabytes / seconds
            Report.line(
                what, "\(Self.rate(rate)), \(Report.number(rate / reference, decimals: 2)) of libxml2")
        }
    }

    private static func rate(_ megabytes: Double) -> String { Report.number(megabytes) + " MB/s" }

    /// Seconds a turn, the quickest of three rounds.
    private func measured(_ body: () throws -> Void) throws -> Double {
        try body()
        let clock = ContinuousClock()
        var best = Double.infinity
        for _ in 0..<3 {
            let begin = clock.now
            for _ in 0..<turns { try body() }
            best = min(best, (clock.now - begin).inSeconds / Double(turns))
        }
        return best
    }

    /// Thirty recipients and two attachments, three quarters of a megabyte before encoding.
    private static func message(in folder: URL) throws -> EdXMLMessage {
        var message = DocumentMessage()
        message.header.from = Organization(organID: "000.00.15.H51", name: "UBND thành phố Rạch Giá")
        message.header.to = (10..<40).map { Organization(organID: "H36.\($0)", name: "Phòng ban thứ \($0)") }
        message.header.documentID = "000.00.15.H51,2026/05/12,54/UBND-VP"
        message.header.code = DocumentCode(number: "54", notation: "UBND-VP")
        message.header.promulgation = Promulgation(place: "Rạch Giá", date: "2026/05/12")
        message.header.type = TypeOfDocument(type: "18", name: "Công văn")
        message.header.subject = "V/v cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026"
        var generator = SystemRandomNumberGenerator()
        for name in ["54-UBND-VP.pdf", "phu-luc.xlsx"] {
            let path = folder.appending(path: name)
            try Data((0..<375_000).map { _ in UInt8.random(in: 0...255, using: &generator) }).write(to: path)
            message.attachments.append(
                Attachment(
                    contentID: "cid:\(name)", name: name, contentType: "application/octet-stream",
                    file: path.path()))
        }
        return .document(message)
    }
}

/// The machine's libxml2, which most of Debian's programs bring with them, called without its headers.
private struct LibXML2 {
    private typealias Read =
        @convention(c) (UnsafePointer<UInt8>?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, Int32) ->
        OpaquePointer?
    private typealias Release = @convention(c) (OpaquePointer?) -> Void

    private let read: Read
    private let release: Release

    init() throws {
        guard let library = dlopen("libxml2.so.2", RTLD_NOW), let read = dlsym(library, "xmlReadMemory"),
            let release = dlsym(library, "xmlFreeDoc")
        else { throw Unmeasurable("libxml2 is not installed") }
        self.read = unsafeBitCast(read, to: Read.self)
        self.release = unsafeBitCast(release, to: Release.self)
    }

    /// Seconds a turn, the quickest of three rounds. The option lets text be as long as an attachment is.
    func read(_ bytes: [UInt8], turns: Int) throws -> Double {
        let hugeText: Int32 = 1 << 19
        let clock = ContinuousClock()
        var best = Double.infinity
        for _ in 0..<3 {
            let begin = clock.now
            for _ in 0..<turns {
                guard let tree = read(bytes, Int32(bytes.count), nil, nil, hugeText) else {
                    throw Unmeasurable("libxml2 could not read the message")
                }
                release(tree)
            }
            best = min(best, (clock.now - begin).inSeconds / Double(turns))
        }
        return best
    }
}
