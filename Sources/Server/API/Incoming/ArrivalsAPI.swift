// Văn bản đến, for machines: the register, registering, directing, the own part begun and ended.
import Domain
import Foundation
import Operations
import Store

enum ArrivalsAPI {
    static let routes: [APIRoute] = [
        .list(
            "/arrivals", "listArrivals", "Sổ văn bản đến, mới nhất trước",
            parameters: [
                APIParameter(
                    name: "state", schema: .choice(of: ArrivalState.self), note: "Only those in this state.")
            ], list),
        .act("/arrivals", "registerArrival", "Đăng ký văn bản đến", creates: true, register),
        .get("/arrivals/{id}", "readArrival", "Văn bản đến", read),
        .act("/arrivals/{id}/directives", "directArrival", "Cho ý kiến chỉ đạo", direct),
        .act("/arrivals/{id}/paper", "recordPaper", "Ghi đã nhận bản giấy", paper),
        .act("/arrivals/{id}/start", "startAssignment", "Bắt đầu xử lý phần việc của mình", start),
        .act("/arrivals/{id}/complete", "completeAssignment", "Hoàn thành phần việc của mình", complete),
    ]

    /// The clerk and the heads see the whole register, others what they direct or have a part in.
    private static func list(_ call: APICall, _ page: PageRequest) async throws -> Portion<ArrivalLine> {
        let (state, person): (ArrivalState?, Position) = (call.choice("state"), call.position)
        let rows = try await call.office.read { tables in
            let after = try page.key { key in
                try ID<Arrival>(key).flatMap { try tables.arrivals.find($0) }.flatMap {
                    $0.agency == person.agency ? $0 : nil
                }
            }
            return try tables.arrivalLists.page(
                for: person, state: state, after: after.map { ($0.year, $0.number) }, limit: page.limit + 1)
        }
        return Portion(rows.map(ArrivalLine.init), limit: page.limit) { rows[$0].id.description }
    }

    static func answer(_ id: ID<Arrival>, _ call: APICall) async throws -> ArrivalAnswer {
        ArrivalAnswer(try await ArrivalReading(office: call.office).open(id, as: call.position).detail)
    }

    private static func read(_ call: APICall) async throws -> ArrivalAnswer {
        try await answer(try call.id(), call)
    }

    private static func register(_ call: APICall, _ input: NewArrival) async throws -> Landed<ArrivalAnswer> {
        try await act(call, input.operation)
    }

    private static func direct(_ call: APICall, _ input: NewDirective) async throws -> Landed<ArrivalAnswer> {
        try await act(
            call, DirectArrival(arrival: try call.id(), version: input.version, directive: input.directive))
    }

    private static func start(_ call: APICall, _ input: NothingMore) async throws -> Landed<ArrivalAnswer> {
        try await act(call, StartAssignment(arrival: try call.id()))
    }

    private static func paper(_ call: APICall, _ input: PaperCame) async throws -> Landed<ArrivalAnswer> {
        try await act(
            call,
            RecordPaper(
                try call.id(), on: input.day.date, difference: input.difference?.asTyped ?? ""))
    }

    private static func complete(_ call: APICall, _ input: Completion) async throws -> Landed<ArrivalAnswer> {
        try await act(call, CompleteAssignment(arrival: try call.id(), note: input.note ?? ""))
    }

    static func act<O: OfficeOperation>(
        _ call: APICall, _ operation: O
    ) async throws -> Landed<ArrivalAnswer> where O.Outcome == Arrival {
        let landing = try await call.act(operation, .arrivals) { $0.id }
        return landing.with(try await answer(landing.id, call))
    }
}
