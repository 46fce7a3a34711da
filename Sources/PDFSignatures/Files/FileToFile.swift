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
        try withoutActuallyEscaping(tail) { tail in
            try extend(input, to: output, steps: [{ Appendix(bytes: try tail($0), signedField: newField) }])
        }
    }

    /// Several savings one after another, each checked before the next begins.
    static func extend(_ input: String, to output: String, steps: [RevisionStep]) throws {
        let target = try ReplacementFile(at: output)
        try target.append(contentsOf: input)
        for step in steps {
            let before = try PDFFile.forChange(target.contents())
            guard let appendix = try step(before) else { continue }
            try target.append(appendix.bytes)
            before.reader.bytes.release()
            try target.flush()
            try SelfCheck(before: before, after: target.contents(), newField: appendix.signedField).run()
        }
        try target.flush()
        try target.place()
    }

    /// The same in memory.
    static func extend(_ bytes: FileBytes, steps: [RevisionStep]) throws -> FileBytes {
        var current = bytes
        for step in steps {
            let before = try PDFFile.forChange(current)
            guard let appendix = try step(before) else { continue }
            let after = FileBytes(current, then: appendix.bytes)
            try SelfCheck(before: before, after: after, newField: appendix.signedField).run()
            current = after
        }
        return current
    }
}
