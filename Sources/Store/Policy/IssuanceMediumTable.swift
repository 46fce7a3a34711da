// Hình thức gửi tới từng nơi: what was decided with the number. A resumed issuing goes by these rows, whatever the rules have
// become since.
import Domain
import DualSQL

/// How a document goes to one recipient, and why.
package struct IssuanceMedium: Sendable, Equatable {
    package let recipient: ID<Agency>
    package let medium: Medium
    /// What the rules had said.
    package let ruled: Medium
    package let ground: MediumGround
    package let rule: ID<MediumRule>?
    package let subject: SubjectClass?
    /// Why the clerk departed from the rules.
    package let reason: String
}

package struct IssuanceMediumTable {
    let connection: Connection

    package func insert(
        _ chosen: [ChosenMedium], of issuance: ID<Issuance>, subject: SubjectClass?, reason: String
    ) throws {
        try connection.insert(
            "issuance_medium (issuance_id, recipient_id, medium, ruled, ground, rule_id, subject, reason)",
            chosen
        ) { one in
            """
            (\(issuance), \(one.recipient), \(one.medium), \(one.decision.medium), \(one.decision.ground),
                \(one.decision.rule?.id), \(subject?.rawValue ?? ""), \(one.departs ? reason : ""))
            """
        }
    }

    /// One recipient gets paper only from now on.
    package func leaveToPaper(_ issuance: ID<Issuance>, _ recipient: ID<Agency>, reason: String) throws {
        try connection.execute(
            """
            UPDATE issuance_medium SET medium = 'giay', reason = \(reason)
            WHERE issuance_id = \(issuance) AND recipient_id = \(recipient)
            """)
    }

    package func all(of issuance: ID<Issuance>) throws -> [IssuanceMedium] {
        try connection.rows(
            """
            SELECT recipient_id, medium, ruled, ground, rule_id, subject, reason FROM issuance_medium
            WHERE issuance_id = \(issuance) ORDER BY recipient_id
            """
        ) { row in
            let subject: String = try row[5]
            return IssuanceMedium(
                recipient: try row[0], medium: try row[1], ruled: try row[2], ground: try row[3],
                rule: try row.optional(4), subject: SubjectClass(rawValue: subject), reason: try row[6])
        }
    }
}

extension MediumGround: SQLConvertible {}

extension Tables {
    package var issuanceMedia: IssuanceMediumTable { IssuanceMediumTable(connection: connection) }
}
