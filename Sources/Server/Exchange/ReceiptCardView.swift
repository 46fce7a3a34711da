// The card of one electronic arrival put together from what the office knows of it.
import Domain
import Operations
import Pages
import Store

/// What is looked at before an arrival is taken, line by line.
struct ReceiptChecks {
    let view: ReceiptView
    let scan: OutgoingScan

    var all: [ArrivalCheck] {
        guard view.card.receipt.frozenAt == nil else { return [] }
        return viruses + [sender] + odd + paper + [twin]
    }

    private var viruses: [ArrivalCheck] {
        let infected = view.findings.compactMap { finding -> ArrivalCheck? in
            guard case .infected = finding else { return nil }
            let said = Vi.finding(finding)
            return ArrivalCheck(words: said.words, mark: said.mark)
        }
        if !infected.isEmpty { return infected }
        if ArrivalFinding.isUnscanned(view.findings) { return [unscanned] }
        if view.card.receipt.origin.channel == .loopback { return [withinHouse] }
        return [
            ArrivalCheck(
                words: "Vi-rút: đã quét \(Vi.number(view.card.files.count)) tệp",
                mark: StateMark(.ok, "Không có mã độc"))
        ]
    }

    private var unscanned: ArrivalCheck {
        let why = scan.scanner == nil ? "máy chủ chưa cài máy quét" : "máy quét không trả lời"
        return ArrivalCheck(
            words: "Vi-rút: tệp chưa được quét, \(why)",
            mark: scan.isScannerRequired
                ? StateMark(.late, "Phải quét trước") : StateMark(.warn, "Chưa quét"))
    }

    /// Every file was looked through before it left, if there is a scanner.
    private var withinHouse: ArrivalCheck {
        scan.scanner == nil
            ? ArrivalCheck(
                words: "Vi-rút: gửi trong cùng hệ thống", mark: StateMark(.warn, "Chưa cài máy quét vi-rút"))
            : ArrivalCheck(
                words: "Vi-rút: gửi trong cùng hệ thống, đã quét khi phát hành",
                mark: StateMark(.ok, "Không có mã độc"))
    }

    private var sender: ArrivalCheck {
        if let sender = view.sender, sender.isSelfDeclared {
            let said = Vi.finding(.unknownSender(code: sender.messageCode))
            return ArrivalCheck(
                words: sender.messageCode.isEmpty
                    ? "Địa chỉ thư của nơi gửi không có trong danh bạ" : said.words,
                mark: said.mark, address: .correspondent(sender.id))
        }
        return ArrivalCheck(words: "Nơi gửi có trong danh bạ cơ quan", mark: StateMark(.ok, "Có"))
    }

    private var odd: [ArrivalCheck] {
        view.findings.compactMap { finding in
            switch finding {
            case .infected, .notScanned, .unknownSender, .answers, .answerBy, .paperFollows: return nil
            default:
                let said = Vi.finding(finding)
                return ArrivalCheck(words: said.words, mark: said.mark)
            }
        }
    }

    private var paper: [ArrivalCheck] {
        view.paper.map { expected in
            [
                ArrivalCheck(
                    words: Vi.paper(expected), mark: StateMark(.warn, Vi.paperState(expected.medium)),
                    advice: Vi.paperAdvice(expected.medium))
            ]
        } ?? []
    }

    private var twin: ArrivalCheck {
        guard let twin = view.twin else {
            return ArrivalCheck(
                words: "Chưa có văn bản cùng số, ký hiệu, cơ quan trong sổ đến",
                mark: StateMark(.ok, "Không trùng"))
        }
        return ArrivalCheck(
            words: "Có thể trùng với số đến \(twin.number)", mark: StateMark(.warn, "Xem lại"),
            address: .arrival(RegisterNumber(year: twin.year, number: twin.number)))
    }
}

extension TakenBack {
    /// Nil while the document is here.
    init?(_ receipt: Receipt, _ tables: Tables) throws {
        guard let at = receipt.frozenAt else { return nil }
        let agreed = try tables.receiptRequests.lines(of: receipt.id).last {
            $0.request.kind == .recall && $0.request.state == .agreed
        }
        self.init(at: at, agreedBy: agreed?.decidedBy ?? "", reason: agreed?.request.note ?? "")
    }
}

