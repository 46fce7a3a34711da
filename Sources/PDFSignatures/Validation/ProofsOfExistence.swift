import Foundation

/// What trusted clocks say existed at which time (ETSI EN 319 102-1, 4.4 and 5.6.2.3). A document timestamp
/// proves every byte before its own token; a signature timestamp proves one signature value.
final class ProofsOfExistence {
    struct Stamp: Equatable {
        let time: Date
        /// The bytes it covers: all up to `end` except the hole.
        let hole: Range<Int>
        let end: Int

        func covers(_ position: Int) -> Bool {
            position < hole.lowerBound || (hole.upperBound <= position && position < end)
        }
    }

    private(set) var stamps: [Stamp] = []
    private var values: [Int: Date] = [:]

    func add(_ stamp: Stamp) { stamps.append(stamp) }

    /// A token over the signature value that lies in the hole at this place.
    func add(_ time: Date, forValueAt position: Int) {
        values[position] = min(time, values[position] ?? time)
    }

    /// The earliest time at which the bytes at a place are known to have existed.
    func time(at position: Int) -> Date? {
        stamps.filter { $0.covers(position) }.map(\.time).min()
    }

    /// The earliest time at which the signature in the hole at this place is known to have existed.
    func time(ofSignatureAt position: Int) -> Date? {
        [time(at: position), values[position]].compactMap { $0 }.min()
    }

    /// The latest time that was already stamped into the file when what begins at this place was made over it.
    func latest(before position: Int) -> Date? {
        stamps.filter { $0.end <= position }.map(\.time).max()
    }
}
