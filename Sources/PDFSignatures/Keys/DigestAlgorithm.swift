import COpenSSL

/// The digests that we sign with. What others signed with may be older or rarer and is named by its object
/// identifier alone.
public enum DigestAlgorithm: String, Codable, Sendable, CaseIterable {
    case sha256, sha384, sha512

    var identifier: String {
        switch self {
        case .sha256: "2.16.840.1.101.3.4.2.1"
        case .sha384: "2.16.840.1.101.3.4.2.2"
        case .sha512: "2.16.840.1.101.3.4.2.3"
        }
    }

    /// All three are part of every libcrypto, so an empty answer cannot occur.
    func hash(_ pieces: [FileBytes]) -> [UInt8] { DigestFunction.hash(identifier, pieces) ?? [] }

    func hash(_ first: some Collection<UInt8>, _ second: some Collection<UInt8> = EmptyCollection())
        -> [UInt8]
    {
        DigestFunction.hash(identifier, first, second) ?? []
    }
}

enum DigestFunction {
    /// `nil` when this machine does not know the algorithm.
    static func hash(
        _ identifier: String, _ first: some Collection<UInt8>,
        _ second: some Collection<UInt8> = EmptyCollection()
    ) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: 64)
        var count = 0
        let known = Bytes.with(first) { firstBytes, firstCount in
            Bytes.with(second) { secondBytes, secondCount in
                copenssl_digest(identifier, firstBytes, firstCount, secondBytes, secondCount, &output, &count)
            }
        }
        guard known == 1, count > 0, count <= output.count else { return nil }
        return Array(output[..<count])
    }

    /// Over pieces one after the other, of which mapped ones only pass through memory.
    static func hash(_ identifier: String, _ pieces: [FileBytes]) -> [UInt8]? {
        guard let running = copenssl_digest_begin(identifier) else { return nil }
        var isWhole = true
        for piece in pieces {
            piece.forEachWindow { window in
                isWhole = copenssl_digest_add(running, window.baseAddress, window.count) == 1 && isWhole
            }
        }
        var output = [UInt8](repeating: 0, count: 64)
        var count = 0
        guard copenssl_digest_end(running, &output, &count) == 1, isWhole, count > 0, count <= output.count
        else { return nil }
        return Array(output[..<count])
    }

    static func name(_ identifier: String) -> String {
        switch identifier {
        case "1.2.840.113549.2.5": "MD5"
        case "1.3.14.3.2.26": "SHA-1"
        case "2.16.840.1.101.3.4.2.1": "SHA-256"
        case "2.16.840.1.101.3.4.2.2": "SHA-384"
        case "2.16.840.1.101.3.4.2.3": "SHA-512"
        default: identifier
        }
    }

    /// Digests in which two different texts can be made to agree.
    static func isBroken(_ identifier: String) -> Bool {
        identifier == "1.2.840.113549.2.5" || identifier == "1.3.14.3.2.26"
    }
}

/// Bytes lent to C.
enum Bytes {
    static func with<R>(_ bytes: some Collection<UInt8>, _ body: (UnsafePointer<UInt8>?, Int) -> R) -> R {
        if let result = bytes.withContiguousStorageIfAvailable({ body($0.baseAddress, $0.count) }) {
            return result
        }
        return Array(bytes).withUnsafeBufferPointer { body($0.baseAddress, $0.count) }
    }

    /// Takes over a buffer that C filled, and releases it there.
    static func take(_ buffer: inout copenssl_buffer) -> [UInt8] {
        let bytes = Array(UnsafeBufferPointer(start: buffer.bytes, count: buffer.count))
        copenssl_release(&buffer)
        return bytes
    }
}
