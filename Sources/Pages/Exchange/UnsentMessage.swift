// Gói tin chưa đi: a message that has not left, why, and when it is tried again. The same on the board, on the page of one
// recipient and among the troubles of the exchange.
import Domain
import Markup

package struct UnsentMessage: Sendable, Equatable {
    package let id: ID<Envelope>
    package let kind: EnvelopeKind
    package let status: DeliveryStatus
    package let since: Instant
    package let attempts: Int
    package let error: String
    /// When it is tried again by itself.
    package let nextAttempt: Instant
    /// It will not be tried again unless somebody says so.
    package let isDead: Bool
    /// A channel has it in hand this moment.
    package let isOnItsWay: Bool
    /// Why its channel is stopped.
    package let held: String?

    package init(
        id: ID<Envelope>, kind: EnvelopeKind, status: DeliveryStatus = .sent, since: Instant,
        attempts: Int = 0,
        error: String = "", nextAttempt: Instant, isDead: Bool = false, isOnItsWay: Bool = false,
        held: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.status = status
        self.since = since
        self.attempts = attempts
        self.error = error
        self.nextAttempt = nextAttempt
        self.isDead = isDead
        self.isOnItsWay = isOnItsWay
        self.held = held
    }

    var hasFailed: Bool { attempts > 0 || isDead }

    var mark: StateMark {
        if isOnItsWay { return StateMark(.busy, "Đang gửi") }
        if isDead { return StateMark(.late, "Không gửi được") }
        if held != nil { return StateMark(.warn, "Chưa gửi, kênh đang tạm dừng") }
        return hasFailed ? StateMark(.late, "Gửi lỗi, sẽ thử lại") : StateMark(.ring, "Chưa gửi")
    }

    /// Everything but the state itself, one sentence after the other.
    func explanation(_ frame: Frame) -> [String] {
        var lines: [String] = []
        if hasFailed {
            lines.append(
                "Đã thử \(Vi.number(max(1, attempts))) lần\(error.isEmpty ? "." : ", lần cuối: \(error.endedSentence)")"
            )
        }
        if isOnItsWay { return lines }
        if isDead {
            lines.append("Hệ thống không tự gửi nữa, cần người quyết định.")
        } else if let held {
            lines.append("Kênh tạm dừng: \(held.endedSentence)")
        } else if hasFailed {
            lines.append("Thử lại lúc \(frame.moment(nextAttempt)).")
        }
        return lines
    }
}

extension String {
    /// With a full stop, unless it has one.
    var endedSentence: String {
        guard let last, !".!?…".contains(last) else { return self }
        return self + "."
    }
}

/// The two doors of such a message: once more, or never. All of a page press through one form, which keeps long lists light.
struct UnsentDoors {
    static let formID = "form-goi-tin"

    let frame: Frame
    let message: UnsentMessage
    let place: MessagePlace
    /// Whom it goes to, for those who hear the page.
    let recipient: String

    /// The form the buttons belong to.
    static func form(_ frame: Frame, _ seal: FormSeal) -> HTML {
        Markup.form(
            .id(formID), .method(.post), .action(frame.path(.exchange())), SealFields.hidden(seal))
    }

    func html() -> HTML {
        .when(
            !message.isOnItsWay,
            p(
                .class("btns"),
                .when(
                    message.hasFailed,
                    button(
                        .class("btn tiny"), .type(.submit), .form(Self.formID),
                        .formaction(frame.path(.messageAct(message.id, .revive, from: place))), "Gửi lại",
                        Marks.unseen(" tới \(recipient)"))),
                a(
                    .href(frame.path(.messageAct(message.id, .giveUp, from: place))), "Thôi gửi",
                    Marks.unseen(" tới \(recipient)"))))
    }
}
