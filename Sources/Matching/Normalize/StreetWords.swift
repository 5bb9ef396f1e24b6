/// `NormalizationStep.streetWords` on bytes, for addresses in lower case with single blanks. Change the two together.
enum StreetWords {
    /// Whether there is a word that may have a longer form.
    static func mayChange(_ text: [UInt8]) -> Bool {
        var start = 0
        var packed: UInt32 = 0
        for index in 0...text.count {
            if index < text.count, text[index] != 0x20 {
                packed = packed << 8 | UInt32(text[index])
                continue
            }
            if index - start <= 4, longForms[packed] != nil { return true }
            start = index + 1
            packed = 0
        }
        return false
    }

    static func rewrite(_ text: inout [UInt8]) {
        let words = text.split(separator: 0x20)
        let last = words.lastIndex { !isDirection($0) } ?? 0
        var result: [UInt8] = []
        for (index, word) in words.enumerated() {
            if index > 0 { result.append(0x20) }
            let isLast = index >= last
            let forms = word.count <= 4 ? longForms[word.reduce(0) { $0 << 8 | UInt32($1) }] : nil
            if word.elementsEqual(st), !isLast, index == 0 || words[index - 1].allSatisfy(QuickForm.isDigit) {
                result.append(contentsOf: saint)
            } else if let street = forms?.street, index > 0, isLast || street != streetItself {
                result.append(contentsOf: street)
            } else if let direction = forms?.direction, words.count > 1, index == 0 || isLast {
                result.append(contentsOf: direction)
            } else {
                result.append(contentsOf: word)
            }
        }
        text = result
    }

    private struct Forms {
        var street: [UInt8]?
        var direction: [UInt8]?
    }

    /// By the bytes of the short form, four at most.
    private static let longForms: [UInt32: Forms] = {
        func packed(_ word: String) -> UInt32 { word.utf8.reduce(0) { $0 << 8 | UInt32($1) } }
        var forms: [UInt32: Forms] = [:]
        for (short, long) in NormalizationStep.streetWordForms {
            forms[packed(short), default: Forms()].street = Array(long.utf8)
        }
        for (short, long) in NormalizationStep.directions {
            forms[packed(short), default: Forms()].direction = Array(long.utf8)
        }
        return forms
    }()

    private static let directions: [[UInt8]] =
        (Array(NormalizationStep.directions.keys) + Array(NormalizationStep.directions.values)).map { Array($0.utf8) }

    private static func isDirection(_ word: ArraySlice<UInt8>) -> Bool {
        directions.contains { word.elementsEqual($0) }
    }

    private static let st = Array("st".utf8)
    private static let saint = Array("saint".utf8)
    private static let streetItself = Array("street".utf8)
}
