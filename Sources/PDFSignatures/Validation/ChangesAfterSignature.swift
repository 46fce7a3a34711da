/// What happened to the document after one signature: the file as it was when signed is read on its own, and
/// every later saving is compared with the one before it (ISO 32000-2, 12.8.2.2; ETSI EN 319 142-1, 5.5).
struct ChangesAfterSignature {
    let file: PDFFile
    let field: FormField
    let value: PDFReference
    let range: SignedRange

    func run(_ signature: PDFDictionary, into result: inout InspectedSignature) {
        let signed: PDFFile
        do throws(PDFError) {
            signed =
                range.end == file.reader.end
                ? file : try PDFFile(file.reader.bytes, end: range.end, limits: file.reader.limits)
            guard endsAtSaving(), try isThere(in: signed) else {
                throw .damaged("signature not in its own saving")
            }
        } catch {
            result.fail(.formatFailure, .signedRevisionUnreadable, "\(error)")
            result.modifications = .forbidden
            return
        }
        guard let newer = savingsAfter(signed) else {
            result.findings.append(Finding(.historyRewritten))
            result.modifications = .forbidden
            return
        }
        var changes = Changes()
        checkTail(savings: newer, into: &changes)
        do throws(PDFError) {
            try compareSavings(newer, since: signed, into: &changes)
            try applyRules(of: signature, to: &changes)
        } catch {
            changes.note(.unknown, .historyRewritten, "\(error)")
        }
        result.modifications = changes.level
        result.findings += changes.findings
    }

    /// Only line ends may stand between the last `%%EOF` and the end of what is signed.
    private func endsAtSaving() -> Bool {
        guard let mark = file.reader.bytes.lastRange(of: "%%EOF", from: max(0, range.end - 32), to: range.end)
        else {
            return false
        }
        return file.reader.bytes[(mark + 5)..<range.end].allSatisfy(Lexer.isSpace)
    }

    private func isThere(in signed: PDFFile) throws(PDFError) -> Bool {
        guard let then = try signed.fields().first(where: { $0.reference == field.reference }) else {
            return false
        }
        return then.name == field.name && then.type == "Sig" && then.value?.reference == value
            && signed.reader.place(of: value) == file.reader.place(of: value)
    }

    /// How many savings followed; `nil` when the file's history does not go through the signed one.
    private func savingsAfter(_ signed: PDFFile) -> Int? {
        let all = file.reader.sections
        let old = signed.reader.sections
        let newer = all.count - old.count
        guard newer >= 0, all[newer...].map(\.offset) == old.map(\.offset),
            all[..<newer].allSatisfy({ $0.offset + file.reader.shift >= range.end })
        else { return nil }
        return newer
    }

    /// Bytes that no saving accounts for are an attempt to show something to those who look differently.
    private func checkTail(savings: Int, into changes: inout Changes) {
        let bytes = file.reader.bytes
        let end = bytes.lastRange(of: "%%EOF", from: range.end, to: bytes.count).map { $0 + 5 } ?? range.end
        let rest = savings == 0 ? range.end : end
        if bytes[rest...].contains(where: { !Lexer.isSpace($0) }) {
            changes.note(.forbidden, .bytesAfterLastRevision)
        }
    }

    private func compareSavings(_ newer: Int, since signed: PDFFile, into changes: inout Changes)
        throws(PDFError)
    {
        guard newer > 0 else { return }
        var census = ReferenceCensus()
        census.count(signed.reader, numbers: signed.reader.entries.keys)
        var old = signed
        for step in stride(from: newer - 1, through: 0, by: -1) {
            let new = try file.before(newest: step)
            var diff = RevisionDiff(old: old, new: new, census: census)
            try diff.run()
            changes.add(diff.changes)
            if let section = new.reader.sections.first, let previous = old.reader.sections.first {
                RevisionBytes(reader: new.reader, section: section, previous: previous, signedEnd: range.end)
                    .check(into: &changes)
                census.count(new.reader, numbers: section.entries.keys)
            }
            old = new
        }
    }

    /// The signer's own rules: certification and locked fields.
    private func applyRules(of signature: PDFDictionary, to changes: inout Changes) throws(PDFError) {
        let locks = try FieldLocks.rules(of: signature, reader: file.reader)
        for name in changes.changedFields where locks.contains(where: { $0.covers(name) }) {
            changes.note(.forbidden, .lockedFieldChanged, name)
        }
        guard let permission = try certification(in: signature) else { return }
        let broken =
            switch permission {
            case 1: changes.level > .none
            case 2: changes.level > .formFilling || changes.addedVisibleField
            default: changes.level > .annotations
            }
        if broken { changes.note(.forbidden, .certificationBroken, "P=\(permission)") }
    }

    private func certification(in signature: PDFDictionary) throws(PDFError) -> Int? {
        for item in try file.reader.array(signature["Reference"]) ?? [] {
            guard let reference = try file.reader.dictionary(item),
                try file.reader.resolve(reference["TransformMethod"]).name == "DocMDP"
            else { continue }
            let parameters = try file.reader.dictionary(reference["TransformParams"])
            return try file.reader.resolve(parameters?["P"]).integer ?? 2
        }
        return nil
    }
}

/// What a comparison found, with the gravest level so far.
struct Changes {
    private(set) var level = Modifications.none
    private(set) var findings: [Finding] = []
    private(set) var changedFields: [String] = []
    var addedVisibleField = false

    mutating func note(_ level: Modifications, _ code: Finding.Code, _ detail: String? = nil) {
        self.level = max(self.level, level)
        let finding = Finding(code, detail)
        if !findings.contains(finding), findings.count < 200 { findings.append(finding) }
    }

    mutating func fieldChanged(_ name: String) { changedFields.append(name) }

    mutating func add(_ other: Changes) {
        level = max(level, other.level)
        for finding in other.findings { note(level, finding.code, finding.detail) }
        changedFields += other.changedFields
        addedVisibleField = addedVisibleField || other.addedVisibleField
    }
}
