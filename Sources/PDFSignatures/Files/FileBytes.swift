import Glibc

/// The bytes of a file, held once and read in place: copied into memory for small files, mapped from disk for
/// large ones. The bytes never change while any value refers to them. A part of a file is the same kind of
/// value and keeps the file's own positions, so that an offset means the same everywhere.
public struct FileBytes: Sendable, RandomAccessCollection {
    private let store: ByteStore
    public let startIndex: Int
    public let endIndex: Int

    public init(_ bytes: some Collection<UInt8>) {
        self.init(ByteStore(count: bytes.count) { _ = $0.initialize(fromContentsOf: bytes) })
    }

    init(_ store: ByteStore) {
        self.store = store
        startIndex = 0
        endIndex = store.count
    }

    private init(_ store: ByteStore, _ bounds: Range<Int>) {
        self.store = store
        startIndex = bounds.lowerBound
        endIndex = bounds.upperBound
    }

    /// One file after another, in memory.
    init(_ first: FileBytes, then second: some Collection<UInt8>) {
        let count = first.count
        self.init(
            ByteStore(count: count + second.count) { target in
                first.withUnsafeBytes { source in
                    guard let from = source.baseAddress, let to = target.baseAddress else { return }
                    memcpy(to, from, source.count)
                }
                _ = UnsafeMutableBufferPointer(rebasing: target[count...]).initialize(fromContentsOf: second)
            })
    }

    /// Whether the bytes lie in a file that is mapped, and only pass through memory.
    public var isMapped: Bool { store.isMapped }

    public subscript(position: Int) -> UInt8 {
        precondition(position >= startIndex && position < endIndex, "beyond the file")
        return withExtendedLifetime(store) { store.start[position] }
    }

    public subscript(bounds: Range<Int>) -> FileBytes {
        precondition(bounds.lowerBound >= startIndex && bounds.upperBound <= endIndex, "beyond the file")
        return FileBytes(store, bounds)
    }

    public func withContiguousStorageIfAvailable<R>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) rethrows -> R? {
        try withExtendedLifetime(store) {
            try body(UnsafeBufferPointer(start: store.start + startIndex, count: endIndex - startIndex))
        }
    }

    func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try withExtendedLifetime(store) {
            try body(UnsafeRawBufferPointer(start: store.start + startIndex, count: endIndex - startIndex))
        }
    }

    /// Hands out the bytes in order, a few megabytes at a time. Pages of a mapped file are given back to the
    /// system when they have been read, so that a file of any size passes through in little memory.
    func forEachWindow(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let window = store.isMapped ? 4 << 20 : Swift.max(1, count)
        var position = startIndex
        while position < endIndex {
            let end = Swift.min(position + window, endIndex)
            withExtendedLifetime(store) {
                body(UnsafeBufferPointer(start: store.start + position, count: end - position))
            }
            store.release(position..<end)
            position = end
        }
    }

    /// Gives the pages of a mapped file back to the system; they are read again when needed.
    func release() { store.release(startIndex..<endIndex) }
}

extension [UInt8] {
    /// In one piece, where the collection's own way would go byte by byte.
    public init(_ bytes: FileBytes) {
        self = bytes.withUnsafeBytes { [UInt8](unsafeUninitializedCapacity: $0.count, copying: $0) }
    }

    private init(unsafeUninitializedCapacity count: Int, copying source: UnsafeRawBufferPointer) {
        self.init(unsafeUninitializedCapacity: count) { target, filled in
            if let from = source.baseAddress, let to = target.baseAddress { memcpy(to, from, count) }
            filled = count
        }
    }
}

extension FileBytes: Equatable {
    public static func == (a: FileBytes, b: FileBytes) -> Bool {
        guard a.count == b.count else { return false }
        if a.store === b.store, a.startIndex == b.startIndex { return true }
        return a.withUnsafeBytes { first in
            b.withUnsafeBytes { second in
                guard let from = first.baseAddress, let to = second.baseAddress else { return true }
                return memcmp(from, to, first.count) == 0
            }
        }
    }
}

/// Where the bytes lie. Nobody writes to them after they were filled, which is what makes it safe to read them
/// from several threads; a mapped file must not be shortened by others while it is in use.
final class ByteStore: @unchecked Sendable {
    let start: UnsafePointer<UInt8>
    let count: Int
    let isMapped: Bool

    init(count: Int, filling fill: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
        fill(UnsafeMutableBufferPointer(start: memory, count: count))
        start = UnsafePointer(memory)
        self.count = count
        isMapped = false
    }

    /// The first `count` bytes of an open file, which may be closed afterwards.
    init(mapping descriptor: Int32, count: Int) throws(FileProblem) {
        guard count > 0, let place = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
            place != MAP_FAILED
        else { throw .current("map") }
        // Looking at one object would otherwise map two megabytes around it.
        madvise(place, count, MADV_NOHUGEPAGE)
        start = UnsafePointer(place.assumingMemoryBound(to: UInt8.self))
        self.count = count
        isMapped = true
    }

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: start), count)
        } else {
            start.deallocate()
        }
    }

    /// Whole pages only; what is not whole stays.
    func release(_ range: Range<Int>) {
        guard isMapped else { return }
        let page = Int(getpagesize())
        let from = range.lowerBound / page * page
        let length = range.upperBound - from
        madvise(UnsafeMutableRawPointer(mutating: start + from), length, MADV_DONTNEED)
    }
}
