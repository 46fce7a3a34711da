// `vanthu exchange-people`: the people of an installation, directed from outside, for tests that put two installations beside
// each other. A line of JSON comes in on the standard input, a line goes out. Not shown in the help: no office needs it.
import ArgumentParser
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import Operations
import Store
import TestKit

struct ExchangePeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange-people", abstract: "Người của một cơ quan, để thử liên thông.",
        shouldDisplay: false)

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        var log = Logger(label: "vanthu")
        log.logLevel = .error
        let office = try installation.open(clock: .system, log: log)
        let people = ExchangePeople(office: office)
        while let line = readLine() {
            let answer: ExchangeAnswer
            do {
                let wish = try JSONDecoder().decode(ExchangeWish.self, from: Data(line.utf8))
                answer = try await wish.fulfil(people)
            } catch {
                answer = ExchangeAnswer(error: "\(error)")
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Console.say(String(decoding: try encoder.encode(answer), as: UTF8.self))
        }
        office.database.close()
    }
}

private struct ExchangeAnswer: Encodable {
    var error: String?
    /// How many things the act was done to.
    var count: Int?
    /// Message keys of what was issued.
    var keys: [String]?
    var sides: ExchangeSides?
    var totals: ExchangeTotals?
}

/// One line: what is to be done, where, and what it needs.
private struct ExchangeWish: Decodable {
    enum Act: String, Decodable {
        case install, host, catalogue, issue, accept, refuse, direct, start, finish
        case recall, update, agree, disagree, sendAgain, revive, reopen, hold, release, letTimePass, look,
            totals
    }

    struct Entry: Decodable {
        let name: String
        let code: String
        let channel: Channel
        var partner: String?
        var mail: String?
        var code102: String?
    }

    let act: Act
    var at: String?
    /// Slug and code.
    var agencies: [String: String]?
    var entries: [Entry]?
    /// Codes of the recipients.
    var to: [String]?
    var letters: Int?
    var abstract: String?
    var files: [String]?
    var replaces: String?
    var answers: String?
    var answerBy: String?
    var about: String?
    var reason: String?
    /// What is held.
    var channel: Channel?
    var partner: String?

    func fulfil(_ people: ExchangePeople) async throws -> ExchangeAnswer {
        let at = at ?? "", reason = reason ?? "lý do thử", about = about ?? ""
        switch act {
        case .install: try await people.install(agencies ?? [:])
        case .host: try await people.host(agencies ?? [:])
        case .catalogue: try await people.addToCatalogue((entries ?? []).map(\.correspondent))
        case .issue: return ExchangeAnswer(keys: try await issue(people))
        case .accept: return ExchangeAnswer(count: try await people.acceptAll(at: at, about: about))
        case .refuse:
            return ExchangeAnswer(count: try await people.refuseAll(at: at, about: about, reason: reason))
        case .direct: return ExchangeAnswer(count: try await people.directAll(at: at, about: about))
        case .start: return ExchangeAnswer(count: try await people.startAll(at: at, about: about))
        case .finish: return ExchangeAnswer(count: try await people.finishAll(at: at, about: about))
        case .recall, .update:
            let outcome = try await people.ask(
                act == .recall ? .recall : .update, about: about, note: reason, from: at)
            return ExchangeAnswer(count: outcome.asked + outcome.takenBack)
        case .agree, .disagree:
            return ExchangeAnswer(
                count: try await people.decideAll(at: at, about: about, agrees: act == .agree, reason: reason)
            )
        case .sendAgain:
            return ExchangeAnswer(count: try await people.sendAgain(about: about, note: reason, from: at))
        case .revive: return ExchangeAnswer(count: try await people.reviveAll())
        case .reopen: return ExchangeAnswer(count: try await people.reopenAll())
        case .hold: try await people.hold(Route(channel ?? .loopback, partner ?? ""), at: at, reason: reason)
        case .release: try await people.release(Route(channel ?? .loopback, partner ?? ""))
        case .letTimePass: try await people.letTimePass()
        case .look: return ExchangeAnswer(sides: try await ExchangeSides.read(people.world.office))
        case .totals: return ExchangeAnswer(totals: try await ExchangeTotals.read(people.world.office))
        }
        return ExchangeAnswer()
    }

    private func issue(_ people: ExchangePeople) async throws -> [String] {
        let letter = ExchangePeople.Letter(
            abstract: abstract ?? "triệu tập hội nghị giao ban", to: to ?? [], files: files ?? [],
            replaces: replaces ?? "", answers: answers ?? "", answerBy: answerBy.flatMap { OfficeDate($0) })
        var keys: [String] = []
        for _ in 0..<(letters ?? 1) { keys.append(try await people.issue(letter, from: at ?? "")) }
        return keys
    }
}

extension ExchangeWish.Entry {
    fileprivate var correspondent: Correspondent {
        Correspondent(
            id: ID(UUIDv7.make(at: Instant(Date()))), name: name, code: code, codeQCVN102: code102 ?? "",
            channel: channel, partner: partner ?? "", mail: mail ?? "")
    }
}
