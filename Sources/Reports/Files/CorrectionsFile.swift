package import Records

/// `corrections/<source>.csv`: what an office should change in its own data, in its own words: its encoding, delimiter,
/// line ends, columns, and ways of writing dates and codes.
///
/// The columns are those of the export in their order, then eight that say what to do and why. A line is one correction: the
/// record id and the corrected column are filled in as they should be, the other columns of the export are empty, which
/// means that they stay. The line of a record to add has all that is known of the person.
///
/// People open these files in a spreadsheet, so a cell that a spreadsheet would run as a formula or change gets a leading
/// `'`, as in an export for spreadsheets; such cells are counted, and listed in `corrections/<source>.touched.csv`.
package enum CorrectionsFile {
    /// What was written for one office.
    package struct Summary: Sendable, Hashable {
        package let source: String
        /// Path within the outbox.
        package let file: String
        /// IANA name.
        package let encoding: String
        package let changes: Int
        package let fills: Int
        package let merges: Int
        package let adds: Int
        /// Cells that got a leading `'`.
        package let guardedCells: Int
        /// What the reader of the file has to know of it.
        package let note: Text?
        /// The same in the layout of the office's XML export; `nil` for an office that exports CSV.
        package var xmlFile: String?
        /// The page for people.
        package var page: String?
        /// By reason, the most frequent first.
        package let reasons: [Tally]
        /// Cells by column of the export, the most frequent first.
        package let columns: [Tally]

        package struct Tally: Sendable, Hashable {
            package let name: Text
            package let count: Int

            package init(name: Text, count: Int) {
                self.name = name
                self.count = count
            }
        }

        package init(
            source: String, file: String, encoding: String, changes: Int, fills: Int, merges: Int, adds: Int = 0,
            guardedCells: Int, note: Text? = nil, reasons: [Tally] = [], columns: [Tally] = []
        ) {
            self.adds = adds
            self.reasons = reasons
            self.columns = columns
            self.source = source
            self.file = file
            self.encoding = encoding
            self.changes = changes
            self.fills = fills
            self.merges = merges
            self.guardedCells = guardedCells
            self.note = note
        }

        package var total: Int { changes + fills + merges + adds }

        /// Lists the cells that got a leading `'`; `nil` where none did.
        package var touchedFile: String? {
            guardedCells == 0 ? nil : String(file.dropLast(CorrectionsFile.ending.count)) + ".touched.csv"
        }
    }

    fileprivate static let ending = ".csv"

    /// Writes one file for the source; for a source without corrections, one with a header only. Beside it, where cells got a
    /// leading `'`, the list of these.
    ///
    /// - Parameters:
    ///   - source: index into `records.sources`.
    ///   - recordIDHeader: the office's name for its record id.
    ///   - corrections: calls its argument once per correction of the source, in the order of the file, with `after` in
    ///     the office's own notation; called again when the office's encoding turns out not to have all characters.
    package static func write(
        _ records: RecordTable, source: Int, recordIDHeader: String, language: Language, with maker: FileMaker,
        corrections: (_ emit: (Correction) throws -> Void) throws -> Void
    ) throws -> ([OutputFile], Summary) {
        let table = records.sources[source]
        let writer = Writer(records: records, source: source, language: language, recordIDHeader: recordIDHeader)
        let file = "corrections/" + Outbox.fileName(for: table.source) + ending
        var (encoding, note, counts) = (table.file.encoding, Text?.none, Counts())
        let output: OutputFile
        do {
            output = try maker.file(file) { counts = try writer.write(corrections, encoding: encoding, to: &$0) }
        } catch is Unwritable {
            note = Text(
                en: "Written in UTF-8: \(encoding) does not have all the characters.",
                zh: "文件采用 UTF-8：\(encoding) 无法表示其中的全部字符。")
            encoding = "utf-8"
            output = try maker.file(file) { counts = try writer.write(corrections, encoding: encoding, to: &$0) }
        }
        let summary = Summary(
            source: table.source, file: file, encoding: encoding, changes: counts.byAction[.change] ?? 0,
            fills: counts.byAction[.fill] ?? 0, merges: counts.byAction[.merge] ?? 0,
            adds: counts.byAction[.add] ?? 0, guardedCells: counts.touched.count, note: note,
            reasons: Counts.sorted(counts.byReason), columns: Counts.sorted(counts.byColumn))
        let touched = try summary.touchedFile.map { name in
            try maker.file(name) { try list(counts.touched, columns: writer.columns, records, to: &$0) }
        }
        return ([output] + (touched.map { [$0] } ?? []), summary)
    }

    private static func list(
        _ touched: [Counts.Touched], columns: [String], _ records: RecordTable, to sink: inout FileSink
    ) throws {
        try sink.header(["row", "record_id", "column", "why"])
        for cell in touched {
            sink.cell(cell.row)
            sink.cell(cell.record.map { records.recordID($0) } ?? "")
            sink.cell(columns[cell.column])
            sink.cell(cell.why.rawValue)
            try sink.endRow()
        }
    }
}

