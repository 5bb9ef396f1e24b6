/// Finds divisions by their names at the head of a text. The first two characters lead to the few names that begin so.
struct DivisionNames: Sendable {
    static let shared = DivisionNames(Divisions.shared)

    private struct Entry: Sendable {
        /// The first two characters, six bytes of UTF-8.
        let key: UInt64
        /// Position in the columns of `Divisions`.
        let index: Int
        /// Where the name stands in the embedded table.
        let name: Int
        let count: Int
        let isCounty: Bool
        /// Bytes of the name without its kind: 四川 of 四川省, 凉山 of 凉山彝族自治州. 0: it has no short form.
        let stem: Int
    }

    private let entries: [Entry]
    /// Open addressing by key; a slot holds the first position in `entries` with the key, plus 1.
    private let slots: [UInt16]
    private let mask: Int

    private init(_ divisions: Divisions) {
        let groups =
            EthnicGroup.all.compactMap { EthnicGroup.name(of: $0) }.flatMap { [$0, $0.replacing("族", with: "")] }
            .filter { $0.utf8.count >= 6 }.map { Array($0.utf8) } + [Array("各族".utf8)]
        var entries: [Entry] = []
        entries.reserveCapacity(divisions.codes.count)
        for index in divisions.codes.indices {
            let name = divisions.utf8(divisions.names[index])
            guard let key = Self.key(name, 0) else { continue }
            entries.append(
                Entry(
                    key: key, index: index, name: Int(divisions.names[index].start), count: name.count,
                    isCounty: divisions.levels[index] == .county,
                    stem: Self.stem(name, divisions.levels[index], groups)))
        }
        // Within a key the order of the codes: higher levels first, the order of the search.
        entries.sort { ($0.key, $0.index) < ($1.key, $1.index) }
        var slots = [UInt16](repeating: 0, count: 16384)
        let mask = slots.count - 1
        for (position, entry) in entries.enumerated() where position == 0 || entries[position - 1].key != entry.key {
            var slot = Self.slot(entry.key) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt16(position + 1)
        }
        self.entries = entries
        self.slots = slots
        self.mask = mask
    }

    /// A division that a text names at some place.
    struct Match {
        let index: Int
        let end: Int
        /// The kind is part of it: 四川省 and not just 四川.
        let isFull: Bool
    }

    /// Calls `body` with every division whose name, or short form, stands at `start`.
    @inline(__always)
    func forEachMatch(in text: UnsafeBufferPointer<UInt8>, at start: Int, _ body: (Match) -> Void) {
        guard let key = Self.key(text, start) else { return }
        let table = CSVTable(.divisions).bytes
        var slot = Self.slot(key) & mask
        while slots[slot] != 0 {
            var position = Int(slots[slot]) - 1
            if entries[position].key == key {
                while position < entries.count, entries[position].key == key {
                    if let match = match(entries[position], table, text, start) { body(match) }
                    position += 1
                }
                return
            }
            slot = (slot + 1) & mask
        }
    }

    @inline(__always)
    private func match(
        _ entry: Entry, _ table: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>, _ start: Int
    ) -> Match? {
        let name = UnsafeBufferPointer(rebasing: table[entry.name..<(entry.name + entry.count)])
        var common = 6
        while common < name.count, start + common < text.count, name[common] == text[start + common] { common += 1 }
        if common == name.count { return Match(index: entry.index, end: start + common, isFull: true) }
        guard entry.stem > 0, common >= entry.stem else { return nil }
        let end = start + entry.stem
        // 凉山州, 大通县, 内蒙古区: the stem and the last character of the kind.
        if end + 3 <= text.count, (0..<3).allSatisfy({ text[end + $0] == name[name.count - 3 + $0] }) {
            return Match(index: entry.index, end: end + 3, isFull: true)
        }
        return entry.isCounty ? nil : Match(index: entry.index, end: end, isFull: false)
    }

    private static func stem(
        _ name: UnsafeBufferPointer<UInt8>, _ level: Divisions.Level, _ groups: [[UInt8]]
    ) -> Int {
        let kinds = ["特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "盟"]
        guard let kind = kinds.first(where: { name.suffix($0.utf8.count).elementsEqual($0.utf8) }) else { return 0 }
        if level == .county, !kind.hasPrefix("自治") { return 0 }
        var stem = name.count - kind.utf8.count
        if kind.hasPrefix("自治") {
            while let group = groups.first(where: {
                stem - $0.count >= 6 && name[(stem - $0.count)..<stem].elementsEqual($0)
            }) {
                stem -= group.count
            }
        }
        return stem >= 6 ? stem : 0
    }

    private static func key(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt64? {
        guard start + 6 <= text.count, text[start] >= 0xE0 else { return nil }
        var key: UInt64 = 0
        for offset in 0..<6 { key = key << 8 | UInt64(text[start + offset]) }
        return key
    }

    private static func slot(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40)
    }
}
