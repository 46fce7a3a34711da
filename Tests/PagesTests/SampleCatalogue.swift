// Danh bạ cơ quan as it looks with nothing, one and very many, an agency that has ended, and the form refused.
import Domain
import Foundation
import Markup

@testable import Pages

enum SampleCatalogue {
    static let ended = CatalogueRow(
        agency: Correspondent(
            id: ID(UUID()), name: "Sở Lao động - Thương binh và Xã hội tỉnh Kiên Giang", code: "H33.09",
            codeQCVN102: "000.00.09.H33", superiorName: "Ủy ban nhân dân tỉnh Kiên Giang", channel: .axis,
            validTo: OfficeDate(year: 2025, month: 6, day: 30), successor: ID(UUID())),
        successorName: "Sở Nội vụ tỉnh Kiên Giang", isValid: false)

    static let axis = CatalogueRow(
        agency: Correspondent(
            id: ID(UUID()), name: "Sở Nội vụ tỉnh Kiên Giang", code: "H33.08", codeQCVN102: "000.00.08.H33",
            superiorName: "Ủy ban nhân dân tỉnh Kiên Giang", channel: .axis, partner: "truc-quoc-gia"),
        successorName: nil, isValid: true)

    static let company = CatalogueRow(
        agency: Correspondent(
            id: ID(UUID()), name: "Công ty Cổ phần Cấp thoát nước Kiên Giang", kind: .outside, channel: .mail,
            mail: "vanthu@capthoatnuoc.example"), successorName: nil, isValid: true)

    static let hosted = CatalogueRow(
        agency: Correspondent(
            id: ID(UUID()), name: "Phòng Tư pháp thành phố Rạch Giá", code: "H33.12.05", channel: .loopback),
        successorName: nil, isValid: true)

    static func many(_ count: Int) -> [CatalogueRow] {
        (0..<count).map { index in
            CatalogueRow(
                agency: Correspondent(
                    id: ID(UUID()), name: "Ủy ban nhân dân xã Bình An \(index + 1)",
                    code: "H33.30.\(index + 1)",
                    superiorName: "Ủy ban nhân dân huyện Kiên Lương tỉnh Kiên Giang",
                    channel: index % 3 == 0 ? .paper : .axis, address: index % 3 == 0 ? "Ấp \(index + 1)" : ""
                ),
                successorName: nil, isValid: true)
        }
    }

    static let pages: [SamplePage] = [
        SamplePage(
            name: "nhom-noi-nhan",
            html: RecipientGroupsPage(
                frame: SampleOffice.frame(),
                groups: [
                    .init(id: ID(UUID()), name: "Các sở của tỉnh", members: 21),
                    .init(id: ID(UUID()), name: "UBND các xã, phường", members: 12),
                ], seal: SampleOffice.seal
            ).html()),
        SamplePage(
            name: "nhom-noi-nhan-trong",
            html: RecipientGroupsPage(frame: SampleOffice.frame(), groups: [], seal: SampleOffice.seal).html()
        ),
        SamplePage(name: "danh-ba-trong", html: list([], CatalogueFilter())),
        SamplePage(name: "danh-ba-khong-thay", html: list([], CatalogueFilter(kind: .party, words: "zzz"))),
        SamplePage(
            name: "danh-ba",
            html: list([hosted, company, axis] + many(46) + [ended], CatalogueFilter(), next: "9")),
        SamplePage(name: "danh-ba-mot", html: list([ended], CatalogueFilter(words: "H33.09"))),
        SamplePage(name: "co-quan-da-ket-thuc", html: entry(ended)),
        SamplePage(name: "co-quan-trong-he-thong", html: entry(hosted)),
        SamplePage(
            name: "them-co-quan-sai",
            html: CorrespondentPage(
                frame: SampleOffice.frame(), row: nil, channels: [.mail, .paper], mayChange: true,
                entries: Entries([FormFields.id(.name): "Công ty", FormFields.id(.mail): "a@b"]),
                refusals: [.malformed(.mail), .agencyKnown("Công ty")], seal: SampleOffice.seal
            ).html()),
    ]

    private static func list(_ rows: [CatalogueRow], _ filter: CatalogueFilter, next: String? = nil) -> HTML {
        CataloguePage(frame: SampleOffice.frame(), rows: rows, filter: filter, next: next).html()
    }

    private static func entry(_ row: CatalogueRow) -> HTML {
        CorrespondentPage(
            frame: SampleOffice.frame(), row: row, channels: [.mail, .paper, .axis],
            mayChange: !row.agency.isHosted,
            entries: Entries([FormFields.id(.channel): row.agency.channel.slug]), seal: SampleOffice.seal
        ).html()
    }

    static let outside = OutsideRecipients(
        words: "so noi vu", found: [axis, ended, company], hasMore: true, chosen: [company, ended],
        recent: [axis],
        groups: [RecipientGroupLine(id: ID(UUID()), name: "Các sở của tỉnh", members: 21)], saved: "Các sở")
}
