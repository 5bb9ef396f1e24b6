import Records

/// The table that records of a CSV file go into, and what is wrong with each.
struct CSVTable {
    private let columns: CSVColumns
    private let dialect: DialectGuess
    private let schema: Schema
    private let limits: ImportLimits
    private var builder: TableBuilder
    private var log: IssueLog
    private var index = -1
    private var blank = (count: 0, line: 0)
    private var trailing = (count: 0, line: 0)
    private var scratch: [UInt8] = []
    private var batch: CellBatch
    /// The bytes of each row of the batch.
    private var batchRows: [UnsafeBufferPointer<UInt8>] = []
    /// Rows of the batch that hold U+FFFD because the decoder put it there.
    private var decodingDamaged: Set<Int> = []
    /// Cells that are being taken into the table on another thread.
    private var running: (job: CellJob, rows: [UnsafeBufferPointer<UInt8>], firstRow: Int, decodingDamaged: Set<Int>)?
    private let isConcurrent: Bool
    private let isGuarded: Bool

    init(
        _ columns: CSVColumns, _ dialect: DialectGuess, _ schema: Schema, log: IssueLog, limits: ImportLimits,
        isGuarded: Bool, isConcurrent: Bool
    ) {
        self.isGuarded = isGuarded
        self.isConcurrent = isConcurrent
        self.columns = columns
        self.dialect = dialect
        self.schema = schema
        self.log = log
        self.limits = limits
        builder = TableBuilder(columns: schema.fields.count)
        batch = CellBatch(columns: columns.mapped.count)
        reportHeader()
    }

    mutating func take(_ record: CSVRecord, _ decoder: inout TextDecoder) throws {
        index += 1
        let damage = decoder.takeDamage(before: record.offset + record.bytes.count)
        guard index > dialect.headerIndex else { return }
        if record.isBlank {
            if blank.count == 0 { blank.line = record.line }
            blank.count += 1
            return
        }
        guard builder.rows < Int(UInt32.max) - 1 else {
            throw Failure(
                .badInput, code: "E-IMP-007",
                Text(en: "The file has more than 4,294,967,294 records.", zh: "文件记录数超过 4,294,967,294 条。"),
                at: Place(file: log.file, line: record.line))
        }
        builder.begin(line: record.line, offset: decoder.rawOffset(of: record.offset))
        addID(record)
        batchRows.append(record.bytes)
        for mapped in columns.mapped { add(mapped, record) }
        if !damage.isEmpty { decodingDamaged.insert(builder.rows - 1) }
        if record.fieldCount != dialect.headers.count { reportRagged(record) }
        if !record.problems.isEmpty { reportProblems(record) }
        if !damage.isEmpty { reportDamage(damage, record) }
    }

    private mutating func add(_ mapped: CSVColumns.Mapped, _ record: CSVRecord) {
        guard mapped.column < record.fields.count else { return batch.addEmpty() }
        let isGuarded = isGuarded
        let field = record.fields[mapped.column]
        let text = UnsafeBufferPointer(rebasing: record.bytes[Int(field.start)..<Int(field.end)])
        if field.form != .doubled, text.count <= limits.field { return batch.add(Self.unguarded(text, isGuarded)) }
        let isCut = record.withText(mapped.column, &scratch, limit: limits.field) { made, isCut in
            batch.add(copying: Self.unguarded(made, isGuarded), start: text.baseAddress)
            return isCut
        }
        if isCut {
            report(
                "field-too-long", .error, record, mapped,
                Text(
                    en: "The cell is longer than \(limits.field) bytes; the rest of it was not read.",
                    zh: "单元格超过 \(limits.field) 字节，其余部分未读入。"))
        }
    }

    /// Without the leading `'` that marks a cell as text, where the source has such marks.
    private static func unguarded(
        _ text: UnsafeBufferPointer<UInt8>, _ isGuarded: Bool
    ) -> UnsafeBufferPointer<UInt8> {
        guard isGuarded, text.first == UInt8(ascii: "'") else { return text }
        return UnsafeBufferPointer(rebasing: text.dropFirst())
    }

