import Records

/// An XML export read into a table.
///
/// Byte offsets are those of the record's start tag: exact for UTF-8; in other encodings they count the bytes of the text as
/// UTF-8 from the start of the file, because libxml2 does not keep the others. Without a `record_id` the record's ordinal from 1
/// is its id, since several records may share a line.
enum XMLImport {
    /// - Parameter unguarded: what this machine's parser would follow; nothing is read then.
    /// - Throws: `E-XML-001` to `E-XML-005`, `E-XML-010`, `E-XML-011`.
    static func read(
        _ plan: SourcePlan, _ source: ByteSource, _ schema: Schema, limits: ImportLimits = .standard,
        unguarded: [XMLSelfTest.Probe] = XMLSelfTest.unguarded
    ) throws -> ImportedSource {
        try XMLSelfTest.check(unguarded)
        return try readUntested(plan, source, schema, limits: limits)
    }

    /// For the test of the parser itself.
    static func readUntested(
        _ plan: SourcePlan, _ source: ByteSource, _ schema: Schema, limits: ImportLimits = .standard
    ) throws -> ImportedSource {
        var mappings: [SourcePlan.Mapping] = []
        for mapping in plan.mappings where mapping.field < schema.fields.count {
            if !mappings.contains(where: { $0.field == mapping.field }) { mappings.append(mapping) }
        }
        guard let recordText = plan.recordPath else {
            throw Failure(
                .badInput, code: "E-XML-010",
                Text(en: "The source has no `record` path.", zh: "该来源没有写明 record 路径。"),
                advice: Text(
                    en: "Name the repeating element: /export/clients/client.", zh: "请写明重复的元素，如 /export/clients/client。")
            )
        }
        let record = try XMLPath(record: recordText, namespaces: plan.namespaces)
        let fields = try (mappings.map(\.path) + (plan.recordID.map { [$0] } ?? [])).map {
            try XMLPath(field: $0, namespaces: plan.namespaces)
        }
        try ForeignFile.refuse(source)
        guard XMLEncoding.looksLikeXML(source.head) else {
            throw Failure(
                .badInput, code: "E-IMP-004",
                Text(en: "The file does not begin like XML; the rule book says xml.", zh: "文件开头不是 XML，规则文件写的是 xml。"),
                at: Place(file: source.path, line: 1),
                advice: Text(en: "Is it a CSV file? Then set `format: csv`.", zh: "如果是 CSV 文件，请改为 format: csv。"))
        }
        let encoding = try XMLEncoding(source.head, stated: plan.encoding, file: source.path)
        guard let reader = XMLReader(encoding: encoding, limits: limits, survey: XMLSurvey(namespaces: plan.namespaces))
        else { throw CSVOpening.noConverter(encoding.override ?? .utf8, source.path) }
        let log = IssueLog(source: plan.profile.name, file: source.path, limit: limits.issues)
        let empty = XMLTable(plan, schema, mappings: mappings, log: log, limits: limits)
        reader.gather(record: record, fields: fields, into: empty)
        while let chunk = try source.next() {
            // A broken document is still read to its end: its hash is that of the whole file.
            if !reader.isDone { reader.feed(chunk) }
        }
        reader.finish()
        var table = reader.takeTable() ?? empty
        try check(reader, &table, recordText, encoding, source.path, limits)
        let file = SourceFile(
            path: source.path, format: .xml, sha256: source.sha256, size: source.count, encoding: encoding.name,
            recordPath: recordText)
        return table.finish(file)
    }

    private static func check(
        _ reader: XMLReader, _ table: inout XMLTable, _ recordPath: String, _ encoding: XMLEncoding, _ file: String,
        _ limits: ImportLimits
    ) throws {
        if let stop = reader.stop {
            throw XMLFaults.failure(stop, line: reader.stopLine, file: file, limits: limits)
        }
        if let fault = reader.fault {
            if XMLFaults.isEncoding(fault) {
                throw XMLFaults.encodingFailure(fault, declared: encoding.name, piece: reader.lastPiece, file: file)
            }
            let message = XMLFaults.message(fault, innermost: reader.innermost, hasRoot: reader.hasRoot)
            // Behind the closed root there is another document or rubbish: no record before it can be trusted to be all.
            let isBehindRoot = reader.hasRoot && reader.innermost == nil
            guard table.builder.rows > 0, !isBehindRoot else {
                throw Failure(
                    .badInput, code: "E-XML-002", message,
                    at: Place(file: file, line: fault.line, column: fault.column > 0 ? fault.column : nil),
                    advice: Text(en: "Ask the office for the export again.", zh: "请该单位重新导出。"))
            }
            let rows = table.builder.rows
            table.log.add(
                XMLFaults.isEnd(fault) && reader.innermost != nil ? "truncated" : "not-well-formed", .error,
                line: fault.line,
                column: fault.column > 0 ? fault.column : nil,
                Text(
                    en: "\(message.en) The \(rows) whole records before it were read; all behind it are missing.",
                    zh: "\(message.zh)此前完整的 \(rows) 条记录已读入，其后的记录全部缺失。"))
        }
        if let fault = reader.namespaceFault {
            table.log.add(
                "namespace-error", .warning, line: fault.line,
                Text(
                    en: "A namespace is used wrongly: \(shown(fault.message.utf8)).",
                    zh: "命名空间使用有误：\(shown(fault.message.utf8))。"))
        }
        guard table.builder.rows > 0 else {
            let paths = reader.survey.paths(underRecord: false).prefix(30).joined(separator: ", ")
            throw Failure(
                .badInput, code: "E-XML-005",
                Text(
                    en: "No element matches \(recordPath). The document has (with counts): \(paths).",
                    zh: "没有元素匹配 \(recordPath)。文档中有（括号内为个数）：\(paths)。"),
                at: Place(file: file),
                advice: reader.survey.namespaceAdvice
                    ?? Text(
                        en: "Put the path of the repeating element into `record:` of this source.",
                        zh: "请在该来源的 record: 中写明重复元素的路径。"))
        }
        try table.checkPaths(reader.survey)
    }
}
