// Writes every sample page to the folder named by VANTHU_SAMPLES, for looking at in a browser.
import Foundation
import Markup
import Testing

@testable import Pages

@Suite struct SampleWriterTests {
    @Test("Sample pages are written to VANTHU_SAMPLES when it is set")
    func write() throws {
        guard let folder = ProcessInfo.processInfo.environment["VANTHU_SAMPLES"] else { return }
        let root = URL(fileURLWithPath: folder)
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for page in SamplePages.all {
            try Data(page.html.rendered()).write(to: root.appendingPathComponent("\(page.name).html"))
        }
    }
}
