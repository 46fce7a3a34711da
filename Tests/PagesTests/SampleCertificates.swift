// Chờ ký, the progress of a batch, certificates and their requests: nothing, one, fifty; long names; refused.
import Domain
import Foundation
import Markup

@testable import Pages

extension SamplePages {
    static let signingTogether =
        [
            SamplePage(name: "cho-ky", html: toSign(6)),
            SamplePage(name: "cho-ky-50", html: toSign(50, all: true)),
            SamplePage(name: "cho-ky-trong", html: toSign(0)),
            SamplePage(
                name: "cho-ky-sai", html: toSign(3, refusals: [.wrongPIN(attemptsLeft: 4), .noDraftChosen])),
            SamplePage(name: "cho-ky-khoa-xa", html: toSign(1, door: .closed([.keyNotAtHand]))),
            SamplePage(name: "tien-trinh", html: progress(12, running: true)),
            SamplePage(name: "tien-trinh-50", html: progress(50, running: false)),
            SamplePage(name: "tien-trinh-dang-dung", html: progress(4, running: true, stopping: true)),
        ]
        + WaitingSignatureState.allCases.map { state in
            SamplePage(
                name: "ky-tu-xa-\(state.rawValue)",
                html: WaitingSignaturePage(
                    frame: SampleOffice.frame(.head), id: "b1", code: 268,
                    abstract: SampleOffice.longAbstract,
                    state: state, reasons: state == .notSigned ? [.confirmationExpired] : [],
                    askedAt: SampleOffice.at(0, 8, 41), expiresAt: SampleOffice.at(0, 8, 51),
                    seal: SampleOffice.seal
                ).html())
        }

    private static func toSign(
        _ count: Int, all: Bool = false, refusals: [Refusal] = [], door: Door = .open
    ) -> HTML {
        let reasons: [[Refusal]] = [
            [], [], [.placeMissing(.signaturePlace), .placeMissing(.sealPlace)], [],
            [.initialsOfOlderVersion(["Danh Thị Ngọc Hân", "Đỗ Minh Khang"])],
        ]
        return ToSignPage(
            frame: SampleOffice.frame(.head, counts: WaitingCounts(desk: 60, drafts: 52, toSign: count)),
            rows: (0..<count).map { index in
                ToSignRow(
                    code: 268 - index,
                    abstract: index % 3 == 0
                        ? SampleOffice.longAbstract : "Báo cáo công tác tiếp công dân tháng 4",
                    typeName: index % 2 == 0 ? "Công văn" : "Báo cáo", drafter: "Phạm Thị Hồng Vân",
                    version: 1 + index % 4, revision: 5, pdfHash: String(repeating: "a", count: 64),
                    urgency: Urgency(rawValue: max(0, 3 - index)) ?? .normal,
                    dueAt: index % 4 == 3 ? nil : SampleOffice.at(index % 5 - 1, 11),
                    refusals: reasons[index % 5])
            },
            key: SignPage.Key(
                holder: "Nguyễn Văn Phúc", serial: "7d9b9f11", validUntil: SampleOffice.day(400)),
            sign: door, allChosen: all, next: count >= 50 ? "k" : nil, running: count == 6 ? "b1" : nil,
            refusals: refusals, seal: SampleOffice.seal
        ).html()
    }

    private static func progress(_ count: Int, running: Bool, stopping: Bool = false) -> HTML {
        SigningProgressPage(
            frame: SampleOffice.frame(.head), id: "b1", startedAt: SampleOffice.at(0, 8, 41),
            endedAt: running ? nil : SampleOffice.at(0, 8, 42), isStopping: stopping,
            lines: (0..<count).map { index in
                let isLeft = index % 7 == 3
                let state: SigningBatchItemState =
                    running && index > count / 2
                    ? .waiting : running && index == count / 2 ? .signing : isLeft ? .notSigned : .signed
                return SigningProgressPage.Line(
                    code: 268 - index,
                    abstract: index % 3 == 0
                        ? SampleOffice.longAbstract : "Báo cáo công tác tiếp công dân tháng 4",
                    state: state, reasons: state == .notSigned ? [.stale] : [])
            }, seal: SampleOffice.seal
        ).html()
    }

