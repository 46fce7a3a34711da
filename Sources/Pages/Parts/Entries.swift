// What somebody typed into a form, kept as typed so that a form that was refused comes back full.

package struct Entries: Sendable, Equatable {
    private var values: [String: [String]]

    package init(_ values: [String: [String]] = [:]) { self.values = values }

    package init(_ values: [String: String]) { self.values = values.mapValues { [$0] } }

    package subscript(_ name: String) -> String {
        get { values[name]?.first ?? "" }
        set { values[name] = [newValue] }
    }

    package func all(_ name: String) -> [String] { values[name] ?? [] }

    package mutating func set(_ name: String, _ several: [String]) { values[name] = several }

    package func has(_ name: String, _ value: String) -> Bool { values[name]?.contains(value) ?? false }
}
