// Trục liên thông quốc gia và nền tảng của tỉnh: an axis as a link of the exchange. What waits there is fetched, kept here, and
// only then acknowledged; what was acknowledged in vain is listed again and recognised (E4, E5).
import Domain
import DocumentAxis
import Foundation

struct AxisChannel: WireLink {
    let channel: Channel
    let axis: any AxisLink
    let every: Int
    let memory = AxisMemory()

    var partners: [String] { [""] }
    var collectEvery: Duration? { .seconds(every) }
    /// Recipients travel in headers, which servers cut at 8 KB.
    var recipientLimit: Int { 80 }

    init(_ channel: Channel, axis: any AxisLink, every: Int) {
        (self.channel, self.axis, self.every) = (channel, axis, every)
    }

    init(_ channel: Channel, _ account: AxisAccount) {
        let transport = AxisTransfers(account)
        let settings = account.axisSettings
        let secret = AxisSecret(account.secret)
        let axis: any AxisLink =
            channel == .axis
            ? NationalAxis(
                endpoint: account.address, system: account.system, secret: secret, transport: transport,
                settings: settings)
            : ProvincialAxis(
                endpoint: account.address, system: account.system, secret: secret,
                login: account.login?.ofProvince, transport: transport, settings: settings)
        self.init(channel, axis: axis, every: account.every)
    }

    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) {
        let kind: AxisKind = message.kind == .edoc ? .document : .status
        do throws(AxisFailure) {
            try await ask { (axis) throws(AxisFailure) in
                _ = try axis.send(
                    file: message.file, kind: kind, from: message.from.messageCode,
                    to: message.to.map(\.messageCode))
            }
        } catch {
            let failure = CarryingFailure(error, of: channel)
            // A key that is taken no more may be told in a code that nobody has described. The list is then refused too,
            // and the letters are not to blame.
            if case .unexplained(let words) = failure, memory.isDeaf { throw .partnerDown(words) }
            throw failure
        }
    }

    func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int {
        var look = AxisLook(of: self, into: inbox)
        for kind in AxisKind.allCases {
            do { try await look.run(kind) } catch {
                throw error as? CarryingFailure ?? AxisLook.notWritten(error, inbox)
            }
        }
        if let first = look.first { throw first }
        return look.count
    }

    func ask<T: Sendable>(
        _ call: @escaping @Sendable (any AxisLink) throws(AxisFailure) -> T
    ) async throws(AxisFailure) -> T {
        let axis = axis
        return try await OwnThread.run { Result { () throws(AxisFailure) in try call(axis) } }.get()
    }
}
