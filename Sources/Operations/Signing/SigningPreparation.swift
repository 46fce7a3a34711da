// Before the signature: where number, date, signature and seal will stand, found from the words of the page
// or given by hand, and whether what the page already prints agrees with the draft (decision 10; Nghị định
// 30/2020, Phụ lục I). Runs outside every transaction.
import BlobStorage
import Domain
import Foundation
import OfficeFiles
import PDFSignatures
import Synchronization

/// What the signing page shows before anyone signs.
package struct SigningProposal: Sendable {
    package let finding: LayoutFinding
    package let pages: [PageBox]
    package let printed: PrintedParts

    /// The places that were found, as the page shows them.
    package var places: [Field: MillimetrePlace] {
        var places: [Field: MillimetrePlace] = [:]
        for (field, place) in foundPlaces where pages.indices.contains(place.page) {
            places[field] = MillimetrePlace(place, in: pages[place.page])
        }
        return places
    }

    package var sheets: [SheetSize] { pages.map(SheetSize.init) }

    private var foundPlaces: [(Field, Place)] {
        let blanks: [(Field, BlankPlace?)] = [
            (.numberPlace, finding.number), (.dayPlace, finding.day), (.monthPlace, finding.month),
            (.yearPlace, finding.year),
        ]
        return blanks.compactMap { field, blank in
            blank.map { (field, Place(page: $0.page, rect: $0.rect)) }
        }
            + [(.signaturePlace, finding.signer), (.sealPlace, finding.seal)].compactMap { field, place in
                place.map { (field, $0) }
            }
    }

    /// What was found, with what was chosen by hand instead.
    package func places(byHand: [Field: MillimetrePlace]) -> [Field: MillimetrePlace] {
        var places = places
        for (field, place) in byHand where SigningPlaces.fields.contains(field) { places[field] = place }
        if let signature = byHand[.signaturePlace], byHand[.sealPlace] == nil,
            pages.indices.contains(signature.page - 1)
        {
            let box = pages[signature.page - 1]
            places[.sealPlace] = MillimetrePlace(
                SignatureLayout.seal(over: signature.place(in: box), in: box), in: box)
        }
        return places
    }
}

package struct SigningPreparation: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// Reads the page; a PDF that cannot be read is refused with the reason.
    package func propose(pdf hash: String, signer: String) async throws -> SigningProposal {
        if let known = office.proposals.find(hash, signer) { return known }
        let proposal = try await read(pdf: hash, signer: signer)
        office.proposals.put(proposal, hash, signer)
        return proposal
    }

    private func read(pdf hash: String, signer: String) async throws -> SigningProposal {
        guard let hash = BlobHash(hex: hash) else { throw Refused(.noVersion) }
        let pages = try await OwnThread.run { [office] in try PDFBytes.pages(try office.blobs.read(hash)) }
        let words = try await PrintedWords.read(office.blobs.path(of: hash))
        var finding = LayoutFinder.find(words: words, pages: pages, signerName: signer)
        if finding.reasons.contains(.signerNameNotFound) {
            // Another's name below the title is worth saying; where there is none, the place is chosen by
            // hand.
            let other = LayoutFinder.find(words: words, pages: pages, signerName: nil)
            finding.signerName = other.signerName
        }
        return SigningProposal(
            finding: finding, pages: pages,
            printed: PrintedParts(
                number: finding.printedNumber, notation: Self.notation(in: words, pages: pages),
                day: finding.printedDay, month: finding.printedMonth, year: finding.printedYear,
                signer: finding.signerName))
    }

    /// What follows the stroke of "Số:      /BC-PTP" at the upper left of the first page.
    package static func notation(in words: [TextBox], pages: [PageBox]) -> String? {
        guard let box = pages.first else { return nil }
        let corner = words.filter { word in
            let shown = box.displayed(word.rect)
            return word.page == 0 && shown.midY > box.displayedHeight / 2
                && shown.x < box.displayedWidth * 0.6
        }
        guard let label = corner.firstIndex(where: { ["số:", "số"].contains($0.text.lowercased()) }) else {
            return nil
        }
        for word in corner[(label + 1)...].prefix(4) {
            guard let stroke = word.text.firstIndex(of: "/") else { continue }
            let notation = word.text[word.text.index(after: stroke)...]
            return notation.isEmpty ? nil : String(notation)
        }
        return nil
    }
}

extension SigningProposal {
    /// Every reason why the letter cannot be signed with these places: the same for the page and for the act.
    package func refusals(
        byHand: [Field: MillimetrePlace] = [:], notation: String, signer: String, today: OfficeDate
    ) -> [Refusal] {
        SigningPlaces.refusals(places(byHand: byHand), printed: printed, sheets: sheets)
            + PrintedRules.signingRefusals(printed, notation: notation, signer: signer, today: today)
    }

