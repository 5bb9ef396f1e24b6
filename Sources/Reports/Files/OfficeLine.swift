import Records

/// A line of a table for an office, in UTF-8: cells in the office's delimiter, safe to open in a spreadsheet.
struct OfficeLine {
    let delimiter: UInt8
    let end: String
    /// Cells of the line that got a leading `'`: which of its columns, and why.
    private(set) var touched: [(column: Int, why: TouchedCells.Why)] = []
    private var bytes: [UInt8] = []
    private var column = 0

    init(delimiter: UInt8, end: String) {
        self.delimiter = delimiter
        self.end = end
    }

    /// - Parameter kind: of the field whose value it is; `nil` for a word of the tool's own.
    mutating func append(_ cell: String, _ kind: FieldKind? = nil) {
        var cell = cell
        cell.withUTF8 { append($0, kind) }
    }

    mutating func append(_ cell: UnsafeBufferPointer<UInt8>, _ kind: FieldKind? = nil) {
        if column > 0 { bytes.append(delimiter) }
        let why = SpreadsheetText.mark(cell, inOfficeFieldOf: kind)
        if let why { touched.append((column, why)) }
        appendQuoted(cell, isMarked: why != nil)
        column += 1
    }

    /// Hands over the line with its end; the next one begins.
    mutating func finish<Result>(_ body: ([UInt8]) -> Result) -> Result {
        bytes.append(contentsOf: end.utf8)
        let result = body(bytes)
        bytes.removeAll(keepingCapacity: true)
        touched.removeAll(keepingCapacity: true)
        column = 0
        return result
    }

    private mutating func appendQuoted(_ cell: UnsafeBufferPointer<UInt8>, isMarked: Bool) {
        let isSpecial = cell.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0D || $0 == 0x0A }
        if isSpecial { bytes.append(0x22) }
        if isMarked { bytes.append(0x27) }
        guard isSpecial else { return bytes.append(contentsOf: cell) }
        for byte in cell {
            if byte == 0x22 { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}
