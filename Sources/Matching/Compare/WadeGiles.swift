/// Names in Wade-Giles, as offices outside the mainland wrote them: `Chang Kuo-hua` is 张国华, `Ts'ao Hsüeh-ch'in` 曹雪芹.
///
/// The apostrophe that tells p' from p is usually left out, so a syllable may stand for several; all are given.
enum WadeGiles {
    /// Pinyin spellings the name may stand for, at most sixteen, each with a blank between surname and given name; empty
    /// where a part of it is no such syllable.
    static func pinyinNames(_ name: String) -> [String] {
        let words = name.lowercased().split(whereSeparator: { $0 == " " || $0 == "," })
        guard (2...3).contains(words.count) else { return [] }
        var names = [""]
        for (index, word) in words.enumerated() {
            if index > 0 { names = names.map { $0 + " " } }
            for syllable in word.split(separator: "-") {
                let readings = syllables(String(syllable))
                names = names.flatMap { start in readings.map { start + $0 } }
                if names.isEmpty || names.count > 16 { return [] }
            }
        }
        return names
    }

    /// Pinyin syllables that a syllable may stand for, the strict reading first.
    static func syllables(_ syllable: String) -> [String] {
        let text = syllable.map { "’‘ʻ`".contains($0) ? "'" : $0 == "ü" ? "v" : $0 }
        let plain = String(text.filter { $0 != "'" })
        guard let (initial, rest) = split(plain) else { return [] }
        let isAspirated = text.contains("'")
        var found: [String] = []
        for final in finals(initial, rest) {
            let isFront = final.hasPrefix("i") || final.hasPrefix("v")
            for pinyin in initials(initial, isFront: isFront, isAspirated: isAspirated) {
                let spelt = spelling(pinyin, final)
                if !found.contains(spelt) { found.append(spelt) }
            }
        }
        return found
    }

    private static let known = [
        "ch", "hs", "sh", "ts", "tz", "ss", "sz", "f", "h", "j", "k", "l", "m", "n", "p", "s", "t", "w", "y",
    ]

    private static func split(_ text: String) -> (initial: String, rest: String)? {
        guard text.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return nil }
        for initial in known where text.hasPrefix(initial) && text.utf8.count > initial.utf8.count {
            return (initial, String(text.dropFirst(initial.count)))
        }
        return text.isEmpty ? nil : ("", text)
    }

    private static func initials(_ initial: String, isFront: Bool, isAspirated: Bool) -> [String] {
        let pair: (String, String)
        switch initial {
        case "ch": pair = isFront ? ("j", "q") : ("zh", "ch")
        case "k": pair = ("g", "k")
        case "p": pair = ("b", "p")
        case "t": pair = ("d", "t")
        case "ts", "tz": pair = ("z", "c")
        case "hs": return ["x"]
        case "ss", "sz": return ["s"]
        case "j": return ["r"]
        default: return [initial]
        }
        return isAspirated ? [pair.1] : [pair.0, pair.1]
    }

    /// With `v` for ü. `chih` and `tzu` hold a vowel that pinyin writes i though it is none of the front ones; it is
    /// written `I` here.
    private static func finals(_ initial: String, _ rest: String) -> [String] {
        switch (initial, rest) {
        case (_, "ih"): return ["I"]
        case ("tz", "u"), ("ss", "u"), ("sz", "u"), ("ts", "u"): return initial == "ts" ? ["I", "u"] : ["I"]
        case (_, "ien"): return ["ian"]
        case (_, "ieh"): return ["ie"]
        case ("y", "en"): return ["an"]
        case ("y", "eh"), ("", "eh"): return ["e"]
        case ("y", "u"): return ["ou", "u"]
        case ("ch", "u"), ("ch", "uan"), ("ch", "un"): return [rest, "v" + rest.dropFirst()]
        case ("hs", _) where rest.hasPrefix("u"): return ["v" + finals("", String(rest.dropFirst()))[0]]
        case (_, "ueh"), (_, "veh"), (_, "io"): return ["ve"]
        case (_, "ung"): return ["ong"]
        case (_, "iung"): return ["iong"]
        case (_, "uei"): return ["ui"]
        case ("", "erh"): return ["er"]
        case ("k", "o"), ("h", "o"): return ["e", "uo"]
        case ("ch", "o"), ("j", "o"), ("l", "o"), ("n", "o"), ("s", "o"), ("sh", "o"), ("t", "o"), ("ts", "o"):
            return ["uo"]
        case ("hs", "o"): return ["ve"]
        case (_, "eh") where !initial.isEmpty: return ["e"]
        default: return [rest]
        }
    }

    private static func spelling(_ initial: String, _ final: String) -> String {
        let letters = final.map { $0 == "I" ? "i" : $0 }
        // Pinyin writes ü as u after j, q, x and y.
        let afterFront = ["j", "q", "x", "y"].contains(initial)
        let spelt = String(letters.map { $0 == "v" && afterFront ? "u" : $0 })
        return initial.isEmpty && spelt.hasPrefix("i")
            ? "y" + (spelt == "i" ? "i" : String(spelt.dropFirst())) : initial + spelt
    }
}
