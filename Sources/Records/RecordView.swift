import Foundation

/// A `RecordTable` as it lies in memory, for loops over every cell. Not to be kept.
package struct RecordView {
    /// Codes of the rows, and the texts they stand for.
    package struct Column {
        package let codes: UnsafeBufferPointer<UInt32>
        package let values: TextView

        package subscript(row: Int) -> UnsafeBufferPointer<UInt8> { values[codes[row]] }

        /// Whether both lie in the same memory.
        fileprivate func isSame(as other: Column) -> Bool {
            codes.baseAddress == other.codes.baseAddress && values.bytes.baseAddress == other.values.bytes.baseAddress
                && values.count == other.values.count
        }
    }

    package let records: RecordTable
    /// Normalised, parallel to the schema's fields.
    package let columns: [Column]
    /// As written, source by source, parallel to the schema's fields.
    fileprivate let written: [Column?]
    fileprivate let ids: [Column]
    fileprivate let lines: [UnsafeBufferPointer<UInt32>]
    fileprivate let sourceNames: [String]
    fileprivate let isSpelt: [Bool]
    /// Fields of which normalising changed nothing at all.
    fileprivate let isUnchanged: [Bool]

    /// The name of the row's source in the rule book.
    package func source(_ row: Int) -> String { sourceNames[records.sourceIndex(of: row)] }

    /// The office's record id.
    package func recordID(_ row: Int) -> UnsafeBufferPointer<UInt8> {
        let source = records.sourceIndex(of: row)
        return ids[source][row - records.starts[source]]
    }

    /// Line of its file on which the record begins, from 1.
    package func line(_ row: Int) -> Int {
        let source = records.sourceIndex(of: row)
        return Int(lines[source][row - records.starts[source]])
    }

    package func key(_ row: Int) -> RecordKey {
        RecordKey(
            source: source(row), recordID: String(decoding: recordID(row), as: UTF8.self), holder: records.holder(row))
    }

    /// By source and record id, so that it does not depend on where records stand in their files.
    package func precedes(_ row: Int, _ other: Int) -> Bool {
        let (source, its) = (sourceNames[records.sourceIndex(of: row)], sourceNames[records.sourceIndex(of: other)])
        return source == its ? recordID(row).lexicographicallyPrecedes(recordID(other)) : source < its
    }

    /// The cell as the office wrote it; empty when its source has no such column.
    package func raw(_ row: Int, _ field: Int) -> UnsafeBufferPointer<UInt8> {
        let source = records.sourceIndex(of: row)
        guard let column = written[source * columns.count + field] else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return column[row - records.starts[source]]
    }

    /// The bytes of `RecordTable.shown`.
    package func withShown<Result>(
        _ row: Int, _ field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let value = columns[field][row]
        guard isSpelt[field], (value.first ?? 0xFF) < 0x80 else { return body(value) }
        let raw = raw(row, field)
        if hasSingleBlanks(raw) { return body(raw) }
        var shown = records.shown(row, field)
        return shown.withUTF8(body)
    }

    /// Whether every cell of the field is shown just as the office wrote it. May say no where they are. Looks at each value
    /// once, which is far less than each cell.
    package func isShownUnchanged(_ field: Int) -> Bool {
        if !isSpelt[field] { return isUnchanged[field] }
        let column = columns[field]
        guard column.values.allSatisfy({ ($0.first ?? 0) < 0x80 }) else { return false }
        return records.sources.indices.allSatisfy { source in
            guard let written = written[source * columns.count + field] else { return false }
            let start = records.starts[source]
            return written.values.allSatisfy { $0.isEmpty || hasSingleBlanks($0) }
                && written.codes.indices.allSatisfy { (written.codes[$0] == 0) == (column.codes[start + $0] == 0) }
        }
    }

    /// Whether the cell is shown just as the office wrote it.
    package func isShownUnchanged(_ row: Int, _ field: Int) -> Bool {
        if isUnchanged[field], !isSpelt[field] { return true }
        let value = columns[field][row]
        let raw = raw(row, field)
        guard isSpelt[field], (value.first ?? 0xFF) < 0x80 else { return holdSame(value, raw) }
        return hasSingleBlanks(raw) || records.shown(row, field) == records.raw(row, field)
    }
}

/// Whether both hold the same bytes.
private func holdSame(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard left.count == right.count, let from = left.baseAddress, let to = right.baseAddress else {
        return left.isEmpty && right.isEmpty
    }
    return memcmp(from, to, left.count) == 0
}

extension RecordTable {
    package func withView<Result>(_ body: (RecordView) throws -> Result) rethrows -> Result {
        var parts = columns.map { ($0.codes, $0.values) }
        for source in sources {
            parts.append((source.recordIDs, source.recordIDPool))
            parts.append((source.lines, source.recordIDPool))
            for column in source.columns { if let column { parts.append((column.codes, column.values)) } }
        }
        return try Self.withColumns(parts[...], []) { all in
            var rest = all[columns.count...]
            var ids: [RecordView.Column] = []
            var lines: [UnsafeBufferPointer<UInt32>] = []
            var written: [RecordView.Column?] = []
            for source in sources {
                ids.append(rest.removeFirst())
                lines.append(rest.removeFirst().codes)
                for column in source.columns { written.append(column == nil ? nil : rest.removeFirst()) }
            }
            let normalised = Array(all[..<columns.count])
            return try body(
                RecordView(
                    records: self, columns: normalised, written: written, ids: ids, lines: lines,
                    sourceNames: sources.map(\.source),
                    isSpelt: schema.fields.map(\.kind.isShownAsSpelt),
                    isUnchanged: normalised.enumerated().map { field, column in
                        sources.count == 1 && written[field].map { column.isSame(as: $0) } == true
                    }))
        }
    }

    private static func withColumns<Result>(
        _ parts: ArraySlice<([UInt32], TextPool)>, _ views: [RecordView.Column],
        _ body: ([RecordView.Column]) throws -> Result
    ) rethrows -> Result {
        guard let (codes, values) = parts.first else { return try body(views) }
        return try codes.withUnsafeBufferPointer { codes in
            try values.withView { values in
                try withColumns(
                    parts.dropFirst(), views + [RecordView.Column(codes: codes, values: values)], body)
            }
        }
    }
}
