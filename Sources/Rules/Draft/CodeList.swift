/// The values of a column that holds codes, as the draft lists them. A list is closed: what is not on it counts as wrong, so
/// only columns that hold little else have one.
struct CodeList: Sendable {
    /// Written form → code, the most frequent first.
    let codes: [(written: String, code: String)]
    /// Values that are not listed, for they are rare and unlike the others: errors, or personal data in the wrong column.
    let leftOut: (values: Int, records: Int)

    /// `nil` when the column does not look like one of codes.
    /// - Parameters:
    ///   - isSex: the header says so; digits are then codes of sex, too.
    ///   - limit: values a list may have.
    init?(_ column: ColumnSample, isSex: Bool = false, most limit: Int) {
        let values = column.frequent
        let records = values.reduce(0) { $0 + $1.records }
        if let known = Self.known(values, isSex: isSex) {
            codes = known.codes + (isSex ? Self.words(missingIn: known.codes) : [])
            leftOut = (values.count - known.values.count, records - known.values.reduce(0) { $0 + $1.records })
            return
        }
        // A column whose values are not all in sight has too many of them.
        guard column.distinct <= ColumnSample.limit else { return nil }
        let least = max(2, (records + 199) / 200)
        let usual = values.filter { $0.records >= least }
        let rare = values.filter { $0.records < least }
        guard usual.count >= 2, rare.count <= usual.count, usual.allSatisfy({ Self.isShort($0.text) }) else {
            return nil
        }
        let likeness = CodeLikeness(usual.map(\.text))
        let listed = usual + rare.filter { likeness.holds($0.text) }
        let others = rare.filter { !likeness.holds($0.text) }
        leftOut = (others.count, others.reduce(0) { $0 + $1.records })
        guard listed.count <= limit, listed.count * 4 <= records, leftOut.records * 20 <= records else { return nil }
        codes = listed.map { ($0.text, $0.text) }
    }

    /// No sentence: a few words, without the marks that end one.
    private static func isShort(_ text: String) -> Bool {
        let han = text.unicodeScalars.count { $0.properties.isIdeographic }
        return text.count <= 20 && han <= 10 && !text.contains { "，。；？！,;?!".contains($0) }
    }

    private typealias Known = (values: [ColumnSample.Value], codes: [(written: String, code: String)])

    /// Sexes and yes or no have codes that offices can share. They are meant when four records of five hold such words.
    private static func known(_ values: [ColumnSample.Value], isSex: Bool) -> Known? {
        let records = values.reduce(0) { $0 + $1.records }
        let sexes = isSex ? sexWords.merging(sexDigits) { word, _ in word } : sexWords
        for words in [sexes, answers] {
            let listed = values.filter { words[$0.text.lowercased()] != nil }
            let codes = listed.compactMap { value in words[value.text.lowercased()].map { (value.text, $0) } }
            let isMeant = listed.reduce(0) { $0 + $1.records } * 5 >= records * 4
            if !listed.isEmpty, isMeant, isSex || Set(codes.map(\.1)).count > 1 { return (listed, codes) }
        }
        return nil
    }

    /// Checks know a field of sexes by its words: where an office writes digits, the codes stand for them.
    private static func words(missingIn codes: [(written: String, code: String)]) -> [(written: String, code: String)] {
        let isSaid = codes.contains { sexWords[$0.written.lowercased()] != nil }
        return isSaid || codes.allSatisfy({ answers[$0.written.lowercased()] != nil }) ? [] : [("M", "M"), ("F", "F")]
    }

    private static let sexWords = [
        "男": "M", "男性": "M", "m": "M", "male": "M", "女": "F", "女性": "F", "f": "F", "female": "F",
    ]
    /// GB/T 2261.1; its 0, not known, is a placeholder.
    private static let sexDigits = ["1": "M", "2": "F", "9": "9"]
    private static let answers = [
        "是": "1", "否": "0", "yes": "1", "no": "0", "y": "1", "n": "0", "true": "1", "false": "0",
    ]
}

/// What the usual values of a list look like, to tell a rare code from a value that does not belong there.
struct CodeLikeness {
    private let usual: [String]
    private let longest: Int
    private let forms: Set<String>

    init(_ usual: [String]) {
        self.usual = usual
        longest = usual.map(\.count).max() ?? 0
        forms = Set(usual.flatMap(Self.forms))
    }

    /// Written with the same signs, hardly longer, no slip in one of the usual ones, and no name, number or date of a person.
    func holds(_ text: String) -> Bool {
        text.count <= longest * 2 && forms.isSuperset(of: Self.forms(text))
            && !usual.contains { Self.isSlip(text, of: $0) }
    }

    /// The kinds of characters of a text, and what it could be by itself.
    private static func forms(_ text: String) -> Set<String> {
        var forms: Set<String> = []
        for scalar in text.unicodeScalars {
            if scalar.properties.isIdeographic {
                forms.insert("han")
            } else if scalar.properties.isAlphabetic {
                forms.insert("letters")
            } else if scalar.properties.numericType != nil {
                forms.insert("digits")
            }
        }
        if ColumnGuess.isOfOwnForm(text) { forms.insert("own") }
        return forms
    }

    /// One letter of a word of three or more is another one, too much, missing, or exchanged with the next.
    private static func isSlip(_ text: String, of other: String) -> Bool {
        let left = Array(text.lowercased())
        let right = Array(other.lowercased())
        guard min(left.count, right.count) >= 3, (left + right).allSatisfy({ $0.isASCII && $0.isLetter }) else {
            return false
        }
        let head = zip(left, right).prefix { $0 == $1 }.count
        let tail = zip(left.dropFirst(head).reversed(), right.dropFirst(head).reversed()).prefix { $0 == $1 }.count
        let middles = (left[head..<(left.count - tail)], right[head..<(right.count - tail)])
        if max(middles.0.count, middles.1.count) <= 1 { return true }
        return middles.0.count == 2 && middles.1.elementsEqual(middles.0.reversed())
    }
}
