import FuzzyText
import Records

extension Comparator {
    /// Full names, Chinese by character, sound and shape, others by letters (DESIGN §5).
    package static let personName = Comparator(
        "person_name",
        Text(
            en: "Full names: equal, variant form, romanised, same sound, look-alike, one character different",
            zh: "姓名：相同、异体或繁体、拼音、同音、形近、一字不同"),
        role: .person,
        ladder: Ladder(
            [
                "surname only", "given name only", "partly equal", "one character different", "look-alike",
                "similar sound", "same sound", "same sound and tone", "romanised", "variant form",
            ], byFrequency: true, near: ["same sound and tone", "same sound", "romanised", "variant form"],
            sibling: ["surname only", "partly equal", "one character different"],
            rareInOnePerson: ["surname only": 0.02, "one character different": 0.05])
    ) { PersonNameColumn($0, $1) }
}

/// Distinct full names with the form, sound and shape of each character.
struct PersonNameColumn: PreparedColumn {
    let isDear = true
    private let units: UnitColumn
    private let names: [Name]
    private let generations: GenerationMarks
    private let rungs: Rungs
    private let han = HanTable.shared

    /// Characters of a name that are compared; no name is as long, and a whole page in its cell costs no more.
    private static let longest = 64

    private struct Rungs: Sendable {
        let surnameOnly, givenOnly, partly, oneDifferent, lookAlike, similarSound, sameSound, sameTone, romanised,
            variant: UInt8

        init(_ ladder: Ladder) {
            surnameOnly = ladder.index(of: "surname only")
            givenOnly = ladder.index(of: "given name only")
            partly = ladder.index(of: "partly equal")
            oneDifferent = ladder.index(of: "one character different")
            lookAlike = ladder.index(of: "look-alike")
            similarSound = ladder.index(of: "similar sound")
            sameSound = ladder.index(of: "same sound")
            sameTone = ladder.index(of: "same sound and tone")
            romanised = ladder.index(of: "romanised")
            variant = ladder.index(of: "variant form")
        }
    }

