import Foundation

@testable import PDFSignatures

/// A letter of one page in a few hundred bytes, with the words that a program would read from it, and the
/// steps of its life: prepared, signed, filled, sealed.
enum SmallLetter {
    static let fontPath = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"
    static let font = [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: fontPath))) ?? Data())

    static func pdf(pageEntries: String = "", catalogEntries: String = "") -> [UInt8] {
        let text = "BT /F1 13 Tf 120 720 Td (So:        /UBND-VP) Tj ET"
        let objects = [
            "<</Type /Catalog /Pages 2 0 R \(catalogEntries)>>",
            "<</Type /Pages /Kids [3 0 R] /Count 1>>",
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                + "/Resources <</Font <</F1 5 0 R>>>> \(pageEntries)>>",
            "<</Length \(text.utf8.count)>>\nstream\n\(text)\nendstream",
            "<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>",
        ]
        return build(objects)
    }

    static func build(_ objects: [String]) -> [UInt8] {
        var bytes = Array("%PDF-1.7\n".utf8)
        var rows = "0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let place = String(bytes.count)
            rows += String(repeating: "0", count: 10 - place.count) + place + " 00000 n \n"
            bytes += Array("\(index + 1) 0 obj\n\(object)\nendobj\n".utf8)
        }
        let start = bytes.count
        bytes += Array("xref\n0 \(objects.count + 1)\n\(rows)".utf8)
        bytes += Array(
            "trailer\n<</Size \(objects.count + 1) /Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n".utf8)
        return bytes
    }

    static let layout = SignatureLayout(
        number: BlankPlace(page: 0, rect: Rect(x: 142, y: 716.5, width: 26, height: 17)),
        day: BlankPlace(page: 0, rect: Rect(x: 395, y: 716.5, width: 18, height: 17), italic: true),
        month: BlankPlace(page: 0, rect: Rect(x: 445, y: 716.5, width: 18, height: 17), italic: true),
        signer: Place(page: 0, rect: Rect(x: 360, y: 130, width: 134, height: 67)),
        seal: Place(page: 0, rect: Rect(x: 303, y: 111, width: 102, height: 102)))

    static func prepared(_ pdf: [UInt8] = pdf()) throws -> [UInt8] {
        try Preparation.prepare(pdf, layout: layout, font: font)
    }

    static func signed(_ pdf: [UInt8]) throws -> [UInt8] {
        try PAdES.sign(
            pdf, request(FieldName.signer, TestKeys.head, .image(png: TinyPicture.blue)), with: TestKeys.head)
    }

    static func filled(_ pdf: [UInt8]) throws -> [UInt8] {
        try FormFilling.fill(pdf, values: ["So": "54", "Ngay": "12", "Thang": "5"], font: font)
    }

    static func sealed(_ pdf: [UInt8]) throws -> [UInt8] {
        try PAdES.sign(
            pdf, request(FieldName.seal, TestKeys.agency, .image(png: TinyPicture.red)), with: TestKeys.agency
        )
    }

    static func request(
        _ field: String, _ key: any SigningKey, _ appearance: Appearance = .none, place: Place? = nil
    ) -> SigningRequest {
        SigningRequest(
            field: field, place: place, appearance: appearance, key: key, signingTime: TestKeys.moment)
    }

    /// Signed without a place, with little room, for tests that try every byte.
    static func signedSmall() throws -> [UInt8] {
        var request = request("ChuKy", TestKeys.head)
        request.reservedBytes = 3_000
        return try PAdES.sign(pdf(), request, with: TestKeys.head)
    }

    static func verify(_ pdf: [UInt8], trust: TrustStore = TestKeys.trust) throws -> [SignatureVerdict] {
        try Verification.verify(pdf, trust: trust, at: TestKeys.moment).signatures
    }
}

/// Pictures of eight by four pixels.
enum TinyPicture {
    static let blue = png(kind: 6, pixel: [20, 50, 150, 200])
    static let red = png(kind: 6, pixel: [205, 24, 30, 180])
    /// Opaque: the left half red, the right half blue.
    static let redBesideBlue = png(
        kind: 2, row: (0..<8).flatMap { $0 < 4 ? [220, 10, 20] : [10, 20, 220] })

    static func png(
        kind: UInt8, pixel: [UInt8], palette: [UInt8] = [], bits: UInt8 = 8, interlaced: Bool = false
    ) -> [UInt8] {
        png(
            kind: kind, row: (0..<8).flatMap { _ in pixel }, palette: palette, bits: bits,
            interlaced: interlaced)
    }

    private static func png(
        kind: UInt8, row: [UInt8], palette: [UInt8] = [], bits: UInt8 = 8, interlaced: Bool = false
    ) -> [UInt8] {
        var rows: [UInt8] = []
        for _ in 0..<4 { rows += [0] + row }
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += chunk("IHDR", [0, 0, 0, 8, 0, 0, 0, 4, bits, kind, 0, 0, interlaced ? 1 : 0])
        if !palette.isEmpty { file += chunk("PLTE", palette) }
        return file + chunk("IDAT", Flate.compress(rows)) + chunk("IEND", [])
    }

    /// The check sum is left empty: our reader does not need it.
    private static func chunk(_ kind: String, _ body: [UInt8]) -> [UInt8] {
        FontWriter.long(body.count) + Array(kind.utf8) + body + [0, 0, 0, 0]
    }
}
