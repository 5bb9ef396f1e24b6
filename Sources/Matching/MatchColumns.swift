package import Records
import Standards

/// The values that pairs are compared on: the normalised columns without days that are written where none is known, and
/// with the birth date of a valid resident id filled in where the date is missing.
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
        for field in fields.indices where fields[field].kind == .date {
            columns[field] = Self.known(columns[field], isBirth: field == birthDate)
        }
        if let id = fields.firstIndex(where: { $0.kind == .residentID && !$0.isOfAnother }),
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

    init(columns: [RecordTable.Column], sources: [UInt16], birthDate: Int?) {
        count = sources.count
        self.columns = columns
        self.sources = sources
        self.birthDate = birthDate
    }

    /// Some of the rows by themselves, with the values of some fields; the others are empty.
    ///
    /// - Parameter rows: ascending.
    /// - Returns: also, by field, the code here of each value there.
    func part(_ rows: [UInt32], fields: Set<Int>, threads: Int) -> (columns: MatchColumns, codes: [[UInt32]]) {
        let taken = Parallel.map(columns.count, threads: threads) { field in
            fields.contains(field) ? Self.part(columns[field], rows) : (Self.empty(rows.count), [0])
        }
        let part = MatchColumns(
            columns: taken.map(\.0), sources: rows.map { sources[Int($0)] }, birthDate: birthDate)
        return (part, taken.map(\.1))
    }

    private static func empty(_ rows: Int) -> RecordTable.Column {
        RecordTable.Column(
            codes: [UInt32](repeating: 0, count: rows), values: TextPool(), isWellFormed: [false])
    }

    private static func part(_ column: RecordTable.Column, _ rows: [UInt32]) -> (RecordTable.Column, [UInt32]) {
        let part = column.values.picked(rows.lazy.map { column.codes[Int($0)] })
        let isWellFormed = part.origins.map { column.isWellFormed[Int($0)] }
        return (RecordTable.Column(codes: part.codes, values: part.pool, isWellFormed: isWellFormed), part.origins)
    }

    /// A day that is written where none is known says nothing of two records that have it.
    private static func known(_ dates: RecordTable.Column, isBirth: Bool) -> RecordTable.Column {
        let placeholders = isBirth ? PlausibleDays.placeholders : PlausibleDays.inventions
        let isUnknown = (0..<dates.values.count).map {
            placeholders.contains(DateShape.packed(dates.values, UInt32($0)))
        }
        guard isUnknown.contains(true) else { return dates }
        return RecordTable.Column(
            codes: dates.codes.map { isUnknown[Int($0)] ? 0 : $0 }, values: dates.values,
            isWellFormed: dates.isWellFormed)
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
