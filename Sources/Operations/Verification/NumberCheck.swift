// Sổ đăng ký: the numbers of each register and year run from the first to the last without a gap and without a double,
// void ones included (B1, D2; Nghị định 30/2020, Điều 15 and 22).
import Domain
import Store

struct NumberCheck {
    let tables: Tables

    func check(into findings: inout VerificationFindings) throws {
        for series in try tables.numberSeries.counted() {
            findings.extent.numberSeries += 1
            let found = try tables.numberSeries.entries(of: series)
            findings.extent.numbers += found?.count ?? 0
            if !series.isFilled(by: found) { try name(series, &findings) }
        }
        for direction in [RegisterDirection.incoming, .outgoing] {
            for entry in try tables.numberSeries.misplaced(direction) {
                findings.add(.entryMisplaced, agency: entry.agencyName, entry.number)
            }
        }
    }

    /// Walks the numbers to say which.
    private func name(_ series: NumberSeries, _ findings: inout VerificationFindings) throws {
        var next = series.first
        var found = VerificationFindings()
        func subject(_ number: String) -> String { "\(series.registerName) \(series.year): \(number)" }
        func missing(upTo number: Int) {
            if next < number {
                let text = next == number - 1 ? "\(next)" : "\(next)–\(number - 1)"
                found.add(.numberMissing, agency: series.agencyName, subject(text))
            }
        }
        try tables.numberSeries.numbers(of: series) { number in
            if number < series.first || number > series.last {
                found.add(.numberOutsideSeries, agency: series.agencyName, subject("\(number)"))
            } else if number < next {
                found.add(.numberDoubled, agency: series.agencyName, subject("\(number)"))
            } else {
                missing(upTo: number)
                next = number + 1
            }
        }
        missing(upTo: series.last + 1)
        findings.add(found)
    }
}
