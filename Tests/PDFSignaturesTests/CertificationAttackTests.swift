import Foundation
import Testing

@testable import PDFSignatures

/// Attacks on certified letters (published as "evil annotation" and "sneaky signature"): what a certification does not
/// permit breaks it, and what it permits is still named.
@Suite struct CertificationAttackTests {
    private func ground(_ permission: SigningRequest.Certification) throws -> ForgeryGround {
        var request = SmallLetter.request(FieldName.signer, TestKeys.head, .image(png: TinyPicture.blue))
        request.certification = permission
        return try ForgeryGround(PAdES.sign(SmallLetter.prepared(), request, with: TestKeys.head))
    }

    private static let drawing = (
        number: 501, text: RawSaving.stream("0 0 200 60 re f", "/Subtype /Form /BBox [0 0 200 60] ")
    )

    private func annotated(_ ground: ForgeryGround, _ kind: String) throws -> SignatureVerdict {
        let annotation =
            "<</Type /Annot /Subtype /\(kind) /Rect [100 400 300 460] /F 4 /P 3 0 R /Contents (9.000.000) "
            + "/AP <</N 501 0 R>>>>"
        let saving = RawSaving(objects: [
            ground.pageObject(annotation: "500 0 R"), (500, annotation), Self.drawing,
        ])
        return try #require(try SmallLetter.verify(saving.appended(to: ground.pdf)).first)
    }

    @Test(
        "H2: an annotation over a certified letter breaks the certification, or is named where annotations are permitted",
        arguments: ["FreeText", "Stamp", "Redact", "Line"])
    func evilAnnotation(kind: String) throws {
        for permission in [SigningRequest.Certification.noChanges, .formFilling] {
            let verdict = try annotated(ground(permission), kind)
            #expect(verdict.indication == .totalFailed)
            #expect(verdict.findings.contains { $0.code == .certificationBroken })
        }
        let permitted = try annotated(ground(.annotations), kind)
        #expect(permitted.modifications >= .annotations)
        #expect(permitted.findings.contains { $0.code == .annotationAdded })
    }

    @Test("H2: a signature field with a picture, added to a certified letter, breaks the certification")
    func sneakySignature() throws {
        for permission in [SigningRequest.Certification.noChanges, .formFilling] {
            let ground = try ground(permission)
            let place = Place(page: 0, rect: Rect(x: 100, y: 400, width: 200, height: 60))
            // By the engine's own signer, but without its check of the result.
            let saving = ground.newField(
                "/Rect [100 400 300 460] /V 502 0 R /AP <</N 501 0 R>>",
                [
                    Self.drawing,
                    (
                        502,
                        "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
                            + "/ByteRange [0 1 2 3] /Contents <00>>>"
                    ),
                ])
            let verdicts = try SmallLetter.verify(saving.appended(to: ground.pdf))
            #expect(verdicts.first { $0.field == FieldName.signer }?.indication == .totalFailed)
            #expect(throws: (any Error).self) {
                try PAdES.sign(
                    ground.pdf,
                    SmallLetter.request("Moi", TestKeys.agency, .image(png: TinyPicture.red), place: place),
                    with: TestKeys.agency)
            }
        }
    }

    @Test("H2: without any change permitted, even a prepared field may not be filled")
    func nothingPermitted() throws {
        let ground = try ground(.noChanges)
        let saving = RawSaving(objects: [try ground.field("So") { $0["V"] = .string(Array("54".utf8)) }])
        let verdict = try #require(try SmallLetter.verify(saving.appended(to: ground.pdf)).first)
        #expect(verdict.indication == .totalFailed && verdict.modifications == .forbidden)
    }

    @Test("H2: the certification taken out of the catalogue, or its permission raised, is seen")
    func permissionRaised() throws {
        let ground = try ground(.formFilling)
        let file = try PDFFile(ground.pdf)
        #expect(file.catalog["Perms"] != nil)
        let bare = ground.catalog.replacing(#//Perms\s*<<[^>]*>>/#, with: "")
        let removed = RawSaving(objects: [(1, "<<\(bare) /AcroForm \(ground.formNumber) 0 R>>")])
        try Forgery("certification removed") { try removed.appended(to: ground.pdf) }.expectSeen()
        let value = try #require(ground.fields[FieldName.signer]?.value?.reference)
        let text = String(decoding: Serializer.bytes(of: try file.reader.object(value)), as: UTF8.self)
        let raised = text.replacing("/P 2", with: "/P 3")
        #expect(raised != text)
        let saving = RawSaving(objects: [(value.number, raised)])
        try Forgery("permission raised") { try saving.appended(to: ground.pdf) }.expectSeen()
    }
}