    /// The layout, when there is no reason against it.
    package func layout(
        byHand: [Field: MillimetrePlace], notation: String, signer: String, today: OfficeDate
    ) throws(Refused) -> SignatureLayout {
        try Refused.unless(refusals(byHand: byHand, notation: notation, signer: signer, today: today))
        let places = places(byHand: byHand)
        guard let signature = places[.signaturePlace], let seal = places[.sealPlace] else {
            throw Refused(.placeMissing(.signaturePlace))
        }
        func blank(_ field: Field, _ found: BlankPlace?, printed: String?, italic: Bool) -> BlankPlace? {
            guard printed == nil, let place = places[field] else { return nil }
            if let found, isAsFound(place, field) { return found }
            let shape = place.place(in: pages[place.page - 1])
            return BlankPlace(
                page: shape.page, rect: shape.rect, fontSize: found?.fontSize ?? 13,
                italic: found?.italic ?? italic)
        }
        return SignatureLayout(
            number: blank(.numberPlace, finding.number, printed: printed.number, italic: false),
            day: blank(.dayPlace, finding.day, printed: printed.day, italic: true),
            month: blank(.monthPlace, finding.month, printed: printed.month, italic: true),
            year: blank(.yearPlace, finding.year, printed: printed.year, italic: true),
            signer: whole(signature, .signaturePlace, finding.signer),
            seal: whole(seal, .sealPlace, finding.seal),
            printedNumber: printed.number, printedDay: printed.day, printedMonth: printed.month,
            printedYear: printed.year)
    }

    private func whole(_ place: MillimetrePlace, _ field: Field, _ found: Place?) -> Place {
        if let found, isAsFound(place, field) { return found }
        return place.place(in: pages[place.page - 1])
    }

    /// A form gives the found place back rounded to a tenth of a millimetre.
    private func isAsFound(_ place: MillimetrePlace, _ field: Field) -> Bool {
        guard let found = places[field], found.page == place.page else { return false }
        let differences = [
            found.left - place.left, found.top - place.top, found.width - place.width,
            found.height - place.height,
        ]
        return differences.allSatisfy { abs($0) < 0.06 }
    }
}

// MARK: Millimetres from the upper left, points from the lower left

extension MillimetrePlace {
    private static let points = 72 / 25.4

    package init(_ place: Place, in box: PageBox) {
        let shown = box.displayed(place.rect)
        self.init(
            page: place.page + 1, left: shown.x / Self.points,
            top: (box.displayedHeight - shown.maxY) / Self.points, width: shown.width / Self.points,
            height: shown.height / Self.points)
    }

    package func place(in box: PageBox) -> Place {
        let shown = Rect(
            x: left * Self.points, y: box.displayedHeight - (top + height) * Self.points,
            width: width * Self.points,
            height: height * Self.points)
        return Place(page: page - 1, rect: box.userSpace(shown))
    }
}

extension SheetSize {
    package init(_ box: PageBox) {
        self.init(width: box.displayedWidth * 25.4 / 72, height: box.displayedHeight * 25.4 / 72)
    }
}

/// What people can act on when the signature engine cannot go on.
enum PDFBytes {
    static func pages(_ pdf: [UInt8]) throws -> [PageBox] {
        do throws(PDFError) { return try PDFFile(pdf).pages } catch { throw refusal(error) }
    }

    static func refusal(_ error: PDFError) -> Refused {
        switch error {
        case .notPDF: Refused(.fileNotPDF)
        case .encrypted: Refused(.fileEncrypted)
        case .damaged, .overLimit: Refused(.fileDamaged)
        }
    }

    /// The places are at fault, or the file; anything else is the machine's failure.
    static func refusing<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch let error as SigningError {
            switch error {
            case .unreadable(let reason): throw refusal(reason)
            case .noSuchPage, .rectangleOutsidePage: throw Refused(.placeOffPage(.signaturePlace))
            default: throw error
            }
        }
    }
}

/// The last few hundred pages that were read: neither their bytes nor what is found on them changes.
package final class SigningProposalCache: Sendable {
    private struct Key: Hashable {
        let hash: String
        let signer: String
    }

    private struct Shelf {
        var proposals: [Key: SigningProposal] = [:]
        var order: [Key] = []
    }

    private static let limit = 500
    private let shelf = Mutex(Shelf())

    func find(_ hash: String, _ signer: String) -> SigningProposal? {
        shelf.withLock { $0.proposals[Key(hash: hash, signer: signer)] }
    }

    func put(_ proposal: SigningProposal, _ hash: String, _ signer: String) {
        let key = Key(hash: hash, signer: signer)
        shelf.withLock { shelf in
            if shelf.proposals.updateValue(proposal, forKey: key) != nil { return }
            shelf.order.append(key)
            guard shelf.order.count > Self.limit else { return }
            shelf.proposals[shelf.order.removeFirst()] = nil
        }
    }
}
