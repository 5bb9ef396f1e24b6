extension Clerk {
    mutating func writeName(_ record: inout OfficeRecord) {
        let name = record.cells[.name]
        if strikes(.homophone) {
            if let wrong = confused(name, by: confusions.homophones) {
                record.put(wrong, in: .name, as: .homophone)
            }
        } else if strikes(.lookalike) {
            if let wrong = confused(name, by: confusions.lookalikes) {
                record.put(wrong, in: .name, as: .lookalike)
            }
        } else if strikes(.traditional) {
            record.put(traditional(name), in: .name, as: .traditional)
        } else if strikes(.pinyinName) {
            record.put(romanised(record.person.name), in: .name, as: .pinyinName)
        }
        if let dot = record.cells[.name].firstRange(of: NameMaker.dot), strikesAnyway(.interpunct) {
            record.put(
                record.cells[.name].replacing(dot, with: generator.pick(Self.dots)), in: .name,
                as: .interpunct)
        }
        if strikes(.nameSpace) { record.put(spaced(record.cells[.name]), in: .name, as: .nameSpace) }
    }

    /// What stands for `·`, nothing included.
    private static let dots = ["•", "・", "‧", ".", "．", "。", " ", "", "﹒", "-"].map { Bytes($0) }

    /// All characters in their traditional form; when that changes nothing, one of them in a variant form.
    private mutating func traditional(_ name: Bytes) -> Bytes {
        let whole = name.glyphs.flatMap { glyph in
            confusions.traditional[name.scalar(at: glyph)]?.first ?? Bytes(name[glyph])
        }
        return whole != name ? whole : confused(name, by: confusions.variants) ?? name
    }

    private mutating func romanised(_ name: PersonName) -> Bytes {
        let surname = confusions.romanised(name.surname)
        let given = confusions.romanised(name.given).capitalised
        let order = generator.index(3)
        if surname.isEmpty { return given }
        let blank = [UInt8(ascii: " ")]
        switch order {
        case 0: return surname.map(\.upperCased) + blank + given
        case 1: return surname.capitalised + blank + given
        default: return given + blank + surname.capitalised
        }
    }

    /// A blank after the first character, at the end, or in front; names of one character stay.
    private mutating func spaced(_ name: Bytes) -> Bytes {
        let glyphs = name.glyphs
        guard glyphs.count > 1 else { return name }
        switch generator.index(3) {
        case 0:
            let blank = generator.pick(Self.blanks)
            return name.replacing(glyphs[0].upperBound..<glyphs[0].upperBound, with: blank)
        case 1: return name + Self.blanks[0]
        default: return Self.blanks[1] + name
        }
    }

    private static let blanks = [" ", "\u{3000}", "  "].map { Bytes($0) }
}

extension UInt8 {
    /// Of an ASCII letter.
    var upperCased: UInt8 {
        self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") ? self - 32 : self
    }
}

extension [UInt8] {
    /// The first ASCII letter in upper case.
    var capitalised: Bytes {
        guard let first else { return self }
        return [first.upperCased] + dropFirst()
    }

    func firstRange(of other: Bytes) -> Range<Int>? {
        guard !other.isEmpty, count >= other.count else { return nil }
        for start in 0...(count - other.count) where self[start...].starts(with: other) {
            return start..<(start + other.count)
        }
        return nil
    }
}
