extension LatinName {
    /// A key that surnames spelt differently and sounding alike share, across English, German, Slavic and Romance
    /// habits of spelling; for blocking. Own rules, from left to right over the folded name without its blanks:
    ///
    /// - one sound each: c k q x ck ch kh; f v w ph pf; s z ts tz and soft c; sch sh sz cz cs tch dz; d t th dt; b p;
    /// - g before h and no vowel, h within a word, k and g before an initial n, w before an initial r, b after a final
    ///   m are silent;
    /// - a run of vowels is one mark, and none at the end; equal neighbours count once.
    ///
    /// Empty when there is no ASCII letter.
    package static func phoneticKey(_ name: some StringProtocol) -> String {
        // Of a text in ASCII folding keeps the letters and their order.
        let letters =
            name.utf8.allSatisfy { $0 < 0x80 } ? name.utf8.map { lowerCase($0) } : Array(fold(String(name)).utf8)
        return PhoneticKey.key(letters.filter { $0 >= 0x61 && $0 <= 0x7A })
    }

    private static func lowerCase(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }
}

private enum PhoneticKey {
    private struct Rule: Sendable {
        /// Up to five letters, the first one uppermost of the lower forty bits.
        let spelling: UInt64
        let length: Int
        let sound: UInt8
        let onlyAtStart: Bool
        let onlyAtEnd: Bool
    }

    /// Longest first; the first that fits at a place is taken. `S` is the sound of sh.
    private static let rules: [Rule] = spellings.map { spelling, sound in
        let letters = Array(spelling.utf8)
        return Rule(
            spelling: letters.withUnsafeBufferPointer { five($0, 0) }, length: letters.count,
            sound: sound.utf8.first ?? 0, onlyAtStart: ["wr", "kn", "gn"].contains(spelling),
            onlyAtEnd: spelling == "mb")
    }

    /// Bit l is letter l, `a` being 0: a rule begins with it.
    private static let beginners = rules.reduce(UInt32(0)) { $0 | 1 << UInt32($1.spelling >> 32 - 0x61) }

    /// The letters from a place on in one word, the first uppermost; 0 where there are none left.
    @inline(__always)
    private static func five(_ letters: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt64 {
        var word: UInt64 = 0
        for offset in 0..<5 {
            word = word << 8 | (index + offset < letters.count ? UInt64(letters[index + offset]) : 0)
        }
        return word
    }

    private static let spellings: [(String, String)] = [
        ("tzsch", "S"), ("tsch", "S"), ("szcz", "S"), ("sch", "S"), ("tch", "S"),
        ("sh", "S"), ("sz", "S"), ("cz", "S"), ("zh", "S"), ("cs", "S"), ("dj", "j"), ("dz", "S"),
        ("ph", "f"), ("pf", "f"), ("ck", "k"), ("kh", "k"), ("cc", "k"), ("gk", "k"), ("th", "t"), ("dt", "t"),
        ("tz", "s"), ("ts", "s"), ("rh", "r"), ("wr", "r"), ("kn", "n"), ("gn", "n"), ("mb", "m"), ("qu", "k"),
    ]

    static func key(_ letters: [UInt8]) -> String {
        let (rules, beginners) = (rules, beginners)
        return letters.withUnsafeBufferPointer { letters in
            String(unsafeUninitializedCapacity: letters.count) { key in
                var count = 0
                var index = 0
                while index < letters.count {
                    var found: (sound: UInt8?, width: Int)?
                    if beginners >> UInt32(letters[index] - 0x61) & 1 == 1 {
                        found = ruled(letters, index, rules)
                    }
                    let (sound, width) = found ?? single(letters, index)
                    index += width
                    if let sound, count == 0 || key[count - 1] != sound {
                        key[count] = sound
                        count += 1
                    }
                }
                return count > 1 && key[count - 1] == vowel ? count - 1 : count
            }
        }
    }

    private static func ruled(
        _ letters: UnsafeBufferPointer<UInt8>, _ index: Int, _ rules: [Rule]
    ) -> (sound: UInt8?, width: Int)? {
        let word = five(letters, index)
        for rule in rules where (word ^ rule.spelling) >> UInt64((5 - rule.length) * 8) == 0 {
            if rule.onlyAtStart && index > 0 || rule.onlyAtEnd && index + rule.length < letters.count { return nil }
            return (rule.sound, rule.length)
        }
        return nil
    }

    private static let vowel = UInt8(ascii: "a")

    private static func single(_ letters: UnsafeBufferPointer<UInt8>, _ index: Int) -> (UInt8?, Int) {
        let letter = letters[index]
        let next = index + 1 < letters.count ? letters[index + 1] : 0
        switch Unicode.Scalar(letter) {
        case "a", "e", "i", "o", "u", "y":
            // Yan and Jan, Yohnson and Johnson meet.
            if index == 0, letter == UInt8(ascii: "y"), isVowel(next) { return (UInt8(ascii: "j"), 1) }
            return (vowel, 1)
        case "c":
            if next == UInt8(ascii: "h") { return (UInt8(ascii: "k"), 2) }
            let soft = next == UInt8(ascii: "e") || next == UInt8(ascii: "i") || next == UInt8(ascii: "y")
            return (UInt8(ascii: soft ? "s" : "k"), 1)
        case "k", "q", "x": return (UInt8(ascii: "k"), 1)
        case "g":
            if next == UInt8(ascii: "h"), index + 2 >= letters.count || !isVowel(letters[index + 2]) { return (nil, 2) }
            return (UInt8(ascii: "g"), next == UInt8(ascii: "h") ? 2 : 1)
        case "v", "w", "f": return (UInt8(ascii: "f"), 1)
        case "z", "s": return (UInt8(ascii: "s"), 1)
        case "d": return (UInt8(ascii: "t"), 1)
        case "b": return (UInt8(ascii: "p"), 1)
        case "h": return (index == 0 ? letter : nil, 1)
        default: return (letter, 1)
        }
    }

    private static func isVowel(_ letter: UInt8) -> Bool {
        switch Unicode.Scalar(letter) {
        case "a", "e", "i", "o", "u", "y": true
        default: false
        }
    }
}