extension ReceiveCardPage {
    init(
        frame: Frame, view: ReceiptView, checks: [ArrivalCheck], takenBack: TakenBack?,
        signatures: SignatureReport?, expectedNumber: Int, directors: [PositionChoice],
        correction: CorrectionPanel?, entries: Entries, refusals: [Refusal], refusedVerb: Verb?,
        seal: FormSeal
    ) {
        let card = view.card, receipt = card.receipt, main = card.files.first?.file
        let origin = receipt.origin
        self.init(
            frame: frame, id: receipt.id, particulars: card.facts, typeName: card.typeName,
            senderName: card.senderName, arrivedAt: receipt.arrivedAt, dueAt: card.dueAt,
            state: receipt.state,
            acceptedAs: card.arrival.map { RegisterNumber(year: $0.year, number: $0.number) },
            refusalReason: card.reason, comparisons: Self.comparisons(card), checks: checks,
            scan: view.scan.isEmpty && ArrivalFinding.isUnscanned(view.findings) ? .open : .hidden,
            requests: view.requests.map { SenderRequest($0.request, decidedBy: $0.decidedBy, view) },
            takenBack: takenBack, twin: view.twin.map { RegisterNumber(year: $0.year, number: $0.number) },
            named: view.named, replacedBy: view.replacedBy.map(NamedPaper.init(replacing:)),
            cameBy: Vi.channel(origin.channel) + (origin.partner.isEmpty ? "" : " – \(origin.partner)"),
            codes: [view.sender?.code ?? "", view.sender?.codeQCVN102 ?? ""].filter { !$0.isEmpty },
            messageKey: origin.key,
            sheet: takenBack == nil
                ? Sheet(
                    source: .paper(.receipt(receipt.id), file: 1), name: main?.name ?? "",
                    pages: main?.pages ?? 0) : nil,
            files: card.files.map(FileRow.init), signatures: signatures, expectedNumber: expectedNumber,
            directors: directors, accept: Door(view.accept), refuse: Door(view.refuse),
            correction: correction, entries: entries,
            refusals: refusals, refusedVerb: refusedVerb, seal: seal)
    }

    private static func comparisons(_ card: ReceiptCard) -> [Comparison] {
        [
            Comparison(name: "Số tệp", declared: "\(card.declaredFiles)", received: "\(card.files.count)"),
            Comparison(
                name: "Số trang", declared: "\(card.declaredPages)", received: "\(card.receivedPages)"),
        ]
    }
}

extension ReceiptView {
    /// What it answers, by when it is to be answered, and what it replaces.
    fileprivate var named: [NamedPaper] {
        var papers = answers.map { NamedPaper(name: "Trả lời văn bản", words: $0.shown, address: $0.address) }
        for finding in findings {
            guard case .answerBy(let day) = finding else { continue }
            papers.append(NamedPaper(name: "Đề nghị trả lời trước", words: Vi.dayWords(day)))
        }
        papers += replaces.map {
            NamedPaper(name: "Thay thế văn bản", words: $0.shown, address: $0.address)
        }
        papers += sendings.map { other in
            let isEarlier = other.origin.sending < card.receipt.origin.sending
            return NamedPaper(
                name: isEarlier
                    ? other.frozenAt == nil ? "Gửi lại sau khi từ chối" : "Gửi lại sau khi lấy lại"
                    : "Nơi gửi đã gửi lại",
                words: "Bản đến \(Vi.fullMoment(other.arrivedAt))", address: .receipt(other.id))
        }
        if repetitions > 0 {
            papers.append(
                NamedPaper(
                    name: "Gói tin gửi lặp",
                    words: "\(Vi.number(repetitions)) lần, nội dung không đổi, không vào thêm"))
        }
        return papers
    }
}

extension NamedPaper {
    init(replacing named: ReceiptView.Named) {
        self.init(name: "", words: named.shown, address: named.address)
    }
}

extension LetterVersion {
    init(_ version: OtherVersion, paper: OfficeAddress) {
        self.init(
            facts: version.facts, typeName: version.typeName, files: version.files.map(FileRow.init),
            paper: paper)
    }
}

extension SenderRequest {
    fileprivate init(_ request: ExchangeRequest, decidedBy: String, _ view: ReceiptView) {
        let card = view.card, version = view.versions[request.id]
        self.init(
            request: request, decidedBy: decidedBy, isRemoval: view.removals.contains(request.id),
            present: version.map { _ in
                LetterVersion(
                    facts: card.facts, typeName: card.typeName, files: card.files.map(FileRow.init),
                    paper: .receipt(card.receipt.id))
            },
            other: version.map { LetterVersion($0, paper: .requestVersion(card.receipt.id, request.id)) },
            checks: (version?.findings ?? []).map { finding in
                let said = Vi.finding(finding)
                return ArrivalCheck(words: said.words, mark: said.mark)
            })
    }
}

extension ReceiptView.Named {
    fileprivate var shown: String { date.map { "\(words) ngày \(Vi.date($0))" } ?? words }

    fileprivate var address: OfficeAddress? {
        switch place {
        case nil: nil
        case .arrival(let number): .arrival(RegisterNumber(year: number.year, number: number.number))
        case .receipt(let id): .receipt(id)
        case .issued(let row):
            .issued(
                IssuedNumber(
                    year: row.issuance.year, register: row.register, number: row.issuance.number),
                BoardFilter())
        }
    }
}
