// Danh bạ cơ quan of the size the country has it: taking up a list of 120,000, and looking things up in it, beside the
// database's own text index asked for the same words and nothing else.
import Domain
import DualSQL
import Foundation
import Operations
import Store

struct Catalogue {
    let ground: BenchOffice
    let count: Int
    let rounds: Int

    private var office: Office { ground.office }

    func run() async throws {
        try await fill()
        let samples = try await search()
        for (what, own, raw) in samples {
            let own95 = Self.percentile(own, 0.95), raw95 = Self.percentile(raw, 0.95)
            Report.line(
                what,
                "p50 \(Report.milliseconds(Self.percentile(own, 0.5))), p95 \(Report.milliseconds(own95)); index alone p95 \(Report.milliseconds(raw95))",
                aim: "p95 < 50 ms", met: own95 < 0.05)
        }
    }

    private func fill() async throws {
        let clock = ContinuousClock()
        let file = URL(filePath: ground.folder).appending(path: "danh-ba.csv")
        try CountryOfOffices(count: count).table().write(to: file, atomically: true, encoding: .utf8)
        var begin = clock.now
        let content = try CatalogueFile(path: file.path())
        let reading = (clock.now - begin).inSeconds
        for (what, changed) in [
            ("taken up for the first time", true), ("taken up again, nothing changed", false),
        ] {
            begin = clock.now
            let report = try await OperationRunner(office: office).run(
                RefreshCatalogue(content.entries, list: "bench", route: Route(.axis)),
                as: .system(name: "bench", agency: nil))
            let seconds = (clock.now - begin).inSeconds + reading
            guard changed ? report.added == count : report.unchanged >= count else {
                throw Unmeasurable("\(report.added) of \(count) were added, \(report.refused.count) refused")
            }
            Report.line(
                "\(Report.number(Double(count))) agencies \(what)",
                "\(Report.number(seconds, decimals: 1)) s, \(Report.number(Double(count) / seconds)) lines/s")
        }
    }

    private func search() async throws -> [(String, [Double], [Double])] {
        let clock = ContinuousClock()
        var samples: [(String, [Double], [Double])] = []
        for (what, questions) in CountryOfOffices.questions {
            var own: [Double] = [], raw: [Double] = []
            for round in 0..<rounds {
                let text = questions[round % questions.count]
                for kind in [nil, CorrespondentKind.state] {
                    let question = CatalogueQuestion(
                        text, kind: kind, toSendOn: kind == nil ? nil : office.clock.now.officeDate)
                    let begin = clock.now
                    _ = try await office.read { try $0.catalogueLists.page(question) }
                    own.append((clock.now - begin).inSeconds)
                }
                let begin = clock.now
                _ = try await office.database.read { try Self.indexAlone($0, Folding.words(text)) }
                raw.append((clock.now - begin).inSeconds)
            }
            samples.append((what, own, raw))
        }
        return samples
    }

    /// The text index, asked for the first fifty row numbers.
    private static func indexAlone(_ connection: Connection, _ words: [String]) throws -> [Int] {
        guard let last = words.last else { return [] }
        switch connection.dialect {
        case .sqlite:
            let question = (words.dropLast().map { "\"\($0)\"" } + ["\"\(last)\"*"]).joined(
                separator: " AND ")
            return try connection.rows(
                """
                SELECT rowid FROM correspondent_text WHERE correspondent_text MATCH \(question) ORDER BY rowid LIMIT 50
                """
            ) { try $0[0] }
        case .postgres:
            let question = (words.dropLast().map { "'\($0)'" } + ["'\(last)':*"]).joined(separator: " & ")
            return try connection.rows(
                "SELECT place FROM correspondent_text WHERE words @@ \(question)::tsquery ORDER BY place LIMIT 50"
            ) { try $0[0] }
        }
    }

    private static func percentile(_ samples: [Double], _ share: Double) -> Double {
        let sorted = samples.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
}

/// Names and codes as a whole country has them: few words, met by half of all; invented, every one.
struct CountryOfOffices {
    let count: Int

    static let questions: [(String, [String])] = [
        (
            "words half the country has",
            ["ủy ban nhân dân", "uy ban nhan dan xa", "UBND", "trường tiểu học", "xã"]
        ),
        ("one or two letters", ["t", "u", "h", "tr", "ph"]),
        (
            "a name",
            ["ủy ban nhân dân xã hòa bình 12", "tram y te xa tan phu 3", "phong tu phap huyen long my 40"]
        ),
        ("a code, either form", ["H31.12.05", "005.12.00.H31", "h40.3", "H63"]),
        ("a superior and a name", ["so giao duc truong trung hoc tinh 31", "huyen 12 tinh 30 tram y te"]),
        ("words that never meet", ["trường trạm phòng sở", "ủy ban trường học y tế đảng"]),
        ("no such word", ["zzzz", "qwerty uiop", "ủy ban nhân dân xyzw"]),
    ]

    private static let places = [
        "Hòa Bình", "Tân Phú", "Long Mỹ", "An Thạnh", "Vĩnh Hòa", "Phú Lộc", "Đông Sơn", "Bình Minh",
        "Thạnh Lợi",
        "Mỹ Đức", "Xuân Trường", "Quảng Thành",
    ]
    private static let offices: [(name: String, kind: String)] = [
        ("Ủy ban nhân dân xã", "state"), ("Hội đồng nhân dân xã", "state"), ("Đảng ủy xã", "party"),
        ("Trạm Y tế xã", "state"), ("Trường Tiểu học", "state"), ("Trường Trung học cơ sở", "state"),
        ("Trường Mầm non", "state"), ("Ủy ban Mặt trận Tổ quốc Việt Nam xã", "massOrganisation"),
        ("Hội Liên hiệp Phụ nữ xã", "massOrganisation"),
        ("Đoàn Thanh niên Cộng sản Hồ Chí Minh xã", "massOrganisation"),
    ]

    /// `count` lines under one head.
    func table() -> String {
        var lines = ["code,code102,name,superior,kind,mail"]
        lines.reserveCapacity(count + 1)
        for index in 0..<count {
            let office = Self.offices[index % Self.offices.count]
            let ward = index / Self.offices.count
            let province = ward % 63 + 1, district = ward / 63 % 15 + 1
            let place = Self.places[ward % Self.places.count]
            let level1 = "H" + String(format: "%02d", province)
            let group = index / 63
            let code = "\(level1).\(district).\(index)"
            // The older form is unique only as far as its digits reach.
            let older =
                group < 1000 ? String(format: "%03d.%02d.%02d.", group, index % 10, district) + level1 : ""
            lines.append(
                "\(code),\(index < 9_000 ? older : ""),\(office.name) \(place) \(ward),Ủy ban nhân dân huyện \(district) tỉnh \(province),\(office.kind),vt\(index)@xa.example"
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
