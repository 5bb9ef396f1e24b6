/// Numbers written in Chinese characters: 十二, 一百零三, 一九八五, 〇, 廿五.
package enum ChineseNumeral {
    /// Value of a character: 0 to 9, 10 for 十, 20 for 廿, 30 for 卅, 100 for 百; `nil` for others. 元 is the first year of an era.
    package static func digit(_ scalar: UInt32) -> Int? {
        switch scalar {
        case 0x3007, 0x96F6, 0x25CB, 0x25EF: 0  // 〇 零 ○ ◯
        case 0x4E00, 0x58F9, 0x5E7A, 0x5143: 1  // 一 壹 幺 元
        case 0x4E8C, 0x8D30, 0x4E24, 0x8CB3: 2  // 二 贰 两 貳
        case 0x4E09, 0x53C1: 3  // 三 叁
        case 0x56DB, 0x8086: 4  // 四 肆
        case 0x4E94, 0x4F0D: 5  // 五 伍
        case 0x516D, 0x9646, 0x9678: 6  // 六 陆 陸
        case 0x4E03, 0x67D2: 7  // 七 柒
        case 0x516B, 0x634C: 8  // 八 捌
        case 0x4E5D, 0x7396: 9  // 九 玖
        case 0x5341, 0x62FE: 10  // 十 拾
        case 0x5EFF: 20  // 廿
        case 0x5345: 30  // 卅
        case 0x767E, 0x4F70: 100  // 百 佰
        default: nil
        }
    }

    /// The number as ASCII digits. A row of single digits is read digit by digit (一九八五, 二〇〇〇), keeping zeros in front.
    /// `nil` when there is none, or more than nine characters.
    package static func value(_ scalars: ArraySlice<Unicode.Scalar>) -> String? {
        guard !scalars.isEmpty, scalars.count <= 9 else { return nil }
        var digits: [Int] = []
        for scalar in scalars {
            guard let digit = digit(scalar.value) else { return nil }
            digits.append(digit)
        }
        if digits.allSatisfy({ $0 < 10 }) { return digits.map(String.init).joined() }
        var total = 0
        var pending: Int?
        for digit in digits {
            switch digit {
            case 100:
                total += (pending ?? 1) * 100
                pending = nil
            case 10:
                total += (pending == 0 ? 1 : pending ?? 1) * 10
                pending = nil
            case 20, 30:
                total += digit
                pending = nil
            default: pending = digit
            }
        }
        return String(total + (pending ?? 0))
    }
}
