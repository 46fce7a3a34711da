/// What a message does not say may be left out of its JSON: a missing list is empty, a missing part says nothing. The
/// compiler's own decoding of the values in this module finds these before the general ones.
extension KeyedDecodingContainer {
    func decode<Item: Decodable>(_ type: [Item].Type, forKey key: Key) throws -> [Item] {
        try decodeIfPresent(type, forKey: key) ?? []
    }

    func decode<Part: ElementValue & Decodable>(_ type: Part.Type, forKey key: Key) throws -> Part {
        try decodeIfPresent(type, forKey: key) ?? Part()
    }
}
