// Tệp cấu hình của máy chủ: JSON beside the server's key that only its owner can read, since passwords stand in it. A name that
// nobody knows stops the server instead of being overlooked.
import Foundation

package enum SettingsFile {
    /// `nil` where there is no such file.
    package static func load<Settings: Decodable>(
        _ type: Settings.Type, from path: String
    ) throws(SettingsProblem) -> Settings? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o077 == 0 else { throw .readableByOthers }
        guard let bytes = FileManager.default.contents(atPath: path) else { throw .unreadable("") }
        do { return try JSONDecoder().decode(type, from: bytes) } catch {
            throw error as? SettingsProblem ?? .unreadable("\(error)")
        }
    }

    /// The values of a part of the file, every name of which is known.
    static func strict<Key: CodingKey & CaseIterable>(
        _ decoder: any Decoder, _ keys: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        let given = try decoder.container(keyedBy: AnyName.self).allKeys.map(\.stringValue)
        let known = Set(keys.allCases.map(\.stringValue))
        if let odd = given.first(where: { !known.contains($0) }) { throw SettingsProblem.unknownName(odd) }
        return try decoder.container(keyedBy: keys)
    }

    private struct AnyName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension KeyedDecodingContainer {
    func value<Value: Decodable>(_ key: Key) throws -> Value { try decode(Value.self, forKey: key) }

    func value<Value: Decodable>(_ key: Key, or usual: Value) throws -> Value {
        try decodeIfPresent(Value.self, forKey: key) ?? usual
    }

    func optional<Value: Decodable>(_ key: Key) throws -> Value? {
        try decodeIfPresent(Value.self, forKey: key)
    }
}

package enum SettingsProblem: Error, Equatable {
    /// Passwords stand in it: mode 0600 or less.
    case readableByOthers
    case unreadable(String)
    case unknownName(String)
    /// Secrets or letters would go in the clear to another machine, or it is no address.
    case insecureAddress(String)
    /// A level above B-B needs a timestamp authority.
    case levelWithoutTimestamp
}
