extension LatinName {
    /// Russell's Soundex in the form of the US National Archives (`Robert` → `R163`): h and w do not part equal codes,
    /// vowels do. Empty when the folded text has no ASCII letter.
    package static func soundex(_ name: some StringProtocol) -> String {
        var code = ""
        var previous: UInt8 = 0
        for letter in fold(String(name)).utf8 where letter >= 0x61 && letter <= 0x7A {
            let digit = soundexDigits[Int(letter - 0x61)]
            if code.isEmpty {
                code.unicodeScalars.append(Unicode.Scalar(letter - 0x20))
                previous = digit
            } else if digit == hw {
                continue
            } else {
                if digit != vowel, digit != previous { code.unicodeScalars.append(Unicode.Scalar(digit)) }
                previous = digit
                if code.utf8.count == 4 { return code }
            }
        }
        return code.isEmpty ? "" : code + String(repeating: "0", count: 4 - code.utf8.count)
    }

    private static let vowel = UInt8(ascii: "a")
    private static let hw = UInt8(ascii: "h")
    /// For a to z.
    private static let soundexDigits = Array("a123a12ha22455a12623a1h2a2".utf8)
}
