package import Records

/// Makes a small `RecordTable` from rows of texts, for tests. Normalised values equal the cells unless `normalize` says otherwise.
package struct RecordTableBuilder {
    package var schema: Schema
    private var profiles: [SourceProfile] = []
    /// Per source: which fields it has a column for, and its rows.
    private var mapped: [[Bool]] = []
    private var rows: [[[String]]] = []
    private var recordIDs: [[String]?] = []
    private var headers: [[String]?] = []

    package init(_ fields: [Field]) {
        schema = Schema(fields)
    }

    /// Adds a source: one text per field and row, an empty one for an empty cell. `without` names the fields it has no
    /// column for, `recordIDs` are the office's own ids, `headers` the columns of its file in their order.
    package mutating func add(
        _ rows: [[String]], source: String = "a", asOf: String? = nil, trust: Int = 1,
        role: SourceProfile.Role = .register, without: Set<String> = [], recordIDs: [String]? = nil,
        headers: [String]? = nil
    ) {
        profiles.append(SourceProfile(name: source, trust: trust, role: role, asOf: asOf))
        mapped.append(schema.fields.map { !without.contains($0.name) })
        self.rows.append(rows)
        self.recordIDs.append(recordIDs)
        self.headers.append(headers)
    }

    /// Record ids are the source's name and the row from 1: `a1`. `normalize` gets the field and a cell that is not empty;
    /// an empty answer is a missing value.
    package func table(
        normalize: (Field, String) -> (text: String, isWellFormed: Bool) = { _, cell in (cell, true) }
    ) -> RecordTable {
        let sources = profiles.indices.map { source(at: $0) }
        let columns = schema.fields.indices.map { field in
            var interner = TextInterner()
            var isWellFormed = [true]
            let codes = rows.indices.flatMap { source in
                rows[source].map { row -> UInt32 in
                    guard mapped[source][field], !row[field].isEmpty else { return 0 }
                    let (text, isFine) = normalize(schema.fields[field], row[field])
                    let code = interner.intern(text)
                    if Int(code) == isWellFormed.count { isWellFormed.append(isFine) }
                    return code
                }
            }
            return RecordTable.Column(codes: codes, values: interner.pool, isWellFormed: isWellFormed)
        }
        return RecordTable(schema: schema, sources: sources, columns: columns)
    }

    private func source(at index: Int) -> SourceTable {
        let name = profiles[index].name
        var ids = TextInterner()
        let columns = schema.fields.indices.map { field -> SourceTable.Column? in
            guard mapped[index][field] else { return nil }
            var interner = TextInterner()
            let codes = rows[index].map { interner.intern($0[field]) }
            return SourceTable.Column(header: schema.fields[field].name, codes: codes, values: interner.pool)
        }
        return SourceTable(
            profile: profiles[index],
            file: SourceFile(
                path: "\(name).csv", format: .csv, sha256: String(repeating: "0", count: 64), size: 0,
                encoding: "utf-8",
                dialect: headers[index].map {
                    Dialect(
                        delimiter: ",", quote: "\"", hasHeader: true, lineEnding: "lf", hasByteOrderMark: false,
                        guessed: [],
                        headers: $0)
                }),
            recordIDs: rows[index].indices.map { ids.intern(recordIDs[index]?[$0] ?? "\(name)\($0 + 1)") },
            recordIDPool: ids.pool,
            lines: rows[index].indices.map { UInt32($0 + 2) }, offsets: rows[index].map { _ in 0 }, columns: columns)
    }
}
