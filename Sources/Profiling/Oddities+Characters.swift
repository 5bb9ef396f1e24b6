import Records

/// Characters that do not show, or that are not what they seem.
extension Oddity {
    static let lostCharacters = Oddity(
        "lost-characters", Text(en: "characters lost before the export (U+FFFD, 锟斤拷)", zh: "导出前已损坏的文字（U+FFFD、锟斤拷）")
    ) { census in
        let forms = Set(census.forms.indices.filter { census.forms[$0].signs.contains(Sign.lost) }.map(UInt32.init))
        // 锟斤拷 is plain Han: only forms with three of them in a row can hold it.
        let suspects = census.forms.indices.filter { hasThreeHan(census.forms[$0].signs) }.map(UInt32.init)
        let garbled = census.values(of: Set(suspects)).filter { code in
            census.column.values.withUTF8(code, holdsGarble)
        }
        return .ofValues(census, Set(census.values(of: forms) + garbled).sorted())
    }

    private static func hasThreeHan(_ signs: ArraySlice<UInt8>) -> Bool {
        var run = 0
        for sign in signs {
            run = sign == Sign.han ? run + 1 : 0
            if run == 3 { return true }
        }
        return false
    }

    private static let garble = Array("锟斤拷".utf8)

    private static func holdsGarble(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index + garble.count <= text.count {
            if text[index] == garble[0], text[index..<index + garble.count].elementsEqual(garble) { return true }
            index += 1
        }
        return false
    }

    static let invisibleCharacters = Oddity(
        "invisible-characters", Text(en: "invisible characters", zh: "含有不可见字符")
    ) { signs, _ in signs.contains(Sign.invisible) }

    static let controlCharacters = Oddity(
        "control-characters", Text(en: "control characters", zh: "含有控制字符")
    ) { signs, _ in signs.contains(Sign.control) }

    static let lineBreaks = Oddity(
        "line-breaks", Text(en: "tabs or line breaks inside a cell", zh: "单元格内有制表符或换行")
    ) { signs, _ in signs.contains(Sign.layout) }

    static let privateUse = Oddity(
        "private-use-characters", Text(en: "characters of a private font", zh: "含有私用区字符（造字）")
    ) { signs, _ in signs.contains(Sign.privateUse) }

    static let blanksAtEnds = Oddity(
        "blanks-at-ends", Text(en: "blanks before or after the value", zh: "值的前后有空格")
    ) { signs, _ in signs.first.map(Sign.isBlank) == true || signs.last.map(Sign.isBlank) == true }

    static let doubledBlanks = Oddity(
        "doubled-blanks", Text(en: "two blanks or more in a row", zh: "连续多个空格")
    ) { signs, _ in zip(signs, signs.dropFirst()).contains { $0 == Sign.blank && $1 == Sign.blank } }

    static let otherBlanks = Oddity(
        "other-blanks", Text(en: "blanks that are not the usual one (U+00A0, U+3000)", zh: "含有特殊空格（U+00A0、U+3000）")
    ) { signs, _ in signs.contains(Sign.otherBlank) }

    /// In Chinese sentences wide punctuation is right; wide digits and letters never are.
    static let fullWidth = Oddity(
        "full-width", Text(en: "full-width digits or letters", zh: "全角数字或字母")
    ) { signs, _ in signs.contains(Sign.wideDigit) || signs.contains(Sign.wideLetter) }
}
