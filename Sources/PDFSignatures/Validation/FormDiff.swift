/// Rules for the form: empty fields may be filled, unsigned signature fields signed, signature fields added.
/// Fields that were filled when signed stay as they were: whoever signed saw their contents.
extension RevisionDiff {
    mutating func compareForms(_ oldFields: [FormField], _ newFields: [FormField]) throws(PDFError) {
        try compareFormDictionaries()
        let byReference = Dictionary(
            newFields.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
        let known = Set(oldFields.map(\.reference))
        guard newFields.map(\.reference).filter(known.contains) == oldFields.map(\.reference) else {
            changes.note(.forbidden, .fieldRemoved)
            return
        }
        for field in oldFields {
            guard let now = byReference[field.reference], now.name == field.name, now.type == field.type
            else {
                changes.note(.forbidden, .fieldChanged, field.name)
                continue
            }
            try compare(field, now)
        }
        let names = Set(oldFields.map(\.name))
        for field in newFields where !known.contains(field.reference) {
            try acceptNew(field, names: names)
        }
    }

    private mutating func compareFormDictionaries() throws(PDFError) {
        let before = try old.reader.dictionary(old.catalog["AcroForm"]) ?? [:]
        guard let after = try new.reader.dictionary(new.catalog["AcroForm"]) else {
            if !before.isEmpty { changes.note(.forbidden, .formChanged, "removed") }
            return
        }
        let allowed: Set = ["Fields", "SigFlags", "DR", "DA", "NeedAppearances"]
        for key in Set(before.keys).union(after.keys).subtracting(allowed).sorted()
        where before[key] != after[key] {
            changes.note(.forbidden, .formChanged, key)
        }
        if before["DA"] != nil, before["DA"] != after["DA"] { changes.note(.forbidden, .formChanged, "DA") }
        if try new.reader.resolve(after["NeedAppearances"]).boolean == true,
            try old.reader.resolve(before["NeedAppearances"]).boolean != true
        {
            changes.note(.forbidden, .formChanged, "NeedAppearances")
        }
        try compareResources(before["DR"], after["DR"])
        for holder in [new.catalog["AcroForm"], after["Fields"]] {
            if let reference = holder?.reference, isTouched(reference) {
                let former = holder == new.catalog["AcroForm"] ? old.catalog["AcroForm"] : before["Fields"]
                if added.contains(reference.number) || former?.reference == reference {
                    explain(reference.number)
                }
            }
        }
    }

    /// Fonts and the like may be added to the form's resources, never exchanged.
    private mutating func compareResources(_ before: PDFObject?, _ after: PDFObject?) throws(PDFError) {
        let oldKinds = try old.reader.dictionary(before) ?? [:]
        let newKinds = try new.reader.dictionary(after) ?? [:]
        for (kind, value) in oldKinds {
            guard let entries = try old.reader.dictionary(value) else {
                if newKinds[kind] != value { changes.note(.forbidden, .formChanged, "DR/\(kind)") }
                continue
            }
            let present = try new.reader.dictionary(newKinds[kind]) ?? [:]
            for (name, entry) in entries where present[name] != entry {
                changes.note(.forbidden, .formChanged, "DR/\(kind)/\(name)")
            }
            if let reference = newKinds[kind]?.reference, value.reference == reference {
                explain(reference.number)
            }
        }
        if let reference = after?.reference, before?.reference == reference { explain(reference.number) }
        try explainBelow(after)
    }

    private mutating func compare(_ before: FormField, _ after: FormField) throws(PDFError) {
        guard before.widgets == after.widgets else {
            changes.note(.forbidden, .fieldChanged, before.name)
            return
        }
        let (oldValue, newValue) = (try old.reader.resolve(before.value), try new.reader.resolve(after.value))
        let wasEmpty = FormField.isEmpty(oldValue)
        let valueChanged = before.value != after.value || oldValue != newValue
        var allowed: Set<String> = ["M"]
        if wasEmpty, valueChanged { allowed.formUnion(["V", "AP", "AS", "I"]) }
        for reference in Set([before.reference] + before.widgets).sorted() {
            let oldEntries = try old.reader.dictionary(.reference(reference)) ?? [:]
            let newEntries = try new.reader.dictionary(.reference(reference)) ?? [:]
            let differing = Set(oldEntries.keys).union(newEntries.keys).filter {
                oldEntries[$0] != newEntries[$0]
            }
            for key in differing.subtracting(allowed).sorted() {
                if key == "F", allowed.contains("AP"), before.type == "Sig",
                    FormField.isShown(newEntries[key])
                {
                    continue
                }
                refuse(key, of: before, wasEmpty: wasEmpty)
            }
            if isTouched(reference) { explain(reference.number) }
            guard allowed.contains("AP") else { continue }
            try explainBelow(newEntries["AP"], formerly: oldEntries["AP"])
        }
        guard valueChanged else { return }
        changes.fieldChanged(before.name)
        guard wasEmpty else {
            changes.note(
                .forbidden, before.type == "Sig" ? .signatureReplaced : .filledFieldChanged, before.name)
            return
        }
        if before.type == "Sig", try !isOwnSignature(after.value) {
            changes.note(.forbidden, .fieldChanged, "\(before.name)/V")
        }
        try explainBelow(after.value)
        changes.note(.formFilling, before.type == "Sig" ? .fieldSigned : .fieldFilled, before.name)
    }

    private mutating func refuse(_ key: String, of field: FormField, wasEmpty: Bool) {
        switch key {
        case "V", "AP", "AS", "I":
            let code: Finding.Code =
                field.type == "Sig" && !wasEmpty ? .signatureReplaced : .filledFieldChanged
            changes.note(.forbidden, code, "\(field.name)/\(key)")
        default:
            changes.note(.forbidden, .fieldChanged, "\(field.name)/\(key)")
        }
    }

    private mutating func acceptNew(_ field: FormField, names: Set<String>) throws(PDFError) {
        let parts = Set([field.reference] + field.widgets)
        guard field.type == "Sig", !names.contains(field.name),
            parts.allSatisfy({ added.contains($0.number) })
        else {
            changes.note(.forbidden, .fieldAdded, field.name)
            return
        }
        let isSigned = try !new.reader.resolve(field.value).isNull
        if isSigned, try !isOwnSignature(field.value) {
            changes.note(.forbidden, .fieldAdded, "\(field.name)/V")
        }
        var isShown = false
        for reference in parts.sorted() {
            explain(reference.number)
            let entries = try new.reader.dictionary(.reference(reference)) ?? [:]
            // An action runs for whoever opens, reads or prints; a signature needs none.
            for key in entries.keys.sorted() where !SignatureFieldKeys.allowed.contains(key) {
                changes.note(.forbidden, .fieldAdded, "\(field.name)/\(key)")
            }
            let isVisible = try hasArea(entries["Rect"])
            if isVisible {
                changes.addedVisibleField = true
                isShown = true
            }
            // A picture on a field that nobody signed is a drawing in disguise.
            if !isSigned, isVisible, entries["AP"] != nil {
                changes.note(.forbidden, .fieldAdded, field.name)
            }
            for key in ["AP", "Kids", "Lock", "SV", "MK"] { try explainBelow(entries[key]) }
        }
        try explainBelow(field.value)
        let isStamp = try isTimestamp(field.value)
        if isStamp, !isShown {
            // Not a change of the document (ISO 32000-2, 12.8.2.2.2).
            changes.note(.none, .documentTimestampAdded, field.name)
        } else {
            changes.note(.formFilling, isSigned ? .fieldSigned : .signatureFieldAdded, field.name)
        }
    }

    private func isTimestamp(_ value: PDFObject?) throws(PDFError) -> Bool {
        let dictionary = try new.reader.dictionary(value) ?? [:]
        return try new.reader.resolve(dictionary["SubFilter"]).name == "ETSI.RFC3161"
    }

    /// What is no plain rectangle may be drawn anywhere.
    private func hasArea(_ rectangle: PDFObject?) throws(PDFError) -> Bool {
        guard let items = try new.reader.array(rectangle) else { return false }
        var edges: [Double] = []
        for item in items {
            guard let edge = try new.reader.resolve(item).number else { return true }
            edges.append(edge)
        }
        return edges.count != 4 || (edges[0] != edges[2] && edges[1] != edges[3])
    }
}

extension RevisionDiff {
    /// A signature made by this saving: a signature of before must not appear in a second place, and whatever is
    /// no signature must not bring a picture along.
    private func isOwnSignature(_ value: PDFObject?) throws(PDFError) -> Bool {
        guard let reference = value?.reference, added.contains(reference.number),
            let entries = try new.reader.dictionary(.reference(reference))
        else { return false }
        let range = try new.reader.array(entries["ByteRange"])
        let contents = try new.reader.resolve(entries["Contents"]).string
        return range?.count == 4 && contents != nil
    }
}

/// What may stand in a new signature field (ISO 32000-2, tables 166, 191, 226 and 235).
enum SignatureFieldKeys {
    static let allowed: Set = [
        "AP", "AS", "BS", "Border", "C", "DA", "F", "FT", "Ff", "H", "Kids", "Lock", "M", "MK", "NM", "P",
        "Parent", "Q", "Rect", "SV", "StructParent", "Subtype", "T", "TM", "TU", "Type", "V",
    ]
}

extension FormField {
    /// Neither invisible, hidden nor kept from view (ISO 32000-2, table 167).
    static func isShown(_ flags: PDFObject?) -> Bool { (flags?.integer ?? 0) & 0b10_0011 == 0 }

    /// Nothing entered: no value, no text, or a box not ticked.
    static func isEmpty(_ value: PDFObject) -> Bool {
        switch value {
        case .null: true
        case .string(let text): TextString.decode(text).isEmpty
        case .name(let name): name == "Off" || name.isEmpty
        case .array(let items): items.isEmpty
        default: false
        }
    }
}
