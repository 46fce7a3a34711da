// Every word the office reads is in this folder, keyed by the values of the domain, so that one fact has one name on
// every page. Buttons are verbs with their object; nothing is shouted.

package enum Vi {
    /// `2.927`
    package static func number(_ number: Int) -> String {
        let digits = Array(String(abs(number)).utf8)
        var grouped: [UInt8] = []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(UInt8(ascii: ".")) }
            grouped.append(digit)
        }
        return (number < 0 ? "-" : "") + String(decoding: grouped, as: UTF8.self)
    }

    /// `96,4 %`; "không có" where there is nothing to take a share of.
    package static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "không có" }
        let thousandths = (part * 2000 + whole) / (2 * whole)
        return "\(number(thousandths / 10)),\(thousandths % 10) %"
    }

    /// Counts of a list stop at a thousand.
    package static func count(_ count: Int) -> String { count > 1000 ? "hơn 1.000" : number(count) }

    /// `48,7 KB`, `1,2 MB`
    package static func size(_ bytes: Int) -> String {
        let (unit, name) = bytes >= 1 << 20 ? (1 << 20, "MB") : (1 << 10, "KB")
        let tenths = max(1, (bytes * 10 + unit / 2) / unit)
        return "\(number(tenths / 10)),\(tenths % 10) \(name)"
    }
}
