import Records

extension QuickForm {
    /// Plain Latin words with single blanks.
    static func latinName(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        var firstWord = 0
        for (index, byte) in raw.enumerated() {
            if byte == 0x20 {
                guard index > 0, index + 1 < raw.count, raw[index - 1] != 0x20 else { return nil }
                if firstWord == 0 { firstWord = index }
                output.append(byte)
            } else {
                let lower = byte | 0x20
                guard isSmallLetter(lower) else { return nil }
                output.append(lower)
            }
        }
        return firstWord > 0 && isTitle(output[..<firstWord]) ? nil : true
    }

    private static func isTitle(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count <= 9, let first = word.first else { return false }
        switch first {
        case 0x64, 0x66, 0x68, 0x6D, 0x70, 0x72, 0x73:
            return NormalizationStep.titleWords.contains(String(decoding: word, as: UTF8.self)[...])
        default: return false
        }
    }

    /// Words, numbers and plain punctuation: `12 High St.` → `12 high street`.
    static func latinAddress(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        guard let hasLetter = latinWords(raw, into: &output) else { return nil }
        if StreetWords.mayChange(output) { StreetWords.rewrite(&output) }
        return hasLetter
    }

    /// A town; one whose first word has a longer form goes through the steps.
    static func latinPlace(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        guard let hasLetter = latinWords(raw, into: &output) else { return nil }
        let first = output.firstIndex(of: 0x20) ?? output.count
        if first < output.count, first <= 3 { return nil }
        return hasLetter
    }

    /// Lower case, apostrophes and quotes dropped, other punctuation and blanks as one blank. Returns whether there are
    /// letters; `nil` when there is nothing or something else.
    private static func latinWords(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        if Placeholder.isPossible(raw) { return nil }
        var hasLetter = false
        var isPending = false
        for byte in raw {
            let lower = byte | 0x20
            if isSmallLetter(lower) || isDigit(byte) {
                if isPending, !output.isEmpty { output.append(0x20) }
                isPending = false
                let isLetter = !isDigit(byte)
                hasLetter = hasLetter || isLetter
                output.append(isLetter ? lower : byte)
                continue
            }
            switch byte {
            case 0x20, 0x2C...0x2F, 0x3B, 0x5F: isPending = true
            case 0x22, 0x27: break
            default: return nil
            }
        }
        return output.isEmpty ? nil : hasLetter
    }

    /// Letters, digits and hyphens with a digit among them; blanks inside are dropped.
    static func postcode(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        if Placeholder.isPossible(raw) { return nil }
        var hasDigit = false
        for byte in raw {
            if isDigit(byte) {
                hasDigit = true
                output.append(byte)
            } else if isSmallLetter(byte | 0x20) {
                output.append(byte & ~0x20)
            } else if byte == 0x2D {
                output.append(byte)
            } else if byte != 0x20 {
                return nil
            }
        }
        guard hasDigit else { return nil }
        return (3...10).contains(output.count)
    }

    /// Letters, digits, `.`, `_`, `+`, `-` before and behind one @, letters and digits first and last.
    static func email(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        func isPlain(_ byte: UInt8) -> Bool { isDigit(byte) || isSmallLetter(byte | 0x20) }
        guard raw.count <= 254, isPlain(raw[0]), isPlain(raw[raw.count - 1]) else { return nil }
        var at = 0
        var hasDot = false
        for (index, byte) in raw.enumerated() {
            if isSmallLetter(byte | 0x20) {
                output.append(byte | 0x20)
                continue
            }
            switch byte {
            case 0x30...0x39, 0x2B, 0x2D, 0x5F: break
            case 0x2E:
                if at > 0 {
                    if raw[index - 1] == 0x2E || raw[index - 1] == 0x40 { return nil }
                    hasDot = true
                }
            case 0x40:
                if at > 0 { return nil }
                at = index
            default: return nil
            }
            output.append(byte)
        }
        return at > 0 ? hasDot : nil
    }

    /// Letters and digits with a digit among them; other visible ASCII is dropped.
    static func identifier(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        if Placeholder.isPossible(raw) { return nil }
        var hasDigit = false
        for byte in raw {
            if isDigit(byte) {
                hasDigit = true
                output.append(byte)
            } else if isSmallLetter(byte | 0x20) {
                output.append(byte & ~0x20)
            } else if byte < 0x20 || byte > 0x7E || byte == 0x2E {
                // A full stop may begin the .0 of a spreadsheet.
                return nil
            }
        }
        guard hasDigit else { return nil }
        return output.count >= 2
    }

    /// Digits, perhaps a + before them, with blanks, hyphens and brackets; not one that begins with China's 86 or 00.
    static func phone(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        guard !Placeholder.isPossible(raw) else { return nil }
        for (index, byte) in raw.enumerated() {
            if isDigit(byte) || byte == 0x2B && index == 0 {
                output.append(byte)
            } else if byte != 0x20, byte != 0x28, byte != 0x29, byte != 0x2D {
                return nil
            }
        }
        guard output.count >= 5 else { return nil }
        switch (output[0], output[1]) {
        case (0x2B, let next):
            if next == 0x38 || next == 0x30 { return nil }
            return (9...16).contains(output.count)
        case (0x30, let next):
            if next == 0x30 || next == 0x31 && output.count == 12 { return nil }
            return (9...12).contains(output.count)
        case (0x31, let next): return output.count == 11 && next >= 0x32
        default:
            if output[0] == 0x38, output.count == 13 { return nil }
            return (7...10).contains(output.count)
        }
    }

    @inline(__always)
    static func isSmallLetter(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
}
