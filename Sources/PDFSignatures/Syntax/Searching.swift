import Glibc

/// Looking for a word in the bytes of a file, forwards and backwards, within bounds.
extension RandomAccessCollection<UInt8> where Index == Int {
    func firstRange(of word: StaticString, from start: Int, to end: Int) -> Int? {
        let (limit, length) = (Swift.min(end, endIndex), word.utf8CodeUnitCount)
        guard start >= startIndex, limit - start >= length else { return nil }
        let found = withContiguousStorageIfAvailable { buffer -> Int? in
            guard let base = buffer.baseAddress else { return nil }
            var position = start
            while limit - position >= length {
                let from = UnsafeRawPointer(base + (position - startIndex))
                let room = limit - position - length + 1
                guard let place = memchr(from, Int32(word.utf8Start[0]), room) else { return nil }
                position += UnsafeRawPointer(place) - from
                if memcmp(place, word.utf8Start, length) == 0 { return position }
                position += 1
            }
            return nil
        }
        return found ?? nil
    }

    func lastRange(of word: StaticString, from start: Int, to end: Int) -> Int? {
        let (limit, length) = (Swift.min(end, endIndex), word.utf8CodeUnitCount)
        let lowest = Swift.max(start, startIndex)
        let found = withContiguousStorageIfAvailable { buffer -> Int? in
            guard let base = buffer.baseAddress else { return nil }
            var position = limit - length
            while position >= lowest {
                if memcmp(base + (position - startIndex), word.utf8Start, length) == 0 { return position }
                position -= 1
            }
            return nil
        }
        return found ?? nil
    }
}