private struct Counts {
    var byAction: [Correction.Action: Int] = [:]
    var byReason: [Text: Int] = [:]
    var byColumn: [Text: Int] = [:]
    var rows = 0
    var touched: [Touched] = []

    /// A cell that got a leading `'`.
    struct Touched {
        /// From 1, the header not counted.
        let row: Int
        /// `nil` for a record to add.
        let record: Int?
        let column: Int
        let why: TouchedCells.Why
    }

    static func sorted(_ counts: [Text: Int]) -> [CorrectionsFile.Summary.Tally] {
        counts.map { CorrectionsFile.Summary.Tally(name: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.name.en) < ($0.count, $1.name.en) }
    }
}

private struct Unwritable: Error {}

private struct Writer {
    let records: RecordTable
    let source: Int
    let language: Language
    let recordIDHeader: String

    private var table: SourceTable { records.sources[source] }

    func write(
        _ corrections: (_ emit: (Correction) throws -> Void) throws -> Void, encoding: String, to sink: inout FileSink
    ) throws -> Counts {
        guard let transcoder = Transcoder(to: encoding) else { throw Unwritable() }
        if let mark = byteOrderMark(encoding) { sink.append(mark) }
        sink.expectRows()
        var counts = Counts()
        var line = OfficeLine(delimiter: delimiter, end: lineEnd)
        for header in columns { line.append(header) }
        guard line.finish({ transcoder.write($0, to: &sink) }) else { throw Unwritable() }
        let places = Places(officeColumns, recordIDHeader: recordIDHeader, table, records.schema)
        try records.withView { view in
            try corrections { correction in
                append(correction, places, view, to: &line)
                let (row, isAdded) = (counts.rows + 1, correction.action == .add)
                counts.touched += line.touched.map {
                    Counts.Touched(
                        row: row, record: isAdded ? nil : correction.row, column: $0.column, why: $0.why)
                }
                counts.rows = row
                guard line.finish({ transcoder.write($0, to: &sink) }) else { throw Unwritable() }
                sink.countRow()
                try sink.checkRow()
                counts.byAction[correction.action, default: 0] += 1
                counts.byReason[correction.reason, default: 0] += 1
                if let field = correction.field {
                    let name = places.headers[field]
                    counts.byColumn[Text(en: name, zh: name), default: 0] += 1
                }
            }
        }
        return counts
    }

    /// The header.
    var columns: [String] { officeColumns + accountColumns }

    /// Those of the export; of an XML export, the paths of the rule book.
    private var officeColumns: [String] {
        var columns = table.file.dialect?.headers ?? []
        if columns.isEmpty { columns = table.columns.compactMap { $0?.header } }
        return recordIDHeader == "line" || columns.contains(recordIDHeader) ? columns : [recordIDHeader] + columns
    }

