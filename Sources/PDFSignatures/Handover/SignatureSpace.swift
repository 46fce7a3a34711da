/// A file that is to be signed by a program that is not ours gets an empty signature field at its place first. That saving
/// also takes the numbers of objects which the file points to without having them: a later saving that used one of these
/// would look like content that had been hidden for it.
public enum SignatureSpace {
    /// - Parameter name: The field's name; where the file has such a field, a number is put behind it.
    /// - Returns: the file with one more saving.
    public static func add(_ name: String, at place: Place, to pdf: [UInt8]) throws(SigningError) -> [UInt8] {
        let file = try PDFFile.forChange(FileBytes(pdf))
        let taken = Set(try file.formFields().map(\.name))
        var free = name
        var count = 1
        while taken.contains(free) {
            count += 1
            free = "\(name)\(count)"
        }
        var update = try IncrementalUpdate(file)
        try update.avoidDanglingNumbers()
        let field = try SignatureFieldWriter.add(free, at: place, to: &update)
        try update.addFields([field], signatures: true)
        try update.addAnnotations([field], toPage: place.page)
        return update.finished().bytes
    }
}
