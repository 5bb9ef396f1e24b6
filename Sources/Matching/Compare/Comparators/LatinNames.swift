import FuzzyText
import Records
import Standards

extension Comparator {
    /// Given names: exact by frequency, exchanged with the surname, one letter off, a nickname or one of several given
    /// names, an initial.
    package static let givenName = Comparator(
        "given_name",
        Text(
            en: "Given names: equal, exchanged with the surname, misspelt, nickname or one of several, initial",
            zh: "名：相同、与姓互换、拼写相近、昵称或多名之一、首字母"),
        role: .person,
        ladder: Ladder(
            ["somewhat alike", "initial", "alike", "nickname or part", "nearly equal", "exchanged"], byFrequency: true,
            near: ["nickname or part", "nearly equal", "exchanged"], exchanged: "exchanged")
    ) { GivenNameColumn($0, $1) }

    /// Surnames: exact by frequency, exchanged with the given name, one letter off, same sound, part of a double name.
    package static let surname = Comparator(
        "surname",
        Text(
            en: "Surnames: equal, exchanged with the given name, misspelt, same sound or part of a double name",
            zh: "姓：相同、与名互换、拼写相近、同音或复姓之一"),
        role: .family,
        ladder: Ladder(
            ["somewhat alike", "alike", "same sound or part", "nearly equal", "exchanged"], byFrequency: true,
            near: ["nearly equal", "exchanged"], exchanged: "exchanged")
    ) { SurnameColumn($0, $1) }
}

/// Bounds of Jaro-Winkler similarity for the rungs of likeness.
enum NameLikeness {
    /// Somewhat alike, alike, nearly equal.
    static let steps = JaroWinklerSteps([0.70, 0.85, 0.92])
    /// Alike, nearly equal.
    static let upperSteps = JaroWinklerSteps([0.85, 0.92])
}

/// Distinct given names with their words and nickname families.
struct GivenNameColumn: LikenessLevels {
    let exactLevels: [UInt8]
    let isDear = true
    let units: UnitColumn
    let steps = NameLikeness.steps
    /// Words of each name, as codes of a small dictionary of words; nicknames of one name share `families`.
    private let words: NameWords
    private let rungs: (somewhat: UInt8, initial: UInt8, alike: UInt8, nickname: UInt8, nearly: UInt8)

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        exactLevels = ladder.exactLevels(of: column)
        units = UnitColumn(column.values)
        words = NameWords(column.values)
        rungs = (
            ladder.index(of: "somewhat alike"), ladder.index(of: "initial"), ladder.index(of: "alike"),
            ladder.index(of: "nickname or part"), ladder.index(of: "nearly equal")
        )
    }

    func level(_ a: UInt32, _ b: UInt32, rung: UInt8) -> UInt8 {
        if rung == 3 { return rungs.nearly }
        switch words.relation(a, b) {
        case .sharedWordOrNickname: return rungs.nickname
        case .initial: return rung == 2 ? rungs.alike : rungs.initial
        case .none: return rung == 2 ? rungs.alike : rung == 1 ? rungs.somewhat : 1
        }
    }
}

/// Distinct surnames with their sound and their parts.
struct SurnameColumn: LikenessLevels {
    let exactLevels: [UInt8]
    let isDear = true
    let units: UnitColumn
    let steps = NameLikeness.steps
    private let words: NameWords
    /// Codes of a phonetic key, 0 for none.
    private let sounds: [UInt32]
    private let rungs: (somewhat: UInt8, alike: UInt8, sound: UInt8, nearly: UInt8)

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        exactLevels = ladder.exactLevels(of: column)
        units = UnitColumn(column.values)
        words = NameWords(column.values)
        var interner = TextInterner()
        sounds = (0..<column.values.count).map { code in
            code == 0 ? 0 : interner.intern(LatinName.phoneticKey(column.values[UInt32(code)]))
        }
        rungs = (
            ladder.index(of: "somewhat alike"), ladder.index(of: "alike"), ladder.index(of: "same sound or part"),
            ladder.index(of: "nearly equal")
        )
    }

    func level(_ a: UInt32, _ b: UInt32, rung: UInt8) -> UInt8 {
        if rung == 3 { return rungs.nearly }
        if sounds[Int(a)] != 0, sounds[Int(a)] == sounds[Int(b)] { return rungs.sound }
        if words.relation(a, b) == .sharedWordOrNickname { return rungs.sound }
        return rung == 2 ? rungs.alike : rung == 1 ? rungs.somewhat : 1
    }
}

/// The words of each distinct name, with the family of nicknames each word belongs to.
struct NameWords: Sendable {
    enum Relation {
        case none
        case initial
        case sharedWordOrNickname
    }

    private struct Word: Sendable {
        let code: UInt32
        /// Families of nicknames the word belongs to: a part of `families`.
        let families: Range<UInt32>
        /// The only letter of a one-letter word, else 0.
        let initial: UInt8
        let first: UInt8
    }

    private let words: [Word]
    private let ends: [UInt32]
    /// One word of several letters without nicknames: two such names have nothing in common unless they are equal.
    private let isPlain: [Bool]
    /// Interned canonical names.
    private let families: [UInt32]

    init(_ values: TextPool) {
        var interner = TextInterner()
        var families: [UInt32] = []
        var words: [Word] = []
        var ends: [UInt32] = []
        for code in 0..<values.count {
            let text = values[UInt32(code)]
            for part in text.split(whereSeparator: { $0 == " " || $0 == "-" }) {
                let word = String(part)
                let bytes = Array(word.utf8)
                let start = UInt32(families.count)
                families += LatinName.nicknameFamilies(of: word).map { interner.intern($0) }
                words.append(
                    Word(
                        code: interner.intern(word), families: start..<UInt32(families.count),
                        initial: bytes.count == 1 ? bytes[0] : 0,
                        first: bytes[0]))
            }
            ends.append(UInt32(words.count))
        }
        isPlain = ends.indices.map { name in
            let range = Int(name == 0 ? 0 : ends[name - 1])..<Int(ends[name])
            guard range.count == 1, let word = words[range].first else { return false }
            return word.initial == 0 && word.families.isEmpty
        }
        self.words = words
        self.ends = ends
        self.families = families
    }

    func relation(_ a: UInt32, _ b: UInt32) -> Relation {
        if isPlain[Int(a)], isPlain[Int(b)] { return .none }
        let left = ends[Int(a) - 1]..<ends[Int(a)]
        let right = ends[Int(b) - 1]..<ends[Int(b)]
        var relation = Relation.none
        for x in left {
            for y in right {
                let first = words[Int(x)]
                let second = words[Int(y)]
                if first.first != second.first && (first.families.isEmpty || second.families.isEmpty) { continue }
                if first.initial == 0, first.code == second.code { return .sharedWordOrNickname }
                if haveCommonFamily(first, second) { return .sharedWordOrNickname }
                if first.initial != 0 || second.initial != 0, first.first == second.first, x == left.lowerBound,
                    y == right.lowerBound
                {
                    relation = .initial
                }
            }
        }
        return relation
    }

    private func haveCommonFamily(_ first: Word, _ second: Word) -> Bool {
        for one in first.families {
            for other in second.families where families[Int(one)] == families[Int(other)] { return true }
        }
        return false
    }
}
