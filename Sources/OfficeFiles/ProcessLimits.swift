// What a child program may use, and what it left behind when it ended.

import Foundation

public struct ProcessLimits: Sendable, Equatable {
    public var wallSeconds: Double
    public var cpuSeconds: Int
    public var memoryBytes: Int
    public var fileBytes: Int
    /// How much of each of standard output and standard error is kept; the rest is read and thrown away.
    public var outputBytes: Int

    public init(
        wallSeconds: Double = 20, cpuSeconds: Int = 20, memoryBytes: Int = 1 << 30,
        fileBytes: Int = 256 << 20, outputBytes: Int = 64 << 20
    ) {
        self.wallSeconds = wallSeconds
        self.cpuSeconds = cpuSeconds
        self.memoryBytes = memoryBytes
        self.fileBytes = fileBytes
        self.outputBytes = outputBytes
    }
}

public enum ProcessStatus: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)

    /// Ended by a signal, its own or one that a wrapper passes on as 128 + number.
    public var isCrash: Bool {
        switch self {
        case .signalled: true
        case .exited(let code): code >= 128
        }
    }
}

public struct ProcessResult: Sendable, Equatable {
    public let status: ProcessStatus
    public let stdout: [UInt8]
    public let stderr: [UInt8]
    public let timedOut: Bool
    /// The task that waited was cancelled and the program killed for that reason.
    public let cancelled: Bool
    public let outputCut: Bool

    public var succeeded: Bool { status == .exited(0) && !timedOut && !cancelled }

    public var crashed: Bool { status.isCrash }
    public var text: String { String(decoding: stdout, as: UTF8.self) }
    public var errorText: String { String(decoding: stderr, as: UTF8.self) }
}
