/// What a timestamp authority answered (RFC 3161, 2.4.2).
struct TimestampResponse: Sendable {
    /// 0 granted, 1 granted with changes; anything else is a refusal.
    let status: Int
    /// The authority's own words, if any.
    let texts: [String]
    /// Numbers of the bits that are set: 0 bad algorithm, 2 bad request, 5 bad data format, 14 time not available,
    /// 15 policy not accepted, 16 extension not accepted, 17 additional information not available, 25 system
    /// failure.
    let failures: [Int]
    /// DER of the token.
    let token: [UInt8]?

    init(_ bytes: [UInt8]) throws(CMSError) {
        let parts = try BERNode.first(in: bytes[...]).expect(0x30, "timestamp response").children()
        guard let about = try parts.first?.expect(0x30, "status").children(),
            let number = try about.first?.expect(0x02, "status").smallInteger
        else { throw .malformed("status") }
        status = number
        var texts: [String] = []
        var failures: [Int] = []
        for part in about.dropFirst() {
            if part.tag == 0x30 {
                texts += try part.children().map { String(decoding: $0.content, as: UTF8.self) }
            }
            if part.tag == 0x03 { failures = TimestampResponse.bits(part.content.dropFirst()) }
        }
        self.texts = texts
        self.failures = failures
        token = parts.count > 1 ? Array(parts[1].encoded) : nil
    }

    private static func bits(_ bytes: ArraySlice<UInt8>) -> [Int] {
        bytes.prefix(8).enumerated().flatMap { index, byte in
            (0..<8).filter { byte & (0x80 >> UInt8($0)) != 0 }.map { index * 8 + $0 }
        }
    }

    var isGranted: Bool { status == 0 || status == 1 }
}
