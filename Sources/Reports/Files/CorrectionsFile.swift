package import Records

/// `corrections/<source>.csv`: what an office should change in its own data, in its own words: its encoding, delimiter,
/// line ends, column names, and ways of writing dates and codes.
///
/// People open these files in a spreadsheet, so a cell that a spreadsheet would run as a formula gets a leading `'`; such
/// cells are counted.
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
        /// Cells that got a leading `'`.
        package let guardedCells: Int
        /// What the reader of the file has to know of it.
        package let note: Text?

        package init(
            source: String, file: String, encoding: String, changes: Int, fills: Int, merges: Int, guardedCells: Int,
            note: Text? = nil
        ) {
            self.source = source
            self.file = file
            self.encoding = encoding
            self.changes = changes
            self.fills = fills
            self.merges = merges
            self.guardedCells = guardedCells
            self.note = note
        }

        package var total: Int { changes + fills + merges }
    }

    /// Writes one file for the source; for a source without corrections, one with a header only.
    ///
    /// - Parameters:
    ///   - source: index into `records.sources`.
    ///   - recordIDHeader: the office's name for its record id.
    ///   - corrections: calls its argument once per correction of the source, in the order of the file, with `after` in
    ///     the office's own notation; called again when the office's encoding turns out not to have all characters.
    package static func write(
        _ records: RecordTable, source: Int, recordIDHeader: String, language: Language, with maker: FileMaker,
        corrections: (_ emit: (Correction) throws -> Void) throws -> Void
    ) throws -> (OutputFile, Summary) {
        let table = records.sources[source]
        let writer = Writer(records: records, source: source, language: language, recordIDHeader: recordIDHeader)
        let file = "corrections/" + Outbox.fileName(for: table.source) + ".csv"
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
            fills: counts.byAction[.fill] ?? 0, merges: counts.byAction[.merge] ?? 0, guardedCells: counts.guarded,
            note: note)
        return (output, summary)
    }
}

private struct Counts {
    var byAction: [Correction.Action: Int] = [:]
    var guarded = 0
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
        for header in headers { line.append(header) }
        guard transcoder.write(line.take(), to: &sink) else { throw Unwritable() }
        try records.withView { view in
            try corrections { correction in
                append(correction, view, to: &line)
                guard transcoder.write(line.take(), to: &sink) else { throw Unwritable() }
                sink.countRow()
                try sink.check()
                counts.byAction[correction.action, default: 0] += 1
            }
        }
        counts.guarded = line.guarded
        return counts
    }

    private var headers: [String] {
        [
            recordIDHeader, Text(en: "line", zh: "行号")(language), Text(en: "action", zh: "操作")(language),
            Text(en: "column", zh: "栏目")(language), Text(en: "before", zh: "原值")(language),
            Text(en: "after", zh: "改为")(language), Text(en: "reason", zh: "理由")(language),
            Text(en: "evidence", zh: "依据")(language),
        ]
    }

    private func append(_ correction: Correction, _ view: RecordView, to line: inout OfficeLine) {
        line.append(view.recordID(correction.row))
        line.append(String(records.line(correction.row)))
        line.append(correction.action.title(language))
        line.append(correction.field.map { table.columns[$0]?.header ?? records.schema.fields[$0].name } ?? "")
        line.append(correction.before)
        line.append(correction.after)
        line.append(correction.reason(language))
        line.append(correction.evidence(language))
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
        }
    }
}
