// Gửi bản giấy (D6; Nghị định 30/2020, Điều 25–27, Phụ lục IV): the clerk makes the certified copies, prints them, and posts them.
// Each is an act of its own, so that what stands in the registers is what was done.
import Domain
import Store

/// Lập bản sao y: takes the next number of the agency's series of copies for each document among the chosen.
package struct CertifyCopy: OfficeOperation {
    package static let verb = Verb.copyCertified

    let papers: [ID<PaperDispatch>]
    let signer: ID<Position>

    package init(_ papers: [ID<PaperDispatch>], signer: ID<Position>) {
        self.papers = papers
        self.signer = signer
    }

    package func perform(_ act: Act) throws -> [CertifiedCopy] {
        let clerk = try act.position
        let chosen = try ChosenPapers(act, papers)
        guard let agency = try act.tables.agencies.find(clerk.agency) else { throw Refused(.notFound) }
        let staff = try act.tables.positions.inAgency(clerk.agency)
        guard let leader = staff.first(where: { $0.id == signer }), CopyAuthority.roles.contains(leader.role)
        else {
            throw Refused(.malformed(.signer))
        }
        try Refused.unless(PaperRules.copyingRefusals(chosen.papers))
        let head = staff.first { $0.role == .head }
        return try chosen.byDocument.map { issuance, papers in
            let year = act.today.year
            let copy = CertifiedCopy(
                id: act.newID(), agency: agency.id, issuance: issuance, year: year,
                number: try act.tables.certifiedCopies.takeNumber(.copy, of: agency.id, year: year),
                notation: CertifiedCopy.notation(of: agency), date: act.today, count: papers.count,
                authority: CopyAuthority.lines(leader, head: head), signer: leader.personName)
            try act.tables.certifiedCopies.insert(copy, signer: leader.id, by: clerk.id, at: act.now)
            try act.tables.papers.setCopy(copy.id, of: papers.map(\.id))
            act.record(
                .copyCertified, issuance,
                [
                    "copy": copy.numberAndNotation, "copies": "\(copy.count)", "signer": copy.signer,
                    "note": "bản sao số \(copy.numberAndNotation), \(copy.count) bản",
                ])
            return copy
        }
    }
}

/// Đã in.
package struct NotePrinted: OfficeOperation {
    package static let verb = Verb.paperPrinted

    let papers: [ID<PaperDispatch>]
    package init(_ papers: [ID<PaperDispatch>]) { self.papers = papers }

    package func perform(_ act: Act) throws -> Int {
        let clerk = try act.position
        let chosen = try ChosenPapers(act, papers)
        try Refused.unless(PaperRules.printingRefusals(chosen.papers))
        try act.tables.papers.setPrinted(chosen.papers.map(\.id), by: clerk.id, at: act.now)
        for (issuance, papers) in chosen.byDocument {
            act.record(.paperPrinted, issuance, ["note": "\(papers.count) bản", "papers": "\(papers.count)"])
        }
        return chosen.papers.count
    }
}

/// Đã gửi: a line of the posting register for each envelope's recipient.
package struct NotePosted: OfficeOperation {
    package static let verb = Verb.paperPosted

    let papers: [ID<PaperDispatch>]
    let particulars: PostingParticulars

    package init(_ papers: [ID<PaperDispatch>], _ particulars: PostingParticulars) {
        self.papers = papers
        self.particulars = particulars
    }

    package func perform(_ act: Act) throws -> [Posting] {
        let clerk = try act.position
        let chosen = try ChosenPapers(act, papers)
        let copies = try act.tables.certifiedCopies.find(Set(chosen.papers.compactMap(\.copy)))
        try Refused.unless(
            PaperRules.postingRefusals(
                chosen.papers, particulars, copied: copies.map(\.date).max(), today: act.today))
        var postings: [Posting] = []
        for paper in chosen.papers {
            let year = particulars.day.year
            let posting = Posting(
                year: year,
                number: try act.tables.certifiedCopies.takeNumber(.posting, of: clerk.agency, year: year),
                day: particulars.day, way: particulars.way, carrier: particulars.carrier,
                envelopes: particulars.envelopes, note: particulars.note)
            try act.tables.papers.setPosted(paper.id, posting, by: clerk.id, at: act.now)
            postings.append(posting)
        }
        try act.tables.deliveries.notePosted(chosen.papers.map(\.delivery), at: act.now)
        for (issuance, papers) in chosen.byDocument {
            act.record(
                .paperPosted, issuance,
                [
                    "note": "\(papers.count) nơi nhận, ngày \(particulars.day.iso)",
                    "papers": "\(papers.count)",
                    "way": particulars.way.rawValue, "carrier": particulars.carrier,
                    "first": "\(postings.first?.number ?? 0)", "last": "\(postings.last?.number ?? 0)",
                ])
        }
        return postings
    }
}

/// The papers of a form, locked: every one is this agency's and still to be sent, or nothing is done.
struct ChosenPapers {
    let papers: [PaperDispatch]

    init(_ act: Act, _ ids: [ID<PaperDispatch>]) throws {
        let wanted = Set(ids)
        guard wanted.count <= PaperRules.most else { throw Refused(.stale) }
        papers = try act.tables.papers.lock(Array(wanted), of: try act.agency)
        guard papers.count == wanted.count else { throw Refused(.notFound) }
    }

    /// In the order in which they were issued.
    var byDocument: [(ID<Issuance>, [PaperDispatch])] {
        var order: [ID<Issuance>] = []
        var groups: [ID<Issuance>: [PaperDispatch]] = [:]
        for paper in papers {
            if groups[paper.issuance] == nil { order.append(paper.issuance) }
            groups[paper.issuance, default: []].append(paper)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }
}
