import Records

/// Which distinct values of which columns the checks of values have something to say of, and the way from there to rows.
struct MarkedValues: Sendable {
    /// Marks of one column of codes.
    private struct Column: Sendable {
        let field: Int
        /// Row of the first code.
        let firstRow: Int
        let codes: [UInt32]
        /// Per code: 0, or one more than an index into `marks`.
        let slots: [UInt32]
        let marks: [[(check: Int, hit: Hit)]]
    }

    private let checks: [Check]
    private let columns: [Column]

    init(_ facts: Facts, _ checks: [Check], threads: Int) {
        self.checks = checks
        let records = facts.records
        var columns: [Column] = []
        for field in records.schema.fields.indices {
            let info = records.schema.fields[field]
            let forValues = checks.enumerated().compactMap { index, check -> Inspection? in
                guard case .values(let applies, let judge) = check.search, applies(info) else { return nil }
                return Inspection(check: index, traits: [], judge: judge)
            }
            let column = records.columns[field]
            if let marked = Self.mark(
                field, 0, column.codes, column.values, column.isWellFormed, forValues, facts, threads)
            {
                columns.append(marked)
            }
            let forCells = checks.enumerated().compactMap { index, check -> Inspection? in
                guard case .rawCells(let applies, let traits, let judge) = check.search, applies(info) else {
                    return nil
                }
                return Inspection(check: index, traits: traits, judge: judge)
            }
            for (source, start) in zip(records.sources, records.starts) {
                guard let cells = source.columns[field] else { continue }
                if let marked = Self.mark(field, start, cells.codes, cells.values, nil, forCells, facts, threads) {
                    columns.append(marked)
                }
            }
        }
        self.columns = columns
    }

    func findings(in rows: Range<Int>) -> [Finding] {
        var findings: [Finding] = []
        for column in columns {
            let range = rows.clamped(to: column.firstRow..<column.firstRow + column.codes.count)
            for row in range {
                let slot = column.slots[Int(column.codes[row - column.firstRow])]
                if slot == 0 { continue }
                for (check, hit) in column.marks[Int(slot) - 1] {
                    findings.append(checks[check].finding(row, hit))
                }
            }
        }
        return findings
    }

    private struct Inspection: Sendable {
        let check: Int
        /// Kinds of bytes of which a text has to have one; none: every text is looked at.
        let traits: ByteTraits
        let judge: @Sendable (DistinctValue, Facts) -> Hit?
    }

    private static func mark(
        _ field: Int, _ firstRow: Int, _ codes: [UInt32], _ values: TextPool, _ isWellFormed: [Bool]?,
        _ inspections: [Inspection], _ facts: Facts, _ threads: Int
    ) -> Column? {
        if inspections.isEmpty || values.count < 2 { return nil }
        let size = 32_768
        let found = Parallel.map((values.count + size - 1) / size, threads: threads) { part in
            var found: [(code: UInt32, check: Int, hit: Hit)] = []
            let isPlain = inspections.allSatisfy { !$0.traits.isEmpty }
            let any = inspections.reduce(into: ByteTraits()) { $0.formUnion($1.traits) }
            ByteTraits.withTable { table in
                values.withView { values in
                    for code in max(1, part * size)..<min(values.count, (part + 1) * size) {
                        let bytes = values[UInt32(code)]
                        let traits = any.isEmpty ? [] : ByteTraits(of: bytes, table)
                        if isPlain, traits.isDisjoint(with: any) { continue }
                        let value = DistinctValue(
                            field: field, code: UInt32(code), bytes: bytes, isWellFormed: isWellFormed?[code] ?? true)
                        for inspection in inspections
                        where inspection.traits.isEmpty || !inspection.traits.isDisjoint(with: traits) {
                            guard var hit = inspection.judge(value, facts) else { continue }
                            hit.field = field
                            found.append((UInt32(code), inspection.check, hit))
                        }
                    }
                }
            }
            return found
        }
        if found.allSatisfy(\.isEmpty) { return nil }
        var slots = [UInt32](repeating: 0, count: values.count)
        var marks: [[(check: Int, hit: Hit)]] = []
        for (code, check, hit) in found.joined() {
            if slots[Int(code)] == 0 {
                marks.append([])
                slots[Int(code)] = UInt32(marks.count)
            }
            marks[Int(slots[Int(code)]) - 1].append((check, hit))
        }
        return Column(field: field, firstRow: firstRow, codes: codes, slots: slots, marks: marks)
    }
}
