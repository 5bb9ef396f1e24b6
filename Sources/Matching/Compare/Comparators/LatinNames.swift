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
    let isDear = true
    let units: UnitColumn
    let steps = NameLikeness.steps
    /// Words of each name, as codes of a small dictionary of words; nicknames of one name share `families`.
    private let words: NameWords
    private let generations: GenerationMarks
    private let rungs: (somewhat: UInt8, initial: UInt8, alike: UInt8, nickname: UInt8, nearly: UInt8)

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        units = UnitColumn(column.values)
        words = NameWords(column.values)
        generations = GenerationMarks(column.values)
        rungs = (
            ladder.index(of: "somewhat alike"), ladder.index(of: "initial"), ladder.index(of: "alike"),
            ladder.index(of: "nickname or part"), ladder.index(of: "nearly equal")
        )
    }

    func level(_ a: UInt32, _ b: UInt32, rung: UInt8) -> UInt8 {
        if generations.differ(a, b) { return 1 }
        let rung = rung > 1 && words.differInWord(a, b) ? 1 : rung
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
    let isDear = true
    let units: UnitColumn
    let steps = NameLikeness.steps
    private let words: NameWords
    private let generations: GenerationMarks
    /// Codes of a phonetic key, 0 for none.
    private let sounds: [UInt32]
    private let rungs: (somewhat: UInt8, alike: UInt8, sound: UInt8, nearly: UInt8)

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        units = UnitColumn(column.values)
        words = NameWords(column.values)
        generations = GenerationMarks(column.values)
        sounds = NameSounds.codes(of: column.values)
        rungs = (
            ladder.index(of: "somewhat alike"), ladder.index(of: "alike"), ladder.index(of: "same sound or part"),
            ladder.index(of: "nearly equal")
        )
    }

    func level(_ a: UInt32, _ b: UInt32, rung: UInt8) -> UInt8 {
        if generations.differ(a, b) { return 1 }
        let rung = rung > 1 && words.differInWord(a, b) ? 1 : rung
        if rung == 3 { return rungs.nearly }
        if sounds[Int(a)] != 0, sounds[Int(a)] == sounds[Int(b)] { return rungs.sound }
        if words.relation(a, b) == .sharedWordOrNickname { return rungs.sound }
        return rung == 2 ? rungs.alike : rung == 1 ? rungs.somewhat : 1
    }
}

/// What names sound like.
enum NameSounds {
    /// The code of each name's phonetic key, 0 for a name without a Latin letter.
    static func codes(of names: TextPool) -> [UInt32] {
        var interner = TextInterner()
        return codes(of: names, with: &interner)
    }

    static func codes(of names: TextPool, with interner: inout TextInterner) -> [UInt32] {
        var key: [UInt8] = []
        return (0..<UInt32(names.count)).map { code in
            key.removeAll(keepingCapacity: true)
            if names.withUTF8(code, { LatinName.appendPhoneticKey(ascii: $0, to: &key) }) {
                return key.withUnsafeBufferPointer { interner.intern($0) }
            }
            return interner.intern(LatinName.phoneticKey(names[code]))
        }
    }
}
