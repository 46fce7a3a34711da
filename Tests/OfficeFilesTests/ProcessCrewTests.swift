import Foundation
import Testing

@testable import OfficeFiles

/// The members are shells here, which count what they are asked.
@Suite struct ProcessCrewTests {
    private static let script = """
        n=0
        while read question; do
            n=$((n+1))
            case $question in
                die) kill -9 $$ ;;
                leave) exit 3 ;;
                sleep) sleep 60 ;;
                talk) head -c 100000 /dev/zero | tr '\\0' x ;;
                *) echo "$question $n $(cat *.txt | tr '\\n' ' ')" ;;
            esac
        done
        """

    private func crew(atOnce: Int = 1, questionsEach: Int = 100, idleSeconds: Double = 600) -> ProcessCrew {
        ProcessCrew(
            LimitedProcess(
                program: "/bin/sh", arguments: ["-c", Self.script],
                limits: ProcessLimits(wallSeconds: 5, outputBytes: 20_000)),
            atOnce: atOnce, questionsEach: questionsEach, idleSeconds: idleSeconds)
    }

    private func words(_ answer: ProcessCrew.Answer) -> String? {
        if case .line(let bytes) = answer { String(decoding: bytes, as: UTF8.self) } else { nil }
    }

    @Test("One child answers one question after another, and finds only the files of the one it is asked")
    func stays() async throws {
        let crew = crew()
        for number in 1...5 {
            let answer = try await crew.ask("hoi", [.bytes(Array("t\(number)".utf8), as: "\(number).txt")])
            #expect(words(answer) == "hoi \(number) t\(number)")
        }
    }

    @Test("A child that has answered its share is replaced")
    func share() async throws {
        let crew = crew(questionsEach: 2)
        var counts: [String?] = []
        for _ in 1...3 { counts.append(words(try await crew.ask("q", [.bytes([0x61], as: "a.txt")]))) }
        #expect(counts == ["q 1 a", "q 2 a", "q 1 a"])
    }

    @Test("A child that was not asked for long goes")
    func idle() async throws {
        let crew = crew(idleSeconds: 0.2)
        for _ in 1...2 {
            #expect(words(try await crew.ask("q", [.bytes([0x61], as: "a.txt")])) == "q 1 a")
            try await Task.sleep(for: .seconds(1))
        }
    }

    @Test(
        "One that crashes, leaves, sleeps or talks without end is told apart, and the next question finds another"
    )
    func accidents() async throws {
        let crew = crew()
        let file = ProcessCrew.Supply.bytes([0x61], as: "a.txt")
        for question in ["die", "leave", "sleep", "talk"] {
            #expect(words(try await crew.ask("truoc", [file])) == "truoc 1 a", "before \(question)")
            switch (question, try await crew.ask(question, [file])) {
            case ("die", .ended(let status)): #expect(status.isCrash)
            case ("leave", .ended(let status)): #expect(status == .exited(3))
            case ("sleep", .timedOut), ("talk", .tooMuchOutput): break
            case (_, let answer): Issue.record("\(question): \(answer)")
            }
        }
        await #expect(throws: OfficeFileError.self) {
            try await crew.ask("q", [.copy(of: "/nonexistent.pdf", as: "a.txt")])
        }
        #expect(words(try await crew.ask("sau", [file])) == "sau 1 a")
    }

    @Test("Who gives up waiting ends the child, and those behind are answered")
    func cancelled() async throws {
        let crew = crew()
        let waiting = Task { try await crew.ask("sleep", []) }
        let behind = Task { try await crew.ask("q", [.bytes([0x61], as: "a.txt")]) }
        try await Task.sleep(for: .milliseconds(200))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(words(try await behind.value)?.hasSuffix(" a") == true)
    }

    @Test("Many questions at once are shared by as many children as may be, and none is lost")
    func many() async throws {
        let crew = crew(atOnce: 3)
        let answers = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<60 {
                group.addTask {
                    words(try await crew.ask("q\(number)", [.bytes(Array("x".utf8), as: "a.txt")]))
                }
            }
            return try await group.reduce(into: Set<String>()) {
                $0.insert($1?.components(separatedBy: " ").first ?? "")
            }
        }
        #expect(answers == Set((0..<60).map { "q\($0)" }))
    }
}
