// How the office's values stand in a column: identifiers as UUIDs, moments as microseconds, days as ISO text.
import DualSQL
import Domain
import Foundation

extension UUID: SQLConvertible {
    public var sqlValue: SQLValue { .text(uuidString.lowercased()) }

    public init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue, let uuid = UUID(uuidString: text) else {
            throw UnreadableColumn(expected: "UUID", found: sqlValue)
        }
        self = uuid
    }
}

extension ID: SQLConvertible {
    package var sqlValue: SQLValue { uuid.sqlValue }
    package init(sqlValue: SQLValue) throws { self.init(try UUID(sqlValue: sqlValue)) }
}

extension Instant: SQLConvertible {
    package var sqlValue: SQLValue { .integer(microseconds) }
    package init(sqlValue: SQLValue) throws { self.init(microseconds: try Int64(sqlValue: sqlValue)) }
}

extension OfficeDate: SQLConvertible {
    package var sqlValue: SQLValue { .text(iso) }

    package init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue, let date = OfficeDate(text) else {
            throw UnreadableColumn(expected: "day", found: sqlValue)
        }
        self = date
    }
}

extension Role: SQLConvertible {}
extension AgencyGroup: SQLConvertible {}
extension Urgency: SQLConvertible {}
extension ArrivalState: SQLConvertible {}
extension AssignmentKind: SQLConvertible {}
extension AssignmentState: SQLConvertible {}
extension DraftState: SQLConvertible {}
extension ConversionState: SQLConvertible {}
extension DraftFileKind: SQLConvertible {}
extension DocumentFileKind: SQLConvertible {}
extension StepKind: SQLConvertible {}
extension StepState: SQLConvertible {}
extension RoutingAct: SQLConvertible {}
extension RegisterDirection: SQLConvertible {}
extension IssuanceState: SQLConvertible {}
extension DeliveryStatus: SQLConvertible {}
extension ReceiptState: SQLConvertible {}
extension DeskKind: SQLConvertible {}
extension KeyKind: SQLConvertible {}
extension KeyTestResult: SQLConvertible {}
extension SigningBatchItemState: SQLConvertible {}
extension CertificateRequestKind: SQLConvertible {}
extension CertificateAnswerKind: SQLConvertible {}
extension Verb: SQLConvertible {}

/// The database holds something the schema should have refused; `vanthu verify` is the place to look.
package struct UnreadableColumn: Error, CustomStringConvertible {
    package let expected: String
    package let found: SQLValue
    package var description: String { "expected \(expected), found \(found)" }
}

extension Instant {
    /// Stands for "no deadline" where the column must sort after every real one.
    package static let never = Instant(microseconds: 253_402_300_799_000_000)
}
