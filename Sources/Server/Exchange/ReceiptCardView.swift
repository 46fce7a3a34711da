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
        for finding in view.findings {
            guard case .unknownSender = finding else { continue }
            let said = Vi.finding(finding)
            return ArrivalCheck(words: said.words, mark: said.mark)
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
            requests: view.requests.map { SenderRequest(request: $0.request, decidedBy: $0.decidedBy) },
            takenBack: takenBack, twin: view.twin.map { RegisterNumber(year: $0.year, number: $0.number) },
            named: view.named,
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
        if let replaces {
            papers.append(
                NamedPaper(name: "Thay thế văn bản", words: replaces.shown, address: replaces.address))
        }
        return papers
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
