import FuzzyText
import Records
import Standards

/// By which usual mistake one value may have become the other.
enum SlipFinder {
    /// `nil`: more than a slip apart.
    static func slip(_ kind: FieldKind, _ a: String, _ b: String) -> Evidence.Slip? {
        switch kind {
        case .residentID, .identifier, .phone, .division, .postcode: return ofCode(a, b)
        case .date: return ofDate(a, b)
        case .personName, .givenName, .surname: return ofName(a, b)
        case .address: return ofAddress(a, b)
        case .street, .city, .email, .houseNumber: return ofText(a, b)
        case .code, .ethnicGroup, .number, .text: return nil
        }
    }

    /// One character, two neighbours exchanged, or one dropped.
    static func ofCode(_ a: String, _ b: String) -> Evidence.Slip? {
        let (x, y) = (Array(a.utf8), Array(b.utf8))
        if x.count == y.count {
            let places = x.indices.filter { x[$0] != y[$0] }
            if places.count == 1 {
                return Keypad.areNeighbours(x[places[0]], y[places[0]]) ? .adjacentKey : .digit
            }
            return areExchanged(x, y, places) ? .transposition : nil
        }
        return isOneDropped(x, y) ? .dropped : nil
    }

    /// ISO days: day and month exchanged; else one of year, month and day differs and the others agree, the year by one
    /// digit.
    static func ofDate(_ a: String, _ b: String) -> Evidence.Slip? {
        guard let x = CivilDate(iso: a), let y = CivilDate(iso: b), x != y else { return nil }
        if x.year == y.year, x.month == y.day, x.day == y.month { return .dayAndMonth }
        let agreeing = (x.year == y.year ? 1 : 0) + (x.month == y.month ? 1 : 0) + (x.day == y.day ? 1 : 0)
        guard agreeing == 2 else { return nil }
        return ofCode(a, b) ?? .digit
    }

    static func ofName(_ a: String, _ b: String) -> Evidence.Slip? {
        let (x, y) = (scalars(a), scalars(b))
        if x.count == y.count {
            let places = x.indices.filter { x[$0] != y[$0] }
            if areExchanged(x, y, places) { return .transposition }
            guard places.count == 1 else { return nil }
            return ofCharacter(x[places[0]], y[places[0]])
        }
        return min(x.count, y.count) >= 2 && isOneDropped(x, y) ? .dropped : nil
    }

    /// The typist heard or saw the other character.
    static func ofCharacter(_ a: UInt32, _ b: UInt32) -> Evidence.Slip {
        let table = HanTable.shared
        if let x = table.reading(a), let y = table.reading(b), x.toneless == y.toneless { return .homophone }
        return table.looksAlike(a, b) ? .lookAlike : .character
    }

    /// As of texts, where the divisions may be written out in one and left out in the other.
    static func ofAddress(_ a: String, _ b: String) -> Evidence.Slip? {
        if a == b { return nil }
        if let slip = ofText(a, b) { return slip }
        let (left, right) = (AddressTail(a), AddressTail(b))
        if left.fits(right), left.tail.unicodeScalars.count >= 5, let slip = ofText(left.tail, right.tail) {
            return slip
        }
        // The slip may stand in the divisions themselves, so that they cannot be told from the rest.
        let (x, y) = (scalars(a), scalars(b))
        let (short, long) = x.count < y.count ? (x, y) : (y, x)
        guard short.count >= 8, long.count - short.count <= 16 else { return nil }
        if long.suffix(short.count).elementsEqual(short) { return .character }
        for length in [short.count, short.count + 1, short.count - 1] where length < long.count {
            if let slip = ofScalars(short, Array(long.suffix(length))) { return slip }
        }
        return nil
    }

    /// One character exchanged for another, dropped, or turned with its neighbour; in longer texts two such.
    static func ofText(_ a: some StringProtocol, _ b: some StringProtocol) -> Evidence.Slip? {
        ofScalars(scalars(a), scalars(b))
    }

    private static func ofScalars(_ x: [UInt32], _ y: [UInt32]) -> Evidence.Slip? {
        if x == y { return nil }
        let start = zip(x, y).prefix { $0 == $1 }.count
        let rest = zip(x[start...].reversed(), y[start...].reversed()).prefix { $0 == $1 }.count
        let left = Array(x[start..<(x.count - rest)])
        let right = Array(y[start..<(y.count - rest)])
        // What differs between the common beginning and the common end.
        switch (left.count, right.count) {
        case (1, 1): return isDigit(left[0]) || isDigit(right[0]) ? .digit : ofCharacter(left[0], right[0])
        case (0, 1), (1, 0): return .dropped
        case (2, 2) where left[0] == right[1] && left[1] == right[0]: return .transposition
        default: break
        }
        guard min(x.count, y.count) >= 10, left.count + right.count <= 60 else { return nil }
        return distanceIsTwo(left, right) ? .character : nil
    }

    private static func isDigit(_ scalar: UInt32) -> Bool { scalar >= 0x30 && scalar <= 0x39 }

    /// Two edits at most; the ends differ, so that neither text has a common beginning or end left.
    private static func distanceIsTwo(_ x: [UInt32], _ y: [UInt32]) -> Bool {
        guard abs(x.count - y.count) <= 2 else { return false }
        var row = Array(0...y.count)
        for (i, a) in x.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in y.enumerated() {
                let cost = min(diagonal + (a == b ? 0 : 1), row[j] + 1, row[j + 1] + 1)
                diagonal = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[y.count] <= 2
    }

    private static func scalars(_ text: some StringProtocol) -> [UInt32] {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.map { UInt32($0) } : text.unicodeScalars.map(\.value)
    }

    private static func areExchanged<Element: Equatable>(_ x: [Element], _ y: [Element], _ places: [Int]) -> Bool {
        places.count == 2 && places[1] == places[0] + 1 && x[places[0]] == y[places[1]] && x[places[1]] == y[places[0]]
    }

    private static func isOneDropped<Element: Equatable>(_ x: [Element], _ y: [Element]) -> Bool {
        let (short, long) = x.count < y.count ? (x, y) : (y, x)
        guard long.count == short.count + 1 else { return false }
        let start = zip(short, long).prefix { $0 == $1 }.count
        return short[start...] == long[(start + 1)...]
    }
}

/// Digits that lie beside each other, on the row of a keyboard or on a number pad.
enum Keypad {
    static func areNeighbours(_ a: UInt8, _ b: UInt8) -> Bool {
        guard let x = position(a), let y = position(b), a != b else { return false }
        let isRow = abs((Int(a) + 9 - 0x30) % 10 - (Int(b) + 9 - 0x30) % 10) == 1
        return isRow || abs(x.0 - y.0) + abs(x.1 - y.1) == 1
    }

    /// On a number pad, 7 8 9 above; 0 below 1 and 2.
    private static func position(_ digit: UInt8) -> (Int, Int)? {
        guard digit >= 0x30, digit <= 0x39 else { return nil }
        if digit == 0x30 { return (3, 0) }
        let index = Int(digit) - 0x31
        return (2 - index / 3, index % 3)
    }
}