    private var accountColumns: [String] {
        [
            Text(en: "line", zh: "行号")(language), Text(en: "action", zh: "操作")(language),
            Text(en: "column", zh: "栏目")(language), Text(en: "before", zh: "原值")(language),
            Text(en: "after", zh: "改为")(language), Text(en: "reason", zh: "理由")(language),
            Text(en: "evidence", zh: "依据")(language), Text(en: "finding", zh: "发现编号")(language),
        ]
    }

    /// Where the record id and the fields stand among the office's columns.
    private struct Places {
        let count: Int
        let recordID: Int?
        /// Parallel to the schema's fields.
        let fields: [Int?]
        /// The office's names of the fields, the registry's own where it has none.
        let headers: [String]
        /// Of the field in each of the office's columns.
        let kinds: [FieldKind?]

        init(_ columns: [String], recordIDHeader: String, _ table: SourceTable, _ schema: Schema) {
            headers = zip(table.columns, schema.fields).map { $0?.header ?? $1.name }
            count = columns.count
            recordID = columns.firstIndex(of: recordIDHeader)
            let fields = table.columns.map { column in column.flatMap { columns.firstIndex(of: $0.header) } }
            kinds = columns.indices.map { place in fields.firstIndex(of: place).map { schema.fields[$0].kind } }
            self.fields = fields
        }
    }

    private func append(_ correction: Correction, _ places: Places, _ view: RecordView, to line: inout OfficeLine) {
        let isAdded = correction.action == .add
        for place in 0..<places.count {
            if let cell = correction.cells.first(where: { places.fields[$0.field] == place }) {
                line.append(cell.text, places.kinds[place])
            } else if place == places.recordID, !isAdded {
                line.append(view.recordID(correction.row), .identifier)
            } else if let field = correction.field, places.fields[field] == place {
                line.append(correction.after, places.kinds[place])
            } else {
                line.append("")
            }
        }
        line.append(isAdded ? "" : String(view.line(correction.row)))
        line.append(correction.action.title(language))
        line.append(correction.field.map { places.headers[$0] } ?? "")
        let kind = correction.field.map { records.schema.fields[$0].kind } ?? .identifier
        line.append(correction.before, kind)
        line.append(correction.after, kind)
        line.append(correction.reason(language))
        line.append(correction.evidence(language))
        line.append(correction.findingID(in: view))
    }

    private var delimiter: UInt8 {
        guard let own = table.file.dialect?.delimiter, [",", ";", "\t", "|"].contains(own) else { return 0x2C }
        return own.utf8.first ?? 0x2C
    }

    private var lineEnd: String {
        table.file.dialect?.lineEnding == "lf" ? "\n" : "\r\n"
    }

    /// Spreadsheets take UTF-8 without a mark for the system's old encoding, so files of UTF-8 always get one.
    private func byteOrderMark(_ encoding: String) -> [UInt8]? {
        switch encoding.lowercased() {
        case "utf-8", "utf8": [0xEF, 0xBB, 0xBF]
        case "utf-16", "utf-16le": [0xFF, 0xFE]
        case "utf-16be": [0xFE, 0xFF]
        case "utf-32", "utf-32le": [0xFF, 0xFE, 0, 0]
        default: nil
        }
    }
}

extension Correction.Action {
    func title(_ language: Language) -> String {
        switch self {
        case .change: Text(en: "change", zh: "更改")(language)
        case .fill: Text(en: "fill in", zh: "补填")(language)
        case .merge: Text(en: "merge records", zh: "合并记录")(language)
        case .add: Text(en: "add record", zh: "补登记录")(language)
        }
    }
}

extension Correction {
    /// As `findings.csv` has it; empty where no finding stands behind the correction.
    func findingID(in view: RecordView) -> String {
        finding.map { "F" + $0.hash(in: view).hex } ?? ""
    }
}
