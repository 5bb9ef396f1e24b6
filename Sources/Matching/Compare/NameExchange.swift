import FuzzyText
import Records

/// Given name and surname in each other's field: a level of its own in both (MODEL §1), also when they are misspelt.
struct NameExchange: Sendable {
    /// Set among a pair's open fields where the two names may be exchanged; beyond the bits of the fields.
    static let mark: UInt32 = 1 << 31
    let given: Int
    let surname: Int
    private let givenLevel: UInt64
    private let surnameLevel: UInt64
    /// Per row the name in a dictionary of both fields; 0 for none.
    private let givenNames: [UInt32]
    private let surnames: [UInt32]
    /// Per row the sounds of both names; equal names sound alike, so unequal sounds settle most pairs.
    private let sounds: [Sounds]
    private let units: UnitColumn

    private struct Sounds: Sendable {
        let given: UInt32
        let surname: UInt32
    }

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
            let shared = (0..<values.count).map { code in
                code == 0 ? 0 : values.withUTF8(UInt32(code)) { interner.intern($0) }
            }
            return entry.codes.map { shared[Int($0)] }
        }
        let givenNames = names(entries[given])
        let surnames = names(entries[surname])
        let pool = interner.pool
        units = UnitColumn(pool)
        var known = TextInterner()
        let sound = (0..<pool.count).map { code -> UInt32 in
            if code == 0 { return 0 }
            // A name without a Latin letter sounds only like itself.
            let key = LatinName.phoneticKey(pool[UInt32(code)])
            return known.intern(key.isEmpty ? pool[UInt32(code)] : key)
        }
        sounds = zip(givenNames, surnames).map { Sounds(given: sound[Int($0)], surname: sound[Int($1)]) }
        self.givenNames = givenNames
        self.surnames = surnames
    }

    /// One name stands in the other record's other field, by its sound.
    @inline(__always)
    func isPossible(_ pair: RowPair, _ different: UInt32) -> Bool {
        guard different >> UInt32(given) & 1 == 1 else { return false }
        let (a, b) = (sounds[Int(pair.a)], sounds[Int(pair.b)])
        return a.given == b.surname || b.given == a.surname
    }

    /// Raises both names to "exchanged" where one stands in the other's field, by sound, and the other nearly does.
    func settle(_ batch: inout PairBatch) {
        for index in batch.pairs.indices where batch.open[index] & Self.mark != 0 {
            let (a, b) = (Int(batch.pairs[index].a), Int(batch.pairs[index].b))
            let (surnameA, surnameB) = (surnames[a], surnames[b])
            if surnameA == 0 || surnameB == 0 { continue }
            guard sounds[a].given == sounds[b].surname || isNear(givenNames[a], surnameB),
                sounds[b].given == sounds[a].surname || isNear(givenNames[b], surnameA)
            else { continue }
            let (givenShift, surnameShift) = (UInt64(given * 4), UInt64(surname * 4))
            if batch.patterns[index] >> givenShift & 15 > givenLevel { continue }
            batch.patterns[index] &= ~(15 << givenShift | 15 << surnameShift)
            batch.patterns[index] |= givenLevel << givenShift | surnameLevel << surnameShift
        }
    }

    private func isNear(_ x: UInt32, _ y: UInt32) -> Bool {
        x == y || units.rung(x, y, NameLikeness.upperSteps) > 0
    }
}
