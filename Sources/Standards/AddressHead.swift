/// The divisions and the township at the head of an address.
///
/// Where a name is misspelt or left out, what follows has to help: 杭州市江区西兴街道 is in 滨江区, because of all counties of
/// 杭州市 that one has a 西兴街道.
struct AddressHead {
    private(set) var division: UInt32 = 0
    private(set) var name = 0..<0
    private(set) var townshipCode: UInt32 = 0
    private(set) var township = 0..<0
    /// Between the divisions that were understood, or between them and the township.
    private(set) var skipped = 0..<0
    /// Byte behind the head.
    private(set) var end = 0

    /// Characters that may be misspelt or unknown between two names that are understood.
    private static let reach = 10

    init(_ text: UnsafeBufferPointer<UInt8>) {
        let divisions = Divisions.shared
        let head = divisions.head(of: text)
        take(head)
        if head.candidates.count > 0 {
            tellApart(head.candidates, text)
        } else if head.code != 0, divisions.level(head.code) == .county {
            takeTownship(Self.township(in: text, at: end, among: Townships.shared.range(of: head.code)), text)
        } else {
            resume(text, within: head.code)
        }
    }

    private mutating func take(_ head: Divisions.Head) {
        division = head.code
        name = 0..<head.end
        end = head.end
    }

    /// Several counties bear the name: the one that has the township, if only one has.
    private mutating func tellApart(_ candidates: [UInt32], _ text: UnsafeBufferPointer<UInt8>) {
        var found: TownshipMatch?
        for county in candidates {
            guard let match = Self.township(in: text, at: end, among: Townships.shared.range(of: county)) else {
                continue
            }
            if let best = found, best.count >= match.count {
                if best.count == match.count { return }
                continue
            }
            found = match
        }
        takeTownship(found, text)
    }

    /// Goes on behind a name that is not understood: at a county, or at a township that only one county has. Where no 市, 区 …
    /// stands before it (郑州时惠济区), a county has to have the township that follows.
    private mutating func resume(_ text: UnsafeBufferPointer<UInt8>, within upper: UInt32) {
        let from = end
        let isPrefecture = upper % 100 == 0 && upper % 10000 != 0
        var start = from
        for step in 0..<Self.reach {
            if step > 0 {
                guard start + 3 <= text.count, text[start] >= 0xE0, text[start] < 0xF0 else { return }
                start += 3
            }
            let isAfterName = Self.endsDivision(text, start)
            if step > 0, let head = Divisions.shared.head(of: text, at: start, within: upper), head.code != 0 {
                let span = Townships.shared.range(of: head.code)
                let match = Self.township(in: text, at: head.end, among: span)
                if match != nil || isAfterName {
                    take(head)
                    skipped = from..<start
                    return takeTownship(match, text)
                }
            }
            guard isPrefecture || upper != 0 && isAfterName else { continue }
            let span = Townships.shared.range(within: upper)
            if let match = Self.township(in: text, at: start, among: span), match.isAlone {
                end = start
                skipped = from..<start
                return takeTownship(match, text)
            }
        }
    }

    private mutating func takeTownship(_ match: TownshipMatch?, _ text: UnsafeBufferPointer<UInt8>) {
        guard let match else { return }
        townshipCode = Townships.shared.codes[match.index]
        division = townshipCode / 1000
        township = end..<(end + match.count)
        end += match.count
        if Divisions.hasPrefix(text, "办事处", at: end) { end += 9 }
    }

    private struct TownshipMatch {
        /// Position in `Townships`.
        let index: Int
        /// Bytes of the name.
        let count: Int
        /// No other county among those looked at has it.
        var isAlone: Bool
    }

    /// The longest township of `candidates` (positions in the table) that is named at `start`.
    private static func township(
        in text: UnsafeBufferPointer<UInt8>, at start: Int, among candidates: Range<Int>
    ) -> TownshipMatch? {
        guard start + 6 <= text.count else { return nil }
        var best: TownshipMatch?
        let townships = Townships.shared
        let table = CSVTable(.townships).bytes
        for index in candidates {
            let name = townships.names[index]
            let count = Int(name.count)
            guard count >= max(6, best?.count ?? 0), start + count <= text.count,
                Divisions.isEqual(table, Int(name.start), text, start, count)
            else { continue }
            if let held = best, held.count == count {
                let isSameCounty = townships.codes[held.index] / 1000 == townships.codes[index] / 1000
                best?.isAlone = held.isAlone && isSameCounty
            } else {
                best = TownshipMatch(index: index, count: count, isAlone: true)
            }
        }
        return best
    }

    /// Does 省, 市, 区, 县, 州, 旗 or 盟 stand before `end`?
    private static func endsDivision(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
        guard end >= 3 else { return false }
        switch (text[end - 3], text[end - 2], text[end - 1]) {
        case (0xE7, 0x9C, 0x81), (0xE5, 0xB8, 0x82), (0xE5, 0x8C, 0xBA), (0xE5, 0x8E, 0xBF), (0xE5, 0xB7, 0x9E),
            (0xE6, 0x97, 0x97), (0xE7, 0x9B, 0x9F):
            return true
        default: return false
        }
    }
}
