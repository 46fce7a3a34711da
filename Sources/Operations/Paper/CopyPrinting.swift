// Bản sao y để in (Nghị định 30/2020, Điều 25 khoản 1 điểm c: in từ bản gốc văn bản điện tử): the pages of the issued document
// with the form of the copy below them. It is made when it is asked for and never kept: the copy is the signed and sealed paper.
import BlobStorage
import Domain
import Foundation
import OfficeFiles
import PDFSignatures
import Store

package struct PrintedCopy: Sendable {
    package let bytes: [UInt8]
    package let name: String
}

package struct CopyPrinting: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// More recipients than these are named as a list.
    private static let namedRecipients = 12

    private struct Facts {
        let copy: CertifiedCopy
        let agency: Agency
        let issuance: Issuance
        let letter: FileReference
        let enclosures: [FileReference]
        let recipients: [String]
        let code: String
    }

    /// For the clerk of the agency; for others there is no such file.
    package func pdf(_ id: ID<CertifiedCopy>, as clerk: Position) async throws -> PrintedCopy {
        guard Verb.copyCertified.roles.contains(clerk.role) else { throw Refused(.notFound) }
        let facts = try await facts(id, clerk)
        guard let hash = BlobHash(hex: facts.letter.hash) else { throw Refused(.fileGone) }
        let path = office.blobs.path(of: hash), bytes = try office.blobs.read(hash)
        let pages = try PDFBytes.pages(bytes).count
        let bottom = try await PagePrinting.inkBottom(pdf: path, page: pages)
        let form = try await form(facts)
        let copied = try await OwnThread.run {
            let fonts = try LetterFonts.load()
            return try PaperCopy.add(
                form, to: bytes, inkBottom: bottom > 0 ? bottom : nil, upright: fonts.upright,
                italic: fonts.italic)
        }
        let work = try WorkFolder()
        let letter = work.path("ban-sao.pdf")
        try Data(copied).write(to: URL(filePath: letter))
        let others = facts.enclosures.compactMap { BlobHash(hex: $0.hash) }.map { office.blobs.path(of: $0) }
        let whole = try await PagePrinting.joined([letter] + others)
        return PrintedCopy(
            bytes: whole,
            name: "Sao y \(facts.copy.number)-\(facts.copy.notation) \(facts.issuance.fileName).pdf")
    }

    private func facts(_ id: ID<CertifiedCopy>, _ clerk: Position) async throws -> Facts {
        try await office.read { tables in
            guard let copy = try tables.certifiedCopies.find(id, of: clerk.agency),
                let agency = try tables.agencies.find(clerk.agency),
                let issuance = try tables.issuances.find(copy.issuance), let document = issuance.document
            else { throw Refused(.notFound) }
            let files = try tables.documents.files(of: document)
            guard let letter = files.first(where: { $0.kind == .main })?.file else {
                throw Refused(.fileGone)
            }
            return Facts(
                copy: copy, agency: agency, issuance: issuance, letter: letter,
                enclosures: files.filter { $0.kind == .enclosure && $0.file.mediaType == "application/pdf" }
                    .map(\.file),
                recipients: try tables.paperLists.recipients(of: [id])[id] ?? [],
                code: try tables.checkCodes.find(of: issuance.id) ?? "")
        }
    }

    private func form(_ facts: Facts) async throws -> CopyForm {
        let copy = facts.copy, agency = facts.agency, date = copy.date
        let day =
            "ngày \(Notation.printedDay(date.day)) tháng \(Notation.printedMonth(date.month)) năm \(date.year)"
        var recipients = facts.recipients
        if recipients.count > Self.namedRecipients {
            recipients = ["\(recipients.count) nơi theo danh sách gửi"]
        }
        return CopyForm(
            kind: "SAO Y", superior: agency.superiorLine,
            agency: agency.name.uppercased(with: Self.vietnamese),
            number: copy.numberAndNotation, placeAndDate: "\(agency.place), \(day)",
            authority: copy.authority,
            signer: copy.signer, recipients: recipients + ["Lưu: VT"], origin: try await origin(facts))
    }

    private static let vietnamese = Locale(identifier: "vi_VN")

    /// What the signatures say, as far as paper can.
    private func origin(_ facts: Facts) async throws -> [String] {
        let known = try await SignatureReports(office: office).judged(
            facts.letter.hash, heldAt: office.clock.now)
        var lines = ["In từ bản gốc văn bản điện tử số \(facts.issuance.numberAndNotation)."]
        for signature in known.findings.signatures {
            guard let signer = signature.signer else { continue }
            let time =
                (signature.provenTime ?? signature.claimedTime).map { ", ký số lúc \(Self.shown($0))" } ?? ""
            lines.append("Chữ ký số: \(signer)\(time).")
        }
        if !facts.enclosures.isEmpty {
            lines.append("Kèm theo \(facts.enclosures.count) tệp, in tiếp sau trang này.")
        }
        if !facts.code.isEmpty { lines.append("Mã kiểm tra: \(facts.code).") }
        return lines
    }

    /// `2026-05-12T07:30:00+07:00` as `07:30:00 12/05/2026`, what is not such a moment as it stands.
    private static func shown(_ iso: String) -> String {
        let parts = iso.split(separator: "T", maxSplits: 1).map(String.init)
        guard parts.count == 2, let day = OfficeDate(parts[0]), parts[1].count >= 8 else { return iso }
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(parts[1].prefix(8)) \(two(day.day))/\(two(day.month))/\(day.year)"
    }
}
