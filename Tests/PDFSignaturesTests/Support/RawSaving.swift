@testable import PDFSignatures

/// One more saving written by hand, with everything in it that an honest writer would never write.
struct RawSaving {
    /// Object texts by number, in order; a generation other than 0 where the number says so.
    var objects: [(number: Int, text: String)] = []
    var generations: [Int: Int] = [:]
    /// Rows of the table written before, or after, those of the objects.
    var rowsBefore = ""
    var rowsAfter = ""
    /// Between the last object and the table.
    var beforeTable = ""
    /// Inside the trailer, and what stands before `/Size`.
    var trailer = ""
    var trailerStart = "/Root 1 0 R "
    /// Between trailer and `startxref`, and between its number and `%%EOF`.
    var afterTrailer = ""
    var afterStart = ""

    func appended(to base: [UInt8]) throws -> [UInt8] {
        let previous = try PDFFile(base).reader.sections.first?.offset ?? 0
        var bytes = base
        var rows = ""
        for (number, text) in objects {
            let generation = generations[number] ?? 0
            rows += "\(number) 1\n\(RawSaving.row(bytes.count, generation: generation))"
            bytes += Array("\(number) \(generation) obj\n\(text)\nendobj\n".utf8)
        }
        bytes += Array(beforeTable.utf8)
        let start = bytes.count
        let table = "xref\n\(rowsBefore)\(rows)\(rowsAfter)trailer\n"
        let dictionary = "<<\(trailerStart)/Size 900 /Prev \(previous) \(trailer)>>\n"
        let end = "\(afterTrailer)startxref\n\(start)\n\(afterStart)%%EOF\n"
        return bytes + Array((table + dictionary + end).utf8)
    }

    static func row(_ place: Int, generation: Int = 0) -> String {
        let (place, generation) = (String(place), String(generation))
        return String(repeating: "0", count: 10 - place.count) + place + " "
            + String(repeating: "0", count: 5 - generation.count) + generation + " n \n"
    }

    static func stream(_ text: String, _ entries: String = "") -> String {
        "<<\(entries)/Length \(text.utf8.count)>>\nstream\n\(text)\nendstream"
    }

    /// What a forger wants the page to show.
    static let forgedText = stream("BT /F1 40 Tf 100 400 Td (9.000.000) Tj ET")
}
