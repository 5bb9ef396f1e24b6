import FuzzyText

/// Which writing a text is in, as far as checks ask.
enum Script {
    static func hasHan(_ text: String) -> Bool { text.unicodeScalars.contains { ChineseName.isHan($0.value) } }

    static func hasHan(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // Han characters begin with E3 (Extension A, 〇) to E9, EF (compatibility) or F0 (planes 2 and 3) in UTF-8.
        guard bytes.contains(where: { (0xE3...0xE9).contains($0) || $0 == 0xEF || $0 == 0xF0 }) else { return false }
        return hasHan(String(decoding: bytes, as: UTF8.self))
    }
}
