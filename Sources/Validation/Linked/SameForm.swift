import FuzzyText
package import Records
import Standards

/// Whether two normalised values say the same and are only written differently: no mistake, and nothing to ask about.
package enum SameForm {
    package static func holds(_ kind: FieldKind, _ a: String, _ b: String) -> Bool {
        if a == b { return true }
        switch kind {
        case .personName, .givenName, .surname: return name(a, b)
        case .address: return address(a, b)
        case .division: return division(a, b)
        case .phone: return phone(a, b)
        default: return false
        }
    }

    /// Traditional and variant characters, interpuncts and blanks; a name in pinyin and the characters read so.
    static func name(_ a: String, _ b: String) -> Bool {
        if a.utf8.allSatisfy({ $0 < 0x80 }), b.utf8.allSatisfy({ $0 < 0x80 }) {
            return a.utf8.lazy.filter(isLetter).elementsEqual(b.utf8.lazy.filter(isLetter))
        }
        let (left, right) = (ChineseName.isHan(a), ChineseName.isHan(b))
        if left == right { return letters(a) == letters(b) }
        let (x, y) = (ChineseName.pinyinKey(a), ChineseName.pinyinKey(b))
        if x == y { return true }
        let (words, others) = (x.split(separator: " ").sorted(), y.split(separator: " ").sorted())
        return words == others || x.filter { $0 != " " } == y.filter { $0 != " " }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func letters(_ name: String) -> [UInt32] {
        let table = HanTable.shared
        return name.unicodeScalars.filter { $0.properties.isAlphabetic || ChineseName.isHan($0.value) }
            .map { table.simplified($0.value) }
    }

    /// The same place below the divisions, and divisions of which one holds the other, or one is not written at all. Divisions with
    /// a slip in them are not the same.
    static func address(_ a: String, _ b: String) -> Bool {
        let (left, right) = (AddressTail(a), AddressTail(b))
        if left.tail == right.tail {
            return left.parts.rest.isEmpty == right.parts.rest.isEmpty && left.fits(right)
        }
        return left.endsLike(right) || right.endsLike(left)
    }

    /// One code follows the other, or names the prefecture or province it lies in.
    static func division(_ a: String, _ b: String) -> Bool {
        guard let x = Divisions.number(a), let y = Divisions.number(b) else { return false }
        let divisions = Divisions.shared
        guard divisions.isKnown(x), divisions.isKnown(y) else { return false }
        return DivisionNesting.fits(divisions.current(x), divisions.current(y))
    }

    /// A landline number with and without its area code.
    static func phone(_ a: String, _ b: String) -> Bool {
        let (short, long) = a.utf8.count < b.utf8.count ? (a, b) : (b, a)
        return (7...8).contains(short.utf8.count) && long.hasPrefix("0") && long.hasSuffix(short)
    }
}

/// An address with its divisions and what follows them apart.
struct AddressTail {
    let text: String
    let tail: Substring
    let parts: AddressParts

    init(_ text: String) {
        self.text = text
        parts = AddressParts(text)
        let utf8 = text.utf8
        let start = utf8.index(
            text.startIndex, offsetBy: parts.divisionName.upperBound, limitedBy: text.endIndex)
        tail = start.map { text[$0...] } ?? text[...]
    }

    func fits(_ other: AddressTail) -> Bool {
        parts.division == 0 || other.parts.division == 0 || DivisionNesting.fits(parts.division, other.parts.division)
    }

    /// The whole other text stands at the end of this one, and only divisions stand before it.
    fileprivate func endsLike(_ other: AddressTail) -> Bool {
        guard other.text.utf8.count < text.utf8.count, text.hasSuffix(other.text), !other.text.isEmpty else {
            return false
        }
        return text.utf8.count - other.text.utf8.count <= parts.divisionName.upperBound
    }

    /// How much of the address was understood: its parts, and a township of the table, less what is left over.
    var understood: Int {
        var count = parts.townshipCode == 0 ? 0 : 2
        count += parts.division == 0 ? 0 : 2
        for range in [parts.township, parts.road, parts.village, parts.estate] where !range.isEmpty { count += 1 }
        for number in [parts.group, parts.lane, parts.number, parts.building, parts.unit, parts.floor, parts.room]
        where !number.isMissing { count += 1 }
        return count - 2 * parts.rest.count
    }
}
