/// Bytes in DER as a key to look things up by: told apart by all of them, found by the last few, which in signed
/// things are the signature's own.
struct EncodedKey: Hashable, Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func hash(into hasher: inout Hasher) {
        hasher.combine(bytes.count)
        bytes.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0.suffix(24))) }
    }
}
