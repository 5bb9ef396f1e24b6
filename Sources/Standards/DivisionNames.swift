/// Finds divisions by their names at the head of a text. The first two characters lead to the few names that begin so.
struct DivisionNames: Sendable {
    static let shared = DivisionNames(Divisions.shared)

    private struct Entry: Sendable {
        /// The first two characters, six bytes of UTF-8.
        let key: UInt64
        /// Position in the columns of `Divisions`.
        let index: Int
        /// Bytes of the name without its kind: 四川 of 四川省, 凉山 of 凉山彝族自治州. 0: it has no short form.
        let stem: Int
    }

    private let entries: [Entry]
    /// Open addressing by key; a slot holds the first position in `entries` with the key, plus 1.
    private let slots: [UInt16]
    private let mask: Int

    private init(_ divisions: Divisions) {
        let groups = EthnicGroup.all.compactMap { EthnicGroup.name(of: $0) }.flatMap { [$0, $0.replacing("族", with: "")] }
            .filter { $0.utf8.count >= 6 }.map { Array($0.utf8) } + [Array("各族".utf8)]
        var entries: [Entry] = []
        entries.reserveCapacity(divisions.codes.count)
        for index in divisions.codes.indices {
            let name = divisions.utf8(divisions.names[index])
            guard let key = Self.key(name, 0) else { continue }
            entries.append(Entry(key: key, index: index, stem: Self.stem(name, divisions.levels[index], groups)))
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
        var slot = Self.slot(key) & mask
        while slots[slot] != 0 {
            var position = Int(slots[slot]) - 1
            if entries[position].key == key {
                while position < entries.count, entries[position].key == key {
                    if let match = match(entries[position], text, start) { body(match) }
                    position += 1
                }
                return
            }
            slot = (slot + 1) & mask
        }
    }

    @inline(__always)
    private func match(_ entry: Entry, _ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Match? {
        let divisions = Divisions.shared
        let name = divisions.utf8(divisions.names[entry.index])
        var common = 6
        while common < name.count, start + common < text.count, name[common] == text[start + common] { common += 1 }
        if common == name.count { return Match(index: entry.index, end: start + common, isFull: true) }
        guard entry.stem > 0, common >= entry.stem else { return nil }
        let end = start + entry.stem
        // 凉山州, 大通县, 内蒙古区: the stem and the last character of the kind.
        if end + 3 <= text.count, (0..<3).allSatisfy({ text[end + $0] == name[name.count - 3 + $0] }) {
            return Match(index: entry.index, end: end + 3, isFull: true)
        }
        return divisions.levels[entry.index] == .county ? nil : Match(index: entry.index, end: end, isFull: false)
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

extension Divisions {
    /// The divisions named at the head of an address.
    package struct Head: Sendable, Hashable {
        /// The deepest one, followed to its successor in force; 0 when none is named or several bear the name.
        package let code: UInt32
        /// All that the name may mean, in force if any is; one when `code` is set, at most 16.
        package let candidates: [UInt32]
        /// Bytes of the text that name divisions.
        package let end: Int
    }

    /// Reads province, prefecture and county at the head of an address, in full (四川省成都市青羊区), without the upper ones
    /// (青羊区, 浙江省建德市) or with their short names (四川成都青羊区, 凉山州).
    ///
    /// A short name alone is not taken for a division: 四川北路 is a street.
    package func head(of text: UnsafeBufferPointer<UInt8>) -> Head {
        var start = 0
        for country in [StaticString("中华人民共和国"), "中国"] where Self.hasPrefix(text, country) {
            start = country.utf8CodeUnitCount
            break
        }
        let found = descend(text, start, within: nil, depth: 0)
        return found ?? Head(code: 0, candidates: [], end: 0)
    }

    package func head(of text: String) -> Head {
        var text = text
        return text.withUTF8 { head(of: $0) }
    }

    /// A county named at `start`, within the province or prefecture `upper` (0: anywhere).
    func head(of text: UnsafeBufferPointer<UInt8>, at start: Int, within upper: UInt32) -> Head? {
        guard let head = descend(text, start, within: upper == 0 ? nil : index(of: upper), depth: 1) else { return nil }
        return head.code != 0 && level(head.code) == .county ? head : nil
    }

    /// The code of a division by its full name or short forms, when exactly one in force bears it, or else exactly one ever.
    package func code(named text: String) -> UInt32? {
        let head = head(of: text)
        if head.end == text.utf8.count { return head.code == 0 ? nil : head.code }
        // A short name with nothing after it: 四川, 成都.
        var text = text
        return text.withUTF8 { bytes in
            var codes: [UInt32] = []
            DivisionNames.shared.forEachMatch(in: bytes, at: 0) { match in
                if match.end == bytes.count, self.lastYears[match.index] == 0 { codes.append(self.codes[match.index]) }
            }
            // 吉林 is the province before it is the city in it.
            guard let first = codes.first else { return nil }
            return codes.allSatisfy { $0 / 10000 == first / 10000 } && first % 10000 == 0 || codes.count == 1 ? first : nil
        }
    }

    /// `context`: the position of the division that stands before `start`.
    private func descend(
        _ text: UnsafeBufferPointer<UInt8>, _ start: Int, within context: Int?, depth: Int
    ) -> Head? {
        var start = start
        if context != nil {
            for filler in [StaticString("市辖区"), "直辖县", "县"] where Self.hasPrefix(text, filler, at: start) {
                start += filler.utf8CodeUnitCount
                break
            }
        }
        var best: [DivisionNames.Match] = []
        var bestRank = 0
        DivisionNames.shared.forEachMatch(in: text, at: start) { match in
            let rank = self.rank(match, context)
            guard rank > 0 else { return }
            let length = rank * 1024 + match.end - start
            if length > bestRank {
                bestRank = length
                best = []
            }
            if length == bestRank { best.append(match) }
        }
        guard let match = best.first else { return nil }
        let index = match.index
        if levels[index] == .county || depth == 3 { return head(best) }
        // 吉林 may be province and city: what follows decides, tried from the top.
        for match in best {
            if let deeper = descend(text, match.end, within: match.index, depth: depth + 1) { return deeper }
        }
        return match.isFull ? head(best) : nil
    }

    /// How well a division fits below another one; 0: not at all. In force beats retired, a full name beats a short one.
    private func rank(_ match: DivisionNames.Match, _ context: Int?) -> Int {
        var rank = match.isFull ? 4 : 2
        if lastYears[match.index] == 0 { rank += 1 }
        guard let context else { return rank }
        let (code, upper) = (codes[match.index], codes[context])
        if levels[context] == .province {
            // 北京市北京市东城区 repeats itself.
            return code / 10000 == upper / 10000 && (match.index != context || match.isFull) ? rank + 8 : 0
        }
        guard levels[match.index] == .county else { return match.index == context ? rank : 0 }
        if code / 100 == upper / 100 { return rank + 16 }
        // Counties directly under a province, and those that changed their prefecture.
        return code / 10000 == upper / 10000 ? rank + 8 : 0
    }

    private func head(_ matches: [DivisionNames.Match]) -> Head {
        var candidates: [UInt32] = []
        for match in matches.prefix(16) {
            let code = current(codes[match.index])
            if !candidates.contains(code) { candidates.append(code) }
        }
        return Head(
            code: candidates.count == 1 ? candidates[0] : 0, candidates: candidates, end: matches.first?.end ?? 0)
    }

    static func hasPrefix(_ text: UnsafeBufferPointer<UInt8>, _ prefix: StaticString, at start: Int = 0) -> Bool {
        let count = prefix.utf8CodeUnitCount
        guard start >= 0, start + count <= text.count, prefix.hasPointerRepresentation else { return false }
        return (0..<count).allSatisfy { text[start + $0] == prefix.utf8Start[$0] }
    }
}
