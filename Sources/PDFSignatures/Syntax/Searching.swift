/// Looking for a word in the bytes of a file, forwards and backwards, within bounds.
extension [UInt8] {
    func matches(_ word: StaticString, at position: Int, end: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        guard position >= 0, position + length <= Swift.min(end, count) else { return false }
        return withUnsafeBufferPointer { buffer in
            for index in 0..<length where buffer[position + index] != word.utf8Start[index] { return false }
            return true
        }
    }

    func firstRange(of word: StaticString, from start: Int, to end: Int) -> Int? {
        let limit = Swift.min(end, count) - word.utf8CodeUnitCount
        guard start >= 0, start <= limit else { return nil }
        let first = word.utf8Start[0]
        return withUnsafeBufferPointer { buffer in
            var index = start
            while index <= limit {
                if buffer[index] == first, matches(word, at: index, end: end) { return index }
                index += 1
            }
            return nil
        }
    }

    func lastRange(of word: StaticString, from start: Int, to end: Int) -> Int? {
        var index = Swift.min(end, count) - word.utf8CodeUnitCount
        let lowest = Swift.max(start, 0)
        while index >= lowest {
            if matches(word, at: index, end: end) { return index }
            index -= 1
        }
        return nil
    }
}
