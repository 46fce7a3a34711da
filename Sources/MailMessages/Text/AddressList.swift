// `"Văn thư" <vanthu@rachgia.gov.vn>, …` (RFC 5322, 3.4), leniently.

enum AddressList {
    private static let limit = 2_000

    static func read(_ field: [UInt8], _ report: (String) -> Void) -> [MessageAddress] {
        var found: [MessageAddress] = []
        var rest = field[...]
        while !rest.isEmpty, found.count < limit {
            if let address = address(takeOne(&rest), report) { found.append(address) }
        }
        return found
    }

    /// Up to the next comma or semicolon that is outside of quotes, brackets and remarks; a group's name ends with a
    /// colon and is dropped.
    private static func takeOne(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var inQuotes = false, inBrackets = false, remarks = 0
        var start = rest.startIndex, place = rest.startIndex
        while place < rest.endIndex {
            let byte = rest[place]
            if byte == 0x5C, inQuotes || remarks > 0 {
                place += 2
                continue
            }
            if inQuotes {
                inQuotes = byte != 0x22
            } else {
                switch byte {
                case 0x22: inQuotes = true
                case 0x28: remarks += 1
                case 0x29: remarks = max(0, remarks - 1)
                case 0x3C: inBrackets = true
                case 0x3E: inBrackets = false
                case 0x3A where remarks == 0 && !inBrackets: start = place + 1
                case 0x2C where remarks == 0 && !inBrackets, 0x3B where remarks == 0 && !inBrackets:
                    defer { rest = rest[(place + 1)...] }
                    return rest[start..<place]
                default: break
                }
            }
            place += 1
        }
        defer { rest = [] }
        return rest[min(start, rest.endIndex)...]
    }

    private static func address(_ bytes: ArraySlice<UInt8>, _ report: (String) -> Void) -> MessageAddress? {
        let open = bytes.lastIndex(of: 0x3C)
        var name: [UInt8] = [], address: ArraySlice<UInt8>
        if let open {
            let inside = bytes[(open + 1)...]
            address = inside.prefix { $0 != 0x3E }
            name = unquoted(bytes[..<open])
        } else {
            address = bytes.prefix { $0 != 0x28 }
            // The old way: `a@b (Name)`.
            name = Array(bytes[address.endIndex...].drop { $0 == 0x28 }.prefix { $0 != 0x29 })
        }
        let text = HeaderText.clean(Charset.guess(Array(address)))
        let shown = HeaderText.clean(EncodedWords.decode(name, report))
        guard !text.isEmpty else { return nil }
        return MessageAddress(String(text.prefix(320)), name: String(shown.prefix(300)))
    }

    private static func unquoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = [], inQuotes = false
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == 0x22 {
                inQuotes.toggle()
            } else if byte == 0x5C, inQuotes, let next = rest.popFirst() {
                output.append(next)
            } else {
                output.append(byte)
            }
        }
        return output
    }
}
