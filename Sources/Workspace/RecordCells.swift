import Crypto
import Records

/// The cells of one record as the office wrote them, end to end, each after its length: one blob a record.
enum RecordCells {
    /// The range of each cell in `bytes`; `nil` when they are not `count` cells.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, count: Int) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        var place = 0
        for _ in 0..<count {
            guard let length = bytes.varint(at: &place), length <= UInt64(bytes.count - place) else { return nil }
            ranges.append(place..<place + Int(length))
            place += Int(length)
        }
        return place == bytes.count ? ranges : nil
    }

    /// Over layout, record id and cells: says that this is what the office delivered under this id.
    ///
    /// - Parameter scratch: room to lay them end to end, kept from record to record.
    static func digest(
        layout: [UInt8], recordID: UnsafeBufferPointer<UInt8>, cells: UnsafeBufferPointer<UInt8>,
        scratch: inout [UInt8]
    ) -> SHA256.Digest {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: layout)
        scratch.append(varint: UInt64(recordID.count))
        scratch.append(contentsOf: recordID)
        scratch.append(contentsOf: cells)
        var hash = SHA256()
        scratch.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize()
    }
}

/// Writes the cells of record after record, from where the columns of an export hold them.
struct CellWriter {
    private struct Column {
        let codes: UnsafeBufferPointer<UInt32>
        let bytes: UnsafeBufferPointer<UInt8>
        /// Where each distinct value begins, and the end of the last one.
        let starts: [Int]
    }

    private var columns: [Column] = []

    /// Calls `body` with the writer of `columns`, which is valid within that call only.
    static func with<Result>(
        _ columns: [SourceTable.Column], _ body: (CellWriter) throws -> Result
    ) rethrows -> Result {
        try with(columns[...], CellWriter(), body)
    }

    private static func with<Result>(
        _ rest: ArraySlice<SourceTable.Column>, _ writer: CellWriter, _ body: (CellWriter) throws -> Result
    ) rethrows -> Result {
        guard let column = rest.first else { return try body(writer) }
        let starts = (0..<column.values.count).map { column.values.range(of: UInt32($0)).lowerBound }
        return try column.codes.withUnsafeBufferPointer { codes in
            try column.values.bytes.withUnsafeBufferPointer { bytes in
                var writer = writer
                writer.columns.append(Column(codes: codes, bytes: bytes, starts: starts + [bytes.count]))
                return try with(rest.dropFirst(), writer, body)
            }
        }
    }

    func write(_ record: Int, into cells: inout [UInt8]) {
        for column in columns {
            let code = Int(column.codes[record])
            let cell = UnsafeBufferPointer(rebasing: column.bytes[column.starts[code]..<column.starts[code + 1]])
            cells.append(varint: UInt64(cell.count))
            cells.append(contentsOf: cell)
        }
    }
}
