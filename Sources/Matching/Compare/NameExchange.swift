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
    private let units: UnitColumn
    private let words: NameWords

    /// Of a row the sounds of given name and surname, then both names in a dictionary of both fields; 0 for none. Equal
    /// names sound alike, so unequal sounds settle most pairs.
    typealias Names = SIMD4<UInt32>

    /// - Returns: also the names of each row; `nil` when given names and surnames are not both compared.
    static func make(
        _ entries: [PairComparison.Entry], columns: MatchColumns
    ) -> (exchange: NameExchange, names: [Names])? {
        guard let given = entries.firstIndex(where: { $0.column is GivenNameColumn }),
            let surname = entries.firstIndex(where: { $0.column is SurnameColumn }),
            let givenLevel = entries[given].comparator.ladder.exchanged,
            let surnameLevel = entries[surname].comparator.ladder.exchanged
        else { return nil }
        var interner = TextInterner()
        func names(_ entry: PairComparison.Entry) -> [UInt32] {
            let values = columns[entry.field].values
            return (0..<values.count).map { code in
                code == 0 ? 0 : values.withUTF8(UInt32(code)) { interner.intern($0) }
            }
        }
        let (givenNames, surnames) = (names(entries[given]), names(entries[surname]))
        let pool = interner.pool
        var known = TextInterner()
        var sounds = NameSounds.codes(of: pool, with: &known)
        // A name without a Latin letter sounds only like itself.
        for code in sounds.indices where sounds[code] == 0 && code > 0 {
            sounds[code] = known.intern(pool[UInt32(code)])
        }
        let rows = zip(entries[given].codes, entries[surname].codes).map { given, surname in
            let (x, y) = (givenNames[Int(given)], surnames[Int(surname)])
            return Names(sounds[Int(x)], sounds[Int(y)], x, y)
        }
        let exchange = NameExchange(
            given: given, surname: surname, givenLevel: UInt64(givenLevel), surnameLevel: UInt64(surnameLevel),
            units: UnitColumn(pool), words: NameWords(pool))
        return (exchange, rows)
    }

    /// One name stands in the other record's other field, by its sound.
    @inline(__always)
    func isPossible(_ a: Names, _ b: Names, _ different: UInt32) -> Bool {
        different >> UInt32(given) & 1 == 1 && (a[0] == b[1] || b[0] == a[1])
    }

    /// Raises both names to "exchanged" where one stands in the other's field, by sound, and the other nearly does.
    func settle(_ batch: inout PairBatch, _ rows: CodeRows) {
        let (givenShift, surnameShift) = (UInt64(given * 4), UInt64(surname * 4))
        batch.update { entry in
            if entry.open & Self.mark == 0 { return }
            let (a, b) = (rows.names(of: entry.pair.a), rows.names(of: entry.pair.b))
            if a[3] == 0 || b[3] == 0 { return }
            guard a[0] == b[1] || isNear(a[2], b[3]), b[0] == a[1] || isNear(b[2], a[3]) else { return }
            if entry.pattern >> givenShift & 15 > givenLevel { return }
            entry.pattern &= ~(15 << givenShift | 15 << surnameShift)
            entry.pattern |= givenLevel << givenShift | surnameLevel << surnameShift
        }
    }

    private func isNear(_ x: UInt32, _ y: UInt32) -> Bool {
        x == y || units.rung(x, y, NameLikeness.upperSteps) > 0 && !words.differInWord(x, y)
    }
}
