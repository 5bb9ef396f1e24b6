import FuzzyText
import Records

/// Given name and surname in each other's field: a level of its own in both (MODEL §1), also when they are misspelt.
struct NameExchange: Sendable {
    private let given: Int
    private let surname: Int
    private let givenLevel: UInt64
    private let surnameLevel: UInt64
    /// Per row the name in a dictionary of both fields; 0 for none.
    private let givenNames: [UInt32]
    private let surnames: [UInt32]
    private let units: UnitColumn
    /// Sound of each name of the dictionary; equal names sound alike, so unequal sounds settle most pairs.
    private let sounds: [UInt32]

    init?(_ entries: [PairComparison.Entry], columns: MatchColumns) {
        guard let given = entries.firstIndex(where: { $0.column is GivenNameColumn }),
            let surname = entries.firstIndex(where: { $0.column is SurnameColumn }),
            let givenLevel = entries[given].comparator.ladder.exchanged,
            let surnameLevel = entries[surname].comparator.ladder.exchanged
        else { return nil }
        self.given = given
        self.surname = surname
        self.givenLevel = UInt64(givenLevel)
        self.surnameLevel = UInt64(surnameLevel)
        var interner = TextInterner()
        func names(_ entry: PairComparison.Entry) -> [UInt32] {
            let values = columns[entry.field].values
            let shared = (0..<values.count).map { $0 == 0 ? 0 : interner.intern(values[UInt32($0)]) }
            return entry.codes.map { shared[Int($0)] }
        }
        givenNames = names(entries[given])
        surnames = names(entries[surname])
        let pool = interner.pool
        units = UnitColumn(pool)
        var sounds = TextInterner()
        self.sounds = (0..<pool.count).map { code in
            // A name without a Latin letter sounds only like itself.
            let text = pool[UInt32(code)]
            let key = LatinName.phoneticKey(text)
            return code == 0 ? 0 : sounds.intern(key.isEmpty ? text : key)
        }
    }

    /// Raises both names to "exchanged" where one stands in the other's field, by sound, and the other nearly does.
    func mark(_ patterns: inout [UInt64], pairs: [RowPair]) {
        let (givenShift, surnameShift) = (UInt64(given * 4), UInt64(surname * 4))
        for index in pairs.indices {
            let (a, b) = (Int(pairs[index].a), Int(pairs[index].b))
            let (givenA, surnameB) = (givenNames[a], surnames[b])
            let (givenB, surnameA) = (givenNames[b], surnames[a])
            if givenA == 0 || givenB == 0 || surnameA == 0 || surnameB == 0 { continue }
            let first = sounds[Int(givenA)] == sounds[Int(surnameB)]
            let second = sounds[Int(givenB)] == sounds[Int(surnameA)]
            guard first || second, first || isNear(givenA, surnameB), second || isNear(givenB, surnameA) else { continue }
            if patterns[index] >> givenShift & 15 > givenLevel { continue }
            patterns[index] &= ~(15 << givenShift | 15 << surnameShift)
            patterns[index] |= givenLevel << givenShift | surnameLevel << surnameShift
        }
    }

    private func isNear(_ x: UInt32, _ y: UInt32) -> Bool {
        units.jaroWinkler(x, y, atLeast: NameLikeness.alike) >= NameLikeness.alike
    }
}
