/// Which writing a text is in, as far as checks ask.
enum Script {
    static func hasHan(_ text: String) -> Bool { text.unicodeScalars.contains { isHan($0.value) } }

    static func hasHan(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // Han characters begin with E3 (Extension A, 〇) to E9, EF (compatibility) or F0 (planes 2 and 3) in UTF-8.
        guard bytes.contains(where: { (0xE3...0xE9).contains($0) || $0 == 0xEF || $0 == 0xF0 }) else { return false }
        return hasHan(String(decoding: bytes, as: UTF8.self))
    }

    static func isHan(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }
}
