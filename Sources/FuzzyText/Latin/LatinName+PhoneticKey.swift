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
        var name = String(name)
        var key: [UInt8] = []
        if name.withUTF8({ appendPhoneticKey(ascii: $0, to: &key) }) { return String(decoding: key, as: UTF8.self) }
        var folded = fold(name)
        folded.withUTF8 { PhoneticKey.append($0, to: &key) }
        return String(decoding: key, as: UTF8.self)
    }

    /// Appends the phonetic key of a name in ASCII; does nothing and returns false when there is another character.
    package static func appendPhoneticKey(ascii name: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) -> Bool {
        for byte in name where byte >= 0x80 { return false }
        // Of a text in ASCII folding keeps the letters and their order.
        PhoneticKey.append(name, to: &key)
        return true
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

    /// For each letter the rules that begin with it, longest first; `a` is 0.
    private static let byLetter: [[Rule]] = (0x61...0x7A).map { letter in
        rules.filter { $0.spelling >> 32 == letter }
    }

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

    /// Of the ASCII letters of a text, in lower case.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { letters in
            var count = 0
            for byte in text {
                let letter = byte | 0x20
                if letter >= 0x61, letter <= 0x7A {
                    letters[count] = letter
                    count += 1
                }
            }
            append(letters: UnsafeBufferPointer(rebasing: letters[..<count]), to: &key)
        }
    }

    private static func append(letters: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) {
        let (byLetter, start) = (byLetter, key.count)
        var index = 0
        while index < letters.count {
            let rules = byLetter[Int(letters[index] - 0x61)]
            let found = rules.isEmpty ? nil : ruled(letters, index, rules)
            let (sound, width) = found ?? single(letters, index)
            index += width
            if let sound, key.count == start || key[key.count - 1] != sound { key.append(sound) }
        }
        if key.count > start + 1, key[key.count - 1] == vowel { key.removeLast() }
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
