import Foundation
import Testing

@testable import EdXML

/// The shapes that circulate, read and written, with messages of our own.
struct ShapeTests {
    /// Tags in their order, without the constant that stands for a signature.
    private func tags(_ text: String) -> [String] {
        text.replacing(/<Signature.*<\/Signature>/.dotMatchesNewlines(), with: "")
            .matches(of: /<(\/?[A-Za-z:]+)/).map { String($0.1) }
    }

    private func roundTrip(
        _ text: String, _ packing: MessageWriter.Packing = .plain,
        _ look: (EdXMLMessage, String) throws -> Void
    ) throws {
        try withFolder { folder in
            let first = try Raw.read(text, in: folder)
            let written = String(decoding: try Letter.written(first.message, packing: packing), as: UTF8.self)
            try look(first.message, written)
            let second = try Raw.read(written, in: folder)
            #expect(
                tags(String(decoding: try Letter.written(second.message), as: UTF8.self)) == tags(written))
        }
    }

    @Test(
        "E4: what the software of the axis says is written in its own order to the last element",
        arguments: [OwnMessages.new, OwnMessages.recall, OwnMessages.update, OwnMessages.replace])
    func order(business: String) throws {
        let text = OwnMessages.sdk(business: business)
        for packing in MessageWriter.Packing.allCases {
            try roundTrip(text, packing) { message, written in
                #expect(tags(written) == tags(text))
                #expect(MessageCheck.check(message).faults == [])
                #expect(MessageCheck.check(message).warnings == [])
            }
        }
    }

    @Test("E4: every part that a message can have stands where the axis looks for it")
    func everything() throws {
        var message = Letter.message("/tmp/a")
        var other = OtherParticulars()
        (other.priority, other.sphere, other.typist, other.promulgationAmount) = ("0", "s", "t", "1")
        (other.pageAmount, other.direction) = ("2", "true")
        (other.appendixes, other.replyFors, other.referenceCodes) = (["a"], ["b"], ["c"])
        message.header.other = other
        message.header.responseForTask = [TaskReference(taskCode: "NV1")]
        message.header.steeringType = "2"
        message.attachments = []
        let found = tags(String(decoding: try Letter.written(.document(message)), as: UTF8.self))
            .filter { !$0.hasPrefix("/") }.map { $0.replacing("edXML:", with: "") }
        let expected = """
            edXML edXMLEnvelope edXMLHeader MessageHeader From OrganId OrganName To OrganId OrganName DocumentId
            Code CodeNumber CodeNotation PromulgationInfo Place PromulgationDate DocumentType Type TypeName Subject
            SignerInfo Competence Position FullName OtherInfo Priority SphereOfPromulgation TyperNotation
            PromulgationAmount PageAmount Direction Appendixes Appendix ReplyFors ReplyFor ReferenceCodes ReferenceCode
            SteeringType ResponseForTask TaskCode ToPlaces Place Place TraceHeaderList TraceHeader OrganId Timestamp
            edXMLBody edXMLManifest
            """
        #expect(found == expected.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    @Test("E3: what is updated, for whom, whether paper follows: all of it is in the value, both ways")
    func businesses() throws {
        try roundTrip(OwnMessages.sdk(business: OwnMessages.update)) { message, written in
            guard case .document(let letter) = message else { throw EdXMLError.notEdXML }
            let business = letter.trace.business
            #expect(business?.kind == .update)
            #expect(business?.documentID == "000.00.15.H51,2026/05/11,53/UBND-VP")
            #expect(business?.paper == "1")
            #expect(business?.staff?.staff == "Nguyễn Thị A")
            #expect(business?.update?.receivers.map(\.receiverType) == ["0", "1"])
            #expect(business?.update?.receivers.map(\.organID) == ["H36.12", "H36.14"])
            #expect(written.contains("<edXML:Paper>1</edXML:Paper>"))
        }
        try roundTrip(OwnMessages.sdk(business: OwnMessages.replace)) { message, _ in
            guard case .document(let letter) = message else { throw EdXMLError.notEdXML }
            #expect(letter.trace.business?.kind == .replace)
            #expect(
                letter.trace.business?.replacements == [
                    Replacement(documentID: "cũ", organIDs: ["H36.12", "H36.13"])
                ])
        }
        try roundTrip(OwnMessages.sdk()) { message, _ in
            guard case .document(let letter) = message else { throw EdXMLError.notEdXML }
            #expect(letter.trace.business?.paper == "0")
            #expect(letter.trace.hops.map(\.organID) == ["000.00.15.H51", nil])
        }
    }

    @Test("E4: a file in an archive that calls itself text comes out as itself; a file without one too")
    func attachments() throws {
        for (text, name, findings) in [
            (OwnMessages.sdk(), "Công văn 54.pdf", 1), (OwnMessages.qcvnOrder, "54.SIGNED.PDF", 1),
        ] {
            try withFolder { folder in
                let (letter, found) = try Raw.letter(text, in: folder)
                #expect(letter.attachments.map(\.name) == [name])
                #expect(try bytes(of: letter.attachments.first?.file) == OwnMessages.pdf)
                #expect(letter.attachments.map(\.size) == [OwnMessages.pdf.count])
                #expect(found.map(\.code) == [.signatureNotChecked] && found.count == findings)
            }
        }
    }

    @Test("E4: the standard's own order says the same, and goes out in the axis' order")
    func standardOrder() throws {
        try roundTrip(OwnMessages.qcvnOrder) { message, written in
            guard case .document(let letter) = message else { throw EdXMLError.notEdXML }
            #expect(letter.header.documentID == "7b0d7a52-0000-4000-8000-000000000002")
            #expect(letter.header.toPlaces == ["Như trên"])
            #expect(letter.header.other?.pageAmount == "1")
            #expect(letter.header.responseFor.isEmpty)
            #expect(letter.header.content == nil)
            #expect(MessageCheck.check(message) == MessageCheck.Result())
            let places = ["DocumentId>", "Code>", "OtherInfo>", "SteeringType>", "ToPlaces>"]
                .map { written.range(of: "<edXML:" + $0)?.lowerBound }
            #expect(places == places.sorted { ($0 ?? written.endIndex) < ($1 ?? written.endIndex) })
        }
    }

    @Test("E2: a status is read and written with all it says, and in its order")
    func statuses() throws {
        for code in ["01", "02", "03", "04", "05", "06", "13", "15", "16"] {
            let text = OwnMessages.status(code)
            try roundTrip(text) { message, written in
                #expect(written == text + "\n")
                guard case .status(let status) = message else { throw EdXMLError.notEdXML }
                #expect(status.statusCode == code)
                #expect(status.description == "Văn phòng: đã xem")
                #expect(status.staff?.department == "Văn phòng")
                #expect(MessageCheck.check(message) == MessageCheck.Result())
            }
        }
    }
}
