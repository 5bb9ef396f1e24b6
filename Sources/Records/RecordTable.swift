/// All records of a run: the exports as they came, and beside them one column of normalised values per field.
///
/// Rows are numbered from 0 over all sources in the order of the rule book; a row number is the handle of a record
/// everywhere in a run.
package struct RecordTable: Sendable {
    /// Normalised values of one field over all rows. Equal values have equal codes, whatever source they come from.
    package struct Column: Sendable {
        /// One code a row; 0 is missing (empty, or a placeholder such as 不详).
        package let codes: [UInt32]
        package let values: TextPool
        /// One per distinct value: does it have the form its kind asks for? Index 0 is unused.
        package let isWellFormed: [Bool]

        package init(codes: [UInt32], values: TextPool, isWellFormed: [Bool]) {
            self.codes = codes
            self.values = values
            self.isWellFormed = isWellFormed
        }
    }

    package let schema: Schema
    package let sources: [SourceTable]
    /// Parallel to the schema's fields.
    package let columns: [Column]
    /// `starts[s]` is the first row of source `s`; one more entry closes the last source.
    package let starts: [Int]

    package init(schema: Schema, sources: [SourceTable], columns: [Column]) {
        precondition(columns.count == schema.fields.count, "one column per field")
        self.schema = schema
        self.sources = sources
        self.columns = columns
        var starts = [0]
        for source in sources { starts.append(starts[starts.count - 1] + source.count) }
        self.starts = starts
    }

    package var count: Int { starts[starts.count - 1] }

    /// Index of the source that row `row` comes from.
    package func sourceIndex(of row: Int) -> Int {
        var index = 0
        while starts[index + 1] <= row { index += 1 }
        return index
    }

    package func recordID(_ row: Int) -> String {
        let source = sourceIndex(of: row)
        return sources[source].recordIDPool[sources[source].recordIDs[row - starts[source]]]
    }

    package func key(_ row: Int) -> RecordKey {
        RecordKey(source: sources[sourceIndex(of: row)].source, recordID: recordID(row), holder: holder(row))
    }

    /// Which of those who had the row's id one after the other it is of; 0 for the first, which is nearly always all.
    package func holder(_ row: Int) -> Int {
        let source = sourceIndex(of: row)
        return sources[source].holder(row - starts[source])
    }

    /// The normalised value; empty when missing.
    package func value(_ row: Int, _ field: Int) -> String {
        columns[field].values[columns[field].codes[row]]
    }

    /// The cell as the office wrote it; empty when the cell is empty or the source has no such column.
    package func raw(_ row: Int, _ field: Int) -> String {
        let source = sourceIndex(of: row)
        return sources[source].columns[field].map { $0.values[$0.codes[row - starts[source]]] } ?? ""
    }

    package func isMissing(_ row: Int, _ field: Int) -> Bool {
        columns[field].codes[row] == 0
    }

    package func isWellFormed(_ row: Int, _ field: Int) -> Bool {
        let code = columns[field].codes[row]
        return code != 0 && columns[field].isWellFormed[Int(code)]
    }

    /// Whether the row's source has a column for the field at all.
    package func isMapped(_ row: Int, _ field: Int) -> Bool {
        sources[sourceIndex(of: row)].columns[field] != nil
    }

    package func origin(_ row: Int) -> Origin {
        let index = sourceIndex(of: row)
        let (source, record) = (sources[index], row - starts[index])
        return Origin(
            file: source.file.path, line: Int(source.lines[record]), byteOffset: source.offsets[record],
            path: source.lines[record] == 0 ? nil : source.file.recordPath.map { "\($0)[\(record + 1)]" })
    }
}

/// A record's name outside a run: the source's name in the rule book and the office's own record id.
package struct RecordKey: Sendable, Hashable, Comparable {
    package let source: String
    package let recordID: String
    /// Which of those who had the id one after the other: what is said of one is not said of the next.
    package let holder: Int

    package init(source: String, recordID: String, holder: Int = 0) {
        self.source = source
        self.recordID = recordID
        self.holder = holder
    }

    /// Whether the id is the place of a record that came without one, in a source whose records have ids.
    package static func isPlace(_ recordID: String) -> Bool {
        guard recordID.hasPrefix("line ") else { return false }
        let digits = recordID.dropFirst(5).prefix { $0 != "#" }
        return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }

    package static func < (left: RecordKey, right: RecordKey) -> Bool {
        (left.source, left.recordID, left.holder) < (right.source, right.recordID, right.holder)
    }
}

/// Where a record stood when it was read.
package struct Origin: Sendable, Hashable {
    package let file: String
    /// From 1; 0 for a record that an export of changes does not name.
    package let line: Int
    /// From 0.
    package let byteOffset: UInt64
    /// XML: element path with the record's ordinal, `/export/clients/client[17]`.
    package let path: String?

    package init(file: String, line: Int, byteOffset: UInt64, path: String? = nil) {
        self.file = file
        self.line = line
        self.byteOffset = byteOffset
        self.path = path
    }
}
