/// Mistakes in words and numbers, as a typist, an ear or a scanner makes them. Texts are lower-case ASCII.
struct LatinTypist {
    var generator: SeededGenerator

    /// A typing error mostly, else another spelling of the same sound, a misread letter, or two typing errors.
    mutating func misspelt(_ word: Bytes) -> Bytes {
        let draw = generator.unit()
        if draw < 0.55 { return mistyped(word) }
        if draw < 0.80 { return respelt(word, by: Self.soundAlikes) }
        if draw < 0.90 { return respelt(word, by: Self.lookAlikes) }
        return mistyped(mistyped(word))
    }

    /// A letter left out, added, replaced by a neighbour on the keyboard, or swapped with the next one.
    private mutating func mistyped(_ word: Bytes) -> Bytes {
        guard word.count >= 2 else { return word }
        let kind = generator.index(4)
        let index = generator.index(word.count)
        var copy = word
        switch kind {
        case 0: copy.remove(at: index)
        case 1: copy.insert(generator.pick(Self.neighbours(word[index])), at: index)
        case 2: copy[index] = generator.pick(Self.neighbours(word[index]))
        default:
            let first = min(index, word.count - 2)
            copy.swapAt(first, first + 1)
        }
        return copy
    }

    /// The first rule that applies, from a random one on.
    private mutating func respelt(_ word: Bytes, by rules: [(from: Bytes, to: Bytes)]) -> Bytes {
        let start = generator.index(rules.count)
        for offset in rules.indices {
            let rule = rules[(start + offset) % rules.count]
            if let range = word.firstRange(of: rule.from) { return word.replacing(range, with: rule.to) }
        }
        return mistyped(word)
    }

    /// A wrong digit, or two neighbouring ones swapped.
    mutating func misdialled(_ number: Bytes) -> Bytes {
        guard number.count >= 2 else { return number }
        var index = generator.index(number.count)
        var copy = number
        if generator.chance(0.35) {
            index = min(index, number.count - 2)
            copy.swapAt(index, index + 1)
        } else {
            if !number[index].isDigit { index = number.count - 1 }
            copy[index] = UInt8(ascii: "0") + UInt8(generator.index(10))
        }
        return copy
    }

    /// Day and month swapped, or a wrong day, year, decade or month, or the year's last digits swapped.
    mutating func misdated(_ text: Bytes) -> Bytes {
        guard !text.isEmpty else { return text }
        var date = LatinDate(text)
        let draw = generator.unit()
        if draw < 0.30, date.day <= 12 {
            (date.month, date.day) = (date.day, date.month)
        } else if draw < 0.55 {
            date.day = 1 + generator.index(28)
        } else if draw < 0.70 {
            date.year += generator.pick([-1, 1])
        } else if draw < 0.80 {
            date.year += generator.pick([-10, 10])
        } else if draw < 0.90 {
            date.month = 1 + generator.index(12)
        } else {
            date.year = 1900 + date.year % 10 * 10 + date.year / 10 % 10
            date.day = min(date.day, 28)
        }
        date.day = min(date.day, date.month == 2 ? 28 : 30)
        return date.text
    }

    /// One word of the street wrong, or its kind abbreviated.
    mutating func wrongStreet(_ street: Bytes) -> Bytes {
        var words = street.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map {
            Bytes($0)
        }
        let last = words.count - 1
        if generator.chance(0.35), let short = Self.abbreviations[words[last]] {
            words[last] = short
        } else {
            let index = generator.index(words.count)
            words[index] = words[index].isDigits ? misdialled(words[index]) : misspelt(words[index])
        }
        return Bytes(words.joined(separator: [UInt8(ascii: " ")]))
    }

    private static func neighbours(_ letter: UInt8) -> Bytes {
        let found = Int(letter) < keyboard.count ? keyboard[Int(letter)] : []
        return found.isEmpty ? anyVowel : found
    }

    private static let anyVowel = Bytes("aeiou")

    /// Neighbours on the keyboard by ASCII code.
    private static let keyboard: [Bytes] = {
        let rows = """
            qwa wqes ewrd retf tryg ytuh uyij iuok oipl pol aqsz sadwx dsfec fdgrv gfhtb hgjyn jhkum kjlim lkop zasx \
            xzsdc cxdfv vcfgb bvghn nbhjm mnjk 091 120 213 324 435 546 657 768 879 980
            """
        var table = Array(repeating: Bytes(), count: 128)
        for row in NameStock.words(rows) { table[Int(row[0])] = Bytes(row.dropFirst()) }
        return table
    }()

    private static let soundAlikes = rules(
        """
        ph:f f:ph ck:k c:k k:c ee:ea ea:ee ie:y y:ie y:i i:y ll:l l:ll nn:n n:nn tt:t ss:s s:z z:s ou:u oo:u ei:ie gh: \
        th:t sch:sh v:w w:v e:a er:ar on:en
        """)
    private static let lookAlikes = rules("m:rn rn:m l:i i:l o:0 5:s cl:d h:b u:v")

    private static func rules(_ text: String) -> [(from: Bytes, to: Bytes)] {
        NameStock.words(text).map { rule in
            let parts = rule.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
                Bytes($0)
            }
            return (parts[0], parts[1])
        }
    }

    private static let abbreviations: [Bytes: Bytes] = {
        let pairs = rules(
            """
            street:st road:rd avenue:ave drive:dr lane:ln court:ct place:pl crescent:cres close:cl terrace:tce circuit:cct \
            way:wy
            """)
        return Dictionary(uniqueKeysWithValues: pairs.map { ($0.from, $0.to) })
    }()
}
