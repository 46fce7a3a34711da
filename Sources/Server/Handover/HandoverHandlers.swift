// The page of a file that is with the signing program, and what its script asks for. Opened from the signing page and the
// issuing page; only the person it was opened for sees it.
import Domain
import Foundation
import HTTPTypes
import Markup
import Operations
import Pages
import Store

enum HandoverHandlers {
    static let all: [PageRoute] = [
        .post("du-thao/:code/ky-vgca", openForSignature),
        .post("van-ban-di/phat-hanh/:code/dong-dau-vgca", openForSealing),
        .get("giao-ky/:id", show),
        .get("giao-ky/:id/trang-thai", state),
        .post("giao-ky/:id/noi", connect),
        .post("giao-ky/:id/huy", cancel),
        .get("giao-ky/:id/tep/:file", download),
        .get("giao-ky/:id/tep/:file/trang/:page", picture),
    ]

    // MARK: Opening

    private static func openForSignature(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), code = try visit.parameter("code", as: Int.self)
        do {
            let wish = try SignHandlers.wish(form, code: code)
            let slug = visit.agency.slug
            let acted = try await HandoverOpening(office: visit.office).openForSignature(
                wish, as: visit.position,
                form: FormAct(id: try visit.actID(form)) {
                    Address.office(slug: slug, .handover($0.id)).path
                })
            switch acted {
            case .done(let handover): return .seeOther(visit.path(.handover(handover.id)))
            case .already(let location): return .seeOther(location)
            }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await SignHandlers.page(visit, form.entries, refused.reasons)
        }
    }

    private static func openForSealing(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), code = try visit.parameter("code", as: Int.self)
        do {
            let slug = visit.agency.slug
            let acted = try await HandoverOpening(office: visit.office).openForSealing(
                try await IssuingHandlers.wish(form, visit, code: code), as: visit.position,
                form: FormAct(id: try visit.actID(form)) {
                    Address.office(slug: slug, .handover($0.id)).path
                })
            visit.server.wakeWorker()
            switch acted {
            case .done(.waiting(let handover)): return .seeOther(visit.path(.handover(handover.id)))
            case .done(.issued(let issued)):
                return .seeOther(DoneNotice.at("/\(slug)/\(issued.path)", .issued))
            case .already(let location): return .seeOther(location)
            }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await IssuingView(
                visit: visit, entries: form.entries, refusals: refused.reasons, refusedVerb: .documentIssued
            ).reply()
        }
    }

    // MARK: Looking

    private static func look(_ visit: Visit) async throws -> HandoverView {
        try await HandoverDesk(office: visit.office).look(try visit.id("id"), as: visit.position)
    }

    private static func show(_ visit: Visit) async throws -> Reply {
        let view = try await look(visit)
        if view.handover.state == .returned { return .seeOther(visit.next(after: view)) }
        let tool = visit.server.settings.signingTool
        let page = try await visit.office.read { try HandoverPage(visit, view, tool, $0) }
        return .toolPage(page.html().rendered(), tool: tool)
    }

    private static func state(_ visit: Visit) async throws -> Reply {
        let view = try await look(visit), handover = view.handover
        let reason = handover.fault.map {
            Vi.refusal(.handoverRefused($0, detail: handover.detail)).text
        }
        return try json([
            "state": .string(handover.state.rawValue), "reason": .string(reason ?? ""),
            "brought": .boolean(handover.uploadIsTaken), "next": .string(visit.next(after: view)),
        ])
    }

    private static func download(_ visit: Visit) async throws -> Reply {
        try visit.download(try await served(visit))
    }

    private static func picture(_ visit: Visit) async throws -> Reply {
        try await visit.picture(of: try await served(visit))
    }

    private static func served(_ visit: Visit) async throws -> FileReference {
        guard try visit.parameter("file", as: Int.self) == 1 else { throw Refused(.notFound) }
        return try await look(visit).handover.served
    }

    // MARK: Acts

    /// The program is there: the request it is to be sent, with both addresses, good for this time only.
    private static func connect(_ visit: Visit) async throws -> Reply {
        _ = try await visit.form()
        let view = try await look(visit)
        do {
            let tokens = try await HandoverDesk(office: visit.office).giveTokens(
                view.handover.id, as: visit.position)
            return try json([
                "request": ToolRequest(view, tokens).json,
                "seconds": .integer(HandoverRules.secondsToSign), "until": .string(Vi.time(tokens.expiresAt)),
            ])
        } catch let refused as Refused where refused.reasons == [.handoverClosed] {
            return .json(Array("{}".utf8), .conflict)
        }
    }

    private static func cancel(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), page = visit.path(.handover(try visit.id("id")))
        return try await visit.act(CancelHandover(id: try visit.id("id")), form) { _ in page }
    }

    private static func json(_ members: [String: JSONValue]) throws -> Reply {
        .json(try APIJSON.encode(JSONValue.object(members)), .ok)
    }
}

extension Visit {
    /// Where the person goes from a hand-over, with the notice of what was done.
    func next(after view: HandoverView) -> String {
        let isDone = view.handover.state == .returned
        switch view.next {
        case .draft(let code): return isDone ? DoneNotice.at(path(.draft(code)), .signed) : path(.draft(code))
        case .issuing(let code): return path(.issuing(code))
        case .handover(let id): return path(.handover(id))
        case .issued(let issued): return DoneNotice.at("/\(agency.slug)/\(issued.path)", .issued)
        case .arrival(let year, let number):
            return path(.arrival(RegisterNumber(year: year, number: number)))
        }
    }
}

extension HandoverPage {
    fileprivate init(
        _ visit: Visit, _ view: HandoverView, _ tool: SigningToolAddress, _ tables: Tables
    ) throws {
        let handover = view.handover, code = view.draft?.code ?? 0
        let paper: OfficeAddress, again: OfficeAddress
        switch handover.subject {
        case .draft: (paper, again) = (.draft(code), .draftAct(code, .sign))
        case .letter, .enclosure: (paper, again) = (.issuing(code), .issuing(code))
        case .arrival:
            guard case .arrival(let year, let number) = view.next else { throw Refused(.notFound) }
            let place = RegisterNumber(year: year, number: number)
            (paper, again) = (.arrival(place), .arrival(place))
        }
        self.init(
            frame: try visit.frame(tables), id: handover.id, purpose: handover.subject.purpose,
            state: handover.state, fault: handover.fault, detail: handover.detail,
            paperName: view.draft.map { "DT-\($0.code)" } ?? "văn bản đến", paper: paper, again: again,
            title: view.draft?.abstract ?? handover.served.name,
            sheet: Sheet(
                source: .paper(.handover(handover.id), file: 1), name: handover.served.name,
                pages: handover.served.pages),
            certificateOf: view.holder, expiresAt: handover.expiresAt, place: view.enclosureName,
            tool: "\(tool.origin)/\(ToolRequest.function(handover.subject.purpose))", seal: visit.seal())
    }
}
