import Standards

/// A Chinese name in Latin letters, taken apart into pinyin syllables: `WANG Xiaoming`, `Xiaoming Wang`,
/// `wang xiao-ming`, `Wang, Xiaoming`, `wangxiaoming`.
struct RomanisedName: Sendable {
    let surname: [UInt16]
    let given: [UInt16]

    /// `nil` when some word is not made of pinyin syllables, or there are fewer than two syllables or more than five.
    init?(_ name: String) {
        let text = Self.plain(name)
        let comma = text.contains(",")
        var words: [Word] = []
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
            guard let syllables = Self.syllables(word) else { return nil }
            words.append(Word(syllables: syllables, isUpper: !word.contains(where: \.isLowercase)))
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
        for surname in listed + SurnameReadings.compound {
            let readings = HanTable.shared.surnameReading(surname) ?? surname.compactMap(HanTable.shared.reading)
            sounds.insert(readings.map(\.toneless))
        }
        return sounds
    }()

    /// Letters, blanks, commas and `'` between syllables; case is kept, ü is `v`, tone marks are dropped.
    private static func plain(_ name: String) -> String {
        var text = ""
        for character in name {
            switch character {
            case "ü", "ǖ", "ǘ", "ǚ", "ǜ": text.append("v")
            case "Ü", "Ǖ", "Ǘ", "Ǚ", "Ǜ": text.append("V")
            case "-", "'", "’", "‐", "‑", "–", "·", ".": text.append("'")
            case ",", "，": text.append(",")
            default:
                let folded = LatinName.fold(String(character))
                text += folded.isEmpty ? " " : character.isUppercase ? folded.uppercased() : folded
            }
        }
        return text
    }

    /// The word cut into as few syllables as can be, of several such cuts the one with the longer syllables first.
    private static func syllables(_ word: Substring) -> [UInt16]? {
        var all: [UInt16] = []
        for part in word.split(separator: "'") {
            guard let syllables = cut(Array(part.lowercased().utf8)) else { return nil }
            all += syllables
        }
        return all.isEmpty ? nil : all
    }

    private static func cut(_ letters: [UInt8]) -> [UInt16]? {
        guard letters.count <= 40 else { return nil }
        // best[i]: the cut of the letters from i on.
        var best = [[UInt16]?](repeating: nil, count: letters.count + 1)
        best[letters.count] = []
        for start in letters.indices.reversed() {
            for end in stride(from: min(start + 6, letters.count), to: start, by: -1) {
                guard let rest = best[end], let number = number(String(decoding: letters[start..<end], as: UTF8.self)),
                    rest.count + 1 < best[start]?.count ?? .max
                else { continue }
                best[start] = [number] + rest
            }
        }
        return best[0]
    }

    /// Passports write `lyu` or `lu` for lü; `lue` is lüe.
    private static func number(_ text: String) -> UInt16? {
        switch text {
        case "lyu": Syllables.shared.number("lv")
        case "nyu": Syllables.shared.number("nv")
        case "lue", "lyue": Syllables.shared.number("lve")
        case "nue", "nyue": Syllables.shared.number("nve")
        default: Syllables.shared.number(text)
        }
    }
}
