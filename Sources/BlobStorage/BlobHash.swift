// The name of a stored file: the SHA-256 digest of its bytes, written as 64 lower-case hexadecimal digits.
// Two files with the same bytes have one name, and a file whose bytes no longer give its name was altered.

import Crypto
import Foundation

public struct BlobHash: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits; no other spelling is accepted, so that equal names are equal texts.
    public let hex: String

    public init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy(Self.isDigit) else { return nil }
        self.hex = hex
    }

    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        hex = Self.text(of: bytes)
    }

    public init(of content: [UInt8]) {
        self.init(SHA256.hash(data: content))
    }

    /// Of a file, read piece by piece.
    public static func of(file path: String) throws -> BlobHash {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        var hasher = SHA256()
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hasher.update(data: piece) }
        return BlobHash(hasher.finalize())
    }

    init(_ digest: SHA256.Digest) {
        hex = Self.text(of: Array(digest))
    }

    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(32)
        var high: UInt8?
        for digit in hex.utf8 {
            let value = digit < 0x3A ? digit - 0x30 : digit - 0x57
            if let upper = high {
                result.append(upper << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return result
    }

    public var description: String { hex }

    public static func < (left: BlobHash, right: BlobHash) -> Bool { left.hex < right.hex }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let hash = BlobHash(hex: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not 64 hexadecimal digits")
        }
        self = hash
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func text(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// What a register row keeps about a file: which bytes, and how many.
public struct BlobReference: Hashable, Sendable, Codable {
    public let hash: BlobHash
    public let size: Int

    public init(hash: BlobHash, size: Int) {
        self.hash = hash
        self.size = size
    }
}
