/// Writes the cross-reference section and trailer of an update. A table follows a table and a stream follows
/// a stream, since not every reader takes a mixture.
struct CrossReferenceWriter {
    let update: IncrementalUpdate
    let offsets: [PDFReference: Int]
    let nextNumber: Int

    /// `tail` holds the objects of the update, and follows the file as it was.
    func append(to tail: inout [UInt8]) {
        let start = update.file.reader.bytes.count + tail.count
        let state = state(after: tail)
        if update.file.reader.sections.first?.kind == .stream {
            tail += stream(at: start, state: state)
        } else {
            tail += table(state: state)
        }
        tail += "startxref\n\(start)\n%%EOF\n".utf8
    }

    /// A name for this state of the document, out of what it adds and what it adds to.
    private func state(after tail: [UInt8]) -> [UInt8] {
        Array(DigestAlgorithm.sha256.hash(tail, update.file.reader.bytes.suffix(1_024)).prefix(16))
    }

    private func trailer(size: Int, state: [UInt8]) -> PDFDictionary {
        let last = update.file.reader.trailer
        var trailer: PDFDictionary = [:]
        for key in ["Root", "Info"] { trailer[key] = last[key] }
        trailer["Size"] = .integer(size)
        trailer["Prev"] = .integer(update.file.reader.sections.first?.offset ?? 0)
        trailer["ID"] = identifiers(last["ID"], state)
        return trailer
    }

    /// The first identifier names the document for ever, the second this state of it (ISO 32000-2, 14.4).
    private func identifiers(_ last: PDFObject?, _ state: [UInt8]) -> PDFObject {
        let known = (try? update.file.reader.array(last))?.first?.string
        return .array([.string(known ?? state), .string(state)])
    }

    private func runs(_ numbers: [PDFReference]) -> [[PDFReference]] {
        var runs: [[PDFReference]] = []
        for reference in numbers {
            if let last = runs.last?.last, last.number + 1 == reference.number {
                runs[runs.count - 1].append(reference)
            } else {
                runs.append([reference])
            }
        }
        return runs
    }

    private func table(state: [UInt8]) -> [UInt8] {
        var text = "xref\n"
        for run in runs(offsets.keys.sorted()) {
            text += "\(run[0].number) \(run.count)\n"
            for reference in run {
                text += padded(offsets[reference] ?? 0, 10) + " " + padded(reference.generation, 5) + " n \n"
            }
        }
        return Array(text.utf8) + Array("trailer\n".utf8)
            + Serializer.bytes(of: .dictionary(trailer(size: nextNumber, state: state))) + [0x0A]
    }

    private func stream(at start: Int, state: [UInt8]) -> [UInt8] {
        let own = PDFReference(number: nextNumber, generation: 0)
        var places = offsets
        places[own] = start
        var dictionary = trailer(size: nextNumber + 1, state: state)
        dictionary["Type"] = .name("XRef")
        dictionary["W"] = .array([.integer(1), .integer(5), .integer(2)])
        var index: [PDFObject] = []
        var rows: [UInt8] = []
        for run in runs(places.keys.sorted()) {
            index += [.integer(run[0].number), .integer(run.count)]
            for reference in run {
                let place = places[reference] ?? 0
                rows.append(1)
                for shift in [32, 24, 16, 8, 0] { rows.append(UInt8(truncatingIfNeeded: place >> shift)) }
                rows += [
                    UInt8(truncatingIfNeeded: reference.generation >> 8), UInt8(reference.generation & 0xFF),
                ]
            }
        }
        dictionary["Index"] = .array(index)
        let object = PDFObject.stream(PDFStream(dictionary: dictionary, raw: rows[...]))
        return Array("\(own.number) 0 obj\n".utf8) + Serializer.bytes(of: object) + Array("\nendobj\n".utf8)
    }

    private func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
