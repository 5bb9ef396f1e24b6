import Records
import Standards

extension Check {
    /// The letters O, l, I, Z, S, B typed or read by a scanner where digits belong. Suggested when the number is right with the
    /// digits in their place.
    static let lettersForDigits = Check(
        "letters-for-digits", .error, .error,
        title: Text(en: "Letters in place of digits", zh: "字母误作数字"),
        explains: ["bad-resident-id", "bad-phone", "malformed-value", "bad-date"],
        search: .rawCells(for: { [.residentID, .phone, .date].contains($0.kind) }, having: .letter) { cell, facts in
            guard let digits = DigitLetters.replaced(cell.bytes) else { return nil }
            let isRight =
                switch facts.records.schema.fields[cell.field].kind {
                case .residentID:
                    (ResidentID(digits)?.isValid ?? false)
                        || ResidentID.upgrading(legacy15: digits).flatMap { ResidentID($0) }?.isValid == true
                case .phone: Array(digits.utf8).withUnsafeBufferPointer(PhoneShape.isMobile)
                default: CellForm(of: digits) == .date
                }
            if isRight { return Hit(suggestion: digits) }
            // An id with a letter in it, and the check character wrong as well: still an id.
            return digits.utf8.count == 18 && facts.records.schema.fields[cell.field].kind == .residentID ? Hit() : nil
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let known = Wording.suggestion(finding)
            return Text(
                en: "\(name) is \(cell), with letters where digits belong\(known.en)",
                zh: "\(name) 为\(cell)，数字位置上有字母\(known.zh)")
        })
}

enum DigitLetters {
    /// The number with digits for the letters that look like them; `nil` when there is no such letter, when other letters are
    /// there, or when less than half of it are digits. An X at the end stays.
    static func replaced(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        guard (8...24).contains(text.count) else { return nil }
        var output: [UInt8] = []
        var letters = 0
        for (index, byte) in text.enumerated() {
            switch byte {
            case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."): output.append(byte)
            case 0x20: break
            case UInt8(ascii: "x"), UInt8(ascii: "X"):
                guard index == text.count - 1 else { return nil }
                output.append(UInt8(ascii: "X"))
            default:
                guard let digit = digits[byte] else { return nil }
                output.append(digit)
                letters += 1
            }
        }
        guard letters > 0, letters * 2 < output.count else { return nil }
        return String(decoding: output, as: UTF8.self)
    }

    private static let digits: [UInt8: UInt8] = [
        UInt8(ascii: "O"): 0x30, UInt8(ascii: "o"): 0x30, UInt8(ascii: "Q"): 0x30, UInt8(ascii: "D"): 0x30,
        UInt8(ascii: "l"): 0x31, UInt8(ascii: "I"): 0x31, UInt8(ascii: "i"): 0x31, UInt8(ascii: "|"): 0x31,
        UInt8(ascii: "Z"): 0x32, UInt8(ascii: "z"): 0x32, UInt8(ascii: "S"): 0x35, UInt8(ascii: "s"): 0x35,
        UInt8(ascii: "b"): 0x36, UInt8(ascii: "G"): 0x36, UInt8(ascii: "B"): 0x38,
    ]
}
