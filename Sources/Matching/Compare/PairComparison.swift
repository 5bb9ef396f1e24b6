import Records

/// Everything that is needed to turn a pair of rows into its pattern of levels: four bits a compared field, the first
/// field lowest.
struct PairComparison: Sendable {
    struct Entry: Sendable {
        let field: Int
        let comparator: Comparator
        let role: MatchPlan.Role
        let column: any PreparedColumn
        let codes: [UInt32]
    }

    let entries: [Entry]
    private let exchange: NameExchange?

    init(_ plan: MatchPlan, columns: MatchColumns, threads: Int) {
        entries = Parallel.map(plan.comparisons.count, threads: threads) { index in
            let comparison = plan.comparisons[index]
            guard let comparator = Comparator.named(comparison.comparator) else {
                preconditionFailure("the rule book reader lets only known comparators through")
            }
            let column = columns[comparison.field]
            return Entry(
                field: comparison.field, comparator: comparator, role: comparison.role ?? comparator.role,
                column: comparator.prepare(column, comparator.ladder), codes: column.codes)
        }
        exchange = NameExchange(entries, columns: columns)
    }

    func patterns(of pairs: [RowPair]) -> [UInt64] {
        var patterns = [UInt64](repeating: 0, count: pairs.count)
        for (index, entry) in entries.enumerated() {
            entry.column.fill(&patterns, shift: UInt64(index * 4), pairs: pairs, codes: entry.codes)
        }
        exchange?.mark(&patterns, pairs: pairs)
        return patterns
    }
}

/// Given name and surname in each other's field: a level of its own in both (MODEL §1), also when one of the two is
/// misspelt.
struct NameExchange: Sendable {
    private let given: Int
    private let surname: Int
    private let givenLevel: UInt64
    private let surnameLevel: UInt64
    private let givenCodes: [UInt32]
    private let surnameCodes: [UInt32]
    /// Code of the same text in the other field's pool, 0 where it is not there.
    private let asSurname: [UInt32]
    private let givenColumn: GivenNameColumn
    private let surnameColumn: SurnameColumn

    init?(_ entries: [PairComparison.Entry], columns: MatchColumns) {
        guard let given = entries.firstIndex(where: { $0.column is GivenNameColumn }),
            let surname = entries.firstIndex(where: { $0.column is SurnameColumn }),
            let givenColumn = entries[given].column as? GivenNameColumn,
            let surnameColumn = entries[surname].column as? SurnameColumn,
            let givenLevel = entries[given].comparator.ladder.exchanged,
            let surnameLevel = entries[surname].comparator.ladder.exchanged
        else { return nil }
        self.given = given
        self.surname = surname
        self.givenLevel = UInt64(givenLevel)
        self.surnameLevel = UInt64(surnameLevel)
        self.givenColumn = givenColumn
        self.surnameColumn = surnameColumn
        givenCodes = entries[given].codes
        surnameCodes = entries[surname].codes
        let givenValues = columns[entries[given].field].values
        let surnameValues = columns[entries[surname].field].values
        var interner = TextInterner(expecting: surnameValues.count)
        for code in 0..<surnameValues.count { _ = interner.intern(surnameValues[UInt32(code)]) }
        let known = UInt32(surnameValues.count)
        asSurname = (0..<givenValues.count).map { code in
            let same = interner.intern(givenValues[UInt32(code)])
            return same < known ? same : 0
        }
    }

    /// Raises both names to "exchanged" where one stands exactly, and the other exactly or nearly, in the other's field.
    func mark(_ patterns: inout [UInt64], pairs: [RowPair]) {
        let (givenShift, surnameShift) = (UInt64(given * 4), UInt64(surname * 4))
        for index in pairs.indices {
            let (a, b) = (Int(pairs[index].a), Int(pairs[index].b))
            let (givenA, givenB) = (givenCodes[a], givenCodes[b])
            let (surnameA, surnameB) = (surnameCodes[a], surnameCodes[b])
            if givenA == 0 || givenB == 0 || surnameA == 0 || surnameB == 0 { continue }
            let first = asSurname[Int(givenA)]
            let second = asSurname[Int(givenB)]
            let firstAgrees = first != 0 && first == surnameB
            let secondAgrees = second != 0 && second == surnameA
            guard firstAgrees || secondAgrees else { continue }
            guard firstAgrees && secondAgrees || isNear(firstAgrees ? second : first, firstAgrees ? surnameA : surnameB)
            else { continue }
            let level = patterns[index] >> givenShift & 15
            if level > givenLevel { continue }
            patterns[index] &= ~(15 << givenShift | 15 << surnameShift)
            patterns[index] |= givenLevel << givenShift | surnameLevel << surnameShift
        }
    }

    private func isNear(_ x: UInt32, _ y: UInt32) -> Bool {
        guard x != 0, y != 0 else { return false }
        return surnameColumn.units.jaroWinkler(x, y, atLeast: NameLikeness.alike) >= NameLikeness.alike
    }
}
