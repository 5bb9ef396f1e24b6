extension Divisions {
    /// The divisions named at the head of an address.
    package struct Head: Sendable, Hashable {
        /// The deepest one, followed to its successor in force; 0 when none is named or several bear the name.
        package let code: UInt32
        /// When several bear the name: all of them, at most 16, those in force if any is. Else empty.
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
            return codes.allSatisfy { $0 / 10000 == first / 10000 } && first % 10000 == 0 || codes.count == 1
                ? first : nil
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
        var best: DivisionNames.Match?
        var bestRank = 0
        var isTied = false
        DivisionNames.shared.forEachMatch(in: text, at: start) { match in
            let rank = self.rank(match, context)
            guard rank > 0 else { return }
            let weighed = rank * 1024 + match.end - start
            if weighed > bestRank {
                (best, bestRank, isTied) = (match, weighed, false)
            } else if weighed == bestRank {
                isTied = true
            }
        }
        guard let match = best else { return nil }
        if !isTied {
            if levels[match.index] != .county, depth < 3,
                let deeper = descend(text, match.end, within: match.index, depth: depth + 1)
            {
                return deeper
            }
            return match.isFull ? Head(code: current(codes[match.index]), candidates: [], end: match.end) : nil
        }
        var tied: [DivisionNames.Match] = []
        DivisionNames.shared.forEachMatch(in: text, at: start) { match in
            if self.rank(match, context) * 1024 + match.end - start == bestRank { tied.append(match) }
        }
        return head(tied, text, depth)
    }

    /// One name for several: 吉林 may be province and city, what follows decides, tried from the top.
    private func head(_ matches: [DivisionNames.Match], _ text: UnsafeBufferPointer<UInt8>, _ depth: Int) -> Head? {
        for match in matches where levels[match.index] != .county && depth < 3 {
            if let deeper = descend(text, match.end, within: match.index, depth: depth + 1) { return deeper }
        }
        guard let first = matches.first, first.isFull else { return nil }
        var candidates: [UInt32] = []
        for match in matches.prefix(16) {
            let code = current(codes[match.index])
            if !candidates.contains(code) { candidates.append(code) }
        }
        let isOne = candidates.count == 1
        return Head(code: isOne ? candidates[0] : 0, candidates: isOne ? [] : candidates, end: first.end)
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

    /// Do `count` bytes of the two agree? Both have them.
    @inline(__always)
    static func isEqual(
        _ left: UnsafeBufferPointer<UInt8>, _ leftStart: Int, _ right: UnsafeBufferPointer<UInt8>, _ rightStart: Int,
        _ count: Int
    ) -> Bool {
        var offset = 0
        while offset < count, left[leftStart &+ offset] == right[rightStart &+ offset] { offset &+= 1 }
        return offset == count
    }

    static func hasPrefix(_ text: UnsafeBufferPointer<UInt8>, _ prefix: StaticString, at start: Int = 0) -> Bool {
        let count = prefix.utf8CodeUnitCount
        guard start >= 0, start + count <= text.count, prefix.hasPointerRepresentation else { return false }
        return (0..<count).allSatisfy { text[start + $0] == prefix.utf8Start[$0] }
    }
}
