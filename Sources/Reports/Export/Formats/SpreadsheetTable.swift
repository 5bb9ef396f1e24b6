import Records

extension ExportFormat {
    /// CSV to double-click: a byte order mark so that Chinese is read, every cell in quotes, and `'` before what a
    /// spreadsheet would run or change (OWASP, CSV injection). `guarded: true` in a rule book takes the `'` off again.
    static let excel = ExportFormat(
        stream: "excel",
        Text(
            en: "CSV for spreadsheets: byte order mark, formulas neutralised, ids as text",
            zh: "供电子表格打开的 CSV：带 BOM，公式失效，编号为文本"),
        ending: "csv"
    ) { table, _, sink, touched in
        sink.append([0xEF, 0xBB, 0xBF])
        sink.expectRows()
        let header = TableRow(table.columns.map(\.name))
        for (index, column) in table.columns.enumerated() {
            write(header, index, mark: SpreadsheetText.mark(header, index, column) != nil, to: &sink)
        }
        sink.append("\r\n")
        var number = 0
        try table.eachRow { row in
            number += 1
            for (index, column) in table.columns.enumerated() {
                let why = SpreadsheetText.mark(row, index, column)
                if let why { try touched.add(why, table: table.name, row: number, row, column: column) }
                write(row, index, mark: why != nil, to: &sink)
            }
            sink.append("\r\n")
            sink.countRow()
            try sink.checkRow()
        }
    }

    private static func write(_ row: TableRow, _ index: Int, mark: Bool, to sink: inout FileSink) {
        if index > 0 { sink.append(UInt8(ascii: ",")) }
        sink.append(UInt8(ascii: "\""))
        if mark { sink.append(UInt8(ascii: "'")) }
        row.withCell(index) { cell in
            for byte in cell {
                if byte == UInt8(ascii: "\"") { sink.append(byte) }
                sink.append(byte)
            }
        }
        sink.append(UInt8(ascii: "\""))
    }
}

/// What a spreadsheet does to a cell of a CSV file that is opened in it.
enum SpreadsheetText {
    /// Why the cell needs a leading `'` to come back as it is; `nil` when it does not.
    static func mark(_ row: TableRow, _ index: Int, _ column: ExportColumn) -> TouchedCells.Why? {
        row.withCell(index) { mark($0, column.content) }
    }

    static func mark(_ cell: UnsafeBufferPointer<UInt8>, _ content: ExportColumn.Content) -> TouchedCells.Why? {
        guard let first = cell.first else { return nil }
        // A first look at the first byte: letters of other scripts, the most of what a registry holds, need no second.
        switch first {
        case 0x30...0x39: return isLeftAlone(cell, content) ? nil : hasOnlyNumberSigns(cell) ? .number : nil
        case 0x80...0xC1, 0xC3...0xE1, 0xE4...0xEE, 0xF0...0xFF: return nil
        case 0x41...0x5A, 0x61...0x7A: return isWordOfNumber(cell) ? .number : nil
        case 0x27: return .apostrophe
        default: return secondLook(String(decoding: cell, as: UTF8.self))
        }
    }

    /// In a file for an office, whose dates are in its own notation: a spreadsheet reads them for what they are, and they stay.
    ///
    /// - Parameter kind: `nil` for a word of the tool's own.
    static func mark(_ cell: UnsafeBufferPointer<UInt8>, inOfficeFieldOf kind: FieldKind?) -> TouchedCells.Why? {
        if kind == .date, let first = cell.first, (0x30...0x39).contains(first) { return nil }
        return mark(cell, kind.map { .field($0, isBirth: false) } ?? .prose)
    }

    private static func secondLook(_ text: String) -> TouchedCells.Why? {
        let scalars = text.unicodeScalars
        guard let head = scalars.first(where: { !$0.properties.isWhitespace && $0 != "\u{FEFF}" && $0 != "\0" }) else {
            return scalars.first.map { formulaSigns.contains($0) } == true ? .formula : nil
        }
        if formulaSigns.contains(head) || scalars.first.map({ formulaSigns.contains($0) }) == true { return .formula }
        // What is left of numbers: `.5`, `(3)`, `$3`, `¥3`, `#N/A`, full-width digits, blanks before a number.
        if head == "." || head == "(" || head == "#" || head.properties.generalCategory == .currencySymbol {
            return .number
        }
        return head.properties.numericType == .decimal ? .number : nil
    }

    /// A plain number of at most eleven digits without leading zeros; a whole day in a column of dates; years since 1900
    /// only, as earlier days stay texts.
    private static func isLeftAlone(_ cell: UnsafeBufferPointer<UInt8>, _ content: ExportColumn.Content) -> Bool {
        if isPlainNumber(cell) { return true }
        guard case .field(.date, _) = content, cell.count == 10, cell[4] == 0x2D, cell[7] == 0x2D else { return false }
        return cell.enumerated().allSatisfy { $0 == 4 || $0 == 7 || (0x30...0x39).contains($1) }
    }

    private static func isPlainNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard cell.count <= 11 else { return false }
        if cell.count == 1 { return true }
        var hasPoint = false
        for (place, byte) in cell.enumerated() {
            if byte == 0x2E, !hasPoint, place > 0, place < cell.count - 1 {
                hasPoint = true
            } else if !(0x30...0x39).contains(byte) {
                return false
            }
        }
        if cell[0] == 0x30 { return hasPoint && cell[1] == 0x2E && cell[cell.count - 1] != 0x30 }
        return !hasPoint || cell[cell.count - 1] != 0x30
    }

    /// Digits and what else numbers, dates and times are written with: `1.10101E+17`, `1/2`, `3-1`, `12:30`, `5 Mar`,
    /// `10%`, `1985年3月`. A letter that is in none of them means a text.
    private static func hasOnlyNumberSigns(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        let signs = " .,:/-+eE%()$'".utf8
        if cell.allSatisfy({ (0x30...0x39).contains($0) || signs.contains($0) }) { return true }
        let text = String(decoding: cell, as: UTF8.self).lowercased()
        let words = text.unicodeScalars.split { ("0"..."9").contains($0) || " .,:/-+%()$".unicodeScalars.contains($0) }
        return words.allSatisfy { word in
            let word = String(word)
            return datedWords.contains(word) || months.contains { word.hasPrefix($0) && $0.utf8.count >= 3 }
        }
    }

    /// `TRUE`, `Mar 5`, `SEPT2`.
    private static func isWordOfNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard cell.count <= 20 else { return false }
        let text = String(decoding: cell, as: UTF8.self).lowercased()
        if text == "true" || text == "false" { return true }
        guard months.contains(String(text.prefix(3))) else { return false }
        return text.unicodeScalars.contains { ("0"..."9").contains($0) }
    }

    private static let formulaSigns: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠",
    ]
    private static let datedWords: Set<String> = [
        "e", "am", "pm", "a", "p", "年", "月", "日", "时", "時", "分", "秒", "上午", "下午", "￥", "¥", "€",
    ]
    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
}
