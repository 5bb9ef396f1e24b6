import CXLSXWriter
import Foundation
package import Records

/// A report as a workbook: one sheet a table, and a first one that says what it is of. Numbers are numbers, everything else is
/// text; a rate takes five columns. No formulas.
package enum ReportWorkbook {
    /// - Throws: `E-OUT-002`.
    package static func write(_ numbers: ReportNumbers, _ language: Language, to path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let opened = folder.withCString { folder in
            var options = lxw_workbook_options()
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(path, &options)
        }
        guard let book = opened else { throw failure(path, "out of memory") }
        let formats = Formats(book)
        var names: Set<String> = []
        var isComplete = false
        if let sheet = workbook_add_worksheet(
            book, name(language(en: "Report", zh: "报告"), &names))
        {
            SheetWriter(sheet, formats).write(about(numbers, language))
            isComplete = true
        }
        for table in numbers.tables where isComplete {
            guard let sheet = workbook_add_worksheet(book, name(table.title(language), &names)) else {
                isComplete = false
                break
            }
            SheetWriter(sheet, formats).write(Grid(table, language))
        }
        numbers.title.withCString { title in
            var properties = lxw_doc_properties()
            properties.title = UnsafeMutablePointer(mutating: title)
            _ = workbook_set_properties(book, &properties)
        }
        guard isComplete else {
            lxw_workbook_free(book)
            throw failure(path, "out of memory")
        }
        // Frees the memory whether or not it succeeds.
        let error = workbook_close(book)
        guard error.rawValue == 0 else { throw failure(path, String(cString: lxw_strerror(error))) }
    }

    private static func failure(_ path: String, _ reason: String) -> Failure {
        Failure(
            .storage, code: "E-OUT-002",
            Text(en: "the workbook cannot be written (\(reason))", zh: "无法写入工作簿（\(reason)）"), at: Place(file: path),
            advice: Text(en: "Make room, or choose another --out.", zh: "请腾出空间，或用 --out 另选位置。"))
    }

    private static func about(_ numbers: ReportNumbers, _ language: Language) -> Grid {
        var rows: [[GridCell]] = [
            [.text(language(en: "Report", zh: "报告")), .text(numbers.kind(language))],
            [.text(language(en: "Purpose", zh: "用途")), .text(numbers.purpose)],
        ]
        rows += numbers.origin.map { [.text($0.title(language)), .text($0.value.text(language))] }
        for section in numbers.sections {
            rows += section.lead.map { [[.text(section.title(language)), .text($0(language))]] } ?? []
            rows += section.tables.compactMap { table in
                table.note.map { [.text(table.title(language)), .text($0(language))] }
            }
        }
        return Grid(header: [language(en: "Registry", zh: "登记库"), numbers.title], widths: [28, 90], rows: rows)
    }

    /// At most 31 characters, none of those that a sheet's name may not have, and unlike the names before.
    static func name(_ title: String, _ taken: inout Set<String>) -> String {
        let short = shortened(String(title.map { "[]:*?/\\'".contains($0) ? " " : $0 }))
        var name = short
        var number = 2
        while !taken.insert(name.lowercased()).inserted {
            name = short + " " + String(number)
            number += 1
        }
        return name
    }

    /// A title of more than 28 characters without what stands behind a comma or in brackets, and then whole words of it.
    private static func shortened(_ title: String) -> String {
        func fits(_ text: some StringProtocol) -> Bool { text.utf16.count <= 28 }
        if fits(title) { return title }
        let main = String(title.prefix { !",(，（；".contains($0) }).trimmingCharacters(in: .whitespaces)
        if fits(main), !main.isEmpty { return main }
        var words = (main.isEmpty ? title : main).split(separator: " ")
        while words.count > 1,
            !fits(words.joined(separator: " ")) || joiners.contains(words[words.count - 1].lowercased())
        {
            words.removeLast()
        }
        // One long word, as Chinese titles are.
        var name = ""
        for character in words.joined(separator: " ") where fits(name + String(character)) { name.append(character) }
        return name
    }

    /// Words that no name ends with.
    private static let joiners: Set<String> = [
        "a", "and", "as", "by", "for", "in", "is", "it", "of", "on", "or", "the", "to", "with",
    ]
}

/// What a sheet holds.
private enum GridCell {
    case text(String)
    case whole(Int)
    /// With as many decimals.
    case decimal(Double, Int)
    /// A share of 1, shown in percent.
    case percent(Double)
    case empty
}

private struct Grid {
    let header: [String]
    let widths: [Double]
    let rows: [[GridCell]]

    init(header: [String], widths: [Double], rows: [[GridCell]]) {
        self.header = header
        self.widths = widths
        self.rows = rows
    }

