import FuzzyText
import Records

/// The words of each distinct name, with the family of nicknames each word belongs to.
struct NameWords: Sendable {
    enum Relation {
        case none
        case initial
        case sharedWordOrNickname
    }

    private struct Word: Sendable {
        let code: UInt32
        /// Families of nicknames the word belongs to: so many of `families` from here on.
        let families: UInt32
        let familyCount: UInt8
        /// The only letter of a one-letter word, else 0.
        let initial: UInt8
        let first: UInt8
        /// Jr, Sr, III.
        let isMark: Bool

        /// Several letters and no nicknames: has nothing in common with another word but by being equal to it.
        var isPlain: Bool { initial == 0 && familyCount == 0 }
    }

    /// Of a name of one word, as most are, that word; of others where their words are.
    private enum Name: Sendable {
        case one(Word)
        case several(start: UInt32, count: UInt32)
    }

    private let names: [Name]
    /// The words of names that have several, or none.
    private let words: [Word]
    /// Interned canonical names.
    private let families: [UInt32]
    /// Every word once, by its code.
    private let units: UnitColumn

    init(_ values: TextPool) {
        var reader = Reader()
        var words: [Word] = []
        names = (0..<UInt32(values.count)).map { code in
            let found = values.withUTF8(code) { reader.words(of: $0) }
            if let word = found.first, found.count == 1 { return .one(word) }
            words += found
            return .several(start: UInt32(words.count - found.count), count: UInt32(found.count))
        }
        self.words = words
        families = reader.families
        units = UnitColumn(reader.pool)
    }

    private struct Reader {
        private(set) var families: [UInt32] = []
        private var interner = TextInterner()

        var pool: TextPool { interner.pool }

        /// A name has no more words than this; what follows is some other text, and every word is held against every other.
        private static let most = 32

        /// Words stand between blanks and hyphens.
        mutating func words(of name: UnsafeBufferPointer<UInt8>) -> [Word] {
            name.split(whereSeparator: { $0 == 0x20 || $0 == 0x2D }).prefix(Self.most).map { part in
                let start = UInt32(families.count)
                let found = LatinName.nicknameFamilies(of: String(decoding: part, as: UTF8.self)).prefix(255)
                for family in found { families.append(interner.intern(family)) }
                return Word(
                    code: interner.intern(UnsafeBufferPointer(rebasing: part)), families: start,
                    familyCount: UInt8(found.count), initial: part.count == 1 ? name[part.startIndex] : 0,
                    first: name[part.startIndex],
                    isMark: GenerationMarks.isMark(UnsafeBufferPointer(rebasing: part)))
            }
        }
    }

    /// Two names of as many words differ in one that is not even alike: sisters, where the whole names look nearly equal.
    /// Marks of generations aside, which are written in many ways.
    func differInWord(_ a: UInt32, _ b: UInt32) -> Bool {
        guard case .several(let start, let count) = names[Int(a)], case .several(let other, count) = names[Int(b)]
        else { return false }
        return (0..<count).contains { index in
            let (x, y) = (words[Int(start + index)], words[Int(other + index)])
            return x.code != y.code && !(x.isMark && y.isMark)
                && units.rung(x.code, y.code, NameLikeness.upperSteps) == 0
        }
    }

    func relation(_ a: UInt32, _ b: UInt32) -> Relation {
        switch (names[Int(a)], names[Int(b)]) {
        case (.one(let left), .one(let right)):
            if left.isPlain, right.isPlain { return .none }
            return relation(left, right, areFirst: true)
        case (.one(let left), .several(let start, let count)):
            return relation(CollectionOfOne(left), words[Int(start)..<Int(start + count)])
        case (.several(let start, let count), .one(let right)):
            return relation(words[Int(start)..<Int(start + count)], CollectionOfOne(right))
        case (.several(let start, let count), .several(let otherStart, let otherCount)):
            return relation(
                words[Int(start)..<Int(start + count)], words[Int(otherStart)..<Int(otherStart + otherCount)])
        }
    }

    /// One name is part of the other: each of its words has a partner there, and not by initials alone. That two names of
    /// several words share one says little: half of a country's women may be called "Thị" in the middle.
    private func relation(_ left: some Collection<Word>, _ right: some Collection<Word>) -> Relation {
        var relation = Relation.none
        if left.count <= right.count { relation = part(left, of: right) }
        if right.count <= left.count, relation != .sharedWordOrNickname {
            let other = part(right, of: left)
            if other != .none { relation = other }
        }
        return relation
    }

    private func part(_ shorter: some Collection<Word>, of longer: some Collection<Word>) -> Relation {
        var shares = 0
        var initials = 0
        var beginsWithInitial = false
        for (i, x) in shorter.enumerated() {
            var best = Relation.none
            for (j, y) in longer.enumerated() {
                let found = self.relation(x, y, areFirst: true)
                if found == .initial, i == 0, j == 0 { beginsWithInitial = true }
                if found == .sharedWordOrNickname || best == .none { best = found }
            }
            switch best {
            case .sharedWordOrNickname: shares += 1
            case .initial: initials += 1
            case .none: break
            }
        }
        if shares > 0, shares + initials == shorter.count { return .sharedWordOrNickname }
        return beginsWithInitial ? .initial : .none
    }

    @inline(__always)
    private func relation(_ x: Word, _ y: Word, areFirst: Bool) -> Relation {
        if x.first != y.first && (x.familyCount == 0 || y.familyCount == 0) { return .none }
        if x.initial == 0, x.code == y.code { return .sharedWordOrNickname }
        if haveCommonFamily(x, y) { return .sharedWordOrNickname }
        return (x.initial != 0 || y.initial != 0) && x.first == y.first && areFirst ? .initial : .none
    }

    private func haveCommonFamily(_ x: Word, _ y: Word) -> Bool {
        for one in x.families..<x.families + UInt32(x.familyCount) {
            for other in y.families..<y.families + UInt32(y.familyCount)
            where families[Int(one)] == families[Int(other)] {
                return true
            }
        }
        return false
    }
}
