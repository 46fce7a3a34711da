// Letters and volumes of any size for the measurements, and what the system says of processor and memory.
import Foundation

enum BenchVolume {
    /// One picture of bytes that do not pack, a page.
    static func bytes(pages: Int, pageBytes: Int) -> [UInt8] {
        var bytes: [UInt8] = Array("%PDF-1.7\n".utf8)
        bytes.reserveCapacity(pages * (pageBytes + 700) + 2_000)
        var rows = "0000000000 65535 f \n"
        func object(_ number: Int, _ dictionary: String, _ stream: [UInt8]? = nil) {
            let place = String(bytes.count)
            rows += String(repeating: "0", count: 10 - place.count) + place + " 00000 n \n"
            let length = stream.map { " /Length \($0.count)" } ?? ""
            bytes += "\(number) 0 obj\n<<\(dictionary)\(length)>>".utf8
            if let stream {
                bytes += "\nstream\n".utf8
                bytes += stream
                bytes += "\nendstream".utf8
            }
            bytes += "\nendobj\n".utf8
        }
        object(1, "/Type /Catalog /Pages 2 0 R")
        let kids = (0..<pages).map { "\(3 + 3 * $0) 0 R" }.joined(separator: " ")
        object(2, "/Type /Pages /Count \(pages) /Kids [\(kids)]")
        var noise = SystemRandomNumberGenerator()
        for page in 0..<pages {
            let first = 3 + 3 * page
            object(
                first,
                "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(first + 1) 0 R "
                    + "/Resources <</XObject <</Im0 \(first + 2) 0 R>>>>")
            object(first + 1, "", Array("q 595 0 0 842 0 0 cm /Im0 Do Q".utf8))
            var samples = [UInt8](repeating: 0, count: pageBytes)
            samples.withUnsafeMutableBytes { buffer in
                for place in stride(from: 0, to: buffer.count - 7, by: 8) {
                    buffer.storeBytes(of: noise.next(), toByteOffset: place, as: UInt64.self)
                }
            }
            object(
                first + 2,
                "/Type /XObject /Subtype /Image /Width \(pageBytes) /Height 1 /BitsPerComponent 8 "
                    + "/ColorSpace /DeviceGray", samples)
        }
        let start = bytes.count
        let size = 3 + 3 * pages
        bytes += "xref\n0 \(size)\n\(rows)trailer\n<</Size \(size) /Root 1 0 R>>\n".utf8
        bytes += "startxref\n\(start)\n%%EOF\n".utf8
        return bytes
    }

    /// A stroke of blue ink on nothing, 400 by 200 pixels, unpacked: the engine packs it.
    static func signaturePNG() -> [UInt8] {
        let (width, height) = (400, 200)
        var rows: [UInt8] = []
        for y in 0..<height {
            rows.append(0)
            for x in 0..<width {
                let line = 100 + 60 * sin(Double(x) / 40) * cos(Double(x) / 17)
                let ink = max(0, 255 - Int(abs(Double(y) - line) * 60))
                rows += [24, 54, 160, UInt8(ink)]
            }
        }
        func long(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
        func chunk(_ kind: String, _ body: [UInt8]) -> [UInt8] {
            long(body.count) + Array(kind.utf8) + body + [0, 0, 0, 0]
        }
        var packed: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: rows.count, by: 65_535) {
            let part = rows[start..<min(start + 65_535, rows.count)]
            packed.append(part.endIndex == rows.count ? 1 : 0)
            packed += [
                UInt8(part.count & 0xFF), UInt8(part.count >> 8), UInt8(~part.count & 0xFF),
                UInt8((~part.count >> 8) & 0xFF),
            ]
            packed += part
        }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", long(width) + long(height) + [8, 6, 0, 0, 0]) + chunk("IDAT", packed)
            + chunk("IEND", [])
    }
}

enum Processor {
    /// Of this process.
    static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// The most memory of its own that this process had while the meter ran; pages of mapped files are not its own.
/// What it holds is only touched under its lock.
final class MemoryMeter: @unchecked Sendable {
    private let before = MemoryMeter.own()
    private let lock = NSLock()
    private var most = 0
    private var isRunning = true

    init() {
        Thread.detachNewThread { self.watch() }
    }

    /// In bytes, beyond what there was at the start.
    func stop() -> Int {
        lock.withLock {
            isRunning = false
            return max(most, MemoryMeter.own()) - before
        }
    }

    /// Looks every two milliseconds.
    private func watch() {
        while lock.withLock({ isRunning }) {
            let now = MemoryMeter.own()
            lock.withLock { most = max(most, now) }
            usleep(2_000)
        }
    }

    static func own() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") } ?? ""
        return (line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) << 10
    }
}

enum BenchProgram {
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Unmeasurable("\(program) failed") }
        return String(decoding: output, as: UTF8.self)
    }
}
