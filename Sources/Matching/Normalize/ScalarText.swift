/// What normalisation asks of characters. Texts are handled as Unicode scalars: graphemes would join a base letter and
/// its marks, which is exactly what has to be told apart here.
extension Unicode.Scalar {
    /// A Chinese character: unified ideographs with extensions, compatibility ideographs, 〇 and 々.
    var isHan: Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x2_0000...0x3_FFFF, 0xF900...0xFAFF, 0x3007, 0x3005: true
        default: false
        }
    }

    /// Every kind of blank, the ideographic one and line ends too.
    var isBlank: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0x3164:
            true
        default: false
        }
    }

    var isDigit: Bool { value >= 0x30 && value <= 0x39 }

    var isASCIILetter: Bool { (value | 0x20) >= 0x61 && (value | 0x20) <= 0x7A }
}

extension String {
    init(scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }

    /// The text without the scalars that `isDropped` picks; the same text when there are none.
    func dropping(_ isDropped: (Unicode.Scalar) -> Bool) -> String {
        guard unicodeScalars.contains(where: isDropped) else { return self }
        return String(scalars: unicodeScalars.filter { !isDropped($0) })
    }

    /// The text with scalars replaced; `nil` keeps a scalar.
    func replacing(_ replacement: (Unicode.Scalar) -> String?) -> String {
        var view = UnicodeScalarView()
        for scalar in unicodeScalars {
            if let text = replacement(scalar) {
                view.append(contentsOf: text.unicodeScalars)
            } else {
                view.append(scalar)
            }
        }
        return String(view)
    }

    var trimmed: String {
        String(unicodeScalars.trimmingBlanks)
    }

    var containsHan: Bool { unicodeScalars.contains { $0.isHan } }

    var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }

    /// Not empty, ASCII digits throughout.
    var isAllDigits: Bool { !isEmpty && unicodeScalars.allSatisfy { $0.isDigit } }

    /// Lower case without locale. ASCII alone is the common case and needs no tables.
    var folded: String {
        if utf8.allSatisfy({ $0 < 0x80 && !($0 >= 0x41 && $0 <= 0x5A) }) { return self }
        return lowercased()
    }

    /// Words between single blanks.
    var words: [Substring] { split(separator: " ") }
}

extension BidirectionalCollection<Unicode.Scalar> {
    var trimmingBlanks: SubSequence {
        guard let start = firstIndex(where: { !$0.isBlank }), let end = lastIndex(where: { !$0.isBlank }) else {
            return self[endIndex..<endIndex]
        }
        return self[start...end]
    }
}

extension Character {
    var isHan: Bool { unicodeScalars.first?.isHan ?? false }
}
