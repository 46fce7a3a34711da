// Đóng dấu đến có chữ ký số (Nghị định 30/2020, Điều 22 và Phụ lục IV): số đến and ngày đến stand on the agency's own copy of
// the letter in the frame of 50 × 35 mm, on free paper of its first page, as the agency's visible signature: one more saving upon the file as it came. The letter itself stays as it is, for everybody who
// has it (decisions 2 and 12), and the signatures it came with stay as good as they were.
import BlobStorage
import Domain
import DualSQL
import Foundation
import PDFSignatures
import Store

package struct StampArrival: OfficeOperation {
    package static let verb = Verb.arrivalStamped

    let arrival: ID<Arrival>
    let source: String
    let file: FileReference
    let certificate: String

    package func perform(_ act: Act) throws -> ArrivalStamp {
        let clerk = try act.position
        guard let locked = try act.tables.arrivals.lock(arrival), locked.agency == clerk.agency else {
            throw Refused(.notFound)
        }
        guard try act.tables.arrivalStamps.find(arrival) == nil else { throw Refused(.alreadyStamped) }
        if try StampingService.isTakenBack(locked, act.tables) { throw Refused(.recalled) }
        let stamp = ArrivalStamp(
            arrival: arrival, agency: clerk.agency, source: source, file: file, certificate: certificate,
            stampedBy: clerk.id, stampedAt: act.now)
        try act.tables.arrivalStamps.insert(stamp)
        act.record(
            .arrivalStamped, arrival,
            [
                "number": "\(locked.number)", "year": "\(locked.year)", "source": source,
                "stamped": file.hash, "certificate": certificate,
            ])
        return stamp
    }
}

package struct StampingService: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// Why it cannot be stamped now; empty when it can. The button asks the same.
    package func refusals(_ arrival: Arrival, as person: Position, _ tables: Tables) throws -> [Refusal] {
        guard Verb.arrivalStamped.roles.contains(person.role) else { return [.notForYourRole] }
        if try tables.arrivalStamps.find(arrival.id) != nil { return [.alreadyStamped] }
        if try Self.isTakenBack(arrival, tables) { return [.recalled] }
        guard let main = try Self.main(of: arrival, tables), main.mediaType == "application/pdf" else {
            return [.fileNotPDF]
        }
        guard let key = try tables.signingKeys.find(.agency(person.agency)) else { return [.noKey] }
        if key.signsElsewhere { return [.keyNotAtHand] }
        return key.refusals(at: office.clock.now)
    }

    /// The stamped copy, for whoever may open the arrival, which the caller has asked.
    package func copy(of arrival: Arrival) async throws -> FileReference {
        try await office.read { tables in
            guard let stamp = try tables.arrivalStamps.find(arrival.id),
                try !Self.isTakenBack(arrival, tables)
            else { throw Refused(.notFound) }
            return stamp.file
        }
    }

    package func stamp(
        _ id: ID<Arrival>, pin: String, as clerk: Position, form: FormAct<ArrivalStamp>? = nil
    ) async throws -> Acted<ArrivalStamp> {
        if let form, let location = try await office.location(of: form.id, for: clerk) {
            return .already(location: location)
        }
        let (arrival, agency, main) = try await office.read { [self] tables in
            guard let arrival = try tables.arrivals.find(id), arrival.agency == clerk.agency,
                let agency = try tables.agencies.find(clerk.agency)
            else { throw Refused(.notFound) }
            try Refused.unless(try refusals(arrival, as: clerk, tables))
            guard let main = try Self.main(of: arrival, tables) else { throw Refused(.fileGone) }
            return (arrival, agency, main)
        }
        let key = try await SigningKeys(office: office).unlock(.agency(clerk.agency), pin: pin)
        let words = await printedWords(main), hold = office.blobs.hold()
        let blob = try await OwnThread.run { [self] in
            try office.blobs.put(try stamped(main, words, arrival, agency, key), under: hold)
        }
        let operation = StampArrival(
            arrival: id, source: main.hash,
            file: FileReference(
                hash: blob.hash.hex, size: blob.size, name: main.name, mediaType: main.mediaType,
                pages: main.pages),
            certificate: key.certificateHash)
        let runner = OperationRunner(office: office)
        let outcome: Acted<ArrivalStamp> =
            if let form {
                try await runner.run(operation, as: .position(clerk), form: form)
            } else {
                .done(try await runner.run(operation, as: .position(clerk)))
            }
        if case .done = outcome { hold.release() }
        return outcome
    }

    /// Of a scan nothing is known, and the stamp stands where paper is usually free.
    private func printedWords(_ file: FileReference) async -> [TextBox] {
        guard let path = office.blobPath(of: file) else { return [] }
        return (try? await PrintedWords.read(path)) ?? []
    }

    private func stamped(
        _ main: FileReference, _ words: [TextBox], _ arrival: Arrival, _ agency: Agency, _ key: UnlockedKey
    ) throws -> [UInt8] {
        let bytes = try office.bytes(ofFile: main.hash)
        guard let first = try PDFBytes.pages(bytes).first else { throw Refused(.fileDamaged) }
        let mark = ArrivalMark(
            agency: agency.name, number: String(arrival.number), arrived: arrival.arrivedAt.date)
        let request = SigningRequest(
            field: Self.field(in: bytes), place: SignatureLayout.arrival(on: first, words: words),
            appearance: .arrival(mark, font: try LetterFonts.load().upright), key: key.key,
            location: agency.place, name: agency.name, signingTime: office.clock.now.date)
        let stamped = try PDFBytes.refusing { try PAdES.sign(bytes, request, with: key.key) }
        try check(stamped, against: bytes, field: request.field)
        return stamped
    }

    /// The stamp is right, and each signature the letter came with is judged as it was before.
    private func check(_ stamped: [UInt8], against bytes: [UInt8], field: String) throws {
        let reports = SignatureReports(office: office)
        let before = reports.report(on: bytes).signatures, after = reports.report(on: stamped).signatures
        for old in before {
            guard let now = after.first(where: { $0.field == old.field }), now.indication == old.indication,
                now.modifications <= max(old.modifications, .formFilling)
            else { throw Refused(.stampWouldHarm(old.signer ?? "")) }
        }
        guard let own = after.first(where: { $0.field == field }), own.isWhole(trusted: office.trust) else {
            throw SigningError.resultNotValid(field: field, reason: "not valid after stamping")
        }
    }

    private static func field(in bytes: [UInt8]) -> String {
        let taken = (try? PDFFile(bytes).fieldNames(ofType: "Sig")) ?? []
        var name = "DauDen", count = 1
        while taken.contains(name) {
            count += 1
            name = "DauDen\(count)"
        }
        return name
    }

    /// By its sender: there is nothing of it left to stamp.
    static func isTakenBack(_ arrival: Arrival, _ tables: Tables) throws -> Bool {
        try arrival.receipt.flatMap { try tables.receipts.find($0) }?.frozenAt != nil
    }

    private static func main(of arrival: Arrival, _ tables: Tables) throws -> FileReference? {
        try tables.documents.files(of: arrival.document).first { $0.kind == .main }?.file
    }
}
