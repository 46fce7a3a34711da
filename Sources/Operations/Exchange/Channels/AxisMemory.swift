// Điều máy chủ nhớ về một trục giữa hai lần hỏi: lost with the process, after which more is asked again and nothing else.
import DocumentAxis
import Synchronization

final class AxisMemory: Sendable {
    let acknowledged = AcknowledgedNames()

    private struct Kept {
        var isDeaf = false
        var vain: [AxisKind: [AxisDocID: Int]] = [:]
    }
    private let kept = Mutex(Kept())

    /// Whether it did not even tell at the last look what lies there.
    var isDeaf: Bool {
        get { kept.withLock { $0.isDeaf } }
        set { kept.withLock { $0.isDeaf = newValue } }
    }

    /// How many looks in a row a message of this kind could not be fetched at.
    func vain(_ kind: AxisKind) -> [AxisDocID: Int] { kept.withLock { $0.vain[kind] ?? [:] } }

    func setVain(_ vain: [AxisDocID: Int], _ kind: AxisKind) { kept.withLock { $0.vain[kind] = vain } }
}
