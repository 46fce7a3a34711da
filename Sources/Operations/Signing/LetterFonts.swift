// The letters that number, date and text signatures are set in: Liberation Serif 2, which has the widths of
// the prescribed Times New Roman and every Vietnamese letter (Nghị định 30/2020, Phụ lục I, mục I).
import Foundation
import OfficeFiles

package struct LetterFonts {
    package let upright: [UInt8]
    package let italic: [UInt8]

    /// A machine without them cannot sign, and `vanthu doctor` says so.
    package static func load() throws -> LetterFonts {
        let folder = URL(filePath: Installed.serifFont).deletingLastPathComponent()
        return LetterFonts(
            upright: [UInt8](try Data(contentsOf: URL(filePath: Installed.serifFont))),
            italic: [UInt8](try Data(contentsOf: folder.appending(path: "LiberationSerif-Italic.ttf"))))
    }
}
