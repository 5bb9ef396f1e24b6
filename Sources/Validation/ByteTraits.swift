/// Which kinds of bytes a text has, found in one pass: nearly every check of characters can be ruled out by them.
struct ByteTraits: OptionSet, Sendable {
    let rawValue: UInt16

    static let digit = ByteTraits(rawValue: 1)
    /// A to Z and a to z.
    static let letter = ByteTraits(rawValue: 2)
    static let control = ByteTraits(rawValue: 4)
    static let star = ByteTraits(rawValue: 8)
    static let question = ByteTraits(rawValue: 16)
    static let plus = ByteTraits(rawValue: 32)
    /// First bytes of U+0080 to U+00FF.
    static let latin1 = ByteTraits(rawValue: 64)
    /// First bytes of Greek and Cyrillic, and a little around them.
    static let greekOrCyrillic = ByteTraits(rawValue: 128)
    /// First bytes of U+0600 to U+063F and of U+1000 to U+1FFF.
    static let marks = ByteTraits(rawValue: 256)
    /// E2: punctuation, zero-width and direction marks, radicals.
    static let punctuation = ByteTraits(rawValue: 512)
    /// E3: CJK punctuation, Extension A.
    static let extensionA = ByteTraits(rawValue: 1024)
    /// E4 to E9: the common Han characters.
    static let han = ByteTraits(rawValue: 2048)
    /// EE: private use.
    static let privateUse = ByteTraits(rawValue: 4096)
    /// EF: private use, compatibility forms, full width, U+FEFF, U+FFFD.
    static let compatibility = ByteTraits(rawValue: 8192)
    /// F0 and above: beyond the basic plane.
    static let beyond = ByteTraits(rawValue: 16384)

    init(rawValue: UInt16) { self.rawValue = rawValue }

    private static let table: [UInt16] = (0..<256).map { byte in
        switch byte {
        case 0x00...0x08, 0x0B...0x0C, 0x0E...0x1F, 0x7F: control.rawValue
        case 0x30...0x39: digit.rawValue
        case 0x41...0x5A, 0x61...0x7A: letter.rawValue
        case 0x2A: star.rawValue
        case 0x3F: question.rawValue
        case 0x2B: plus.rawValue
        case 0xC2, 0xC3: latin1.rawValue
        case 0xCD...0xD4: greekOrCyrillic.rawValue
        case 0xD8, 0xE1: marks.rawValue
        case 0xE2: punctuation.rawValue
        case 0xE3: extensionA.rawValue
        case 0xE4...0xE9: han.rawValue
        case 0xEE: privateUse.rawValue
        case 0xEF: compatibility.rawValue
        case 0xF0...0xFF: beyond.rawValue
        default: 0
        }
    }

    /// Hands the table to a loop over many texts.
    static func withTable<Result>(_ body: (UnsafeBufferPointer<UInt16>) throws -> Result) rethrows -> Result {
        try table.withUnsafeBufferPointer(body)
    }

    init(of text: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt16>) {
        var found: UInt16 = 0
        for byte in text { found |= table[Int(byte)] }
        self.init(rawValue: found)
    }
}
