/// A PDF on disk, written anew with one more saving at its end. The input is first copied beside the output's
/// place and only the copy is read from then on, so nobody can change or shorten the file under our hands;
/// what is appended is checked as it lies on disk; and only then does the copy take the output's name. Large
/// files pass through memory and are never held in it.
enum FileToFile {
    /// - Parameters:
    ///   - newField: The signature field that the new saving signs, if it signs one.
    ///   - tail: What to append to the file as it was read.
    static func extend(
        _ input: String, to output: String, signing newField: String? = nil,
        tail: (PDFFile) throws -> [UInt8]
    ) throws {
        let target = try ReplacementFile(at: output)
        try target.append(contentsOf: input)
        let before = try PDFFile.forChange(target.contents())
        try target.append(tail(before))
        before.reader.bytes.release()
        try target.flush()
        try SelfCheck(before: before, after: target.contents(), newField: newField).run()
        try target.place()
    }
}
