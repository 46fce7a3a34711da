// What the tests of child programs watch with: how many are inside at once, and whether anyone knocked at a door of this
// machine.

import Foundation
import Glibc
import Testing

actor Count {
    private var inside = 0
    private(set) var most = 0
    private(set) var total = 0

    func enter() {
        inside += 1
        total += 1
        most = max(most, inside)
    }

    func leave() { inside -= 1 }
}

/// A door on this machine that notices a knock.
final class LoopbackListener {
    let port: UInt16
    private let socketNumber: Int32

    init() throws {
        socketNumber = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = socketNumber
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, length) == 0 && listen(number, 5) == 0
                    && getsockname(number, $0, &length) == 0
            }
        }
        try #require(bound)
        port = UInt16(bigEndian: address.sin_port)
        _ = fcntl(socketNumber, F_SETFL, O_NONBLOCK)
    }

    deinit { close(socketNumber) }

    func wasCalled() -> Bool {
        let caller = accept(socketNumber, nil, nil)
        if caller >= 0 { close(caller) }
        return caller >= 0
    }
}
