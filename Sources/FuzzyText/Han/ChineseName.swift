import Standards

/// Personal names written in Han characters, and the same names in Latin letters.
package enum ChineseName {
    /// Whether the text has Han characters and, apart from interpuncts and blanks, nothing else.
    package static func isHan(_ text: some StringProtocol) -> Bool {
        var found = false
        for scalar in text.unicodeScalars {
            if isHan(scalar.value) {
                found = true
            } else if !isInterpunct(scalar.value), scalar != " " {
                return false
            }
        }
        return found
    }

    /// Whether a scalar is a Han character: unified, extension or compatibility ideograph, or 〇.
    package static func isHan(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3007, 0xF900...0xFAFF, 0x2_0000...0x3_FFFF: true
        default: false
        }
    }

    package static func isInterpunct(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xB7, 0x2022, 0x2027, 0x22C5, 0x30FB, 0xFF65, 0x2E31: true
        default: false
        }
    }

    /// 2 for 欧阳 and the other compound surnames when a given name follows, else 1; 0 for a transliterated name with an
    /// interpunct (阿依古丽·买买提), for one character alone and for text that is not Han.
    package static func surnameLength(_ scalars: [UInt32]) -> Int {
        guard scalars.count >= 2, scalars.allSatisfy(isHan) else { return 0 }
        if scalars.count >= 3 {
            let table = HanTable.shared
            if CompoundSurnames.scalars.contains([table.simplified(scalars[0]), table.simplified(scalars[1])]) {
                return 2
            }
        }
        return 1
    }

    /// One reading per scalar that is neither interpunct nor blank; a surname is read as a surname.
    package static func readings(of scalars: [UInt32]) -> [Reading] {
        let table = HanTable.shared
        let length = surnameLength(scalars)
        let surname = length == 0 ? nil : table.surnameReading(Array(scalars[..<length]))
        var readings = surname ?? []
        for scalar in scalars[readings.count...] where !isInterpunct(scalar) && scalar != 0x20 {
            readings.append(table.reading(scalar) ?? Syllables.pseudoReading(table.simplified(scalar)))
        }
        return readings
    }

    /// The name by its sound, without tones, for blocking: surname, blank, given name in one word (`wang xiaoming`).
    ///
    /// A name in pinyin gives the key of the same name in Han characters; where it does not say which part is the
    /// surname, a surname at the end is put first when the beginning cannot be one. Any other Latin name gives
    /// `LatinName.fold` of itself.
    package static func pinyinKey(_ name: String) -> String {
        key(name, \.tonelessText)
    }

    /// As `pinyinKey`, with the syllables that dialects confuse made equal.
    package static func confusableKey(_ name: String) -> String {
        key(name, \.confusableText)
    }

    private static func key(_ name: String, _ text: (Reading) -> String) -> String {
        let scalars = name.unicodeScalars.map(\.value)
        if scalars.contains(where: isHan) { return hanKey(scalars, text) }
        if let pinyin = RomanisedName(name) { return pinyin.key(text) }
        return LatinName.fold(name)
    }

    private static func hanKey(_ scalars: [UInt32], _ text: (Reading) -> String) -> String {
        let length = surnameLength(scalars)
        var key = ""
        var place = 0
        let readings = readings(of: scalars)
        for scalar in scalars {
            if isInterpunct(scalar) || scalar == 0x20 {
                key += " "
                continue
            }
            if place == length, length > 0 { key += " " }
            let syllable = text(readings[place])
            if syllable.isEmpty, let character = Unicode.Scalar(HanTable.shared.simplified(scalar)) {
                key += LatinName.fold(String(character))
            } else {
                key += syllable
            }
            place += 1
        }
        return key
    }
}