    /// Takes the gathered cells into the table, in part while further ones are gathered. `text` is where they lie.
    mutating func flush(_ text: [UInt8]) {
        finishRunning()
        guard !batchRows.isEmpty else { return }
        let job = CellJob(batch, in: text, to: columns.mapped.map { builder.columns[$0.field] })
        running = (job, batchRows, builder.rows - batchRows.count, decodingDamaged)
        batch = CellBatch(columns: columns.mapped.count)
        batchRows = []
        decodingDamaged = []
        if isConcurrent { job.start() } else { finishRunning() }
    }

    private mutating func finishRunning() {
        guard let (job, rows, firstRow, decodingDamaged) = running else { return }
        running = nil
        // The rows point into the text that the job holds.
        withExtendedLifetime(job) {
            for cell in job.finish() {
                if cell.damage == .replacement, decodingDamaged.contains(cell.row) { continue }
                let mapped = columns.mapped[cell.slot]
                let bytes = rows[cell.row - firstRow]
                let start = job.batch.start(cell.row - firstRow, cell.slot)
                let byte = start.flatMap { start in bytes.baseAddress.map { start - $0 } } ?? 0
                let (line, column) = CSVRecord.place(of: byte, in: bytes, from: builder.line(cell.row))
                log.add(
                    cell.damage.check, .warning, line: line, column: column, recordID: builder.ids[cell.row],
                    field: schema.fields[mapped.field].name, raw: shown(builder.text(cell.row, mapped.field).utf8),
                    cell.damage.message(dialect.headers[mapped.column]))
            }
        }
    }

    private mutating func addID(_ record: CSVRecord) {
        guard let column = columns.recordID else {
            var line = String(record.line)
            _ = line.withUTF8 { builder.appendID($0, line: record.line) }
            return
        }
        let isGuarded = isGuarded
        let added =
            column < record.fields.count
            ? record.withText(column, &scratch, limit: limits.name) { text, _ in
                builder.appendID(Self.unguarded(text, isGuarded), line: record.line)
            }
            : builder.appendID(UnsafeBufferPointer(start: nil, count: 0), line: record.line)
        log.add(added, line: record.line, header: dialect.headers[column])
    }

    /// An issue about one cell.
    private mutating func report(
        _ check: String, _ severity: Severity, _ record: CSVRecord, _ mapped: CSVColumns.Mapped, _ message: Text
    ) {
        let field = record.fields[mapped.column]
        let (line, column) = record.place(of: Int(field.start))
        log.add(
            check, severity, line: line, column: column, recordID: builder.ids.last(),
            field: schema.fields[mapped.field].name, raw: shown(record.bytes[Int(field.start)..<Int(field.end)]),
            message)
    }

    private mutating func reportRagged(_ record: CSVRecord) {
        let wanted = dialect.headers.count
        let found = record.fieldCount
        if found > wanted, found == record.fields.count, record.fields[wanted...].allSatisfy({ $0.start == $0.end }) {
            if trailing.count == 0 { trailing.line = record.line }
            trailing.count += 1
            return
        }
        let id = builder.ids.last()
        if found < wanted {
            let missing =
                dialect.headers[found...].prefix(5).joined(separator: ", ") + (wanted - found > 5 ? ", …" : "")
            log.add(
                "ragged-row", .warning, line: record.line, recordID: id, raw: shown(record.bytes),
                Text(
                    en: "\(found) cells, the header has \(wanted); taken as empty: \(missing).",
                    zh: "本行 \(found) 格，表头 \(wanted) 格；缺少的按空处理：\(missing)。"))
        } else {
            let extra = record.fields.indices.dropFirst(wanted).prefix(5).map {
                shown(record.string($0).utf8, limit: 40)
            }
            log.add(
                "ragged-row", .warning, line: record.line, recordID: id, raw: shown(record.bytes),
                Text(
                    en: """
                        \(found) cells, the header has \(wanted); not read: \(extra.joined(separator: ", ")). A delimiter \
                        inside a cell that is not quoted moves all cells behind it.
                        """,
                    zh: """
                        本行 \(found) 格，表头 \(wanted) 格；未读入：\(extra.joined(separator: ", "))。\
                        单元格内若有未加引号的分隔符，其后各格都会错位。
                        """))
        }
    }

