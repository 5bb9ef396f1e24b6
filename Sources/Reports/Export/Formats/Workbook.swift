import CXLSXWriter
import Glibc
import Records

extension ExportFormat {
    /// XLSX by libxlsxwriter with constant memory. A sheet for each table, further ones where a table has more rows than a
    /// sheet (1,048,576, one of them the header). Cells are texts: no formula runs, no id loses a digit, and dates stay as
    /// the master has them, before 1900 too and where the day is not known; only the tool's own counts are numbers.
    static let xlsx = ExportFormat(
        name: "xlsx",
        summary: Text(en: "Excel workbook: ids as text, frozen header, filters", zh: "Excel 工作簿：编号为文本，冻结表头，带筛选"),
        ending: "xlsx", holdsSeveral: true
    ) { tables, path, note, touched in
        let book = try NewWorkbook(path: path, note)
        var names = SheetNames()
        for table in tables {
            var sheet: NewWorkbook.Sheet?
            var part = 1
            var (number, line) = (0, UInt32(0))
            func begin() throws {
                sheet = try book.sheet(names.next(table.name, part: part), table.columns)
                line = 0
            }
            try begin()
            try table.eachRow { row in
                number += 1
                if line == NewWorkbook.mostRows - 1 {
                    sheet?.close(lastLine: line)
                    part += 1
                    try begin()
                }
                line += 1
                for (index, column) in table.columns.enumerated() where !row.isEmpty(index) {
                    let isWhole = try row.withCell(index) {
                        try sheet?.write($0, line: line, column: index, isCount: column.content == .count) ?? true
                    }
                    if !isWhole { try touched.add(.long, table: table.name, row: number, row, column: column) }
                }
            }
            sheet?.close(lastLine: line)
        }
        try book.close()
        guard chmod(path, 0o600) == 0 else { throw storageFailure(errno, path) }
        try synchronizeFile(path)
    }
}

/// Sheets have names of at most 31 characters without `[]:*?/\`, none of them twice whatever its capitals.
private struct SheetNames {
    private var taken: Set<String> = []

    mutating func next(_ table: String, part: Int) -> String {
        let plain = String(
            String.UnicodeScalarView(
                table.unicodeScalars.prefix(20).map {
                    "[]:*?/\\'".unicodeScalars.contains($0) || $0.value < 0x20 ? "_" : $0
                }))
        let base = plain.isEmpty ? "table" : plain
        var name = part == 1 ? base : "\(base) (\(part))"
        var number = 2
        while !taken.insert(name.lowercased()).inserted {
            name = "\(base)_\(number)" + (part == 1 ? "" : " (\(part))")
            number += 1
        }
        return name
    }
}

/// A workbook being written to a file nobody else knows yet. Owns libxlsxwriter's memory.
private final class NewWorkbook {
    static let mostRows: UInt32 = 1_048_576
    static let longestCell = 32_767

    private var book: UnsafeMutablePointer<lxw_workbook>?
    private let path: String
    private let headerFormat: UnsafeMutablePointer<lxw_format>?

    init(path: String, _ note: ExportNote) throws {
        self.path = path
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        // Rows wait beside the workbook, where only the user may read, not in the system's folder for temporary files.
        book = folder.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            options.use_zip64 = 0
            return workbook_new_opt(path, &options)
        }
        guard let book else { throw storageFailure(12, path) }
        note.title.withCString { title in
            note.purpose.withCString { purpose in
                var properties = lxw_doc_properties()
                properties.title = UnsafeMutablePointer(mutating: title)
                properties.subject = UnsafeMutablePointer(mutating: purpose)
                // The library keeps copies.
                _ = workbook_set_properties(book, &properties)
            }
        }
        headerFormat = workbook_add_format(book)
        if let headerFormat {
            format_set_bold(headerFormat)
            format_set_bg_color(headerFormat, 0xE8EEF1)
            format_set_bottom(headerFormat, 1)
        }
    }

    deinit {
        if let book { lxw_workbook_free(book) }
    }

    func sheet(_ name: String, _ columns: [ExportColumn]) throws -> Sheet {
        guard let sheet = workbook_add_worksheet(book, name) else { throw storageFailure(12, path) }
        worksheet_freeze_panes(sheet, 1, 0)
        for (index, column) in columns.enumerated() {
            worksheet_set_column(sheet, UInt16(clamping: index), UInt16(clamping: index), column.width, nil)
        }
        for (index, column) in columns.enumerated() {
            _ = SheetText.withText(column.name) {
                worksheet_write_string(sheet, 0, UInt16(clamping: index), $0, headerFormat)
            }
        }
        return Sheet(sheet: sheet, path: path, columns: columns.count)
    }

    func close() throws {
        guard let book else { return }
        self.book = nil
        // Frees the memory whether or not it succeeds.
        let error = quietly { workbook_close(book) }
        guard error.rawValue == 0 else {
            let reason = String(cString: lxw_strerror(error))
            throw Failure(
                .storage, code: "E-OUT-002",
                Text(en: "the workbook cannot be written (\(reason))", zh: "无法写入工作簿（\(reason)）"), at: Place(file: path),
                advice: Text(en: "Make room, or choose another --out.", zh: "请腾出空间，或用 --out 另选位置。"))
        }
    }

    struct Sheet {
        fileprivate let sheet: UnsafeMutablePointer<lxw_worksheet>
        fileprivate let path: String
        fileprivate let columns: Int

        /// False when the text had to be cut.
        func write(_ cell: UnsafeBufferPointer<UInt8>, line: UInt32, column: Int, isCount: Bool) throws -> Bool {
            let column = UInt16(clamping: column)
            if isCount, cell.count <= 15, let number = Double(String(decoding: cell, as: UTF8.self)) {
                try check(worksheet_write_number(sheet, line, column, number, nil))
                return true
            }
            if SheetText.isPlain(cell) {
                try check(
                    withUnsafeTemporaryAllocation(of: CChar.self, capacity: cell.count + 1) { copy in
                        for (place, byte) in cell.enumerated() { copy[place] = CChar(bitPattern: byte) }
                        copy[cell.count] = 0
                        return worksheet_write_string(sheet, line, column, copy.baseAddress, nil)
                    })
                return true
            }
            let text = String(decoding: cell, as: UTF8.self)
            let short = SheetText.cut(text)
            try check(SheetText.withText(short) { worksheet_write_string(sheet, line, column, $0, nil) })
            return short.utf8.count == text.utf8.count
        }

        func close(lastLine: UInt32) {
            let last = UInt16(clamping: max(0, columns - 1))
            worksheet_autofilter(sheet, 0, 0, lastLine, last)
            // Ids are meant to be text: no green corner in every cell.
            worksheet_ignore_errors(
                sheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576")
        }

        private func check(_ error: lxw_error) throws {
            guard error.rawValue == 0 else {
                let reason = String(cString: lxw_strerror(error))
                throw Failure(
                    .storage, code: "E-OUT-002",
                    Text(en: "the workbook cannot be written (\(reason))", zh: "无法写入工作簿（\(reason)）"),
                    at: Place(file: path))
            }
        }
    }
}

