/// A value for each distinct pattern, in order of appearance. Open addressing.
struct PatternTable<Value: Sendable>: Sendable {
    struct Entry: Sendable {
        let pattern: UInt64
        var value: Value
    }

    private(set) var entries: [Entry] = []
    /// Index into `entries` plus one; 0 is free.
    private var slots = [UInt32](repeating: 0, count: 1_024)

    subscript(pattern: UInt64, default make: () -> Value) -> Value {
        mutating get { entries[place(of: pattern, make)].value }
        _modify { yield &entries[place(of: pattern, make)].value }
    }

    @inline(__always)
    private mutating func place(of pattern: UInt64, _ make: () -> Value) -> Int {
        var slot = Self.slot(pattern, slots.count)
        while slots[slot] != 0 {
            let place = Int(slots[slot] - 1)
            if entries[place].pattern == pattern { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        entries.append(Entry(pattern: pattern, value: make()))
        slots[slot] = UInt32(entries.count)
        if entries.count * 2 > slots.count { grow() }
        return entries.count - 1
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (place, entry) in entries.enumerated() {
            var slot = Self.slot(entry.pattern, slots.count)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(place + 1)
        }
    }

    @inline(__always)
    private static func slot(_ pattern: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (pattern &* 0x9E37_79B9_7F4A_7C15) >> 32) & (size - 1)
    }
}
