import CXLSXWriter
import Records

/// A workbook that people fill in and give back: a sheet with a row a case, of which some columns are open, and one that says how.
/// All cells are texts, so nothing in them runs; what is not to be changed is protected against slips.
package struct FormWorkbook: Sendable {
    package struct Column: Sendable {
        package let title: String
        /// In characters.
        package let width: Double
        /// People write into it.
        package var isOpen = false
        /// What they may choose from, and nothing else; empty: any text.
        package var choices: [String] = []
        /// What they choose from is a help: other texts are taken too.
        package var isSuggestion = false

        package init(
            _ title: String, width: Double, isOpen: Bool = false, choices: [String] = [], isSuggestion: Bool = false
        ) {
            (self.title, self.width, self.isOpen) = (title, width, isOpen)
            (self.choices, self.isSuggestion) = (choices, isSuggestion)
        }
    }

    package var title: String
    package var sheet: String
    package var columns: [Column]
    /// In the order of the columns.
    package var rows: [[String]]
    package var guideSheet: String
    /// How to fill it in, a line each.
    package var guide: [String]
    /// Said when somebody types what cannot be chosen.
    package var refusal: String
    /// Columns and the first row that stay in sight.
    package var frozenColumns = 0

    package init(
        title: String, sheet: String, columns: [Column], rows: [[String]], guideSheet: String, guide: [String],
        refusal: String
    ) {
        (self.title, self.sheet, self.columns, self.rows) = (title, sheet, columns, rows)
        (self.guideSheet, self.guide, self.refusal) = (guideSheet, guide, refusal)
    }

    /// - Throws: `E-OUT-002`.
    package func write(to path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let opened = folder.withCString { folder in
            var options = lxw_workbook_options()
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(path, &options)
        }
        guard let book = opened else { throw Self.failure(path, "out of memory") }
        let (cases, help) = (workbook_add_worksheet(book, sheet), workbook_add_worksheet(book, guideSheet))
        let formats = Formats(book)
        guard let cases, let help else {
            lxw_workbook_free(book)
            throw Self.failure(path, "out of memory")
        }
        title.withCString { title in
            var properties = lxw_doc_properties()
            properties.title = UnsafeMutablePointer(mutating: title)
            _ = workbook_set_properties(book, &properties)
        }
        let places = writeGuide(help, formats)
        writeCases(cases, formats, places)
        // Frees the memory whether or not it succeeds.
        let error = workbook_close(book)
        guard error.rawValue == 0 else { throw Self.failure(path, String(cString: lxw_strerror(error))) }
    }

    private struct Formats {
        let header, text, open, wide: UnsafeMutablePointer<lxw_format>?

        init(_ book: UnsafeMutablePointer<lxw_workbook>) {
            func make(_ body: (UnsafeMutablePointer<lxw_format>) -> Void) -> UnsafeMutablePointer<lxw_format>? {
                let format = workbook_add_format(book)
                if let format {
                    format_set_num_format_index(format, 49)
                    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
                    body(format)
                }
                return format
            }
            header = make {
                format_set_bold($0)
                format_set_bg_color($0, 0xE8EEF1)
                format_set_bottom($0, 1)
                format_set_text_wrap($0)
            }
            text = make { format_set_text_wrap($0) }
            open = make {
                format_set_unlocked($0)
                format_set_bg_color($0, 0xFFF8E1)
                format_set_border($0, 1)
                format_set_border_color($0, 0xD9DCD8)
                format_set_text_wrap($0)
            }
            wide = make { format_set_text_wrap($0) }
        }
    }

    private typealias Sheet = UnsafeMutablePointer<lxw_worksheet>

    private func write(
        _ text: String, _ sheet: Sheet, _ row: Int, _ column: Int, _ format: UnsafeMutablePointer<lxw_format>?
    ) {
        if text.isEmpty {
            _ = worksheet_write_blank(sheet, UInt32(row), UInt16(clamping: column), format)
        } else {
            _ = SheetText.withText(SheetText.cut(text)) {
                worksheet_write_string(sheet, UInt32(row), UInt16(clamping: column), $0, format)
            }
        }
    }

    /// - Returns: where the choices of each column stand, as a reference.
    private func writeGuide(_ help: Sheet, _ formats: Formats) -> [Int: String] {
        worksheet_set_column(help, 0, 0, 100, formats.wide)
        for (row, line) in guide.enumerated() { write(line, help, row, 0, row == 0 ? formats.header : formats.wide) }
        var next = guide.count + 1
        var places: [Int: String] = [:]
        for (index, column) in columns.enumerated() where !column.choices.isEmpty {
            write(column.title, help, next, 0, formats.header)
            for (place, choice) in column.choices.enumerated() {
                write(choice, help, next + 1 + place, 0, formats.wide)
            }
            let quoted = guideSheet.replacing("'", with: "''")
            places[index] = "='\(quoted)'!$A$\(next + 2):$A$\(next + 1 + column.choices.count)"
            next += column.choices.count + 2
        }
        worksheet_protect(help, nil, nil)
        return places
    }

    private func writeCases(_ cases: Sheet, _ formats: Formats, _ places: [Int: String]) {
        worksheet_freeze_panes(cases, 1, UInt16(clamping: frozenColumns))
        for (index, column) in columns.enumerated() {
            let place = UInt16(clamping: index)
            worksheet_set_column(cases, place, place, column.width, column.isOpen ? formats.open : formats.text)
            write(column.title, cases, 0, index, formats.header)
        }
        for (row, cells) in rows.enumerated() {
            for (index, cell) in cells.enumerated() where columns.indices.contains(index) {
                write(cell, cases, row + 1, index, columns[index].isOpen ? formats.open : formats.text)
            }
        }
        let last = UInt32(max(1, rows.count))
        for (index, source) in places { choose(cases, index, last, from: source) }
        worksheet_autofilter(cases, 0, 0, last, UInt16(clamping: max(0, columns.count - 1)))
        worksheet_ignore_errors(cases, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576")
        worksheet_set_landscape(cases)
        worksheet_fit_to_pages(cases, 1, 0)
        worksheet_repeat_rows(cases, 0, 0)
        var allowed = lxw_protection()
        (allowed.format_columns, allowed.format_rows, allowed.sort, allowed.autofilter) = (1, 1, 1, 1)
        worksheet_protect(cases, nil, &allowed)
    }

    private func choose(_ cases: Sheet, _ index: Int, _ last: UInt32, from source: String) {
        source.withCString { source in
            refusal.withCString { refusal in
                var validation = lxw_data_validation()
                validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
                validation.value_formula = UnsafeMutablePointer(mutating: source)
                validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
                validation.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
                validation.show_error = UInt8(
                    columns[index].isSuggestion ? LXW_VALIDATION_OFF.rawValue : LXW_VALIDATION_ON.rawValue)
                validation.error_message = UnsafeMutablePointer(mutating: refusal)
                // The library keeps copies.
                _ = worksheet_data_validation_range(
                    cases, 1, UInt16(clamping: index), last, UInt16(clamping: index), &validation)
            }
        }
    }

    private static func failure(_ path: String, _ reason: String) -> Failure {
        Failure(
            .storage, code: "E-OUT-002",
            Text(en: "the workbook cannot be written (\(reason))", zh: "无法写入工作簿（\(reason)）"), at: Place(file: path),
            advice: Text(en: "Make room, or choose another place.", zh: "请腾出空间，或另选位置。"))
    }
}
