import Records
import Standards

/// The short way for values that are already as they should be, or nearly: bytes in, bytes out, nothing allocated.
///
/// Each function returns whether the value is well formed, or `nil` when it is not sure and the steps have to decide. It may
/// be unsure whenever it likes; when it answers, the answer is that of the steps. Change the two together.
enum QuickForm {
    static func normalize(
        _ raw: UnsafeBufferPointer<UInt8>, _ field: Field, into output: inout [UInt8]
    ) -> Bool? {
        if raw.isEmpty { return false }
        switch field.kind {
        case .personName: return name(raw, shortestHan: 2, into: &output)
        case .givenName, .surname: return name(raw, shortestHan: 1, into: &output)
        case .residentID: return residentID(raw, into: &output)
        case .date: return date(raw, DateReader(field), into: &output)
        case .division: return division(raw, into: &output)
        case .phone: return phone(raw, into: &output)
        case .address: return address(raw, into: &output)
        case .street: return latinAddress(raw, into: &output)
        case .city: return latinPlace(raw, into: &output)
        case .postcode: return postcode(raw, into: &output)
        case .email: return email(raw, into: &output)
        case .identifier: return identifier(raw, into: &output)
        case .houseNumber, .number: return digits(raw, into: &output)
        case .text: return text(raw, into: &output)
        case .code, .ethnicGroup: return nil
        }
    }

    /// Two to twenty Chinese characters, parts of a transliterated name joined by ·, or plain Latin words.
    static func name(
        _ raw: UnsafeBufferPointer<UInt8>, shortestHan: Int, into output: inout [UInt8]
    ) -> Bool? {
        guard raw.count <= 80, !Placeholder.isPossible(raw) else { return nil }
        if raw[0] < 0x80 { return latinName(raw, into: &output) }
        var count = 0
        var index = 0
        var isAfterDot = true
        while index < raw.count {
            if let next = hanEnd(raw, index) {
                // Forms of address end in these: 生 士 姐 志 师 太 人. 丶 is taken for a dot.
                if next == raw.count, count >= 3, isHonorificEnd(raw, index) { return nil }
                if raw[index] == 0xE4, raw[index + 1] == 0xB8, raw[index + 2] == 0xB6 { return nil }
                count += 1
                isAfterDot = false
                index = next
            } else if raw[index] == 0xC2, index + 1 < raw.count, raw[index + 1] == 0xB7, !isAfterDot {
                isAfterDot = true
                index += 2
            } else {
                return nil
            }
        }
        guard !isAfterDot, count >= shortestHan else { return nil }
        output.append(contentsOf: raw)
        return true
    }

    /// Eighteen characters.
    static func residentID(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        guard raw.count == 18, raw[0] != 0x30, isDigits(raw[..<17]) else { return nil }
        let last = raw[17] == 0x78 ? 0x58 : raw[17]
        guard last == 0x58 || isDigit(last) else { return nil }
        output.append(contentsOf: raw)
        output[17] = last
        return true
    }

