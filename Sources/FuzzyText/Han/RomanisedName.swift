import Standards

/// A Chinese name in Latin letters, taken apart into pinyin syllables: `WANG Xiaoming`, `Xiaoming Wang`,
/// `wang xiao-ming`, `Wang, Xiaoming`, `wangxiaoming`.
struct RomanisedName: Sendable {
    let surname: [UInt16]
    let given: [UInt16]

    /// `nil` when some word is not made of pinyin syllables, or there are fewer than two syllables or more than five.
    init?(_ name: String) {
        let letters = Self.plain(name)
        let comma = letters.contains(UInt8(ascii: ","))
        var words: [Word] = []
        for word in letters.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }) {
            guard let syllables = Self.syllables(word) else { return nil }
            words.append(Word(syllables: syllables, isUpper: !word.contains { $0 >= UInt8(ascii: "a") }))
        }
        let count = words.reduce(0) { $0 + $1.syllables.count }
        guard (2...5).contains(count) else { return nil }
        if words.count == 1 {
            let all = words[0].syllables
            let length = all.count >= 3 && Self.isSurname(Array(all[..<2])) ? 2 : 1
            surname = Array(all[..<length])
            given = Array(all[length...])
            return
        }
        let last = words.count - 1
        let lastFirst = !comma && Self.surnameIsLast(words)
        surname = words[lastFirst ? last : 0].syllables
        given = (lastFirst ? words[..<last] : words[1...]).flatMap(\.syllables)
    }

    func key(_ text: (Reading) -> String) -> String {
        func word(_ syllables: [UInt16]) -> String {
            syllables.map { text(Syllables.shared.reading($0, tone: 0)) }.joined()
        }
        return word(surname) + " " + word(given)
    }

    private struct Word {
        let syllables: [UInt16]
        let isUpper: Bool
    }

    /// Capitals tell (`Xiaoming WANG`); otherwise a surname stands first unless only the last word can be one.
    private static func surnameIsLast(_ words: [Word]) -> Bool {
        guard let first = words.first, let last = words.last else { return false }
        if first.isUpper != last.isUpper { return last.isUpper && isSurname(last.syllables) }
        return isSurname(last.syllables) && !isSurname(first.syllables)
    }

    private static func isSurname(_ syllables: [UInt16]) -> Bool {
        surnames.contains(syllables)
    }

    /// The sounds of the surnames in the embedded table and of the compound ones.
    private static let surnames: Set<[UInt16]> = {
        var sounds: Set<[UInt16]> = []
        let listed = Surnames.shared.entries.map { $0.surname.unicodeScalars.map(\.value) }
        for surname in listed + CompoundSurnames.scalars {
            let readings = HanTable.shared.surnameReading(surname) ?? surname.compactMap(HanTable.shared.reading)
            sounds.insert(readings.map(\.toneless))
        }
        return sounds
    }()

    /// ASCII letters in their case, blanks, commas and `'` between syllables; ü is `v`, tone marks are dropped.
    private static func plain(_ name: String) -> [UInt8] {
        var letters: [UInt8] = []
        letters.reserveCapacity(name.utf8.count)
        for scalar in name.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z": letters.append(UInt8(truncatingIfNeeded: scalar.value))
            case "ü", "ǖ", "ǘ", "ǚ", "ǜ": letters.append(UInt8(ascii: "v"))
            case "Ü", "Ǖ", "Ǘ", "Ǚ", "Ǜ": letters.append(UInt8(ascii: "V"))
            case "\u{308}":
                // u with a combining diaeresis: u and v are one letter apart in both cases.
                if let last = letters.last, last | 0x20 == UInt8(ascii: "u") { letters[letters.count - 1] = last + 1 }
            case "-", "'", "’", "‐", "‑", "–", "·", ".": letters.append(UInt8(ascii: "'"))
            case ",", "，": letters.append(UInt8(ascii: ","))
            default:
                if let spelt = LatinLetters.shared.ascii(scalar) {
                    let isUpper = scalar.properties.isUppercase
                    letters.append(contentsOf: spelt.utf8.map { isUpper && $0 >= UInt8(ascii: "a") ? $0 - 0x20 : $0 })
                } else if !LatinLetters.vanishes(scalar) {
                    letters.append(UInt8(ascii: " "))
                }
            }
        }
        return letters
    }

    /// The word cut into as few syllables as can be, of several such cuts the one with the longer syllables first.
    private static func syllables(_ word: ArraySlice<UInt8>) -> [UInt16]? {
        var all: [UInt16] = []
        for part in word.split(separator: UInt8(ascii: "'")) {
            guard let syllables = cut(part.map { $0 | 0x20 }) else { return nil }
            all += syllables
        }
        return all.isEmpty ? nil : all
    }

    private static func cut(_ letters: [UInt8]) -> [UInt16]? {
        guard letters.count <= 40 else { return nil }
        // Per place the best cut from there on: how many syllables, the first one and where it ends; 99: none.
        var counts = [Int](repeating: 99, count: letters.count + 1)
        var first = [UInt16](repeating: 0, count: letters.count)
        var ends = [Int](repeating: 0, count: letters.count)
        counts[letters.count] = 0
        for start in letters.indices.reversed() {
            var packed: UInt64 = 0
            for end in (start + 1)..<(min(start + 6, letters.count) + 1) {
                packed = packed << 8 | UInt64(letters[end - 1])
                guard counts[end] + 1 <= counts[start], counts[end] < 99, let number = numbers[packed] else { continue }
                counts[start] = counts[end] + 1
                first[start] = number
                ends[start] = end
            }
        }
        guard counts[0] < 99 else { return nil }
        var syllables: [UInt16] = []
        var place = 0
        while place < letters.count {
            syllables.append(first[place])
            place = ends[place]
        }
        return syllables
    }

    /// By the letters of the syllable, packed in one word. Passports write `lyu` for lü; `lue` is lüe.
    private static let numbers: [UInt64: UInt16] = {
        var numbers: [UInt64: UInt16] = [:]
        func add(_ spelling: String, _ number: UInt16) {
            numbers[spelling.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = number
        }
        for (spelling, number) in Syllables.shared.all { add(spelling, number) }
        for (spelling, syllable) in [
            ("lyu", "lv"), ("nyu", "nv"), ("lue", "lve"), ("lyue", "lve"), ("nue", "nve"), ("nyue", "nve"),
        ] {
            if let number = Syllables.shared.number(syllable) { add(spelling, number) }
        }
        return numbers
    }()
}