    /// A column with any rate in it becomes five.
    init(_ table: ReportTable, _ language: Language) {
        var header: [String] = []
        var widths: [Double] = []
        let isRate = table.columns.indices.map { column in
            table.rows.contains { row in
                if column < row.count, case .rate = row[column] { true } else { false }
            }
        }
        for (index, column) in table.columns.enumerated() {
            let title = column.title(language)
            if isRate[index] {
                header += [
                    title, language(en: "numerator", zh: "分子"), language(en: "denominator", zh: "分母"),
                    language(en: "95 % from", zh: "95% 下限"), language(en: "to", zh: "上限"),
                ]
                widths += [Double(max(10, min(20, title.unicodeScalars.count + 4))), 11, 11, 10, 10]
            } else {
                header.append(title)
                let longest = table.rows.compactMap { index < $0.count ? displayWidth($0[index].text(language)) : nil }
                    .max()
                widths.append(Double(min(60, max(displayWidth(title), longest ?? 0) + 3)))
            }
        }
        self.header = header
        self.widths = widths
        rows = table.rows.map { row in
            zip(row, isRate).flatMap { cell, isRate in Self.cells(cell, isRate: isRate, language) }
        }
    }

    private static func cells(_ cell: ReportCell, isRate: Bool, _ language: Language) -> [GridCell] {
        let rest = isRate ? [GridCell](repeating: .empty, count: 4) : []
        switch cell {
        case .rate(let rate):
            return [
                rate.rate.share.map(GridCell.percent) ?? .empty, .whole(rate.rate.part), .whole(rate.rate.whole),
                rate.interval.map { .percent($0.lowerBound) } ?? .empty,
                rate.interval.map { .percent($0.upperBound) } ?? .empty,
            ]
        case .count(let count), .change(let count), .stars(let count): return [.whole(count)] + rest
        case .number(let number, let places): return [number.isFinite ? .decimal(number, places) : .empty] + rest
        case .share(let share): return [share.isFinite ? .percent(share) : .empty] + rest
        case .none: return [.empty] + rest
        case .words, .name, .code, .colour, .severity, .withheld: return [.text(cell.text(language))] + rest
        }
    }
}

private struct Formats {
    typealias Format = UnsafeMutablePointer<lxw_format>

    let header, text, whole, percent: Format?
    /// By decimals, from 0.
    let decimals: [Format?]

    init(_ book: UnsafeMutablePointer<lxw_workbook>) {
        func make(_ body: (Format) -> Void) -> Format? {
            let format = workbook_add_format(book)
            if let format {
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
        text = make {
            format_set_num_format_index($0, 49)
            format_set_text_wrap($0)
        }
        whole = make { format_set_num_format($0, "#,##0") }
        percent = make { format_set_num_format($0, "0.0%") }
        decimals = (0...4).map { places in
            make { format_set_num_format($0, places == 0 ? "0" : "0." + String(repeating: "0", count: places)) }
        }
    }
}

private struct SheetWriter {
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let formats: Formats

    init(_ sheet: UnsafeMutablePointer<lxw_worksheet>, _ formats: Formats) {
        self.sheet = sheet
        self.formats = formats
    }

    func write(_ grid: Grid) {
        for (column, title) in grid.header.enumerated() {
            let place = UInt16(clamping: column)
            worksheet_set_column(sheet, place, place, column < grid.widths.count ? grid.widths[column] : 12, nil)
            write(title, 0, column, formats.header)
        }
        for (row, cells) in grid.rows.enumerated() {
            for (column, cell) in cells.enumerated() { write(cell, row + 1, column) }
        }
        worksheet_freeze_panes(sheet, 1, 1)
        if grid.rows.count > 1 {
            worksheet_autofilter(
                sheet, 0, 0, UInt32(clamping: grid.rows.count), UInt16(clamping: max(0, grid.header.count - 1)))
        }
        worksheet_ignore_errors(sheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576")
        worksheet_set_landscape(sheet)
        worksheet_set_paper(sheet, 9)
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_repeat_rows(sheet, 0, 0)
    }

    private func write(_ cell: GridCell, _ row: Int, _ column: Int) {
        let (line, place) = (UInt32(clamping: row), UInt16(clamping: column))
        switch cell {
        case .text(let text): write(text, row, column, formats.text)
        case .whole(let number): worksheet_write_number(sheet, line, place, Double(number), formats.whole)
        case .decimal(let number, let places):
            worksheet_write_number(
                sheet, line, place, number, formats.decimals[min(places, formats.decimals.count - 1)])
        case .percent(let share): worksheet_write_number(sheet, line, place, share, formats.percent)
        case .empty: break
        }
    }

    private func write(_ text: String, _ row: Int, _ column: Int, _ format: UnsafeMutablePointer<lxw_format>?) {
        if text.isEmpty { return }
        _ = SheetText.withText(SheetText.cut(text)) {
            worksheet_write_string(sheet, UInt32(clamping: row), UInt16(clamping: column), $0, format)
        }
    }
}
