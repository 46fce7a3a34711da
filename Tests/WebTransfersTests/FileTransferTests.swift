import Foundation
import Testing

@testable import WebTransfers

/// Bodies that go out of files and answers that go into them.
@Suite struct FileTransferTests {
    let server: RoughServer

    init() throws { server = try RoughServer() }

    private func failure(_ call: HTTPCall) -> TransferFailure? {
        do throws(TransferFailure) {
            _ = try server.transfers().perform(call)
            return nil
        } catch { return error }
    }

    private func put(_ bytes: [UInt8], _ name: String = "sent.bin") throws -> String {
        let path = server.folder.appending(path: name)
        try Data(bytes).write(to: path)
        return path.path
    }

    private func place(_ name: String = "received.bin") -> String { server.folder.appending(path: name).path }
    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
    private func text(_ reply: HTTPReply) -> String { String(decoding: reply.body, as: UTF8.self) }

    @Test("E5: a file is sent as it is by any method, and the next request of the handle knows nothing of it")
    func sent() throws {
        let transfers = server.transfers { $0.idleLimit = 1 }
        for count in [0, 1, 65_536, 3_000_001] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let file = FileUpload(path: try put(bytes))
            let whole = HTTPCall(method: "POST", url: server.url("digest"), body: bytes)
            let digest = text(try transfers.perform(whole)).split(separator: " ").last ?? ""
            for method in ["POST", "PUT", "PATCH", "REPORT"] {
                let type = HTTPField("Content-Type", "application/pdf")
                let reply = try transfers.perform(
                    HTTPCall(method: method, url: server.url("digest"), headers: [type], upload: file))
                #expect(text(reply) == "\(method) \(count) \(digest)")
                #expect(reply.header("Content-Type") == "application/pdf")
            }
            #expect(text(try transfers.perform(HTTPCall(url: server.url("hello")))) == "xin chào")
        }
    }

    @Test("E5: a file is the only part of a form, under any name, and a name cannot end its line")
    func form() throws {
        let part = FormPart(name: "tệp\"\r\nX: y", fileName: "Công văn 54.edxml", contentType: "text/xml")
        let upload = FileUpload(path: try put(Array("<a/>\r\n--".utf8)), formPart: part)
        let reply = try server.transfers().perform(
            HTTPCall(method: "POST", url: server.url("echo"), upload: upload))
        let type = try #require(reply.header("Content-Type"))
        let boundary = try #require(type.split(separator: "boundary=").last)
        #expect(type.hasPrefix("multipart/form-data; boundary=VanThu-"))
        #expect(
            text(reply)
                == "--\(boundary)\r\nContent-Disposition: form-data; name=\"tệp%22%0D%0AX: y\"; "
                + "filename=\"Công văn 54.edxml\"\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--\r\n--\(boundary)--\r\n"
        )
        var bad = upload
        bad.formPart?.contentType = "text/xml\r\nX: y"
        #expect(
            failure(HTTPCall(method: "POST", url: server.url("echo"), upload: bad))?.kind == "badRequest")
    }

    @Test(
        "E2: an answer is written to a file of exactly the limit; a longer one leaves none, announced or not")
    func limit() throws {
        let call = HTTPCall(
            url: server.url("exactly?bytes=70000"), answerLimit: 70_000, answerFile: place())
        let reply = try server.transfers().perform(call)
        #expect(reply.fileSize == 70_000 && reply.body.isEmpty)
        #expect(try server.file("received.bin") == [UInt8](repeating: 0x78, count: 70_000))
        for path in ["exactly?bytes=70001", "huge", "huge?told=1"] {
            let call = HTTPCall(
                url: server.url(path), answerLimit: 70_000, answerFile: place("absent.bin"))
            #expect(failure(call) == .answerTooLong && !exists(place("absent.bin")), "\(path)")
        }
        let empty = HTTPCall(url: server.url("exactly?bytes=0"), answerFile: place("empty.bin"))
        #expect(try server.transfers().perform(empty).fileSize == 0 && exists(place("empty.bin")))
    }

    @Test("E5: a connection cut in the middle leaves no part of a file, in either direction")
    func cutOff() throws {
        let get = HTTPCall(url: server.url("halfway"), answerFile: place())
        #expect(failure(get)?.kind == "brokenOff" && !exists(place()))
        let upload = FileUpload(path: try put([UInt8](repeating: 7, count: 8 << 20)))
        let post = HTTPCall(
            method: "POST", url: server.url("cutoff"), upload: upload, answerFile: place())
        #expect(failure(post)?.kind == "brokenOff" && !exists(place()))
        let slow = HTTPCall(url: server.url("drip"), patience: 0.5, answerFile: place())
        #expect(failure(slow) == .timedOut && !exists(place()))
    }

    @Test("E5: what is no success is told in memory and leaves no file")
    func unsuccessful() throws {
        let upload = FileUpload(path: try put([1, 2, 3]))
        let call = HTTPCall(method: "PUT", url: server.url("refused"), upload: upload, answerFile: place())
        let reply = try server.transfers().perform(call)
        #expect(reply.status == 422 && reply.fileSize == nil && text(reply) == "not this one")
        #expect(!exists(place()))
        let led = HTTPCall(url: server.url("redirect?to=/hello"), redirectLimit: 1, answerFile: place())
        #expect(try server.transfers().perform(led).fileSize == 9 && exists(place()))
    }

    @Test(
        "E2: a file that is not there, is none, or stands where the answer should go, is told and left alone")
    func files() throws {
        for path in [place("absent.bin"), server.folder.path, "/dev/zero", "/dev/stdin", "a\0b"] {
            let upload = FileUpload(path: path)
            let call = HTTPCall(method: "POST", url: server.url("digest"), upload: upload)
            #expect(failure(call)?.kind == "fileFailed", "\(path)")
        }
        let standing = try put([9], "standing.bin")
        for path in [standing, place("no-folder/x"), "a\0b"] {
            let call = HTTPCall(url: server.url("hello"), answerFile: path)
            #expect(failure(call)?.kind == "fileFailed", "\(path)")
        }
        #expect(try server.file("standing.bin") == [9])
        let upload = FileUpload(path: standing)
        let twice = HTTPCall(method: "POST", url: server.url("digest"), body: [1], upload: upload)
        #expect(failure(twice)?.kind == "badRequest")
        let get = HTTPCall(url: server.url("digest"), upload: upload)
        #expect(failure(get)?.kind == "badRequest")
    }

    @Test("E5: 200 MB go out of a file and come into one through a few megabytes of memory")
    func large() async {
        // In a process of its own, so that no other test's memory is counted.
        await #expect(processExitsWith: .success) {
            let server = try RoughServer()
            let size = 200 << 20
            let path = server.folder.appending(path: "large.bin").path
            let back = server.folder.appending(path: "back.bin").path
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            try #require(truncate(path, off_t(size)) == 0)
            let transfers = server.transfers()
            _ = try transfers.perform(HTTPCall(url: server.url("hello")))
            let before = try Memory.most()
            let part = FormPart(name: "file", fileName: "large.bin")
            let sent = try transfers.perform(
                HTTPCall(
                    method: "POST", url: server.url("digest"), patience: 120,
                    upload: FileUpload(path: path, formPart: part)))
            let told = String(decoding: sent.body, as: UTF8.self).split(separator: " ")
            #expect(told.count == 3 && (Int(told[1]) ?? 0) > size)
            let got = try transfers.perform(
                HTTPCall(
                    url: server.url("stream?bytes=\(size)"), answerLimit: size, patience: 120,
                    answerFile: back))
            #expect(got.fileSize == size)
            let attributes = try FileManager.default.attributesOfItem(atPath: back)
            #expect(attributes[.size] as? Int == size)
            #expect(try Memory.most() - before < 16 << 20)
        }
    }
}

enum Memory {
    /// The most resident memory that this process ever had, in bytes.
    static func most() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) << 10
    }
}
