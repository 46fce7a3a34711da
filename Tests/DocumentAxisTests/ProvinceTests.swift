import EdXML
import Foundation
import Testing

@testable import DocumentAxis

/// What a province's platform wants beyond the two headers: a sign-in, and lists of a few days.
struct ProvinceTests {
    private func paths(_ standIn: StandIn) throws -> [String] {
        try standIn.calls().compactMap { $0["path"] as? String }
    }

    private func send(_ link: any AxisLink, _ file: String) -> AxisFailure? {
        failure { () throws(AxisFailure) in
            try link.send(file: file, kind: .document, from: "H51.03", to: ["H36.12"])
        }
    }

    private func letter(in folder: Folder) throws -> String {
        var message = Letter.document(to: ["H36.12"])
        message.header.from.organID = "H51.03"
        return try Letter.file(.document(message), in: folder)
    }

    @Test(
        "E4: who has to sign in does so once for all calls, on however many threads, and once more when told to"
    )
    func signIn() async throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let link = standIn.signingIn()
        let file = try letter(in: folder)
        try await withThrowingTaskGroup(of: AxisInbox.self) { group in
            for kind in [AxisKind.document, .status, .document, .status] {
                group.addTask { try link.received(kind) }
            }
            for try await inbox in group { #expect(inbox.entries.isEmpty) }
        }
        #expect(send(link, file) == nil)
        #expect(try paths(standIn).filter { $0 == "/v1/auth/login" }.count == 1)
        let bearers = try standIn.calls().filter { $0["path"] as? String != "/v1/auth/login" }.map { call in
            (call["headers"] as? [[String]] ?? []).filter { $0.first == "Authorization" }.map { $0[1] }
        }
        #expect(Set(bearers).count == 1 && bearers[0].count == 1 && bearers[0][0].hasPrefix("Bearer eyJ"))
        // A copy knows what the first one knows.
        let copy = link
        try standIn.fault("signedOut")
        #expect(send(copy, file) == nil)
        standIn.kill()
        try standIn.start()
        #expect(try link.received(.document).entries.isEmpty)
        #expect(send(link, file) == nil)
        #expect(try paths(standIn).filter { $0 == "/v1/auth/login" }.count == 1)
        #expect(try standIn.messages().count == 3)
    }

    @Test("E4: a token is left aside before it is half an hour old, and when the clock was put back")
    func age() throws {
        let standIn = try StandIn()
        let clock = ShiftedClock()
        let link = standIn.signingIn { $0.now = clock.now }
        func signIns() throws -> Int { try paths(standIn).filter { $0 == "/v1/auth/login" }.count }
        _ = try link.received(.document)
        clock.minutes = 28
        _ = try link.received(.document)
        #expect(try signIns() == 1)
        clock.minutes = 29
        _ = try link.received(.document)
        #expect(try signIns() == 2)
        clock.minutes = 0
        _ = try link.received(.document)
        #expect(try signIns() == 3)
    }

