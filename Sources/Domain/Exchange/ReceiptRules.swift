// Tiếp nhận, từ chối tiếp nhận (B6, B7; Quyết định 28/2018/QĐ-TTg, mã 02 và 03): within two working hours the
// clerk takes an electronic arrival into the register or refuses it with a reason that the sender sees. It is
// decided once.

package enum ReceiptRules {
    /// Two working hours (quy chế của Kiên Giang, Điều 3.3).
    package static let workingMinutes = 120
    package static let reasonLimit = 1000

    package static func mayAccept(_ position: Position, _ receipt: Receipt) -> [Refusal] {
        let denied = mayDecide(position, receipt)
        if !denied.isEmpty { return denied }
        if receipt.frozenAt != nil { return [.recalled] }
        switch receipt.state {
        case .waiting: return []
        case .accepted: return [.alreadyAccepted]
        case .refused: return [.stale]
        }
    }

    package static func mayRefuse(_ position: Position, _ receipt: Receipt) -> [Refusal] {
        let denied = mayDecide(position, receipt)
        if !denied.isEmpty { return denied }
        if receipt.frozenAt != nil { return [.recalled] }
        switch receipt.state {
        case .waiting: return []
        case .accepted: return [.notRefusableNow]
        case .refused: return [.stale]
        }
    }

    package static func refusals(refusing receipt: Receipt, by position: Position, reason: String)
        -> [Refusal]
    {
        let denied = mayRefuse(position, receipt)
        if !denied.isEmpty { return denied }
        if reason.isEmpty { return [.missing(.reason)] }
        return reason.count > reasonLimit ? [.tooLong(.reason, limit: reasonLimit)] : []
    }

    /// Only what nobody has said in so many words: mail. Not after it is in the register.
    package static func mayCorrect(_ position: Position, _ receipt: Receipt) -> [Refusal] {
        receipt.origin.channel == .mail ? mayAccept(position, receipt) : [.notYours]
    }

    private static func mayDecide(_ position: Position, _ receipt: Receipt) -> [Refusal] {
        guard position.agency == receipt.agency else { return [.notFound] }
        return Verb.receiptAccepted.roles.contains(position.role) ? [] : [.notForYourRole]
    }
}
