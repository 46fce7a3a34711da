// What LibreOffice is told before it opens a document from outside: never run macros, never follow links, never show
// a dialog; and which fonts exist, so that the same draft makes the same pages on every machine. Times New Roman is
// set in Liberation Serif, which has the same widths.

import Foundation

enum ConversionProfile {
    /// Goes to `<profile>/user/registrymodifications.xcu`.
    static let settings: String = {
        let rows: [(path: String, name: String, value: String)] = [
            ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
            ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
            ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
            ("Common/Security/Scripting", "CheckDocumentEvents", "true"),
            ("Common/Misc", "FirstRun", "false"),
            ("Common/Misc", "UseLocking", "false"),
            // Writer counts 0 as never; Calc counts 0 as always and 1 as never.
            ("Writer/Content/Update", "Link", "0"),
            ("Calc/Content/Update", "Link", "1"),
            ("Writer/Content/Update", "Field", "false"),
            ("Recovery/RecoveryInfo", "Enabled", "false"),
            ("Recovery/AutoSave", "Enabled", "false"),
        ]
        let items = rows.map { row in
            """
            <item oor:path="/org.openoffice.Office.\(row.path)"><prop oor:name="\(row.name)" oor:op="fuse">\
            <value>\(row.value)</value></prop></item>
            """
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry" \
            xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            \(items.joined(separator: "\n"))
            </oor:items>
            """
    }()

    /// Fonts of the same widths, and what stands in for signs they lack.
    private static let aliases = [
        ("Times New Roman", "Liberation Serif"), ("Times", "Liberation Serif"), ("Arial", "Liberation Sans"),
        ("Helvetica", "Liberation Sans"), ("Courier New", "Liberation Mono"), ("Calibri", "Liberation Sans"),
        ("Cambria", "Liberation Serif"), ("serif", "Liberation Serif"), ("sans-serif", "Liberation Sans"),
        ("monospace", "Liberation Mono"),
    ]

    static func fontSettings(fonts folder: String, cache: String) -> String {
        let lines = aliases.map { wanted, given in
            """
            <match target="pattern"><test name="family"><string>\(wanted)</string></test>\
            <edit name="family" mode="assign" binding="same"><string>\(given)</string>\
            <string>Noto Serif</string><string>Noto Sans</string></edit></match>
            """
        }
        return """
            <?xml version="1.0"?>
            <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
            <fontconfig>
            <dir>\(folder)</dir>
            <cachedir>\(cache)</cachedir>
            \(lines.joined(separator: "\n"))
            </fontconfig>
            """
    }

    /// The files shown to LibreOffice: all of Liberation 2 and the few faces of Noto that serve as fallback. Naming
    /// files and not Noto's whole folder keeps a cold start below a second.
    static func fontFiles() -> [String] {
        let liberation = "/usr/share/fonts/truetype/liberation2"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: liberation)) ?? []
        var files = names.sorted().filter { $0.hasSuffix(".ttf") }.map { "\(liberation)/\($0)" }
        for face in ["Regular", "Bold", "Italic", "BoldItalic"] {
            for family in ["NotoSerif", "NotoSans"] {
                files.append("/usr/share/fonts/truetype/noto/\(family)-\(face).ttf")
            }
        }
        for family in ["NotoSansSymbols", "NotoSansSymbols2", "NotoSansMath"] {
            files.append("/usr/share/fonts/truetype/noto/\(family)-Regular.ttf")
        }
        return files.filter { FileManager.default.fileExists(atPath: $0) }
    }
}