    private mutating func reportProblems(_ record: CSVRecord) {
        let (line, column) = record.place(of: record.problemAt)
        let (check, message) = record.problems.wording(line: line, limits: limits)
        let severity: Severity =
            record.problems.isDisjoint(with: [.unterminatedQuote, .recordTooLong]) ? .warning : .error
        log.add(
            check, severity, line: line, column: column, recordID: builder.ids.last(),
            raw: shown(record.bytes[record.problemAt...]), message)
    }

    private mutating func reportDamage(_ damage: [TextDecoder.Damage], _ record: CSVRecord) {
        let places = damage.map { $0.offset - record.offset }.filter { $0 >= 0 && $0 < record.bytes.count }
        guard let first = places.first else { return }
        let (line, column) = record.place(of: first)
        let cell = record.fields.firstIndex { first >= Int($0.start) && first < Int($0.end) }
        let field = cell.flatMap { cell in columns.mapped.first { $0.column == cell } }
        let range = cell.map { Int(record.fields[$0].start)..<Int(record.fields[$0].end) } ?? 0..<record.bytes.count
        var raw = ""
        var start = range.lowerBound
        for (place, bad) in zip(places, damage.suffix(places.count)) where place >= start && place < range.upperBound {
            raw += shown(record.bytes[start..<place]) + bad.bytes.map(escaped).joined()
            start = place + 3
            if raw.count > 200 { break }
        }
        if start < range.upperBound { raw += shown(record.bytes[start..<range.upperBound]) }
        let count = damage.count
        log.add(
            "bad-bytes", .error, line: line, column: column, recordID: builder.ids.last(),
            field: field.map { schema.fields[$0.field].name }, raw: String(raw.prefix(200)),
            Text(
                en: """
                    Bytes that are no characters in the file's encoding, at \(count) place\(count == 1 ? "" : "s") of the \
                    record; each is read as U+FFFD. Look the value up at the office.
                    """,
                zh: "记录中有 \(count) 处字节不符合文件编码，均以 U+FFFD 代替。请向该单位核实。"))
    }
}

extension CSVTable {
    private mutating func reportHeader() {
        if dialect.titleRows > 0 {
            log.add(
                "title-rows", .info, line: 1,
                Text(
                    en: "\(dialect.titleRows) rows above the header are no data and were skipped.",
                    zh: "表头之上有 \(dialect.titleRows) 行不是数据，已跳过。"))
        }
        guard dialect.hasHeader else { return }
        var seen: [String: Int] = [:]
        for (index, name) in dialect.headers.enumerated() where !name.isEmpty {
            guard let first = seen.updateValue(seen[name] ?? index, forKey: name) else { continue }
            log.add(
                "duplicate-header", .warning, line: dialect.headerLine, raw: shown(name.utf8),
                Text(
                    en: "Columns \(first + 1) and \(index + 1) are both called “\(name)”; the first is read.",
                    zh: "第 \(first + 1) 列和第 \(index + 1) 列都叫“\(name)”，只读取前者。"))
        }
    }

    /// All records are there.
    mutating func close(lineEnding: String) {
        finishRunning()
        for field in schema.fields.indices { builder.fill(field) }
        reportFile(lineEnding: lineEnding)
    }

    consuming func finish(_ profile: SourceProfile, _ file: SourceFile) -> ImportedSource {
        return ImportedSource(
            table: builder.table(profile: profile, file: file, headers: columns.headers), issues: log.closed())
    }

    private mutating func reportFile(lineEnding: String) {
        if builder.rows == 0 {
            log.add(
                "no-rows", .warning,
                Text(en: "The file has a header but not one record.", zh: "文件只有表头，没有记录。"))
        }
        if blank.count > 0 {
            log.add(
                "blank-rows", .info, line: blank.line,
                Text(en: "\(blank.count) empty rows were skipped.", zh: "跳过 \(blank.count) 个空行。"))
        }
        if trailing.count > 0 {
            log.add(
                "trailing-delimiter", .info, line: trailing.line,
                Text(
                    en: "\(trailing.count) rows have empty cells behind the last column; these were ignored.",
                    zh: "\(trailing.count) 行在最后一列之后还有空格子，已忽略。"))
        }
        if lineEnding == "mixed" {
            log.add(
                "mixed-line-endings", .info,
                Text(
                    en: "Lines end in different ways (CRLF, LF, CR); all were taken as line ends.",
                    zh: "行尾符不一致（CRLF、LF、CR），均按换行处理。"))
        }
    }
}
