// The virus scanner of the machine, started here with a signature list of our own that knows one thing: the EICAR test file.

import Foundation
import TestKit
import Testing

@testable import OfficeFiles

@Suite(.serialized, .enabled(if: TestScanner.isInstalled)) struct VirusScannerTests {
    @Test(
        "D9: a clean file passes, the EICAR test file does not, alone, inside a Word file, by socket and by port"
    )
    func verdicts() async throws {
        let running = try await TestScanner.start()
        defer { running.stop() }
        let version = try await running.bySocket.version()
        #expect(version.contains("ClamAV"))
        let clean = try TestScanner.write("Kính gửi: Phòng Nội vụ"),
            infected = try TestScanner.write(TestScanner.eicar)
        for scanner in [running.bySocket, running.byPort] {
            #expect(try await scanner.scan(clean) == .clean)
            #expect(try await scanner.scan(infected) == .infected("Eicar-Test.UNOFFICIAL"))
        }
        var zip = StoredZip()
        zip.add("[Content_Types].xml", "<Types/>")
        zip.add("word/media/anh.bin", TestScanner.eicar)
        let word = try TestScanner.write(bytes: zip.bytes)
        #expect(try await running.bySocket.scan(word) == .infected("Eicar-Test.UNOFFICIAL"))
    }

    @Test("D9: a file larger than the scanner takes is not called clean")
    func tooLarge() async throws {
        let running = try await TestScanner.start()
        defer { running.stop() }
        let scanner = running.bySocket
        let path = try TestScanner.write(bytes: [UInt8](repeating: 65, count: 3 << 20))
        await #expect(throws: VirusScanner.Failure.tooLarge) { try await scanner.scan(path) }
    }
}

@Suite struct VirusScannerAbsentTests {
    @Test("D9: where nobody answers there is no verdict")
    func silent() async throws {
        let path = try TestScanner.write("x")
        for scanner in [
            VirusScanner(.unix("/nonexistent/clamd.ctl")), VirusScanner(.tcp(host: "127.0.0.1", port: 1)),
        ] {
            #expect(!scanner.isReachable)
            await #expect(throws: VirusScanner.Failure.unreachable) { try await scanner.scan(path) }
        }
    }

    @Test("Addresses of scanners are understood or refused")
    func addresses() throws {
        #expect(VirusScanner("unix:/run/clamav/clamd.ctl") == .usual)
        #expect(VirusScanner("tcp:10.0.0.5:3310")?.address == .tcp(host: "10.0.0.5", port: 3310))
        for text in ["", "clamd", "tcp:", "tcp:3310", "tcp:a:b", "unix:x", "tcp:1.2.3.4:99999"] {
            #expect(VirusScanner(text) == nil, "\(text)")
        }
    }

    @Test("The scanner's answers are read as it means them")
    func answers() throws {
        #expect(try VirusScanner.verdict("stream: OK") == .clean)
        #expect(try VirusScanner.verdict("stream: Win.Test FOUND") == .infected("Win.Test"))
        #expect(throws: VirusScanner.Failure.tooLarge) {
            try VirusScanner.verdict("INSTREAM size limit exceeded. ERROR")
        }
        #expect(throws: VirusScanner.Failure.unreachable) { try VirusScanner.verdict("") }
        #expect(throws: VirusScanner.Failure.unexpected("stream: OK!")) {
            try VirusScanner.verdict("stream: OK!")
        }
    }
}
