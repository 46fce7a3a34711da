// What may be attached to a draft. The kind was told from the file's content when it was staged, and a PDF
// was opened and its pages counted then (decision 20).
import Domain
import OfficeFiles
import Store

enum DraftUploads {
    /// The letter: written in Word or its like, or already a PDF.
    static let letters: [FileKind] = [.docx, .doc, .odt, .pdf]
    /// Issued with the letter, as PDF.
    static let enclosures: [FileKind] = [.docx, .doc, .odt, .xlsx, .xls, .ods, .pdf]
    static let supportingPapers: [FileKind] = enclosures + [.png, .jpeg]

    static func kind(of file: FileReference) -> FileKind? {
        FileKind.allCases.first { $0.mediaType == file.mediaType && $0 != .lockedOffice && $0 != .unknown }
    }

    /// The staged file of this person, if it is of an allowed kind.
    static func take(_ id: ID<StagedFile>, kinds: [FileKind], _ act: Act) throws -> (FileReference, FileKind)
    {
        let person = try act.position
        guard
            let staged = try act.tables.stagedFiles.find(
                id, account: person.account, agency: person.agency, forUse: true)
        else { throw Refused(.fileGone) }
        if staged.file.size == 0 { throw Refused(.fileEmpty) }
        guard let kind = kind(of: staged.file), kinds.contains(kind) else {
            throw Refused(.fileKindNotAllowed)
        }
        if kind == .pdf, staged.file.pages < 1 { throw Refused(.fileDamaged) }
        try act.tables.stagedFiles.delete(id)
        return (staged.file, kind)
    }
}