    private struct Name: Sendable {
        let isHan: Bool
        /// Simplified characters without dots and blanks; empty for names that are not Han.
        let characters: [UInt32]
        let readings: [Reading]
        let surnameLength: Int
        /// Interned toneless syllables in name order, the same for a Han name and its romanised form; 0: none.
        let pinyin: UInt32
        /// The same for what a name in letters may stand for in Wade-Giles.
        let wadeGiles: [UInt32]
    }

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        units = UnitColumn(column.values)
        generations = GenerationMarks(column.values)
        rungs = Rungs(ladder)
        let han = HanTable.shared
        var pinyin = TextInterner()
        names = (0..<column.values.count).map { code in
            let text = column.values[UInt32(code)]
            let key = pinyin.intern(ChineseName.pinyinKey(text))
            guard ChineseName.isHan(text) else {
                return Name(
                    isHan: false, characters: [], readings: [], surnameLength: 0, pinyin: key,
                    wadeGiles: WadeGiles.pinyinNames(text).map { pinyin.intern(ChineseName.pinyinKey($0)) })
            }
            let letters = text.unicodeScalars.lazy.map(\.value).filter { !ChineseName.isInterpunct($0) && $0 != 0x20 }
            let characters = Array(letters.prefix(Self.longest).map { han.simplified($0) })
            let hasDot = text.unicodeScalars.contains { ChineseName.isInterpunct($0.value) || $0 == " " }
            return Name(
                isHan: true, characters: characters, readings: ChineseName.readings(of: characters),
                surnameLength: hasDot ? 0 : ChineseName.surnameLength(characters), pinyin: key, wadeGiles: [])
        }
    }

    func level(_ a: UInt32, _ b: UInt32) -> UInt8 {
        let left = names[Int(a)]
        let right = names[Int(b)]
        switch (left.isHan, right.isHan) {
        case (true, true): return hanLevel(left, right)
        case (false, false): return letterLevel(a, b)
        case (true, false): return romanisedLevel(left, right)
        case (false, true): return romanisedLevel(right, left)
        }
    }

    private func romanisedLevel(_ han: Name, _ letters: Name) -> UInt8 {
        guard han.pinyin != 0 else { return 1 }
        return han.pinyin == letters.pinyin || letters.wadeGiles.contains(han.pinyin) ? rungs.romanised : 1
    }

    private func letterLevel(_ a: UInt32, _ b: UInt32) -> UInt8 {
        if generations.differ(a, b) { return 1 }
        if names[Int(a)].pinyin != 0, names[Int(a)].pinyin == names[Int(b)].pinyin { return rungs.variant }
        switch units.rung(a, b, NameLikeness.upperSteps) {
        case 2: return rungs.oneDifferent
        case 1: return rungs.partly
        default: return 1
        }
    }

    private func hanLevel(_ left: Name, _ right: Name) -> UInt8 {
        if left.characters.count == right.characters.count {
            return sameLengthLevel(left, right)
        }
        let (shorter, longer) = left.characters.count < right.characters.count ? (left, right) : (right, left)
        if longer.characters.count >= 3, longer.characters.count - shorter.characters.count == 1,
            isCut(shorter.characters, from: longer.characters)
        {
            return shorter.characters.count >= 3 ? rungs.oneDifferent : rungs.partly
        }
        return unequalLevel(left, right)
    }

    /// The level of two names of equal length: settled by the worst of the characters that differ.
    private func sameLengthLevel(_ left: Name, _ right: Name) -> UInt8 {
        var different = 0
        var last = 0
        var worst = Channel.tone
        var hasShapeOnly = false
        for index in left.characters.indices where left.characters[index] != right.characters[index] {
            different += 1
            last = index
            let channel = channel(left, right, index)
            if channel == .shape { hasShapeOnly = true } else { worst = min(worst, channel) }
        }
        if different == 0 { return rungs.variant }
        if worst > .none && different <= 2 {
            if hasShapeOnly { return rungs.lookAlike }
            switch worst {
            case .tone: return rungs.sameTone
            case .sound: return rungs.sameSound
            default: return rungs.similarSound
            }
        }
        if different == 1 {
            if last < left.surnameLength { return rungs.givenOnly }
            return left.characters.count >= 3 ? rungs.oneDifferent : rungs.surnameOnly
        }
        if different == 2, left.characters.count >= 3, isTurned(left.characters, right.characters) {
            return rungs.partly
        }
        return unequalLevel(left, right)
    }

    /// By what two different characters still agree.
    private enum Channel: Int, Comparable {
        case none
        case similar
        case sound
        case tone
        case shape

        static func < (left: Channel, right: Channel) -> Bool { left.rawValue < right.rawValue }
    }

    private func channel(_ left: Name, _ right: Name, _ index: Int) -> Channel {
        let (x, y) = (left.readings[index], right.readings[index])
        if x.syllable == y.syllable { return .tone }
        if x.toneless == y.toneless { return .sound }
        if han.looksAlike(left.characters[index], right.characters[index]) { return .shape }
        return x.confusable == y.confusable ? .similar : .none
    }

    private func unequalLevel(_ left: Name, _ right: Name) -> UInt8 {
        let longest = max(left.characters.count, right.characters.count)
        if longest >= 5 {
            let distance = editDistance(left.characters, right.characters)
            if distance <= 1 { return rungs.oneDifferent }
            if distance * 3 <= longest { return rungs.partly }
        }
        guard left.surnameLength > 0, right.surnameLength > 0 else { return 1 }
        let sameSurname =
            left.characters.prefix(left.surnameLength) == right.characters.prefix(right.surnameLength)
        return sameSurname ? rungs.surnameOnly : 1
    }

    private func isCut(_ shorter: [UInt32], from longer: [UInt32]) -> Bool {
        var index = 0
        for character in longer where index < shorter.count && character == shorter[index] { index += 1 }
        return index == shorter.count
    }

    private func isTurned(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        let places = left.indices.filter { left[$0] != right[$0] }
        return places.count == 2 && left[places[0]] == right[places[1]] && left[places[1]] == right[places[0]]
    }

    /// Plain Levenshtein: only transliterated names of five characters and more come here.
    private func editDistance(_ left: [UInt32], _ right: [UInt32]) -> Int {
        var row = Array(0...right.count)
        for (i, x) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in right.enumerated() {
                let cost = min(diagonal + (x == y ? 0 : 1), row[j] + 1, row[j + 1] + 1)
                diagonal = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[right.count]
    }
}