    @Test("E4, E5: a refused sign-in is the link's, never a message's, and is not tried again at once")
    func refused() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let clock = ShiftedClock()
        let link = standIn.signingIn(password: "mat-khau-sai") { $0.now = clock.now }
        let file = try letter(in: folder)
        for _ in 0..<3 {
            #expect(send(link, file) == .signInRefused("Sai tài khoản hoặc mật khẩu"))
        }
        #expect(try paths(standIn) == ["/v1/auth/login"])
        let failed = AxisFailure.signInRefused("")
        #expect(!failed.isPassing && !failed.isOfMessage)
        clock.minutes = 10
        #expect(send(link, file) != nil)
        #expect(try paths(standIn) == ["/v1/auth/login", "/v1/auth/login"])
        for body in [
            #"{"success":false,"message":"Khóa mat-khau-sai"}"#,
            #"{"code":200,"data":{"errorCode":"22","errorDesc":"Khóa mat-khau-sai"}}"#,
        ] {
            try standIn.fault("body", ["body": body])
            #expect(
                send(standIn.signingIn(password: "mat-khau-sai"), file) == .signInRefused("Khóa •••"))
        }
        for body in [#"{"code":200,"data":{}}"#, #"{"code":200,"data":{"token":"a\nb"}}"#, "<html>"] {
            try standIn.fault("body", ["body": body])
            guard case .garbage = send(standIn.signingIn(), file) else {
                Issue.record("\(body) was taken for a sign-in")
                continue
            }
        }
        try standIn.fault("status", ["status": 503])
        #expect(send(standIn.signingIn(), file)?.isPassing == true)
        // Without a sign-in the platform says so, and that is the link's, too.
        let without = standIn.provincial("so", secret: "khoa-bon")
        let unsigned = send(without, file)
        guard case .refused("HTTP 401", _) = unsigned else {
            Issue.record("\(String(describing: unsigned))")
            return
        }
        #expect(unsigned?.isOfMessage == false)
        // A wrong key is no reason for a new token.
        let calls = try paths(standIn).count
        let stranger = standIn.provincial(
            "so", secret: "khoa-sai",
            login: ProvincialLogin(
                user: "lien-thong", password: AxisSecret("mật \"khẩu\""), application: "VT"))
        #expect(send(stranger, file) == .refused(code: "15", words: "Sai SystemId hoặc SecretKey"))
        #expect(try paths(standIn).dropFirst(calls) == ["/v1/auth/login", "/v1/sendEdoc"])
        #expect(try standIn.messages().isEmpty)
    }

    @Test("E4: a token that the partner repeats is not shown, nor is a password")
    func secrets() throws {
        let standIn = try StandIn()
        let link = standIn.signingIn()
        _ = try link.received(.document)
        let headers = try #require(try standIn.calls().last?["headers"] as? [[String]])
        let token = try #require(headers.first { $0.first == "Authorization" }?[1].dropFirst(7))
        try standIn.fault(
            "body", ["body": "{\"success\":false,\"message\":\"Khóa \(token) và mật \\\"khẩu\\\"\"}"])
        let failed = failure { () throws(AxisFailure) in try link.received(.document) }
        #expect(failed == .refused(code: "?", words: "Khóa ••• và •••"))
        var shown = ""
        dump(link, to: &shown)
        #expect(!shown.contains(token) && !shown.contains("khẩu"))
    }

    @Test(
        "E4: lists leave their last day out and span a week: a letter of today and one of three weeks ago are found"
    )
    func days() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        // Six in the morning: six hours later it is the same day, whenever the tests run.
        let clock = ShiftedClock(hour: 6)
        let link = standIn.provincial { $0.now = clock.now }
        let sender = standIn.provincial("rach-gia", secret: "khóa của Rạch Giá")
        for days in [0, 6, 7, 21, 29] {
            let file = try Letter.file(in: folder, number: "\(days)")
            try standIn.fault("clock", ["seconds": -86_400 * days])
            _ = try sender.send(file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
        }
        #expect(try link.received(.document).entries.count == 5)
        func asked() throws -> Int {
            try standIn.calls().filter { ($0["path"] as? String)?.hasSuffix("List") == true }.count
        }
        #expect(try asked() == 5)
        // Afterwards the newest days are enough for six hours.
        clock.minutes = 359
        #expect(try link.received(.document).entries.count == 2)
        #expect(try asked() == 6)
        clock.minutes = 360
        #expect(try link.received(.document).entries.count == 5)
        let queries = try standIn.calls().compactMap { $0["query"] as? String }.filter { !$0.isEmpty }
        let newest = "fromDate=" + day(clock, -6) + "&toDate=" + day(clock, 1)
        #expect(queries.last { $0.contains(newest) } != nil)
        let narrow = standIn.provincial { $0.span = 8 }
        #expect(
            failure { () throws(AxisFailure) in try narrow.received(.document) }
                == .refused(code: "?", words: "Khoảng thời gian quá rộng"))
    }

    @Test(
        "E5: what was listed of today does not wait for the days before, and those are asked for at the next look"
    )
    func older() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let sender = standIn.provincial("rach-gia", secret: "khóa của Rạch Giá")
        for days in [0, 10] {
            let file = try Letter.file(in: folder, number: "\(days)")
            try standIn.fault("clock", ["seconds": -86_400 * days])
            _ = try sender.send(file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
        }
        // The first question is answered, the second is not.
        let link = ProvincialAxis(
            endpoint: standIn.url, system: "tu-phap", secret: AxisSecret("khóa-hai"),
            transport: Faltering(standIn.transport, after: 1))
        #expect(try link.received(.document).entries.count == 1)
        #expect(try link.received(.document).entries.count == 2)
    }

    private func day(_ clock: ShiftedClock, _ days: Int64) -> String {
        AxisTime.date(clock.now() + days * 86_400_000).replacing("/", with: "%2F")
    }
}

/// The machine's clock, put ahead; or one that begins at an hour of today in Viet Nam.
final class ShiftedClock: @unchecked Sendable {
    private let lock = NSLock()
    private let start: Int64
    private var ahead: Int64 = 0

    init(hour: Int64? = nil) {
        let now = AxisSettings().now(), today = (now + 7 * 3_600_000) % 86_400_000
        start = hour.map { $0 * 3_600_000 - today } ?? 0
    }

    var minutes: Int64 {
        get { lock.withLock { ahead } }
        set { lock.withLock { ahead = newValue } }
    }

    var now: @Sendable () -> Int64 {
        let machine = AxisSettings().now
        return { machine() + self.start + self.minutes * 60_000 }
    }
}

/// A network that fails once, after so many requests.
final class Faltering: AxisTransport, @unchecked Sendable {
    private let transport: WebTransport
    private let lock = NSLock()
    private var left: Int

    init(_ transport: WebTransport, after count: Int) {
        self.transport = transport
        left = count
    }

    func perform(_ request: AxisRequest) throws(AxisTransportFailure) -> AxisReply {
        let count = lock.withLock {
            left -= 1
            return left
        }
        if count == -1 { throw .brokenOff("x") }
        return try transport.perform(request)
    }
}
