// Search over everything this position may see, with or without diacritics (I3).
import Domain
import Markup

package struct SearchHit: Sendable, Equatable {
    package enum Kind: Sendable, Equatable { case arrival, draft, issued, receipt }

    package let kind: Kind
    package let address: OfficeAddress
    package let title: String
    package let urgency: Urgency
    /// "Số đến 117 · 482/SXD-QLN · Sở Xây dựng"
    package let detail: String
    package let date: OfficeDate?
    package let mark: StateMark

    package init(
        kind: Kind, address: OfficeAddress, title: String, urgency: Urgency = .normal, detail: String,
        date: OfficeDate?, mark: StateMark
    ) {
        self.kind = kind
        self.address = address
        self.title = title
        self.urgency = urgency
        self.detail = detail
        self.date = date
        self.mark = mark
    }
}

package struct SearchPage: Sendable {
    package let frame: Frame
    package let words: String
    package let hits: [SearchHit]
    package let next: String?

    package init(frame: Frame, words: String, hits: [SearchHit], next: String? = nil) {
        self.frame = frame
        self.words = words
        self.hits = hits
        self.next = next
    }

    package func html() -> HTML {
        Shell(frame: frame, title: "Tìm văn bản", kind: .list, section: .elsewhere, searchWords: words)
            .around(
                PageHead(title: words.isEmpty ? "Tìm văn bản" : "Tìm “\(words)”", sub: .text(subtitle))
                    .html(),
                hits.isEmpty ? nothing() : ol(.class("rows found"), .each(hits, row)),
                ListParts.more(
                    next.map { frame.path(.search(words, after: $0)) }, shown: hits.count, total: nil),
                .when(!hits.isEmpty, KeyHints.list))
    }

    private var subtitle: String {
        if words.isEmpty { return "" }
        return next == nil ? "\(Vi.number(hits.count)) văn bản" : "\(Vi.number(hits.count)) văn bản đầu tiên"
    }

    private func row(_ hit: SearchHit) -> HTML {
        li(
            .class("row"),
            p(.class("do"), .text(Self.kind(hit.kind))),
            div(
                .class("what"),
                a(.class("abs"), .href(frame.path(hit.address)), Marks.stamp(hit.urgency), .text(hit.title)),
                p(.class("meta"), .text(hit.detail))),
            div(
                .class("due"), Marks.state(hit.mark), .maybe(hit.date) { small(.text(Vi.date($0))) }))
    }

    private static func kind(_ kind: SearchHit.Kind) -> String {
        switch kind {
        case .arrival: "Văn bản đến"
        case .draft: "Dự thảo"
        case .issued: "Văn bản đi"
        case .receipt: "Chờ tiếp nhận"
        }
    }

    private func nothing() -> HTML {
        if words.isEmpty {
            return ListParts.empty(
                "Gõ số, ký hiệu, trích yếu hoặc cơ quan ban hành.",
                "Có dấu hay không dấu đều được; phím / để vào ô tìm.")
        }
        return ListParts.empty(
            "Không tìm thấy văn bản nào có “\(words)”.",
            "Thử ít từ hơn, hoặc chỉ số và ký hiệu. Chỉ tìm trong văn bản của cơ quan ông/bà.")
    }
}
