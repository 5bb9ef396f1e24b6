/// A line of a table for an office, in UTF-8: cells in the office's delimiter, safe to open in a spreadsheet.
struct OfficeLine {
    let delimiter: UInt8
    let end: String
    /// Cells so far that got a leading `'`.
    private(set) var guarded = 0
    private var bytes: [UInt8] = []
    private var isFirst = true

    init(delimiter: UInt8, end: String) {
        self.delimiter = delimiter
        self.end = end
    }

    mutating func append(_ cell: String) {
        var cell = cell
        cell.withUTF8 { append($0) }
    }

    mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
        if !isFirst { bytes.append(delimiter) }
        isFirst = false
        if let first = cell.first, mayBeFormula(first) {
            let text = String(decoding: cell, as: UTF8.self)
            var safe = guardedCell(text)
            if safe.utf8.count != text.utf8.count { guarded += 1 }
            safe.withUTF8 { appendQuoted($0) }
        } else {
            appendQuoted(cell)
        }
    }

    /// Hands over the line with its end; the next one begins.
    mutating func finish<Result>(_ body: ([UInt8]) -> Result) -> Result {
        bytes.append(contentsOf: end.utf8)
        let result = body(bytes)
        bytes.removeAll(keepingCapacity: true)
        isFirst = true
        return result
    }

    private mutating func appendQuoted(_ cell: UnsafeBufferPointer<UInt8>) {
        let isSpecial = cell.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0D || $0 == 0x0A }
        guard isSpecial else { return bytes.append(contentsOf: cell) }
        bytes.append(0x22)
        for byte in cell {
            if byte == 0x22 { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// By the first byte of what `guardedCell` looks for.
    private func mayBeFormula(_ first: UInt8) -> Bool {
        switch first {
        case 0x00, 0x09, 0x0A, 0x0D, 0x2B, 0x2D, 0x3D, 0x40, 0xEF: true
        default: false
        }
    }
}

/// A leading `'` before what a spreadsheet takes for a formula: `= + - @`, their full-width twins, and the control
/// characters that hide them. Plain numbers, telephone numbers and a lone `-` stay as they are.
func guardedCell(_ cell: String) -> String {
    guard let first = cell.unicodeScalars.first, formulaSigns.contains(first) else { return cell }
    let isNumber =
        (first == "+" || first == "-")
        && cell.unicodeScalars.dropFirst().allSatisfy {
            ("0"..."9").contains($0) || $0 == " " || $0 == "-" || $0 == "."
        }
    return isNumber ? cell : "'" + cell
}

private let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
