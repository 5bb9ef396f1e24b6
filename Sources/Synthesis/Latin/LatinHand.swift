/// Varies the writing of a row and not what it says: case, accents, blanks, titles, notations.
struct LatinHand {
    private var generator: SeededGenerator

    init(seed: Int) {
        generator = SeededGenerator(seed: seed, stream: "latin writing")
    }

    mutating func write(_ row: inout LatinRow) {
        writeCase(&row)
        if generator.chance(0.03) {
            row[.given] = accented(row[.given])
            row[.surname] = accented(row[.surname])
        }
        if generator.chance(0.05) { row[.surname] = Bytes(" ") + row[.surname] + Bytes("  ") }
        if generator.chance(0.02), !row[.given].isEmpty {
            row[.given] = generator.pick(Self.titles) + row[.given]
        }
        if !row[.birth].isEmpty { writeDate(&row) }
        if !row[.phone].isEmpty { writePhone(&row) }
    }

    private static let titles = ["Mr ", "Mrs ", "Dr. "].map { Bytes($0) }

    /// A quarter in capitals, half capitalised, the rest as it is.
    private mutating func writeCase(_ row: inout LatinRow) {
        let draw = generator.unit()
        if draw < 0.25 {
            for field in [LatinField.given, .surname, .city] { row[field] = row[field].map(\.upperCased) }
        } else if draw < 0.75 {
            for field in [LatinField.given, .surname, .street, .city] {
                row[field] = Self.titled(row[field])
            }
        }
    }

    /// Every letter that follows none in upper case.
    private static func titled(_ text: Bytes) -> Bytes {
        var isInside = false
        return text.map { byte in
            let isLetter = byte.upperCased >= UInt8(ascii: "A") && byte.upperCased <= UInt8(ascii: "Z")
            defer { isInside = isLetter }
            return isInside ? byte : byte.upperCased
        }
    }

    private static let accents: [UInt8: [Bytes]] = [
        UInt8(ascii: "a"): ["á", "à", "ä"].map { Bytes($0) },
        UInt8(ascii: "e"): ["é", "è", "ë"].map { Bytes($0) },
        UInt8(ascii: "i"): ["í", "ï"].map { Bytes($0) },
        UInt8(ascii: "o"): ["ó", "ö", "ø"].map { Bytes($0) },
        UInt8(ascii: "u"): ["ú", "ü"].map { Bytes($0) },
        UInt8(ascii: "n"): ["ñ"].map { Bytes($0) },
        UInt8(ascii: "c"): ["ç"].map { Bytes($0) },
    ]

    /// The first lower-case letter that can have an accent gets one.
    private mutating func accented(_ text: Bytes) -> Bytes {
        for (index, letter) in text.enumerated() {
            if let forms = Self.accents[letter] {
                return text.replacing(index..<index + 1, with: generator.pick(forms))
            }
        }
        return text
    }

    private mutating func writeDate(_ row: inout LatinRow) {
        let date = LatinDate(row[.birth])
        switch generator.unit() {
        case ..<0.60: break
        case ..<0.85: row[.birth] = date.text(dayFirst: "/")
        case ..<0.95: row[.birth] = date.compact
        default: row[.birth] = date.text(dayFirst: ".")
        }
    }

    private mutating func writePhone(_ row: inout LatinRow) {
        let phone = row[.phone].map { Character(UnicodeScalar($0)) }
        guard phone.count == 10 else { return }
        let area = String(phone[..<2])
        let first = String(phone[2..<6])
        let last = String(phone[6...])
        switch generator.unit() {
        case ..<0.50: break
        case ..<0.75: row[.phone] = Bytes("(\(area)) \(first) \(last)")
        case ..<0.90: row[.phone] = Bytes("+61 \(phone[1]) \(first) \(last)")
        default: row[.phone] = Bytes("\(area)-\(first)-\(last)")
        }
    }
}