/// Texts as a sheet holds them: what XML cannot write stands as `_x0001_` (ECMA-376, ST_Xstring), and so does an underscore
/// before what would be read as that. libxlsxwriter does it for control characters but NUL.
enum SheetText {
    static func isPlain(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard cell.count <= NewWorkbook.longestCell else { return false }
        for (place, byte) in cell.enumerated() {
            if byte == 0 || byte == 0xEF { return false }
            if byte == 0x5F, place + 1 < cell.count, cell[place + 1] == 0x78 { return false }
        }
        return true
    }

    static func withText<Result>(_ text: String, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        escaped(text).withCString(body)
    }

    static func escaped(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "\0": result.append(contentsOf: "_x0000_".unicodeScalars)
            case "\u{FFFE}": result.append(contentsOf: "_xFFFE_".unicodeScalars)
            case "\u{FFFF}": result.append(contentsOf: "_xFFFF_".unicodeScalars)
            case "_" where isEscape(scalars[place...]): result.append(contentsOf: "_x005F_".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// At most as many UTF-16 units as a cell holds, never half a character. libxlsxwriter counts characters of the escaped
    /// text, so that is what is cut by.
    static func cut(_ text: String) -> String {
        var units = 0
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            units += escaped(String(scalar)).utf16.count + (scalar == "_" ? 6 : 0)
            if units > NewWorkbook.longestCell {
                return escaped(text).utf16.count <= NewWorkbook.longestCell ? text : String(result)
            }
            result.append(scalar)
        }
        return text
    }

    /// `_x12AB_`.
    private static func isEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        let text = Array(scalars.prefix(7))
        return text.count == 7 && text[1] == "x" && text[6] == "_"
            && text[2...5].allSatisfy { $0.properties.isASCIIHexDigit }
    }
}

extension ExportColumn {
    /// In characters of the standard font.
    fileprivate var width: Double {
        let least = Double(min(40, name.unicodeScalars.count * 2 + 3))
        let usual: Double =
            switch content {
            case .field(let kind, _):
                switch kind {
                case .residentID: 21
                case .identifier, .phone: 16
                case .address, .street: 42
                case .date: 12
                case .email: 26
                case .text: 30
                case .personName, .city: 14
                case .givenName, .surname, .houseNumber, .postcode, .division, .code, .ethnicGroup, .number: 10
                }
            case .prose: 50
            case .valueOfField: 24
            case .key: 20
            case .source, .fieldName, .word: 16
            case .count: 10
            }
        return max(least, usual)
    }
}

/// The library prints what fails; it is said once, in the user's language.
private func quietly<Result>(_ body: () -> Result) -> Result {
    let (standard, nowhere) = (dup(2), open("/dev/null", O_WRONLY | O_CLOEXEC))
    if standard >= 0, nowhere >= 0 { dup2(nowhere, 2) }
    defer {
        if standard >= 0, nowhere >= 0 { dup2(standard, 2) }
        if nowhere >= 0 { close(nowhere) }
        if standard >= 0 { close(standard) }
    }
    return body()
}
