import Foundation
import Testing

@testable import PDFSignatures

/// A file that was given out to be signed elsewhere comes back: what counts as the same file with one more
/// signature, and everything that does not.
@Suite struct ReturnedFileTests {
    static let served = (try? SmallLetter.prepared()) ?? []
    static let headSigned = (try? SmallLetter.signed(served)) ?? []

    private func prove(
        _ returned: [UInt8], extends served: [UInt8] = served, by key: PKCS12Key = TestKeys.head
    ) throws(ReturnedFile.Fault) -> ReturnedFile.Proof {
        try ReturnedFile.prove(returned, extends: served) { $0 == key.certificate }
    }

    private func saving(
        on pdf: [UInt8], _ change: (inout IncrementalUpdate, PDFFile) throws -> Void
    ) throws -> [UInt8] {
        let file = try PDFFile(pdf)
        var update = try IncrementalUpdate(file)
        try change(&update, file)
        return update.finished().bytes
    }

    private func withText(_ pdf: [UInt8]) throws -> [UInt8] {
        try saving(on: pdf) { update, file in
            let text = Array("BT /F1 13 Tf 142 720 Td (54) Tj ET".utf8)
            let stream = update.add(.stream(PDFStream(dictionary: [:], raw: text[...])))
            var page = file.pageNodes[0].dictionary
            page["Contents"] = .array([page["Contents"] ?? .null, .reference(stream)])
            update.set(file.pageNodes[0].reference, .dictionary(page))
        }
    }

    private func fault(
        _ returned: [UInt8], extends served: [UInt8] = served, by key: PKCS12Key = TestKeys.head
    ) -> ReturnedFile.Fault? {
        do throws(ReturnedFile.Fault) {
            _ = try prove(returned, extends: served, by: key)
            return nil
        } catch { return error }
    }

    @Test("H2: signed in the prepared field, or in a new one, by the expected certificate: proven")
    func proven() throws {
        let proof = try prove(Self.headSigned)
        #expect(proof.field == FieldName.signer)
        #expect(proof.certificate == TestKeys.head.certificate)
        let place = Place(page: 0, rect: Rect(x: 360, y: 230, width: 120, height: 60))
        let elsewhere = try PAdES.sign(
            Self.served,
            SmallLetter.request("Signature1", TestKeys.head, .image(png: TinyPicture.blue), place: place),
            with: TestKeys.head)
        #expect(try prove(elsewhere).field == "Signature1")
    }

    @Test("D2: the seal after the head's signature, over filled fields: proven for the agency's certificate")
    func sealProven() throws {
        let served = try SmallLetter.filled(Self.headSigned)
        let proof = try prove(try SmallLetter.sealed(served), extends: served, by: TestKeys.agency)
        #expect(proof.field == FieldName.seal)
    }