    /// Three numbers with `-`, `/` or `.` between them, eight digits, or `1985年3月7日`.
    static func date(
        _ raw: UnsafeBufferPointer<UInt8>, _ reader: DateReader, into output: inout [UInt8]
    ) -> Bool? {
        var numbers = (0, 0, 0)
        var digits = (0, 0, 0)
        var part = 0
        var isChinese = false
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            if isDigit(byte) {
                switch part {
                case 0: (numbers.0, digits.0) = (numbers.0 &* 10 &+ Int(byte &- 0x30), digits.0 + 1)
                case 1: (numbers.1, digits.1) = (numbers.1 &* 10 &+ Int(byte &- 0x30), digits.1 + 1)
                case 2: (numbers.2, digits.2) = (numbers.2 &* 10 &+ Int(byte &- 0x30), digits.2 + 1)
                default: return nil
                }
                index += 1
                continue
            }
            if byte == 0x2D || byte == 0x2F || byte == 0x2E, !isChinese {
                index += 1
            } else if let sign = chineseSign(raw, index), sign == part, sign == 0 || isChinese {
                isChinese = true
                index += 3
            } else {
                return nil
            }
            part += 1
        }
        let reading: DateReader.Reading?
        switch (part, isChinese) {
        case (0, false): reading = digits.0 == 8 && numbers.0 > 0 ? reader.split(eight: numbers.0) : nil
        case (2, false), (2, true), (3, true):
            guard (1...2).contains(digits.1), (1...2).contains(digits.2) || digits.2 == 4, (1...8).contains(digits.0),
                numbers != (0, 0, 0), !isChinese || digits.0 == 4 && digits.2 <= 2
            else { return nil }
            reading = reader.arrange(numbers.0, numbers.1, numbers.2, digits: (digits.0, digits.2))
        default: return nil
        }
        guard let reading, (0...99).contains(reading.month), (0...99).contains(reading.day) else { return nil }
        append(reading, to: &output)
        return reading.isDay
    }

    /// Six digits, or a township's nine or twelve, which are cut.
    static func division(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        guard raw.count == 6 || raw.count == 9 || raw.count == 12, raw[0] != 0x30, isDigits(raw[...]) else {
            return nil
        }
        output.append(contentsOf: raw[..<6])
        return true
    }

    /// Chinese characters with digits, capital letters and hyphens.
    static func address(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        if raw[0] < 0x80 { return latinAddress(raw, into: &output) }
        guard raw.count > 12 else { return nil }
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            if let next = hanEnd(raw, index) {
                index = next
            } else if isDigit(byte) || byte >= 0x41 && byte <= 0x5A || byte == 0x2D {
                index += 1
            } else {
                return nil
            }
        }
        guard !(raw.count <= 18 && Placeholder.isPossible(raw)) else { return nil }
        output.append(contentsOf: raw)
        return true
    }

    /// A whole number, not padded.
    static func digits(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        guard raw[0] != 0x30, raw.count <= 12, isDigits(raw[...]) else { return nil }
        output.append(contentsOf: raw)
        return true
    }

    /// Chinese characters and visible ASCII with single blanks inside.
    static func text(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool? {
        guard raw[0] != 0x27, !Placeholder.isPossible(raw) else { return nil }
        var index = 0
        while index < raw.count {
            if let next = hanEnd(raw, index) {
                index = next
            } else if raw[index] == 0x20, index > 0, index + 1 < raw.count, raw[index - 1] != 0x20 {
                index += 1
            } else if raw[index] > 0x20, raw[index] < 0x7F {
                index += 1
            } else {
                return nil
            }
        }
        output.append(contentsOf: raw)
        return true
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isDigits(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy { isDigit($0) }
    }

    /// End of the Chinese character (U+4E00-9FFF, whole sequence) at `index`; `nil` when there is none.
    @inline(__always)
    private static func hanEnd(_ raw: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        let lead = raw[index]
        guard lead >= 0xE4, lead <= 0xE9, index + 2 < raw.count else { return nil }
        guard raw[index + 1] & 0xC0 == 0x80, raw[index + 2] & 0xC0 == 0x80 else { return nil }
        return lead == 0xE4 && raw[index + 1] < 0xB8 ? nil : index + 3
    }

    private static func isHonorificEnd(_ raw: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        switch (raw[index], raw[index + 1], raw[index + 2]) {
        case (0xE7, 0x94, 0x9F), (0xE5, 0xA3, 0xAB), (0xE5, 0xA7, 0x90), (0xE5, 0xBF, 0x97), (0xE5, 0xB8, 0x88),
            (0xE5, 0xA4, 0xAA), (0xE4, 0xBA, 0xBA):
            true
        default: false
        }
    }

    /// 0 for 年, 1 for 月, 2 for 日.
    private static func chineseSign(_ raw: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        guard index + 2 < raw.count else { return nil }
        switch (raw[index], raw[index + 1], raw[index + 2]) {
        case (0xE5, 0xB9, 0xB4): return 0
        case (0xE6, 0x9C, 0x88): return 1
        case (0xE6, 0x97, 0xA5): return 2
        default: return nil
        }
    }

    private static func append(_ reading: DateReader.Reading, to output: inout [UInt8]) {
        func digit(_ value: Int) { output.append(UInt8(truncatingIfNeeded: 0x30 + value % 10)) }
        for unit in [1000, 100, 10, 1] { digit(reading.year / unit) }
        output.append(0x2D)
        digit(reading.month / 10)
        digit(reading.month)
        output.append(0x2D)
        digit(reading.day / 10)
        digit(reading.day)
    }
}
