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
    private let rows: CodeRows
    /// Level of every distinct value with itself, field after field.
    private let exactLevels: [UInt8]
    /// Where each field's begin.
    private let exactStarts: [Int]
    private let exchange: NameExchange?
    /// Fields whose comparing is worth avoiding; bit f is field f.
    let dearFields: UInt32

    init(_ plan: MatchPlan, columns: MatchColumns, threads: Int) {
        let entries = Parallel.map(plan.comparisons.count, threads: threads) { index in
            let comparison = plan.comparisons[index]
            guard let comparator = Comparator.named(comparison.comparator) else {
                preconditionFailure("the rule book reader lets only known comparators through")
            }
            let column = columns[comparison.field]
            return Entry(
                field: comparison.field, comparator: comparator, role: comparison.role ?? comparator.role,
                column: comparator.prepare(column, comparator.ladder), codes: column.codes)
        }
        self.entries = entries
        rows = CodeRows(plan.comparisons.map { columns[$0.field] }, rows: columns.count, threads: threads)
        var starts: [Int] = []
        var exact: [UInt8] = []
        for entry in entries {
            starts.append(exact.count)
            exact += entry.column.exactLevels
        }
        exactLevels = exact
        exactStarts = starts
        exchange = NameExchange(entries, columns: columns)
        dearFields = entries.enumerated().reduce(0) { $1.element.column.isDear ? $0 | 1 << UInt32($1.offset) : $0 }
    }

    /// Takes a pair into a batch with what equal codes tell of it.
    @inline(__always)
    func open(_ pair: RowPair, in batch: inout PairBatch) {
        var (equal, different) = rows.compare(pair)
        var pattern: UInt64 = 0
        while equal != 0 {
            let field = equal.trailingZeroBitCount
            equal &= equal - 1
            let level = exactLevels[exactStarts[field] + Int(rows.code(pair.a, field))]
            pattern |= UInt64(level) << UInt64(field * 4)
        }
        // Names that may stand in each other's field are settled together.
        if let exchange, exchange.isPossible(pair, different) { different |= NameExchange.mark }
        batch.append(pair, pattern: pattern, open: different)
    }

    /// Finds the levels of the open fields that are in `fields`.
    func compare(_ batch: inout PairBatch, fields: UInt32) {
        for (index, entry) in entries.enumerated() where fields >> UInt32(index) & 1 == 1 {
            entry.column.fill(&batch, field: index, rows: rows)
        }
        if fields & dearFields == dearFields { exchange?.settle(&batch) }
        batch.close(fields)
    }

    /// The whole pattern of each pair.
    func patterns(of pairs: [RowPair]) -> [UInt64] {
        var batch = PairBatch()
        for pair in pairs { open(pair, in: &batch) }
        compare(&batch, fields: .max)
        return batch.patterns
    }
}

/// Given name and surname in each other's field: a level of its own in both (MODEL §1), also when one of the two is
/// misspelt.
struct NameExchange: Sendable {
    /// Set among a pair's open fields where the two names may be exchanged; beyond the bits of the fields.
    static let mark: UInt32 = 1 << 31
    let given: Int
    let surname: Int
    private let givenLevel: UInt64
    private let surnameLevel: UInt64
    private let givenCodes: [UInt32]
    private let surnameCodes: [UInt32]
    /// Code of the same text in the other field's pool, 0 where it is not there.
    private let asSurname: [UInt32]
    private let surnameColumn: SurnameColumn

    init?(_ entries: [PairComparison.Entry], columns: MatchColumns) {
        guard let given = entries.firstIndex(where: { $0.column is GivenNameColumn }),
            let surname = entries.firstIndex(where: { $0.column is SurnameColumn }),
            let surnameColumn = entries[surname].column as? SurnameColumn,
            let givenLevel = entries[given].comparator.ladder.exchanged,
            let surnameLevel = entries[surname].comparator.ladder.exchanged
        else { return nil }
        self.given = given
        self.surname = surname
        self.givenLevel = UInt64(givenLevel)
        self.surnameLevel = UInt64(surnameLevel)
        self.surnameColumn = surnameColumn
        givenCodes = entries[given].codes
        surnameCodes = entries[surname].codes
        let givenValues = columns[entries[given].field].values
        let surnameValues = columns[entries[surname].field].values
        var interner = TextInterner(expecting: surnameValues.count)
        for code in 0..<surnameValues.count { _ = surnameValues.withUTF8(UInt32(code)) { interner.intern($0) } }
        let known = UInt32(surnameValues.count)
        asSurname = (0..<givenValues.count).map { code in
            let same = givenValues.withUTF8(UInt32(code)) { interner.intern($0) }
            return same < known ? same : 0
        }
    }

    /// One name stands exactly in the other record's other field.
    @inline(__always)
    func isPossible(_ pair: RowPair, _ different: UInt32) -> Bool {
        guard different >> UInt32(given) & 1 == 1 else { return false }
        let (a, b) = (Int(pair.a), Int(pair.b))
        let first = asSurname[Int(givenCodes[a])]
        let second = asSurname[Int(givenCodes[b])]
        return first != 0 && first == surnameCodes[b] || second != 0 && second == surnameCodes[a]
    }

    /// Raises both names to "exchanged" where one stands exactly, and the other exactly or nearly, in the other's field.
    func settle(_ batch: inout PairBatch) {
        for index in batch.pairs.indices where batch.open[index] & Self.mark != 0 {
            let (a, b) = (Int(batch.pairs[index].a), Int(batch.pairs[index].b))
            let (surnameA, surnameB) = (surnameCodes[a], surnameCodes[b])
            let (first, second) = (asSurname[Int(givenCodes[a])], asSurname[Int(givenCodes[b])])
            guard surnameA != 0, surnameB != 0 else { continue }
            let firstAgrees = first != 0 && first == surnameB
            let secondAgrees = second != 0 && second == surnameA
            guard firstAgrees && secondAgrees || isNear(firstAgrees ? second : first, firstAgrees ? surnameA : surnameB)
            else { continue }
            let (givenShift, surnameShift) = (UInt64(given * 4), UInt64(surname * 4))
            if batch.patterns[index] >> givenShift & 15 > givenLevel { continue }
            batch.patterns[index] &= ~(15 << givenShift | 15 << surnameShift)
            batch.patterns[index] |= givenLevel << givenShift | surnameLevel << surnameShift
        }
    }

    private func isNear(_ x: UInt32, _ y: UInt32) -> Bool {
        guard x != 0, y != 0 else { return false }
        return x == y || surnameColumn.units.jaroWinkler(x, y, atLeast: NameLikeness.alike) >= NameLikeness.alike
    }
}
