// The table of figures, printed line by line as they come, in the form docs/performance.md keeps.
import Foundation

enum Report {
    static func heading(_ words: String) {
        print("\n### \(words)\n\n| What | Figure | Aim | Met |\n|---|---|---|---|")
    }

    /// `aim` in words, and whether the figure reaches it.
    static func line(_ what: String, _ figure: String, aim: String = "", met: Bool? = nil) {
        print("| \(what) | \(figure) | \(aim) | \(met.map { $0 ? "yes" : "**no**" } ?? "") |")
        fflush(nil)
    }

    static func number(_ value: Double, decimals: Int = 0) -> String {
        let text = String(format: "%.\(decimals)f", value)
        let whole = text.prefix { $0 != "." }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return grouped + text.dropFirst(whole.count)
    }

    static func milliseconds(_ seconds: Double) -> String {
        number(seconds * 1000, decimals: seconds < 0.1 ? 1 : 0) + " ms"
    }

    static func microseconds(_ seconds: Double) -> String { number(seconds * 1_000_000) + " µs" }

    static func percent(_ share: Double) -> String { number(share * 100, decimals: 1) + " %" }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// What was expected did not happen, so the figures would say nothing.
struct Unmeasurable: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
