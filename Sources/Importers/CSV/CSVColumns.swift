import Records

/// Where in a row the plan's columns stand.
struct CSVColumns {
    struct Mapped {
        /// Column of the file, from 0.
        let column: Int
        /// Field of the schema, which is also the table's column.
        let field: Int
    }

    let mapped: [Mapped]
    /// `nil`: the plan names no record id; the line number is the id.
    let recordID: Int?
    /// The office's name of each field's column; `nil` where the file has none.
    let headers: [String?]

    /// Throws when the record id or every mapped column is missing; one missing column is an issue.
    init(_ plan: SourcePlan, _ dialect: DialectGuess, _ schema: Schema, mojibake: Mojibake?, log: inout IssueLog) throws
    {
        var places: [String: Int] = [:]
        for (index, name) in dialect.headers.enumerated() where !name.isEmpty && places[name] == nil {
            places[name] = index
        }
        var mapped: [Mapped] = []
        var missing: [(field: Int, name: String)] = []
        var headers = [String?](repeating: nil, count: schema.fields.count)
        for mapping in plan.mappings where mapping.field < schema.fields.count && headers[mapping.field] == nil {
            let name = trimmedHeader(mapping.path)
            if let place = places[name] {
                mapped.append(Mapped(column: place, field: mapping.field))
                headers[mapping.field] = dialect.headers[place]
            } else {
                missing.append((mapping.field, name))
            }
        }
        let idName = plan.recordID.map(trimmedHeader)
        let recordID = idName.flatMap { places[$0] }
        if idName != nil && recordID == nil || (mapped.isEmpty && !missing.isEmpty) {
            throw Self.failure(
                missing: (recordID == nil ? idName.map { [$0] } ?? [] : []) + missing.map(\.name), dialect, log.file,
                mojibake)
        }
        let line = dialect.headerLine
        for (field, name) in missing {
            let nearest = Nearest.name(to: name, among: dialect.headers)
            log.add(
                "missing-column", .error, line: line, field: schema.fields[field].name, raw: name,
                Text(
                    en: "The file has no column “\(name)”; the field \(schema.fields[field].name) is not read from it."
                        + (nearest.map { " Did you mean “\($0)”?" } ?? ""),
                    zh: "文件中没有“\(name)”列，字段 \(schema.fields[field].name) 未读入。" + (nearest.map { "是否应为“\($0)”？" } ?? ""))
            )
        }
        self.mapped = mapped
        self.recordID = recordID
        self.headers = headers
    }

    private static func failure(missing: [String], _ dialect: DialectGuess, _ file: String, _ mojibake: Mojibake?)
        -> Failure
    {
        let wanted = missing.prefix(8).map { "“\($0)”" }.joined(separator: ", ")
        let there = dialect.headers.prefix(30).map { shown($0.utf8, limit: 40) }.joined(separator: ", ")
        let nearest = missing.lazy.compactMap { name in
            Nearest.name(to: name, among: dialect.headers).map { (name, $0) }
        }.first
        let advice =
            mojibake?.message
            ?? nearest.map { pair in
                Text(
                    en:
                        "Did you mean “\(pair.1)” instead of “\(pair.0)”? Put the file's own column names into the rule book.",
                    zh: "“\(pair.0)”是否应为“\(pair.1)”？请在规则文件中使用该文件自己的列名。")
            }
            ?? Text(
                en:
                    "Put the file's own column names into the rule book, or state `encoding` and `delimiter` when the names above are garbled.",
                zh: "请在规则文件中使用该文件自己的列名；若上面的列名是乱码，请写明 encoding 和 delimiter。")
        return Failure(
            .badInput, code: "E-CSV-002",
            Text(
                en: "The file has no column \(wanted). Its columns are: \(there).",
                zh: "文件中没有列 \(wanted)。现有列：\(there)。"),
            at: Place(file: file, line: dialect.headerLine), advice: advice)
    }
}
