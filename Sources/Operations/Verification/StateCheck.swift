// States kept in two tables say the same, and nothing stays half way for long (decision 3).
import Domain
import Store

struct StateCheck {
    let tables: Tables
    let numberedBefore: Instant

    func check(into findings: inout VerificationFindings) throws {
        let states = tables.stateAgreement
        for draft in try states.draftsApartFromIssuances() {
            findings.add(.draftApartFromIssuance, agency: draft.agencyName, draft.name)
        }
        for draft in try states.draftsWithoutSignedFile() {
            findings.add(.signedFileMissing, agency: draft.agencyName, draft.name)
        }
        for draft in try states.draftsAtNoStep() {
            findings.add(.draftAtNoStep, agency: draft.agencyName, draft.name)
        }
        for arrival in try states.arrivalsApartFromParts() {
            findings.add(.arrivalApartFromParts, agency: arrival.agencyName, arrival.name)
        }
        for issuance in try states.numberedBefore(numberedBefore) {
            findings.note(.numberedNotIssued, agency: issuance.agencyName, issuance.name)
        }
    }
}
