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

/// Bounds of Jaro-Winkler similarity for the three rungs of likeness.
enum NameLikeness {
    static let nearlyEqual = 0.92 - 1e-9
    static let alike = 0.85 - 1e-9
    static let somewhat = 0.70 - 1e-9
}

/// Distinct given names with their words and nickname families.
struct GivenNameColumn: PreparedColumn {
    let exactLevels: [UInt8]
    let isDear = true
    let units: UnitColumn
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

    func level(_ a: UInt32, _ b: UInt32) -> UInt8 {
        let similarity = units.jaroWinkler(a, b, atLeast: NameLikeness.somewhat)
        if similarity >= NameLikeness.nearlyEqual { return rungs.nearly }
        switch words.relation(a, b) {
        case .sharedWordOrNickname: return rungs.nickname
        case .initial: return similarity >= NameLikeness.alike ? rungs.alike : rungs.initial
        case .none: break
        }
        if similarity >= NameLikeness.alike { return rungs.alike }
        return similarity >= NameLikeness.somewhat ? rungs.somewhat : 1
    }
}

/// Distinct surnames with their sound and their parts.
struct SurnameColumn: PreparedColumn {
    let exactLevels: [UInt8]
    let isDear = true
    let units: UnitColumn
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

    func level(_ a: UInt32, _ b: UInt32) -> UInt8 {
        let similarity = units.jaroWinkler(a, b, atLeast: NameLikeness.somewhat)
        if similarity >= NameLikeness.nearlyEqual { return rungs.nearly }
        if sounds[Int(a)] != 0, sounds[Int(a)] == sounds[Int(b)] { return rungs.sound }
        if words.relation(a, b) == .sharedWordOrNickname { return rungs.sound }
        if similarity >= NameLikeness.alike { return rungs.alike }
        return similarity >= NameLikeness.somewhat ? rungs.somewhat : 1
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
        /// Families of nicknames the word belongs to, as interned canonical names.
        let families: [UInt32]
        /// The only letter of a one-letter word, else 0.
        let initial: UInt8
        let first: UInt8
    }

    private let words: [Word]
    private let ends: [Int]

    init(_ values: TextPool) {
        var interner = TextInterner()
        var words: [Word] = []
        var ends: [Int] = []
        for code in 0..<values.count {
            let text = values[UInt32(code)]
            for part in text.split(whereSeparator: { $0 == " " || $0 == "-" }) {
                let word = String(part)
                let bytes = Array(word.utf8)
                let families = LatinName.nicknameFamilies(of: word).map { interner.intern($0) }
                words.append(
                    Word(
                        code: interner.intern(word), families: families, initial: bytes.count == 1 ? bytes[0] : 0,
                        first: bytes[0]))
            }
            ends.append(words.count)
        }
        self.words = words
        self.ends = ends
    }

    func relation(_ a: UInt32, _ b: UInt32) -> Relation {
        let left = ends[Int(a) - 1]..<ends[Int(a)]
        let right = ends[Int(b) - 1]..<ends[Int(b)]
        var relation = Relation.none
        for x in left {
            for y in right {
                let first = words[x]
                let second = words[y]
                if first.first != second.first && (first.families.isEmpty || second.families.isEmpty) { continue }
                if first.initial == 0, first.code == second.code { return .sharedWordOrNickname }
                if !first.families.isEmpty, first.families.contains(where: second.families.contains) {
                    return .sharedWordOrNickname
                }
                if first.initial != 0 || second.initial != 0, first.first == second.first, x == left.lowerBound,
                    y == right.lowerBound
                {
                    relation = .initial
                }
            }
        }
        return relation
    }
}
