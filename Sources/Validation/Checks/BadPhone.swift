import Records

extension Check {
    /// A telephone number of impossible shape. Where most numbers of the field are Chinese, the shapes of Chinese numbers
    /// are asked for; elsewhere 6 to 15 digits (E.164 allows 15).
    static let badPhone = Check(
        "bad-phone", .error, .warning,
        title: Text(en: "Impossible telephone number", zh: "电话号码格式不符"),
        search: .values(for: { $0.kind == .phone }) { value, facts in
            if facts.isMostlyChinese[value.field] {
                return PhoneShape.isChinese(value.bytes) ? nil : Hit(detail: "CN")
            }
            return PhoneShape.isAny(value.bytes) ? nil : Hit()
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return finding.detail == "CN"
                ? Text(
                    en: "\(name) is \(cell); expected a mobile number of 11 digits that begins with 13 to 19, "
                        + "or a landline number with its area code",
                    zh: "\(name) 为\(cell)；应为 13 至 19 开头的 11 位手机号，或带区号的固定电话")
                : Text(
                    en: "\(name) is \(cell); expected 6 to 15 digits", zh: "\(name) 为\(cell)；应为 6 至 15 位数字")
        })
}

/// Shapes of telephone numbers in normalised form: digits without country code and separators.
enum PhoneShape {
    static func isMobile(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        digits.count == 11 && digits[0] == 0x31 && digits[1] >= 0x33 && areDigits(digits)
    }

    /// Mobile; landline with area code (010, 02x, three digits from 03 to 09), 7 or 8 digits and an extension of at most
    /// 5; landline without area code; 400 and 800 numbers; hotlines of 5 digits; Hong Kong, Macao and Taiwan.
    static func isChinese(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        guard areDigits(digits), let first = digits.first else { return false }
        if isOfHongKongMacaoOrTaiwan(digits) { return true }
        switch digits.count {
        case 5: return first == 0x31 || first == 0x39
        case 7...8: return first >= 0x32 && first <= 0x38
        case 10 where first == 0x34 || first == 0x38: return digits[1] == 0x30 && digits[2] == 0x30
        case 11 where first == 0x31: return digits[1] >= 0x33
        case 10...17 where first == 0x30: return digits[1] != 0x30 && (digits[1] != 0x31 || digits[2] == 0x30)
        default: return false
        }
    }

    /// +852 and +853 with 8 digits, +886 with 8 or 9; 00 may stand for the plus.
    private static func isOfHongKongMacaoOrTaiwan(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        let number = digits.starts(with: "00".utf8) ? digits.dropFirst(2) : digits[...]
        if number.starts(with: "886".utf8) { return (11...12).contains(number.count) }
        return number.count == 11 && (number.starts(with: "852".utf8) || number.starts(with: "853".utf8))
    }

    static func isAny(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = text.count { $0 >= 0x30 && $0 <= 0x39 }
        return (6...15).contains(digits) && text.allSatisfy { !isLetter($0) }
    }

    private static func areDigits(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
    }
}
