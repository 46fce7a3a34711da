// From the rows of a draft to the values its page shows.
import Domain
import Pages
import Store

/// The strip of stops: the drafter, the handlers in their order, the clerk at the end.
struct RouteStops {
    let detail: DraftDetail
    let frameNow: Instant

    var stops: [RouteStop] { [drafting] + detail.steps.map(stop) + [issuing] }

    private var drafting: RouteStop {
        let drafter = detail.bundle.drafter
        let submitted = detail.decisions.last { $0.act == .submitted }
        let isHere = detail.draft.state == .drafting
        let mark: StateMark =
            isHere
            ? StateMark(.busy, detail.bundle.isReturned ? "Đang sửa lại" : "Đang soạn")
            : StateMark(.ok, submitted.map { "Trình \(Vi.moment($0.at, now: frameNow))" } ?? "Đã trình")
        return RouteStop(
            part: .drafting, personName: drafter.personName, title: drafter.title, mark: mark,
            place: isHere ? .here : .done)
    }

    private func stop(_ step: RoutingStep) -> RouteStop {
        let person = detail.people[step.position]
        let isHere = detail.bundle.currentStep?.id == step.id
        let initial = detail.bundle.initials.last { $0.position == step.position }
        let isOld = detail.bundle.oldInitials.contains { $0.position == step.position }
        return RouteStop(
            part: .step(step.kind), personName: person?.name ?? "", title: person?.title ?? "",
            mark: mark(step, initial, isHere: isHere, isOld: isOld),
            place: isHere ? .here : (isOld ? .outdated : (step.state == .done ? .done : .waiting)))
    }

    private func mark(_ step: RoutingStep, _ initial: RoutingDecision?, isHere: Bool, isOld: Bool)
        -> StateMark
    {
        if isHere { return Vi.state(StepState.current) }
        guard step.state == .done else { return Vi.state(StepState.waiting) }
        if step.kind == .sign { return StateMark(.signed, "Đã ký") }
        guard let initial else { return StateMark(.ok, "Đã trình tiếp") }
        return isOld
            ? StateMark(.warn, "Ký nháy phiên bản \(initial.version)")
            : StateMark(.signed, "Ký nháy phiên bản \(initial.version)")
    }

    private var issuing: RouteStop {
        let mark: StateMark
        switch detail.draft.state {
        case .issued: mark = StateMark(.ok, "Đã phát hành")
        case .numbered: mark = StateMark(.warn, "Đã cấp số, chưa đóng dấu")
        case .signed: mark = StateMark(.busy, "Chờ phát hành")
        case .drafting, .climbing: mark = Vi.state(StepState.waiting)
        }
        let isHere = [.signed, .numbered].contains(detail.draft.state)
        return RouteStop(
            part: .issuing, personName: "Văn thư", title: "Cấp số, đóng dấu", mark: mark,
            place: detail.draft.state == .issued ? .done : (isHere ? .here : .waiting))
    }
}

extension VersionRow {
    init(_ version: DraftVersion, _ detail: DraftDetail) {
        self.init(
            ordinal: version.ordinal, author: detail.people[version.createdBy]?.name ?? "",
            at: version.createdAt,
            initials: detail.bundle.initials.filter { $0.version == version.ordinal }.map {
                Initials(
                    personName: detail.people[$0.position]?.name ?? "",
                    isCurrent: version.ordinal == detail.draft.currentVersion)
            },
            conversion: version.conversion, fault: Vi.conversionFault(version.fault),
            sourceName: version.source.name)
    }
}

extension Opinion {
    init(_ decision: RoutingDecision, _ detail: DraftDetail) {
        let person = detail.people[decision.position]
        self.init(
            act: decision.act,
            author: [person?.name, person?.title].compactMap { $0 }.joined(separator: ", "),
            at: decision.at, version: decision.version, comment: decision.comment)
    }
}

extension IssuedNumber {
    init?(_ issuance: Issuance, _ tables: Tables) throws {
        guard issuance.state == .issued, let register = try tables.registers.find(issuance.register) else {
            return nil
        }
        self.init(year: issuance.year, register: register.slug, number: issuance.number)
    }
}
