import Foundation

/// The words of a text-only signature (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 8): the document's
/// number and notation, and the signing time with the time zone of Vietnam.
public enum EnclosureMark {
    public static func lines(numberAndNotation: String, signingTime: Date) -> [String] {
        [numberAndNotation, time(signingTime)]
    }

    /// For an electronic copy: its form (`SAO Y`, `SAO LỤC`, `TRÍCH SAO`), the agency that copied, the time.
    public static func copyLines(form: String, agency: String, signingTime: Date) -> [String] {
        [form, agency, time(signingTime)]
    }

    /// `12/05/2026 07:40:00 +07:00`
    public static func time(_ date: Date) -> String {
        let at = CivilTime.office(date)
        let day = [CivilTime.two(at.day), CivilTime.two(at.month), String(at.year)].joined(separator: "/")
        let clock = [at.hour, at.minute, at.second].map(CivilTime.two).joined(separator: ":")
        return day + " " + clock + " +07:00"
    }
}