    static let certificates = [
        SamplePage(name: "chung-thu-so", html: certificatePage(6, testable: KeySubject.allCases)),
        SamplePage(name: "chung-thu-so-50", html: certificatePage(50, testable: [])),
        SamplePage(
            name: "chung-thu-so-sai",
            html: certificatePage(2, testable: [.own], refusals: [.wrongPIN(attemptsLeft: 1)])),
        SamplePage(name: "de-nghi", html: requestPage(7, isFocal: true)),
        SamplePage(name: "de-nghi-50", html: requestPage(50, isFocal: true)),
        SamplePage(name: "de-nghi-trong", html: requestPage(0, isFocal: false)),
        SamplePage(
            name: "de-nghi-sai",
            html: requestPage(1, isFocal: false, refusals: [.missing(.requestDetails), .requestOpenAlready])),
    ]

    private static func certificatePage(_ count: Int, testable: [KeySubject], refusals: [Refusal] = [])
        -> HTML
    {
        typealias Held = CertificateLine.Certificate
        let kinds: [Held?] = [
            Held(
                kind: .file, device: "", expiresAt: SampleOffice.at(900, 9), isLocked: false,
                lastTest: KeyTest(at: SampleOffice.at(-3, 8), result: .works)),
            Held(
                kind: .token, device: "STB-VGCA-2024-000173", expiresAt: SampleOffice.at(21, 9),
                isLocked: false,
                lastTest: nil),
            nil,
            Held(
                kind: .remote, device: "", expiresAt: SampleOffice.at(300, 9), isLocked: false, lastTest: nil),
            Held(
                kind: .handOver, device: "STB-VGCA-2023-011842", expiresAt: SampleOffice.at(-2, 9),
                isLocked: false, lastTest: nil),
            Held(
                kind: .file, device: "", expiresAt: SampleOffice.at(90, 9), isLocked: true,
                lastTest: KeyTest(at: SampleOffice.at(-3, 8), result: .notTrusted)),
        ]
        let lines = (0..<count).map { index in
            let person = SampleOffice.people[index % 5]
            return CertificateLine(
                name: index == 0 ? "Phòng Tư pháp thành phố" : person.personName,
                title: index == 0 ? "" : person.title, isAgencys: index == 0, isMine: index == 1,
                needsOne: index < 3, certificate: kinds[index % 6],
                openRequest: index % 5 == 2 ? .issue : index == 1 ? .renew : nil)
        }
        return CertificatesPage(
            frame: SampleOffice.frame(), lines: lines, openRequests: 2, testable: testable,
            warnings: count == 6
                ? [
                    ExpiryWarning(isAgencys: false, expiresAt: SampleOffice.at(21, 9), daysLeft: 21),
                    ExpiryWarning(isAgencys: true, expiresAt: SampleOffice.at(-2, 9), daysLeft: -2),
                ] : [], refusals: refusals, seal: SampleOffice.seal
        ).html()
    }

    private static func requestPage(_ count: Int, isFocal: Bool, refusals: [Refusal] = []) -> HTML {
        let lines = (0..<count).map { index in
            let state = CertificateRequestState.allCases[index % 5]
            return CertificateRequestLine(
                id: ID(UUIDv7.make(at: SampleOffice.at(-index, 9))), requestedAt: SampleOffice.at(-index, 9),
                agencyName: index % 2 == 0
                    ? "Ban quản lý dự án đầu tư nâng cấp đô thị thành phố" : "Phòng Tư pháp thành phố",
                subjectName: index % 3 == 0
                    ? "Ban quản lý dự án đầu tư nâng cấp đô thị thành phố"
                    : SampleOffice.people[index % 5].personName,
                requester: "Trương Thị Mỹ Duyên, Văn thư", kind: CertificateRequestKind.allCases[index % 5],
                details: index % 2 == 0
                    ? "Thiết bị báo khóa sau khi nhập sai mã PIN; đã mang đến phòng máy." : "",
                state: state, answer: state == .refused ? "Thiếu văn bản cử người thay thế." : "",
                answeredAt: state == .refused || state == .done ? SampleOffice.at(0, 8) : nil,
                canAnswer: isFocal && state.isOpen, canWithdraw: index == 1)
        }
        return CertificateRequestsPage(
            frame: SampleOffice.frame(), lines: lines, openRequests: count,
            filter: CertificateRequestFilter(all: count == 7), next: count >= 50 ? "k" : nil,
            isFocal: isFocal,
            focal: isFocal ? "Nguyễn Tấn Đạt, Phòng Văn hóa – Thông tin thành phố" : "",
            subjects: KeySubject.allCases, refusals: refusals, seal: SampleOffice.seal
        ).html()
    }
}
