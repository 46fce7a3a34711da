// The issuing page put together: the signed sheet, what was checked, the number it would get, the recipients by group.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

struct IssuingView: Sendable {
    let visit: Visit
    var entries = Entries()
    var refusals: [Refusal] = []
    var refusedVerb: Verb?
    /// The form was sent to be looked at again, not to act.
    var isFilled = false
    /// What recipients are looked for by; nothing was done, and what is filled in stays.
    var recipientSearch: String?
    /// The name of a group that was just kept.
    var savedGroup: String?

    func reply() async throws -> Reply {
        let code = try visit.parameter("code", as: Int.self)
        let matter = try await IssuingReading(office: visit.office).matter(code, as: visit.position)
        guard let signed = matter.signed, [.signed, .numbered].contains(matter.bundle.draft.state) else {
            return .seeOther(try await after(matter))
        }
        let signatures = try await visit.signatures(of: signed.file)
        let page = try await visit.office.read { tables in
            try self.page(tables, matter, signed, signatures)
        }
        return .page(page.html(), refusing: refusals)
    }

    /// Nothing waits here any more: where the draft is now.
    private func after(_ matter: IssuingMatter) async throws -> String {
        if let issuance = matter.numbered, issuance.state == .issued, let register = matter.register {
            let number = IssuedNumber(year: issuance.year, register: register.slug, number: issuance.number)
            return visit.path(.issued(number, BoardFilter()))
        }
        return visit.path(.draft(matter.bundle.draft.code))
    }

    private func page(
        _ tables: Tables, _ matter: IssuingMatter, _ signed: SignedFileRecord,
        _ signatures: Pages.SignatureReport?
    ) throws -> IssuePage {
        let draft = matter.bundle.draft, calendar = try tables.calendar.load()
        let key = try tables.signingKeys.find(.agency(visit.agency.id))
        let door = Door(matter.refusals + visit.office.outgoingScan.refusals)
        let signsElsewhere = key?.signsElsewhere ?? false
        let out = try tables.handovers.open(draft: draft.id)
        let groups = try IssuePage.RecipientGroup.all(tables, besides: visit.agency.id)
        let entries = filled(matter, groups)
        let media = try self.media(tables, matter, entries, groups)
        return IssuePage(
            frame: try visit.frame(tables), code: draft.code, abstract: draft.abstract,
            urgency: draft.urgency,
            typeName: matter.type?.name ?? "", signer: signed.signerName, signedAt: signed.signedAt,
            dueAt: calendar.endOfNextWorkingMorning(after: signed.signedAt),
            sheet: Sheet(
                source: .paper(.draft(draft.code), file: 1), name: signed.file.name, pages: signed.pages),
            signatures: signatures,
            registerName: matter.register.map { "\($0.name) \(visit.now.officeDate.year)" } ?? "",
            expectedNumber: matter.expectedNumber, notation: draft.notation, taken: taken(tables, matter),
            checks: checks(matter, signatures) + (try messageChecks(tables, matter, media)),
            enclosures: enclosures(matter), groups: groups,
            outside: try OutsideRecipientsView(
                visit: visit, entries: entries, search: recipientSearch, saved: savedGroup
            )
            .read(tables),
            instruction: try InstructionShown(
                tables, matter, media, missing: visit.office.missingChannels), media: media,
            key: key.map(SignPage.Key.init), issue: signsElsewhere ? .hidden : door,
            handOver: signsElsewhere ? door : .hidden,
            handedOver: out?.position == visit.position.id ? out?.id : nil,
            returnToSigner: draft.state == .signed ? .open : .hidden,
            voidNumber: draft.state == .numbered ? .open : .hidden, entries: entries,
            refusals: refusals, refusedVerb: refusedVerb, held: try held(tables, entries),
            seal: visit.seal(version: draft.version))
    }

    private func taken(_ tables: Tables, _ matter: IssuingMatter) -> IssuePage.Taken? {
        matter.numbered.map { issuance in
            IssuePage.Taken(number: issuance.number, date: issuance.date, at: visit.now)
        }
    }

