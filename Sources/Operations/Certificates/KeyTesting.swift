// Tự kiểm tra chứng thư số (D12): a page that was never there before is signed with the key, and the signature is
// judged as any other would be. So the PIN, the key, the certificate and the trust in it are tried together.
import Domain
import DualSQL
import Foundation
import Logging
import PDFSignatures
import Store

package struct KeyTesting: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// By the owner; of the agency's certificate by the clerk. A wrong PIN is refused and counted as ever.
    package func test(_ owner: KeyOwner, pin: String, as person: Position) async throws -> KeyTest {
        guard Self.mayTest(owner, person) else { throw Refused(.notFound) }
        let result: KeyTestResult
        let id: ID<SigningCertificate>
        do {
            let key = try await SigningKeys(office: office).unlock(owner, pin: pin)
            id = key.record.id
            result = await OwnThread.run { [self] in judge(key) }
        } catch let refused as Refused where refused.reasons == [.tokenUnreachable] {
            guard let known = try await office.read({ try $0.signingKeys.inUse(owner)?.id }) else {
                throw refused
            }
            (id, result) = (known, .unreachable)
        }
        let test = KeyTest(at: office.clock.now, result: result)
        try await OperationRunner(office: office).run(
            RecordKeyTest(key: id, owner: owner, test: test), as: .position(person))
        return test
    }

    package static func mayTest(_ owner: KeyOwner, _ person: Position) -> Bool {
        switch owner {
        case .person(let account): account == person.account
        case .agency(let agency): agency == person.agency && person.role == .clerk
        }
    }

    private func judge(_ key: UnlockedKey) -> KeyTestResult {
        let page = TestSheet.pdf(challenge: Data(SigningKeys.random(24)).base64EncodedString())
        let request = SigningRequest(
            field: "TuKiemTra", key: key.key, name: key.record.subjectName, signingTime: office.clock.now.date
        )
        do {
            let signed = try PAdES.sign(page, request, with: key.key)
            let verdict = SignatureReports(office: office).report(on: signed).signatures.first
            guard let verdict, verdict.modifications == .none else { return .wrongSignature }
            return verdict.indication == .totalPassed ? .works : .notTrusted
        } catch {
            office.log.warning(
                "self-test of a key failed", metadata: ["key": "\(key.record.id)", "error": "\(error)"])
            return .wrongSignature
        }
    }
}

struct RecordKeyTest: OfficeOperation {
    static let verb = Verb.keyTested

    let key: ID<SigningCertificate>
    let owner: KeyOwner
    let test: KeyTest

    func perform(_ act: Act) throws {
        guard KeyTesting.mayTest(owner, try act.position) else { throw Refused(.notFound) }
        try act.tables.signingKeys.setTest(test, of: key)
        act.record(.keyTested, key, ["owner": owner.label, "result": test.result.rawValue])
    }
}

/// One page with one line of text (ISO 32000-1, 7.5).
enum TestSheet {
    static func pdf(challenge: String) -> [UInt8] {
        let text = "BT /F1 10 Tf 72 720 Td (VanThu \(challenge.filter { $0.isLetter || $0.isNumber })) Tj ET"
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            """
            <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
            /Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>>>>>
            """,
            "<</Length \(text.utf8.count)>>\nstream\n\(text)\nendstream",
        ]
        var file = "%PDF-1.7\n"
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(file.utf8.count)
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for place in places {
            let digits = String(place)
            file += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        file += "trailer\n<</Size \(objects.count + 1)/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n"
        return Array(file.utf8)
    }
}
