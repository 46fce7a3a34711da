// A signed-in person looking at, or doing something in, one agency. Made once by the gate; handlers get nothing else.
import Domain
import Foundation
import Hummingbird
import Markup
import Operations
import OfficeFiles
import Pages
import Store

package struct Visit: Sendable {
    let server: OfficeServer
    let session: SessionRecord
    let token: String
    package let position: Position
    package let agency: Agency
    let request: Request
    let parameters: Parameters
    let address: String

    var office: Office { server.office }
    var actor: Actor { .position(position) }
    var now: Instant { office.clock.now }

    // MARK: What was asked for

    func parameter<Value: LosslessStringConvertible>(_ name: String, as type: Value.Type = String.self) throws
        -> Value
    {
        guard let text = parameters.get(name), let value = Value(text) else { throw Refused(.notFound) }
        return value
    }

    func id<Subject>(_ name: String) throws -> ID<Subject> {
        guard let id = ID<Subject>(try parameter(name, as: String.self)) else { throw Refused(.notFound) }
        return id
    }

    /// A browser sends a form's blanks as "+", which the router's own reading of an address leaves standing.
    func query(_ name: String) -> String {
        (Form.urlEncoded(request.uri.query ?? "")[name]?.first ?? "").precomposedStringWithCanonicalMapping
    }

    /// The form, once its seal is seen to be ours and made for the position now active.
    func form() async throws -> Form {
        let form = try await Form.read(request, into: office.blobs)
        guard form.secret(FormFields.csrf) == session.csrf else { throw Interrupted.foreignForm }
        guard form.text(FormFields.position) == position.id.description else {
            throw Interrupted.otherPosition
        }
        return form
    }

    // MARK: What is answered

    func path(_ inside: OfficeAddress) -> String { Address.office(slug: agency.slug, inside).path }

    /// A seal for the forms of one page; each page's form acts once.
    func seal(version: Int? = nil) -> FormSeal {
        FormSeal(
            csrf: session.csrf, actID: SessionToken.make(), positionID: position.id.description,
            version: version)
    }

    func frame(_ tables: Tables, version: Int? = nil, notice: Notice? = nil) throws -> Frame {
        frame(
            try Standing(tables, position, at: now), version: version,
            notice: try notice ?? nextArrival(tables))
    }

    func frame(_ standing: Standing, version: Int? = nil, notice: Notice? = nil) -> Frame {
        Frame(
            slug: agency.slug, agencyName: agency.name, superiorLine: agency.superiorLine,
            personName: position.personName, positionTitle: position.title, role: position.role,
            hasOtherPositions: session.positionCount > 1, now: now, calendar: standing.calendar,
            counts: WaitingCounts(standing.counts, exchange: standing.troubles), seal: seal(version: version),
            notice: notice ?? self.notice)
    }

    /// For the lists, which are looked at far more often than anything is written.
    func standing() async throws -> Standing {
        let position = position, now = now
        return try await office.look("standing/\(position.id)") { try Standing($0, position, at: now) }
    }

    /// What the act before this page says of itself, carried in the address as a short code.
    private var notice: Notice? { done?.notice }
    private var done: DoneNotice? { DoneNotice(code: query("xong")) }

    /// A clerk who has decided about one electronic arrival goes on to the next.
    private func nextArrival(_ tables: Tables) throws -> Notice? {
        guard position.role == .clerk, let done, [.accepted, .refused].contains(done.kind),
            let next = try tables.receiptLists.waiting(of: agency.id, after: nil, limit: 1).first
        else { return nil }
        let count = try tables.receiptLists.count(of: agency.id, .waiting)
        return Notice(
            done.notice.tone, done.notice.text, link: path(.receipt(next.receipt.id)),
            linkText: "Văn bản chờ tiếp theo (còn \(Vi.number(count)))")
    }

    /// A page has one seal for all its forms; each of them acts once.
    func actID(_ form: Form) throws -> String {
        let id = form.text(FormFields.act)
        guard !id.isEmpty, id.count <= 100 else { throw Interrupted.foreignForm }
        return id + request.uri.path
    }

    /// Runs an act for a form: once, and then to where its result is shown.
    func act<O: OfficeOperation>(
        _ operation: O, _ form: Form, location: @escaping @Sendable (O.Outcome) -> String
    ) async throws -> Reply {
        let acted = try await server.runner.run(
            operation, as: actor, form: FormAct(id: try actID(form), location: location))
        server.wakeWorker()
        switch acted {
        case .done(let outcome): return .seeOther(location(outcome))
        case .already(let location): return .seeOther(location)
        }
    }
}

/// What every page shows of the office and of one position: its calendar, and how much waits of each kind.
struct Standing: Sendable {
    let calendar: WorkingCalendar
    let counts: [DeskKind: Int]
    /// Messages of the exchange that this person can decide about, or whose waiting has become long.
    let troubles: Int

    init(_ tables: Tables, _ position: Position, at now: Instant) throws {
        calendar = try tables.calendar.load()
        counts = try tables.desk.counts(of: position.id)
        if Verb.messageRevived.roles.contains(position.role) {
            troubles = try tables.outboxLists.stuck(
                of: position.agency, since: now.adding(seconds: -Self.patience))
        } else {
            let inbound = try ExchangeDuty(position, tables).inbound(tables)
            troubles = try inbound.map { try tables.inbound.failedCount($0) } ?? 0
        }
    }

    /// Seconds after which a message that has not been tried – its channel is stopped, or none is set up – counts.
    private static let patience = 600
}

/// The request cannot go on as it is; each has a page of its own.
enum Interrupted: Error {
    /// No session, or a form that was not ours.
    case notSignedIn
    case foreignForm
    /// The form was made for another of the person's positions.
    case otherPosition
    case mustChangePassword
    case choosePosition
}

extension WaitingCounts {
    init(_ counts: [DeskKind: Int], exchange: Int = 0) {
        self.init(
            desk: counts.values.reduce(0, +), toReceive: counts[.receive, default: 0],
            drafts: counts[.approve, default: 0] + counts[.sign, default: 0] + counts[.rework, default: 0],
            toIssue: counts[.issue, default: 0] + counts[.resume, default: 0],
            toSign: counts[.sign, default: 0], exchange: exchange)
    }
}
