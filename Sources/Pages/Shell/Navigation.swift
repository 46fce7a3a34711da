// The four main sections, always in this order; the one we are in opens its sub-list. What an agency cannot do yet does
// not stand here (decision 15).
import Domain
import Markup

package enum Section: Sendable, Equatable {
    case desk
    case arrivals(ArrivalsPart)
    case drafts(DraftsPart)
    case issued(IssuedPart)
    case elsewhere

    package enum ArrivalsPart: Sendable { case list, receive, register }
    package enum DraftsPart: Sendable { case list, new, toSign }
    package enum IssuedPart: Sendable { case list, toIssue, paper, rules, catalogue, troubles }
}

struct Navigation {
    let frame: Frame
    let section: Section

    func side() -> HTML {
        nav(
            .class("side"), .aria(.label, "Các mục chính"),
            ul(deskEntry(), arrivalsEntry(), draftsEntry(), issuedEntry(), exchangeEntry(), moreEntry()))
    }

    private func deskEntry() -> HTML {
        li(
            .class("bottom"),
            entry(
                .desk(nil), section == .desk, count: frame.counts.desk, "Việc",
                span(.class("longer"), " của tôi")))
    }

    private func arrivalsEntry() -> HTML {
        var inside = false
        var part: Section.ArrivalsPart?
        if case .arrivals(let current) = section { (inside, part) = (true, current) }
        let isClerk = frame.role == .clerk
        return li(
            .class("bottom"),
            entry(
                .arrivals(ArrivalFilter()), inside && (part == .list || !isClerk),
                count: isClerk ? frame.counts.toReceive : 0,
                span(.class("longer"), "Văn bản "), "đến"),
            .when(
                inside && isClerk,
                ul(
                    sub(.receiveList(), "Chờ tiếp nhận", count: frame.counts.toReceive, part == .receive),
                    sub(.registerArrival(staged: nil), "Đăng ký văn bản", count: 0, part == .register))))
    }

    private func draftsEntry() -> HTML {
        var inside = false
        var part: Section.DraftsPart?
        if case .drafts(let current) = section { (inside, part) = (true, current) }
        return li(
            .class("bottom"),
            entry(
                .drafts(DraftFilter()), inside && part == .list, count: frame.counts.drafts, "Dự thảo",
                span(.class("long"), " – Phiếu trình")),
            .when(
                inside,
                ul(
                    .when(
                        frame.signs, sub(.toSign(), "Chờ ký", count: frame.counts.toSign, part == .toSign)),
                    sub(.newDraft(answering: nil), "Lập dự thảo", count: 0, part == .new))))
    }

    private func issuedEntry() -> HTML {
        var inside = false
        var part: Section.IssuedPart?
        if case .issued(let current) = section { (inside, part) = (true, current) }
        let isClerk = frame.role == .clerk
        return li(
            .class("bottom"),
            entry(
                .issuedList(IssuedFilter()),
                inside
                    && (part == .list
                        || (!isClerk && part != .rules && part != .catalogue && part != .troubles)),
                count: isClerk ? frame.counts.toIssue + frame.counts.exchange : 0,
                span(.class("longer"), "Văn bản "), "đi"),
            .when(
                inside,
                ul(
                    .when(isClerk, clerksPart(part)),
                    sub(.mediumRules(MediumRulesFilter()), "Hình thức gửi, nhận", count: 0, part == .rules),
                    sub(.catalogue(CatalogueFilter()), "Danh bạ cơ quan", count: 0, part == .catalogue))))
    }

    private func clerksPart(_ part: Section.IssuedPart?) -> HTML {
        .group(
            sub(.toIssue, "Chờ phát hành", count: frame.counts.toIssue, part == .toIssue),
            sub(.exchange(), "Liên thông", count: frame.counts.exchange, part == .troubles),
            sub(.paperQueue(PaperFilter()), "Gửi bản giấy", count: 0, part == .paper))
    }

    /// Administrators have nothing else among the documents.
    private func exchangeEntry() -> HTML {
        .when(
            Verb.channelHeld.roles.contains(frame.role),
            li(entry(.exchange(), section == .issued(.troubles), count: frame.counts.exchange, "Liên thông")))
    }

    private func moreEntry() -> HTML {
        li(.class("bottom more-nav"), a(.href("#tat-ca-muc"), span("Mục khác")))
    }

    private func entry(_ address: OfficeAddress, _ current: Bool, count waiting: Int, _ words: HTML...)
        -> HTML
    {
        a(
            .href(frame.path(address)), .when(current, .aria(.current, "page")), span(.group(words)),
            count(waiting))
    }

    private func sub(_ address: OfficeAddress, _ words: String, count waiting: Int, _ current: Bool) -> HTML {
        li(
            a(
                .href(frame.path(address)), .when(current, .aria(.current, "page")), .text(words),
                count(waiting)))
    }

    private func count(_ waiting: Int) -> HTML {
        .when(
            waiting > 0,
            .group(" ", span(.class("count"), .text(Vi.count(waiting)), span(.class("sr"), " việc đang chờ")))
        )
    }

    /// At the end of the page on narrow screens: everything the menu has, and what concerns oneself.
    func everything() -> HTML {
        let isClerk = frame.role == .clerk
        return nav(
            .class("everything"), .id("tat-ca-muc"), .aria(.label, "Tất cả các mục"),
            ul(
                link(.desk(nil), "Việc của tôi"),
                link(.arrivals(ArrivalFilter()), "Văn bản đến"),
                .when(isClerk, link(.receiveList(), "Chờ tiếp nhận")),
                .when(isClerk, link(.registerArrival(staged: nil), "Đăng ký văn bản đến")),
                link(.drafts(DraftFilter()), "Dự thảo – Phiếu trình"),
                .when(frame.signs, link(.toSign(), "Chờ ký")),
                link(.newDraft(answering: nil), "Lập dự thảo"),
                link(.issuedList(IssuedFilter()), "Văn bản đi"),
                .when(isClerk, link(.toIssue, "Chờ phát hành")),
                .when(isClerk, link(.paperQueue(PaperFilter()), "Gửi bản giấy")),
                link(.mediumRules(MediumRulesFilter()), "Hình thức gửi, nhận"),
                link(.catalogue(CatalogueFilter()), "Danh bạ cơ quan"),
                .when(
                    Verb.channelHeld.roles.contains(frame.role) || isClerk,
                    link(.exchange(), "Liên thông")),
                Personal(frame: frame).links()))
    }

    private func link(_ address: OfficeAddress, _ words: String) -> HTML {
        li(a(.href(frame.path(address)), .text(words)))
    }
}

/// What concerns the person: position, password, signing out.
struct Personal {
    let frame: Frame

    func menu() -> HTML {
        details(
            .class("who"),
            summary(
                span(.text(frame.personName), small(.text(frame.positionTitle))),
                span(.class("sr"), " – mở danh sách việc cá nhân")),
            ul(links()))
    }

    func links() -> HTML {
        .group(
            .when(frame.hasOtherPositions, li(a(.href(Address.choosePosition.path), "Chọn vị trí khác"))),
            li(a(.href(frame.path(.certificates)), "Chứng thư số")),
            li(a(.href(Address.changePassword.path), "Đổi mật khẩu")),
            li(
                form(
                    .method(.post), .action(Address.signOut.path), SealFields.hidden(frame.seal),
                    button(.class("btn plain"), "Đăng xuất"))))
    }
}
