package import Records
import Standards

/// The values that pairs are compared on: the normalised columns, with the birth date of a valid resident id filled in
/// where the date is missing.
///
/// The table itself is not changed: what is inferred here serves comparing only, the finding and the master say so.
package struct MatchColumns: Sendable {
    package let count: Int
    private let columns: [RecordTable.Column]
    /// Index of the source of each row.
    let sources: [UInt16]
    /// Index of the field that is the date of birth, if the schema has one.
    let birthDate: Int?

    package subscript(field: Int) -> RecordTable.Column { columns[field] }

    package init(_ records: RecordTable) {
        count = records.count
        birthDate = records.schema.birthDate
        var columns = records.columns
        let fields = records.schema.fields
        if let id = fields.firstIndex(where: { $0.kind == .residentID }),
            let birth = records.schema.birthDate
        {
            columns[birth] = Self.filling(columns[birth], from: columns[id])
        }
        self.columns = columns
        var sources = [UInt16]()
        sources.reserveCapacity(count)
        for (index, source) in records.sources.enumerated() {
            sources += repeatElement(UInt16(index), count: source.count)
        }
        self.sources = sources
    }

    private static func filling(_ dates: RecordTable.Column, from ids: RecordTable.Column) -> RecordTable.Column {
        let inferred = (0..<ids.values.count).map { code -> String in
            guard code != 0, let id = ResidentID(ids.values[UInt32(code)]), id.isValid else { return "" }
            return id.birthDate?.description ?? ""
        }
        var interner = TextInterner(expecting: dates.values.count)
        for code in 1..<max(1, dates.values.count) { _ = interner.intern(dates.values[UInt32(code)]) }
        let added = inferred.map { interner.intern($0) }
        var codes = dates.codes
        for row in codes.indices where codes[row] == 0 { codes[row] = added[Int(ids.codes[row])] }
        let pool = interner.pool
        let wellFormed =
            dates.isWellFormed + [Bool](repeating: true, count: max(0, pool.count - dates.isWellFormed.count))
        return RecordTable.Column(codes: codes, values: pool, isWellFormed: wellFormed)
    }
}
