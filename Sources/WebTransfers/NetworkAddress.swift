// An address as it is really connected to, and whether it lies in the open Internet. A name says nothing about
// that: anybody can let a name of their own point into our house.
import CCurl
import Glibc

/// An IPv4 or IPv6 address: 4 or 16 bytes in network order.
public struct NetworkAddress: Sendable, Equatable, CustomStringConvertible {
    public let bytes: [UInt8]

    /// `nil` unless there are 4 or 16 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    init?(_ address: UnsafePointer<sockaddr>, count: Int) {
        switch Int32(address.pointee.sa_family) {
        case AF_INET where count >= MemoryLayout<sockaddr_in>.size:
            self.init(
                address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { bound in
                    withUnsafeBytes(of: bound.pointee.sin_addr) { Array($0) }
                })
        case AF_INET6 where count >= MemoryLayout<sockaddr_in6>.size:
            self.init(
                address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { bound in
                    withUnsafeBytes(of: bound.pointee.sin6_addr) { Array($0) }
                })
        default:
            return nil
        }
    }

    /// An address written out in any way that the machine's own reader takes, `127.1` and `0x7f.1` among them.
    init?(literal text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_aton(text, &four) == 1 {
            self.init(withUnsafeBytes(of: four) { Array($0) })
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.init(withUnsafeBytes(of: six) { Array($0) })
        } else {
            return nil
        }
    }

    public var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    }

    /// Whether a host of the open Internet can have it: not loopback, link-local, private, shared, reserved,
    /// multicast or for documentation (the IANA registries of special-purpose addresses, RFC 6890), and not an
    /// IPv6 address that carries such an IPv4 address inside.
    public var isPublic: Bool {
        if bytes.count == 4 { return Self.isPublic(bytes) }
        let embedded = { (start: Int) in Self.isPublic(Array(bytes[start..<(start + 4)])) }
        // ::ffff:0:0/96, IPv4 written as IPv6
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF { return embedded(12) }
        // 64:ff9b::/96, translated on the way (RFC 6052)
        if begins([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], bits: 96) { return embedded(12) }
        // 2002::/16, 6to4 (RFC 3056)
        if begins([0x20, 0x02], bits: 16) { return embedded(2) }
        // Global unicast is 2000::/3; in it, 2001::/23 belongs to protocols and 2001:db8::/32, 3fff::/20 to books.
        return begins([0x20], bits: 3) && !begins([0x20, 0x01, 0x00], bits: 23)
            && !begins([0x20, 0x01, 0x0D, 0xB8], bits: 32) && !begins([0x3F, 0xFF, 0x00], bits: 20)
    }

    private static let special: [(prefix: [UInt8], bits: Int)] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12),
        ([192, 0, 0], 24),
        ([192, 0, 2], 24), ([192, 88, 99], 24), ([192, 168], 16), ([198, 18], 15), ([198, 51, 100], 24),
        ([203, 0, 113], 24), ([224], 4), ([240], 4),
    ]

    private static func isPublic(_ address: [UInt8]) -> Bool {
        !special.contains { begins(address, $0.prefix, bits: $0.bits) }
    }

    private func begins(_ prefix: [UInt8], bits: Int) -> Bool { Self.begins(bytes, prefix, bits: bits) }

    private static func begins(_ address: [UInt8], _ prefix: [UInt8], bits: Int) -> Bool {
        (0..<bits).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            return bit / 8 < prefix.count && address[bit / 8] & mask == prefix[bit / 8] & mask
        }
    }
}
