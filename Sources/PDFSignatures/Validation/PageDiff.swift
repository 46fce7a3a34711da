/// Rules for pages: the same pages in the same order, with the same contents; only the list of annotations
/// may grow, by the places of form fields. Other annotations are told apart as such, for they can cover what
/// was signed.
extension RevisionDiff {
    mutating func comparePages(_ oldFields: [FormField], _ newFields: [FormField]) throws(PDFError) {
        guard old.pageNodes.map(\.reference) == new.pageNodes.map(\.reference) else {
            changes.note(.forbidden, .pagesChanged)
            return
        }
        let widgets = Set(newFields.flatMap(\.widgets))
        for (index, (before, after)) in zip(old.pageNodes, new.pageNodes).enumerated() {
            if before.box != after.box { changes.note(.forbidden, .pageChanged, "\(index + 1)") }
            if isTouched(after.reference) {
                explain(after.reference.number)
                let keys = Set(before.dictionary.keys).union(after.dictionary.keys).subtracting(["Annots"])
                for key in keys.sorted() where before.dictionary[key] != after.dictionary[key] {
                    changes.note(.forbidden, .pageChanged, "\(index + 1)/\(key)")
                }
            }
            try compareAnnotations(
                before.dictionary["Annots"], after.dictionary["Annots"], page: index, widgets: widgets)
        }
    }

    private mutating func compareAnnotations(
        _ before: PDFObject?, _ after: PDFObject?, page: Int, widgets: Set<PDFReference>
    ) throws(PDFError) {
        let listTouched = after?.reference.map { isTouched($0) } ?? false
        guard before != after || listTouched else { return }
        let oldItems = try old.reader.array(before) ?? []
        let newItems = try new.reader.array(after) ?? []
        if let reference = after?.reference,
            added.contains(reference.number) || before?.reference == reference
        {
            explain(reference.number)
        }
        guard newItems.count >= oldItems.count, Array(newItems.prefix(oldItems.count)) == oldItems else {
            changes.note(.forbidden, .annotationChanged, "\(page + 1)")
            return
        }
        for item in newItems.dropFirst(oldItems.count) {
            if let reference = item.reference, widgets.contains(reference) {
                // A place of a field that was in the file and shown nowhere was hidden when somebody signed.
                if !added.contains(reference.number) {
                    changes.note(.forbidden, .annotationAdded, "Widget, \(page + 1)")
                }
                continue
            }
            try acceptAnnotation(item, page: page)
        }
    }

    private mutating func acceptAnnotation(_ item: PDFObject, page: Int) throws(PDFError) {
        let annotation = try new.reader.dictionary(item) ?? [:]
        let kind = try new.reader.resolve(annotation["Subtype"]).name ?? "?"
        // A widget that belongs to no field looks like part of the form and is not.
        changes.note(kind == "Widget" ? .forbidden : .annotations, .annotationAdded, "\(kind), \(page + 1)")
        try explainBelow(item)
    }
}
