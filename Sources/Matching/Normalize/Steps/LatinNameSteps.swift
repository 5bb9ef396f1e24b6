import Foundation
import Records

extension NormalizationStep {
    /// `O’Brien`, `O´Brien`, `O`Brien` → `O'Brien`. Runs before `compatibility`, which takes the acute accent apart.
    package static let apostrophes = NormalizationStep(
        "apostrophes", Text(en: "Writes every apostrophe as '.", zh: "各种撇号统一为 '。")
    ) { text in
        text.replacing { scalar in
            switch scalar.value {
            case 0x60, 0xB4, 0x2018, 0x2019, 0x201B, 0x02BC, 0x02B9, 0x02BB, 0x02C8, 0x2032, 0xFF07, 0xFF40: "'"
            default: nil
            }
        }
    }

    /// `Smith, John` → `John Smith`; one comma, a word on either side.
    package static let commaName = NormalizationStep(
        "comma-name",
        Text(en: "Puts a name written family name first, with a comma, in its usual order.", zh: "“姓, 名”改为“名 姓”。")
    ) { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
        guard parts.count == 2, !text.containsHan, parts.allSatisfy({ !$0.isEmpty }) else { return text }
        return "\(parts[1]) \(parts[0])"
    }

    /// Marks of Latin letters dropped (é → e, ü → u), and letters that Unicode does not take apart: ø, ł, đ, ß, æ, œ, þ, ı.
    /// Letters of other scripts keep theirs. Runs after `lower-case`.
    package static let diacritics = NormalizationStep(
        "diacritics", Text(en: "Writes Latin letters without their marks.", zh: "拉丁字母去掉附加符号。")
    ) { text in
        if text.isASCII || text.unicodeScalars.allSatisfy({ $0.value < 0x80 || $0.isHan || $0 == "·" }) { return text }
        var result = String.UnicodeScalarView()
        var isAfterLatin = false
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            if (0x0300...0x036F).contains(scalar.value) {
                if !isAfterLatin { result.append(scalar) }
                continue
            }
            isAfterLatin = scalar.isASCIILetter
            if let plain = plainLetters[scalar] {
                isAfterLatin = true
                result.append(contentsOf: plain.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result).precomposedStringWithCanonicalMapping
    }

    private static let plainLetters: [Unicode.Scalar: String] = [
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ŧ": "t",
        "ħ": "h",
        "ŋ": "n", "ə": "a", "ɑ": "a", "ɡ": "g",
    ]

    /// Hyphens, commas, underscores and full stops become blanks, apostrophes go: `o'brien-smith jr.` → `obrien smith jr`.
    package static let latinPunctuation = NormalizationStep(
        "latin-punctuation",
        Text(en: "Drops apostrophes, and takes hyphens and full stops as blanks.", zh: "去掉撇号，连字符和句点视为空格。")
    ) { text in
        guard !text.containsHan else { return text }
        let replaced = text.replacing { scalar in
            switch scalar {
            case "'", "\"": ""
            case "-", ".", ",", "_", ";", "/", "‐", "‑", "–", "—": " "
            default: nil
            }
        }
        return blanks.apply(replaced)
    }

    /// `mrs anna lee` → `anna lee`. Runs after `lower-case` and `latin-punctuation`.
    package static let titles = NormalizationStep(
        "titles", Text(en: "Drops Mr, Mrs, Dr and the like before a name.", zh: "去掉姓名前的 Mr、Mrs、Dr 等称谓。")
    ) { text in
        var words = text.words[...]
        while words.count > 1, let first = words.first, titleWords.contains(first) { words = words.dropFirst() }
        return words.joined(separator: " ")
    }

    static let titleWords: Set<Substring> = [
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev", "mister", "madam", "herr",
        "frau",
    ]
}
