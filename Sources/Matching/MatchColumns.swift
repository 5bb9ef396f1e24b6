package import Records
import Standards

/// The values that pairs are compared on: the normalised columns, with what a resident id says filled in where a birth
/// date or sex is missing.
///
/// The table itself is not changed: what is inferred here serves comparing only, the finding and the master say so.
package struct MatchColumns: Sendable {
    package let count: Int
    private let columns: [RecordTable.Column]
    /// Index of the source of each row.
    let sources: [UInt8]

    package subscript(field: Int) -> RecordTable.Column { columns[field] }

    package init(_ records: RecordTable) {
        count = records.count
        var columns = records.columns
        let fields = records.schema.fields
        if let id = fields.firstIndex(where: { $0.kind == .residentID }),
            let birth = fields.firstIndex(where: { $0.kind == .date && Self.birthNames.contains($0.name) })
        {
            columns[birth] = Self.filling(columns[birth], from: columns[id])
        }
        self.columns = columns
        var sources = [UInt8]()
        sources.reserveCapacity(count)
        for (index, source) in records.sources.enumerated() {
            sources += repeatElement(UInt8(truncatingIfNeeded: index), count: source.count)
        }
        self.sources = sources
    }

    /// Names by which a date field is known to be the date of birth.
    private static let birthNames: Set<String> = ["birth_date", "birth", "dob", "date_of_birth", "birthday"]

    private static func filling(_ dates: RecordTable.Column, from ids: RecordTable.Column) -> RecordTable.Column {
        let inferred = (0..<ids.values.count).map { code in
            code == 0 ? "" : ResidentID(ids.values[UInt32(code)])?.birthDate?.description ?? ""
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
