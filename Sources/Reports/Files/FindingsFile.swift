package import Records

/// `findings.csv`: what was found wrong, missing or twice, of rows and cells as well as of the way the files are written;
/// sorted by source, line, field and check; at the end what the ledger knows of each: its state, the source that has to
/// act, the first run that made it, and by whom, why and until when it is waived.
package enum FindingsFile {
    package static let name = "findings.csv"
    package static let columns = [
        "id", "kind", "check", "severity", "source", "record_id", "line", "field", "value", "suggestion", "message",
        "state", "owner", "first_run", "waived_by", "waived_reason", "waived_until",
    ]

    /// - Parameters:
    ///   - ledger: of these findings.
    ///   - message: the finding in words; sentences are made one at a time, while they are written.
    package static func write(
        _ findings: [Finding], ledger: Ledger, issues: [ImportIssue], _ records: RecordTable, language: Language,
        to sink: inout FileSink, message: (Finding, RecordView, Language) -> Phrase
    ) throws {
        try sink.header(columns)
        let order = records.sourceOrder
        let names = records.sources.map(\.source)
        var pending = issues.sorted { $0.position(order) < $1.position(order) }[...]
        try records.withView { view in
            for index in findings.orderByPlace(rows: records.count) {
                let finding = findings[index]
                while let issue = pending.first,
                    issue.place(order) <= (records.sourceIndex(of: finding.row), view.line(finding.row))
                {
                    try write(issue, language, to: &sink)
                    pending = pending.dropFirst()
                }
                write(finding, ledger.ids[index], view, message(finding, view, language), to: &sink)
                sink.cell(ledger.states[index].rawValue)
                sink.cell(finding.owner(in: records).map { names[$0] } ?? "")
                let firstRun = Int(ledger.firstRuns[index])
                if firstRun > 0 { sink.cell(firstRun) } else { sink.cell("") }
                let waiver = ledger.hasWaived ? ledger.waivers[index] : nil
                sink.cell(waiver?.by ?? "")
                sink.cell(waiver?.reason ?? "")
                sink.cell(waiver?.until ?? "")
                try sink.endRow()
            }
        }
        for issue in pending { try write(issue, language, to: &sink) }
    }

    private static func write(
        _ finding: Finding, _ id: UInt64, _ view: RecordView, _ message: Phrase, to sink: inout FileSink
    ) {
        let records = view.records
        sink.cell(UInt8(ascii: "F"), hex: id)
        sink.cell(finding.kind.rawValue)
        sink.cell(finding.check)
        sink.cell(finding.severity.rawValue)
        sink.cell(view.source(finding.row))
        sink.cell(utf8: view.recordID(finding.row))
        sink.cell(view.line(finding.row))
        if let field = finding.field {
            sink.cell(records.schema.fields[field].name)
            sink.cell(utf8: view.raw(finding.row, field))
        } else {
            sink.cell("")
            sink.cell(finding.other(in: view))
        }
        sink.cell(finding.suggestion)
        message.bytes.withUnsafeBufferPointer { sink.cell(utf8: $0) }
    }

    private static func write(_ issue: ImportIssue, _ language: Language, to sink: inout FileSink) throws {
        sink.cell(issue.id)
        sink.cell(Finding.Kind.error.rawValue)
        sink.cell(issue.check)
        sink.cell(issue.severity.rawValue)
        sink.cell(issue.source)
        sink.cell(issue.recordID)
        sink.cell(issue.place.line.map(String.init) ?? "")
        sink.cell(issue.field ?? "")
        sink.cell(issue.raw)
        sink.cell("")
        sink.cell(issue.message(language))
        sink.cell(Ledger.State.open.rawValue)
        sink.cell(issue.source)
        for _ in 0..<4 { sink.cell("") }
        try sink.endRow()
    }
}

extension Finding {
    /// Of a finding about two records, the other record.
    fileprivate func other(in view: RecordView) -> String {
        guard let otherRow else { return "" }
        let other = view.key(otherRow)
        return other.source + " " + other.recordID
    }
}

extension [Finding] {
    /// Indices: findings about whole records first, by check and other record; then those about cells by row, which is the
    /// order of sources and lines, then field, check and the rest. Equal findings are alike.
    fileprivate func orderByPlace(rows: Int) -> [Int] {
        orderOfRecordFindings() + orderOfCellFindings(rows: rows)
    }

    private func orderOfRecordFindings() -> [Int] {
        let names = Set(lazy.filter { $0.field == nil }.map(\.check)).sorted()
        let ranks = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        var keys: [(place: Int, index: Int)] = []
        for (index, finding) in enumerated() where finding.field == nil {
            keys.append(((ranks[finding.check] ?? 0) << 40 | ((finding.otherRow ?? -1) + 1), index))
        }
        keys.sort { left, right in
            if left.place != right.place { return left.place < right.place }
            let (a, b) = (self[left.index], self[right.index])
            return (a.detail, a.suggestion, left.index) < (b.detail, b.suggestion, right.index)
        }
        return keys.map(\.index)
    }

    /// Rows are counted, not compared: most have one finding or none.
    private func orderOfCellFindings(rows: Int) -> [Int] {
        var starts = [Int](repeating: 0, count: rows + 1)
        for finding in self where finding.field != nil { starts[finding.row + 1] += 1 }
        for row in 0..<rows { starts[row + 1] += starts[row] }
        var next = starts
        var order = [Int](repeating: 0, count: starts[rows])
        for (index, finding) in enumerated() where finding.field != nil {
            order[next[finding.row]] = index
            next[finding.row] += 1
        }
        for row in 0..<rows where starts[row + 1] - starts[row] > 1 {
            order[starts[row]..<starts[row + 1]].sort { left, right in
                let (a, b) = (self[left], self[right])
                return (a.field ?? -1, a.check, a.otherRow ?? -1, a.detail, a.suggestion)
                    < (b.field ?? -1, b.check, b.otherRow ?? -1, b.detail, b.suggestion)
            }
        }
        return order
    }
}

extension RecordTable {
    func line(_ row: Int) -> Int {
        let index = sourceIndex(of: row)
        return Int(sources[index].lines[row - starts[index]])
    }

    /// Name of a source → its place in the rule book.
    fileprivate var sourceOrder: [String: Int] {
        Dictionary(sources.enumerated().map { ($1.source, $0) }, uniquingKeysWith: min)
    }
}

extension ImportIssue {
    /// From run to run the same for the same trouble at the same place.
    package var id: String {
        var hash = StableHash()
        for part in [check, source, recordID, field ?? "", raw] { hash.combine(part) }
        hash.combine(String(place.line ?? 0))
        hash.combine(String(place.column ?? 0))
        return "I" + hash.hex
    }

    fileprivate func place(_ order: [String: Int]) -> (Int, Int) {
        (order[source] ?? .max, place.line ?? 0)
    }

    fileprivate func position(_ order: [String: Int]) -> (Int, Int, Int, String, String, String) {
        (order[source] ?? .max, place.line ?? 0, place.column ?? 0, field ?? "", check, raw)
    }
}
