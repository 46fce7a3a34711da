// Ký số (D1): the page with the places found on the sheet, and the act. The PIN is used and forgotten.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum SignHandlers {
    static let all: [PageRoute] = [
        .get("du-thao/:code/ky", show),
        .post("du-thao/:code/ky", sign),
    ]

    private static func show(_ visit: Visit) async throws -> Reply {
        let code = try visit.parameter("code", as: Int.self)
        try await visit.office.markStepOpened(code, by: visit.position)
        if let waiting = try await waiting(visit, code) {
            return .seeOther(visit.path(.progress(waiting.description)))
        }
        return try await page(visit, Entries(), [])
    }

    /// A request of this person's that waits for the phone has a page of its own.
    private static func waiting(_ visit: Visit, _ code: Int) async throws -> ID<WaitingSignature>? {
        let draft = try await visit.office.draft(code, as: visit.position).draft.id
        let (position, now) = (visit.position.id, visit.now)
        return try await visit.office.read { tables in
            guard let open = try tables.waitingSignatures.open(of: draft), open.position == position,
                open.expiresAt > now
            else { return nil }
            return open.id
        }
    }

    private static func sign(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), code = try visit.parameter("code", as: Int.self)
        // "Xem lại vị trí": the sheet is drawn again with the typed places, and nothing is signed.
        if form.isSet(FormFields.drawOnly) { return try await page(visit, form.entries, []) }
        do {
            let wish = try wish(form, code: code)
            let done = DoneNotice.at(visit.path(.draft(code)), .signed)
            let slug = visit.agency.slug
            let outcome = try await SigningByKey(office: visit.office).sign(
                wish, as: visit.position, form: try visit.actID(form), signed: done
            ) { Address.office(slug: slug, .progress($0.description)).path }
            switch outcome {
            case .signed: return .seeOther(done)
            case .asked(let id): return .seeOther(visit.path(.progress(id.description)))
            case .already(let location): return .seeOther(location)
            }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await page(visit, form.entries, refused.reasons)
        }
    }

    /// What the person saw and agreed to.
    static func wish(_ form: Form, code: Int) throws(Refused) -> SigningWish {
        SigningWish(
            code: code, version: form.number(FormFields.version) ?? 0,
            revision: form.number(FormFields.draftRevision) ?? 0,
            pdfHash: form.text(FormFields.versionHash), places: try PlacesForm(form).places,
            pin: form.secret(FormFields.pin),
            overrideReason: form.isSet(FormFields.overrideInitials) ? form.text(FormFields.reason) : "")
    }

    static func page(_ visit: Visit, _ entries: Entries, _ refusals: [Refusal]) async throws -> Reply {
        let code = try visit.parameter("code", as: Int.self)
        let detail = try await visit.office.draft(code, as: visit.position)
        guard detail.bundle.currentStep?.position == visit.position.id else {
            try Refused.unless(refusals)
            return .seeOther(visit.path(.draft(code)))
        }
        let pdf = detail.bundle.newest?.pdf
        let proposal = try await proposal(visit, pdf)
        let html = try await visit.office.read { tables in
            let key = try tables.signingKeys.find(.person(visit.position.account))
            let door = Door(
                DraftRules.signingRefusals(detail.bundle, by: visit.position).filter { !$0.isOldInitials }
                    + (key?.refusals(at: visit.now) ?? [.noKey]))
            let signsElsewhere = key?.signsElsewhere ?? false
            let out = try tables.handovers.open(draft: detail.draft.id)
            return SignPage(
                frame: try visit.frame(tables), code: code, abstract: detail.draft.abstract,
                version: detail.draft.currentVersion, revision: detail.draft.version,
                versionHash: pdf?.hash ?? "",
                sheet: Sheet(
                    source: .paper(.draft(code), file: 1), name: detail.bundle.newest?.source.name ?? "",
                    pages: pdf?.pages ?? 0,
                    sizes: proposal?.sheets.map { Pages.PageSize(width: $0.width, height: $0.height) } ?? []),
                places: PlaceRows(proposal: proposal, entries: entries).rows,
                key: key.map(SignPage.Key.init),
                sign: signsElsewhere ? .hidden : door, handOver: signsElsewhere ? door : .hidden,
                handedOver: out?.position == visit.position.id ? out?.id : nil,
                outdatedInitials: detail.bundle.oldInitials.compactMap { detail.people[$0.position]?.name },
                sending: try SendingShown(tables, detail, visit),
                entries: entries, refusals: refusals, seal: visit.seal(version: detail.draft.currentVersion)
            ).html()
        }
        return .page(html, refusing: refusals)
    }

    private static func proposal(_ visit: Visit, _ pdf: FileReference?) async throws -> SigningProposal? {
        guard let pdf else { return nil }
        return try await SigningPreparation(office: visit.office).propose(
            pdf: pdf.hash, signer: visit.position.personName)
    }
}

extension Refusal {
    /// Has its own box on the signing page, where a reason overrides it.
    var isOldInitials: Bool {
        if case .initialsOfOlderVersion = self { return true }
        return false
    }
}

extension SignPage.Key {
    init(_ record: SigningKeyRecord) {
        self.init(
            holder: record.subjectName, serial: String(record.id.description.suffix(8)),
            validUntil: record.expiresAt.officeDate, kind: record.place.kind)
    }
}
