/// Well-formed UTF-8 (Unicode 16, table 3-7), on bytes.
enum UTF8Form {
    /// Length of the well-formed sequence at `index`. Negative: malformed, the length of its maximal subpart.
    /// Zero: well-formed so far, but the bytes end before it does.
    static func length(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let first = bytes[index]
        if first < 0x80 { return 1 }
        let wanted: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch first {
        case 0xC2...0xDF: wanted = 2
        case 0xE0...0xEF:
            wanted = 3
            if first == 0xE0 { low = 0xA0 }
            if first == 0xED { high = 0x9F }
        case 0xF0...0xF4:
            wanted = 4
            if first == 0xF0 { low = 0x90 }
            if first == 0xF4 { high = 0x8F }
        default: return -1
        }
        for step in 1..<wanted {
            guard index + step < bytes.count else { return 0 }
            guard bytes[index + step] >= low, bytes[index + step] <= high else { return -step }
            low = 0x80
            high = 0xBF
        }
        return wanted
    }

    /// End of the well-formed stretch that begins at `start`.
    static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start
        while index < bytes.count {
            if bytes[index] < 0x80 {
                index += 1
                while index + 8 <= bytes.count,
                    raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    index += 8
                }
                continue
            }
            // Most Han characters: two bytes that may be any continuation follow.
            if bytes[index] >= 0xE1, bytes[index] <= 0xEC, index + 2 < bytes.count, bytes[index + 1] & 0xC0 == 0x80,
                bytes[index + 2] & 0xC0 == 0x80
            {
                index += 3
                continue
            }
            let length = length(bytes, at: index)
            guard length > 0 else { return index }
            index += length
        }
        return index
    }

    /// The longest start of `bytes` with at most `limit` bytes that does not cut a character.
    static func prefix(_ bytes: UnsafeBufferPointer<UInt8>, _ limit: Int) -> UnsafeBufferPointer<UInt8> {
        guard bytes.count > limit else { return bytes }
        var end = limit
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return UnsafeBufferPointer(rebasing: bytes[..<end])
    }
}
