// How single values stand in JSON: days and moments as ISO 8601 (moments on the office's clock, +07:00),
// choices by their English names.
import Domain
import Foundation

package struct ISODay: Codable, Sendable, Equatable {
    package let date: OfficeDate

    package init(_ date: OfficeDate) { self.date = date }

    package init(from decoder: any Decoder) throws {
        let text = try String(from: decoder)
        guard let date = OfficeDate(text) else { throw UnreadableField(expected: "date", found: text) }
        self.date = date
    }

    package func encode(to encoder: any Encoder) throws { try date.iso.encode(to: encoder) }
}

package struct ISOMoment: Codable, Sendable, Equatable {
    package let instant: Instant

    package init(_ instant: Instant) { self.instant = instant }

    /// Only on the office's clock: `2026-05-12T07:30:00+07:00`.
    package init?(_ text: String) {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[1].hasSuffix("+07:00"), let day = OfficeDate(String(halves[0])) else {
            return nil
        }
        let parts = halves[1].dropLast(6).split(separator: ":", omittingEmptySubsequences: false).map {
            Int($0)
        }
        guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
        else { return nil }
        instant = Instant(day, hour: hour, minute: minute, second: second)
    }

    package init(from decoder: any Decoder) throws {
        let text = try String(from: decoder)
        guard let moment = ISOMoment(text) else { throw UnreadableField(expected: "date-time", found: text) }
        self = moment
    }

    package func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }

    package var text: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let second = instant.secondOfDay
        return instant.officeDate.iso + "T" + two(second / 3600) + ":" + two(second / 60 % 60) + ":"
            + two(second % 60) + "+07:00"
    }
}

/// Its cases are the words of the API, whatever the database keeps for them.
package protocol EnglishNamed: Sendable, Equatable {
    static var choices: [Self] { get }
}

package struct Choice<Value: EnglishNamed>: Codable, Sendable, Equatable {
    package let value: Value

    package init(_ value: Value) { self.value = value }

    package init?(_ word: String) {
        guard let value = Value.choices.first(where: { "\($0)" == word }) else { return nil }
        self.value = value
    }

    package init(from decoder: any Decoder) throws {
        let word = try String(from: decoder)
        guard let choice = Choice(word) else { throw UnreadableField(expected: "\(Value.self)", found: word) }
        self = choice
    }

    package func encode(to encoder: any Encoder) throws { try "\(value)".encode(to: encoder) }
}

struct UnreadableField: Error {
    let expected: String
    let found: String
}

extension EnglishNamed where Self: CaseIterable {
    package static var choices: [Self] { Array(allCases) }
}

extension Urgency: EnglishNamed {}
extension Role: EnglishNamed {}
extension AgencyGroup: EnglishNamed {}
extension DeskKind: EnglishNamed {}
extension ArrivalState: EnglishNamed {}
extension AssignmentKind: EnglishNamed {}
extension DraftState: EnglishNamed {}
extension DraftFileKind: EnglishNamed {}
extension StepKind: EnglishNamed {}
extension DeliveryStatus: EnglishNamed {}
extension Channel: EnglishNamed {}
extension Medium: EnglishNamed {}
extension SubjectClass: EnglishNamed {}
extension ExchangeRequestKind: EnglishNamed {}
extension ExchangeRequestState: EnglishNamed {}
extension KeyKind: EnglishNamed {}
extension KeyTestResult: EnglishNamed {}
extension SigningBatchItemState: EnglishNamed {}
extension CertificateRequestKind: EnglishNamed {}
extension CertificateAnswerKind: EnglishNamed {}
extension CertificateRequestState: EnglishNamed {}

extension AssignmentState: EnglishNamed {
    package static let choices: [AssignmentState] = [.assigned, .working, .done, .endedByAnswer]
}

extension EnvelopeKind: EnglishNamed {
    package static let choices: [EnvelopeKind] = [.document, .status, .recall, .update]
}

extension DocumentFileKind: EnglishNamed {
    package static let choices: [DocumentFileKind] = [.main, .enclosure, .original]
}

extension ReceiptState: EnglishNamed {
    package static let choices: [ReceiptState] = [.waiting, .accepted, .refused]
}

extension IssuanceState: EnglishNamed {
    package static let choices: [IssuanceState] = [.numbered, .issued, .void]
}

extension ConversionState: EnglishNamed {
    package static let choices: [ConversionState] = [.waiting, .done, .failed]
}

extension StepState: EnglishNamed {
    package static let choices: [StepState] = [.waiting, .current, .done]
}

extension RoutingAct: EnglishNamed {
    package static let choices: [RoutingAct] = [
        .submitted, .initialled, .submittedOnward, .newVersion, .returned, .takenBack, .signed,
        .returnedByClerk,
    ]
}
