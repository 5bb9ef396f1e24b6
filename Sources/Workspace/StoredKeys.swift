import GRDB
import Records

/// The stored records that a run's rows are known as, and those of the same sources that its exports no longer have.
package struct StoredKeys: Sendable {
    /// One per row; 0 for a record that is not stored yet.
    let rows: [Int64]
    /// All stored records of the sources that take part, ascending, but for those that are left out: they take no part.
    private let known: [Int64]
    private let rowOf: RowsByKey

    init(_ records: RecordTable, _ db: Database) throws {
        var (rows, known): ([Int64], [Int64]) = ([], [])
        for source in records.sources {
            var register = try RecordTables.register(ofSource: source.source, db)
            rows += register.keys(of: source)
            known += register.keys
        }
        let leftOut = Set(try RestrictionTable.leftOut(db))
        if !leftOut.isEmpty { known.removeAll { leftOut.contains($0) } }
        let isAscending = zip(known, known.dropFirst()).allSatisfy { $0 < $1 }
        self.rows = rows
        self.known = isAscending ? known : known.sorted()
        rowOf = RowsByKey(rows)
    }

    /// The row of a stored record; `nil` when the run does not have it.
    package func row(of key: Int64) -> Int? { rowOf.row(of: key) }

    /// The stored record of a row; 0 when it is not stored yet.
    package func key(of row: Int) -> Int64 { rows[row] }

    /// Whether a stored record is in its export; `nil` for one of a source that takes no part.
    func isPresent(_ key: Int64) -> Bool? {
        if rowOf.row(of: key) != nil { return true }
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < known.count && known[low] == key ? false : nil
    }
}