    /// What the clerk looks for on the sheet, as far as the machine can see it (D17).
    private func checks(_ matter: IssuingMatter, _ signatures: Pages.SignatureReport?) -> [IssuePage.Check] {
        var checks = [
            IssuePage.Check(
                words: "Chữ ký của \(matter.signed?.signerName ?? "")",
                mark: signatures?.signerMark ?? StateMark(.late, "Không có")),
            IssuePage.Check(
                words: "Số và ngày có ô chừa sẵn trên trang, điền vào không làm hỏng chữ ký lãnh đạo",
                mark: matter.hasPlaceForNumberAndDate
                    ? StateMark(.ok, "Đạt") : StateMark(.late, "Thiếu ô, trả lại người ký")),
        ]
        if let signed = matter.signed, !signed.raiseTo.isEmpty {
            checks.append(
                IssuePage.Check(
                    words: "Chữ ký của \(signed.signerName) ở mức \(signed.level)",
                    mark: StateMark(.warn, "Đang bổ sung dấu thời gian")))
        }
        checks.append(
            IssuePage.Check(
                words: "Vi-rút, macro và nội dung tự chạy trong các tệp gửi đi (kiểm tra khi bấm phát hành)",
                mark: scanMark))
        for file in matter.bundle.files where file.kind == .enclosure {
            checks.append(
                IssuePage.Check(
                    words: "\(file.source.name): sẽ được ký cơ quan ở góc trên phải, không hình dấu",
                    mark: file.pdf == nil ? StateMark(.late, "Chưa có PDF") : StateMark(.ok, "Đã có PDF")))
        }
        return checks
    }

    /// What the message to other systems would have odd about it, for the recipients chosen so far.
    private func messageChecks(
        _ tables: Tables, _ matter: IssuingMatter, _ media: MediumChoice
    ) throws -> [IssuePage.Check] {
        let rows = media.rows
        let forecast = try MessageForecast(
            tables, matter.bundle.draft,
            electronic: rows.filter(\.medium.isElectronic).compactMap { ID<Agency>($0.id) },
            all: rows.compactMap { ID<Agency>($0.id) }, date: matter.numbered?.date ?? visit.now.officeDate)
        let missing = forecast.refusals.map {
            IssuePage.Check(words: Vi.refusal($0).text, mark: StateMark(.late, "Chưa gửi được"))
        }
        let odd = forecast.doubts.prefix(Self.doubtsShown).map { doubt in
            let (words, mark) = Vi.messageDoubt(doubt)
            return IssuePage.Check(words: words, mark: mark)
        }
        return missing + odd
    }

    private static let doubtsShown = 8

    private var scanMark: StateMark {
        let scan = visit.office.outgoingScan
        if scan.scanner != nil { return StateMark(.ring, "Có máy quét") }
        return StateMark(scan.isScannerRequired ? .late : .warn, "Chưa cài máy quét vi-rút")
    }

    private func enclosures(_ matter: IssuingMatter) -> [FileRow] {
        matter.bundle.files.filter { $0.kind == .enclosure }.map { file in
            FileRow(
                number: file.ordinal + 1, name: file.source.name, kind: .enclosure, size: file.source.size,
                pages: file.pdf?.pages ?? 0)
        }
    }

    /// Everybody ticked, one by one or by the group.
    private func media(
        _ tables: Tables, _ matter: IssuingMatter, _ entries: Entries, _ groups: [IssuePage.RecipientGroup]
    ) throws -> MediumChoice {
        try MediumView(
            tables: tables, matter: matter, agency: visit.agency.id, today: visit.now.officeDate
        )
        .choice(entries, recipients: SendingEntries.chosen(entries, groups))
    }

    /// What stops the way to recipients that are ticked.
    private func held(_ tables: Tables, _ entries: Entries) throws -> [HeldChannel] {
        let holds = try tables.exchangeConditions.holds()
        if holds.isEmpty { return [] }
        let chosen = entries.all(FormFields.recipients).compactMap { ID<Agency>($0) }
        let routes = try tables.correspondents.find(chosen).map {
            Route.from(visit.agency.slug, to: $0)
        }
        return try holds.filter { hold in routes.contains(where: hold.covers) }.map {
            try HeldChannel($0, tables)
        }
    }

    /// What was typed; on the first look, today's date and the recipients with their media as the signer saw them.
    private func filled(_ matter: IssuingMatter, _ groups: [IssuePage.RecipientGroup]) -> Entries {
        guard refusals.isEmpty, !isFilled, recipientSearch == nil, savedGroup == nil else { return entries }
        var entries = Entries([FormFields.date: Vi.date(matter.numbered?.date ?? visit.now.officeDate)])
        if !matter.recipients.isEmpty {
            entries.set(FormFields.recipients, matter.recipients.map(\.description))
        } else {
            SendingEntries.fill(&entries, matter.plan, groups)
        }
        return entries
    }
}
