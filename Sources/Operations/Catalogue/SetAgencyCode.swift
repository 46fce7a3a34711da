// Mã định danh của một cơ quan thuộc hệ thống (E1): the code it goes by on the axis, as the catalogue has it. An entry the
// catalogue had for the same agency is carried on by the agency here.
import Domain
import DualSQL
import Foundation
import Store

package struct SetAgencyCode: OfficeOperation {
    package static let verb = Verb.agencyCodeSet

    let agency: ID<Agency>
    /// Mã theo Quyết định 20/2020; empty where only the older form is known.
    let code: String
    let codeQCVN102: String

    package init(_ agency: ID<Agency>, code: String, codeQCVN102: String = "") {
        self.agency = agency
        self.code = code.trimmingCharacters(in: .whitespacesAndNewlines)
        self.codeQCVN102 = codeQCVN102.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package struct Outcome: Sendable, Equatable {
        package let agency: Correspondent
        /// The name the catalogue has under the code; nil: no list has it.
        package let listedName: String?
    }

    package func perform(_ act: Act) throws -> Outcome {
        try act.tables.catalogue.lock()
        try Refused.unless(CatalogueRules.codeRefusals(code, codeQCVN102))
        guard var own = try act.tables.correspondents.find(agency), own.isHosted else {
            throw Refused(.notFound)
        }
        let same = try [code, codeQCVN102].flatMap {
            try act.tables.correspondents.find(code: $0, on: act.today)
        }
        .filter { $0.id != agency && ($0.goes(by: code) || $0.goes(by: codeQCVN102)) }
        if let other = same.first(where: \.isHosted) { throw Refused(.codeTaken(other.name)) }
        let listed = same.first
        var former = [own.code, own.codeQCVN102]
        own.code = code.isEmpty ? listed?.code ?? "" : code
        own.codeQCVN102 = codeQCVN102.isEmpty ? listed?.codeQCVN102 ?? "" : codeQCVN102
        if let superior = listed?.superiorName, !superior.isEmpty { own.superiorName = superior }
        former.removeAll { $0.isEmpty || own.goes(by: $0) }
        try act.tables.correspondents.put(own, at: act.now)
        try act.tables.catalogue.note(formerCodes: former, of: agency)
        for var twin in same where twin.validTo == nil || twin.successor != agency {
            twin.validTo = twin.validTo ?? OfficeDate(dayNumber: act.today.dayNumber - 1)
            twin.successor = agency
            try act.tables.correspondents.put(twin, at: act.now)
        }
        act.record(
            .agencyCodeSet, agency,
            [
                "name": own.name, "code": own.code, "codeQCVN102": own.codeQCVN102,
                "listed": listed?.name ?? "",
            ])
        return Outcome(agency: own, listedName: listed?.name)
    }
}
