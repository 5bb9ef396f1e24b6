package import Records

/// The cells that a format could not hold, or not safely, as they are; listed beside the export.
///
/// The list names the cell by its row (from 1, the header not counted), the row's first cell and its column, and says why;
/// the list gets its file with the first such cell.
package struct TouchedCells: ~Copyable {
    package enum Why: String, Sendable, CaseIterable {
        /// A spreadsheet would run it; `'` was put before it.
        case formula
        /// A spreadsheet would make another number, date or truth value of it; `'` was put before it.
        case number
        /// Begins with `'` itself; another was put before it.
        case apostrophe
        /// Longer than a cell of the format; the rest is not in the export.
        case long
        /// Holds characters that XML has no way to write; each stands as U+FFFD.
        case character

        package var title: Text {
            switch self {
            case .formula: Text(en: "would run as a formula: got a leading '", zh: "可能被当作公式执行：前加 '")
            case .number: Text(en: "would be changed as a number or date: got a leading '", zh: "会被当作数字或日期改动：前加 '")
            case .apostrophe: Text(en: "begins with ' itself: got another", zh: "本身以 ' 开头：再加一个 '")
            case .long: Text(en: "longer than 32,767 characters: cut", zh: "超过 32,767 个字符：已截断")
            case .character:
                Text(en: "characters XML cannot hold: U+FFFD in their place", zh: "含 XML 无法表示的字符：以 U+FFFD 代替")
            }
        }
    }

    /// Cells by reason, in the order of `Why`.
    private(set) var counts = [Int](repeating: 0, count: Why.allCases.count)
    private let path: String
    private let folder: String
    private var sink: FileSink?

    init(path: String, folder: String) {
        self.path = path
        self.folder = folder
    }

    mutating func add(_ why: Why, table: String, row: Int, _ cells: TableRow, column: ExportColumn) throws {
        counts[Why.allCases.firstIndex(of: why) ?? 0] += 1
        if sink == nil {
            sink = try FileSink(path: path, root: folder)
            try sink?.header(["table", "row", "first_cell", "column", "why"])
        }
        sink?.cell(table)
        sink?.cell(row)
        cells.withCell(0) { sink?.cell(utf8: $0) }
        sink?.cell(column.name)
        sink?.cell(why.rawValue)
        try sink?.endRow()
    }

    /// Whether there is a list.
    consuming func close() throws -> (isListed: Bool, counts: [Int]) {
        let counts = counts
        guard let sink = sink.take() else { return (false, counts) }
        _ = try sink.close()
        return (true, counts)
    }

    consuming func abandon() {
        sink.take()?.abandon()
    }
}
