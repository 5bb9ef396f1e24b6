import Standards

/// What is known of Han characters: standard forms, readings, look-alikes.
package struct HanTable: Sendable {
    package static let shared = HanTable()

    /// For the basic plane by scalar; 0: the character is its own standard form, or see `rareForms`.
    private let forms: [UInt16]
    private let rareForms: [UInt32: UInt32]
    /// For the basic plane by scalar: the syllable with its tone, 0: not known, or see `rareSyllables`.
    private let syllables: [UInt16]
    private let rareSyllables: [UInt32: UInt16]
    private let lookAlikes: Set<UInt64>
    private let surnames: [[UInt32]: [Reading]]

    /// Traditional or variant form → the standard simplified form; anything else is returned as it is.
    package func simplified(_ scalar: UInt32) -> UInt32 {
        if scalar <= 0xFFFF, forms[Int(scalar)] != 0 { return UInt32(forms[Int(scalar)]) }
        return rareForms[scalar] ?? scalar
    }

    /// The usual reading; a traditional or variant form is read as its standard form.
    package func reading(_ scalar: UInt32) -> Reading? {
        let scalar = simplified(scalar)
        let syllable = scalar <= 0xFFFF ? syllables[Int(scalar)] : rareSyllables[scalar] ?? 0
        return syllable == 0 ? nil : Syllables.shared.reading(syllable >> 3, tone: syllable & 7)
    }

    /// How a surname is read where it differs from the usual reading of its characters, such as 单 Shàn; else `nil`.
    package func surnameReading(_ surname: [UInt32]) -> [Reading]? {
        surnames[surname.map(simplified)]
    }

    /// Whether two different characters are easily taken for each other in writing, after simplifying both.
    package func looksAlike(_ a: UInt32, _ b: UInt32) -> Bool {
        let (a, b) = (simplified(a), simplified(b))
        return a != b && lookAlikes.contains(Self.pair(a, b))
    }

    private static func pair(_ a: UInt32, _ b: UInt32) -> UInt64 {
        UInt64(min(a, b)) << 32 | UInt64(max(a, b))
    }

    private init() {
        var frequencies: [UInt32: Int] = [:]
        var syllables = [UInt16](repeating: 0, count: 1 << 16)
        var rareSyllables: [UInt32: UInt16] = [:]
        for row in CSVTable(.pinyin) {
            guard let scalar = row.scalar(0)?.value, let reading = Syllables.shared.reading(row.text(1)) else {
                continue
            }
            frequencies[scalar] = row.number(2) ?? 0
            if scalar <= 0xFFFF {
                syllables[Int(scalar)] = reading.syllable
            } else {
                rareSyllables[scalar] = reading.syllable
            }
        }
        self.syllables = syllables
        self.rareSyllables = rareSyllables
        (forms, rareForms) = Self.standardForms(frequencies)

        var lookAlikes: Set<UInt64> = []
        for row in CSVTable(.lookalike) {
            guard let a = row.scalar(0)?.value, let b = row.scalar(1)?.value else { continue }
            lookAlikes.insert(Self.pair(a, b))
        }
        for group in LookAlikes.groups.split(whereSeparator: \.isWhitespace) {
            let scalars = group.unicodeScalars.map(\.value)
            for (index, a) in scalars.enumerated() {
                for b in scalars[(index + 1)...] { lookAlikes.insert(Self.pair(a, b)) }
            }
        }
        self.lookAlikes = lookAlikes

        var surnames: [[UInt32]: [Reading]] = [:]
        for entry in SurnameReadings.table.split(whereSeparator: \.isNewline) {
            let parts = entry.split(separator: " ")
            let readings = parts.dropFirst().compactMap { Syllables.shared.reading($0) }
            let surname = parts[0].unicodeScalars.map(\.value)
            if readings.count == surname.count { surnames[surname] = readings }
        }
        self.surnames = surnames
    }

    /// A character of the table of standard characters (that of the readings, 2013) stays as it is: 乾 and 於 are names
    /// of their own. Of several forms of another, a standard one wins, then simplified over variant, then the
    /// commonest.
    private static func standardForms(_ frequencies: [UInt32: Int]) -> ([UInt16], [UInt32: UInt32]) {
        struct Candidate {
            let scalar: UInt32
            let rank: (Int, Int, Int)
        }
        var best: [UInt32: Candidate] = [:]
        for row in CSVTable(.variants) {
            guard let form = row.scalar(0)?.value, let other = row.scalar(1)?.value, frequencies[other] == nil
            else { continue }
            let frequency = frequencies[form]
            let rank = (frequency == nil ? 0 : 1, row.text(2) == "traditional" ? 1 : 0, frequency ?? 0)
            if let known = best[other], known.rank >= rank { continue }
            best[other] = Candidate(scalar: form, rank: rank)
        }
        for pair in VariantForms.pairs.split(whereSeparator: \.isWhitespace) {
            let scalars = pair.unicodeScalars.map(\.value)
            best[scalars[0]] = Candidate(scalar: scalars[1], rank: (2, 0, 0))
        }
        var forms = [UInt16](repeating: 0, count: 1 << 16)
        var rare: [UInt32: UInt32] = [:]
        for other in best.keys {
            // A variant of a traditional character leads on to the simplified one; the bound keeps a circle from
            // turning.
            var form = other
            for _ in 0..<4 {
                guard let next = best[form]?.scalar else { break }
                form = next
            }
            if form <= 0xFFFF, other <= 0xFFFF { forms[Int(other)] = UInt16(form) } else { rare[other] = form }
        }
        return (forms, rare)
    }
}