    @Test(
        "D3: a file that points to objects it has not is given out so that any program's signature on it is proven"
    )
    func spaceFirst() throws {
        // The catalogue points to objects 6 and 7, which are not there.
        let pdf = SmallLetter.pdf(catalogEntries: "/Hidden [6 0 R 7 0 R]")
        let direct = try PAdES.sign(
            pdf, SmallLetter.request("ChuKyCoQuan", TestKeys.agency), with: TestKeys.agency)
        guard case .contentAdded? = fault(direct, extends: pdf, by: TestKeys.agency) else {
            Issue.record("hidden numbers must not be used")
            return
        }
        let place = Place(page: 0, rect: Rect(x: 387, y: 790, width: 180, height: 24))
        let served = try SignatureSpace.add(FieldName.seal, at: place, to: pdf)
        let returned = try PAdES.sign(
            served, SmallLetter.request(FieldName.seal, TestKeys.agency, .image(png: TinyPicture.red)),
            with: TestKeys.agency)
        #expect(try prove(returned, extends: served, by: TestKeys.agency).field == FieldName.seal)
        #expect(
            try PDFFile(SignatureSpace.add(FieldName.seal, at: place, to: served)).fieldNames(ofType: "Sig")
                .count == 2)
    }

    @Test("the file as it was given out, or with a saving that signs nothing, is unsigned")
    func unsigned() throws {
        #expect(fault(Self.served) == .unsigned)
        #expect(fault(try withText(Self.served)) == .unsigned)
    }

    @Test("H2: bytes that are not those given out are no extension, however well signed")
    func notAnExtension() throws {
        var changed = Self.served
        changed[changed.count / 2] ^= 1
        #expect(fault(try SmallLetter.signed(SmallLetter.pdf())) == .notAnExtension)
        #expect(fault(Array(Self.headSigned.dropFirst())) == .notAnExtension)
        #expect(fault(Array(Self.served.dropLast())) == .notAnExtension)
        #expect(fault(changed + Self.headSigned[Self.served.count...]) == .notAnExtension)
        #expect(fault([]) == .notAnExtension)
    }

    @Test("H5: another person's certificate is not the expected one, and is named")
    func otherCertificate() throws {
        let returned = try PAdES.sign(
            Self.served, SmallLetter.request(FieldName.signer, TestKeys.agency), with: TestKeys.agency)
        #expect(fault(returned) == .otherCertificate(signer: "UBND xã Bình Hà"))
    }

    @Test("D1: number put onto the page before the signature, in the same hand-over, is content added")
    func contentAdded() throws {
        let returned = try SmallLetter.signed(try withText(Self.served))
        guard case .contentAdded(let findings)? = fault(returned) else {
            Issue.record("\(String(describing: fault(returned)))")
            return
        }
        #expect(findings.map(\.code).contains(.pageChanged))
    }

    @Test("D2: number filled into its field on the way is said as such")
    func fieldsFilled() throws {
        let returned = try SmallLetter.signed(try SmallLetter.filled(Self.served))
        #expect(fault(returned) == .fieldsFilled(["So", "Ngay", "Thang"]))
    }

    @Test("two new signatures, and content put on after the new one")
    func tooMuch() throws {
        #expect(fault(try SmallLetter.sealed(Self.headSigned)) == .severalSignatures(2))
        guard case .contentAdded? = fault(try withText(Self.headSigned)) else {
            Issue.record("content after the signature must be noticed")
            return
        }
    }

    @Test(
        "H2: LibreOffice's own key in the trailer, carried on by another program, is no change; Encrypt is one"
    )
    func trailerKeys() throws {
        let prepared = try SmallLetter.prepared(
            Array(
                String(decoding: SmallLetter.pdf(), as: UTF8.self).replacing(
                    "/Root 1 0 R>>", with: "/Root 1 0 R /DocChecksum /01234567>>"
                ).utf8))
        for (key, isAllowed) in [("/DocChecksum /01234567", true), ("/Other /01234567", false)] {
            // The saving's own trailer says it again, as pyHanko writes it; behind the signed bytes of nobody.
            let stamped = try saving(on: prepared) { _, _ in }
            let text = String(decoding: stamped[prepared.count...], as: Unicode.ASCII.self)
            let tail = text.replacing("/Root", with: "\(key)\n/Root")
            let returned = try SmallLetter.signed(Array(stamped[..<prepared.count]) + Array(tail.utf8))
            #expect((fault(returned, extends: prepared) == nil) == isAllowed, "\(key)")
        }
    }

    @Test("a signature with one bit turned is wrong, and bytes that no saving names are noticed")
    func wrong() throws {
        var broken = Self.headSigned
        let hole = try #require(
            Self.headSigned.firstRange(
                of: "/Contents <30", from: Self.served.count, to: Self.headSigned.count))
        // Inside the signature value, near the end of what is filled.
        let place = hole + 4_000
        broken[place] = broken[place] == 0x30 ? 0x31 : 0x30
        #expect(fault(broken) != nil)
        #expect(fault(Self.headSigned + Array("9 0 obj\n(Giả)\nendobj\n".utf8)) != nil)
    }

    @Test("H2: cut short anywhere it never passes and never crashes")
    func everyCut() throws {
        let end = Self.headSigned.count
        for length in stride(from: Self.served.count, to: end - 2, by: 997) {
            #expect(fault(Array(Self.headSigned[..<length])) != nil, "\(length)")
        }
    }
}
