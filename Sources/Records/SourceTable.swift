/// One export as it came: every mapped cell as the office wrote it, and where each record stood.
///
/// Columns are parallel to the schema's fields. Cells are codes into the column's own pool of distinct texts.
package struct SourceTable: Sendable {
    /// A column of the export that a field of the registry is mapped to.
    package struct Column: Sendable {
        /// The office's own name for it: a CSV header or an XML path.
        package let header: String
        /// One code a record; 0 is an empty cell.
        package let codes: [UInt32]
        package let values: TextPool

        package init(header: String, codes: [UInt32], values: TextPool) {
            self.header = header
            self.codes = codes
            self.values = values
        }
    }

    package let profile: SourceProfile
    package let file: SourceFile
    /// One per record, in the order of the file.
    package let recordIDs: [UInt32]
    package let recordIDPool: TextPool
    /// Line on which the record begins, from 1.
    package let lines: [UInt32]
    /// Byte of the file at which the record begins, from 0.
    package let offsets: [UInt64]
    /// Parallel to the schema's fields; `nil` where the source does not have the field.
    package let columns: [Column?]
    /// Records whose id somebody else had before: which of its holders each is of, from 1. The others are of the first.
    package let holders: [Int: Int]
    /// Ids of records that are kept from this table, or were erased: they are missing nowhere, and nothing may name them.
    package private(set) var withheld: Set<String> = []

    package init(
        profile: SourceProfile, file: SourceFile, recordIDs: [UInt32], recordIDPool: TextPool, lines: [UInt32],
        offsets: [UInt64], columns: [Column?], holders: [Int: Int] = [:]
    ) {
        self.profile = profile
        self.file = file
        self.recordIDs = recordIDs
        self.recordIDPool = recordIDPool
        self.lines = lines
        self.offsets = offsets
        self.columns = columns
        self.holders = holders
    }

    package var count: Int { recordIDs.count }

    package func withholding(_ ids: Set<String>) -> SourceTable {
        var table = self
        table.withheld = ids
        return table
    }

    /// Of one number a record.
    package static func holders(_ numbers: [Int]) -> [Int: Int] {
        Dictionary(uniqueKeysWithValues: numbers.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) })
    }

    package func holder(_ record: Int) -> Int { holders.isEmpty ? 0 : holders[record] ?? 0 }

    /// The source's name in the rule book.
    package var source: String { profile.name }
}
