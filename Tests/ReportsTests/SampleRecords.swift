import Records

/// Three records of two offices: `registry` in UTF-8 writes 男/女 and `1985/3/7`, `dossier` in GB18030 writes 1/2 and
/// `19850307`. Records 0 and 2 are one person.
func sampleRecords(name: String = "张三", encoding: String = "gb18030") -> RecordTable {
    let schema = Schema([
        Field(name: "name", kind: .personName, required: true),
        Field(name: "sex", kind: .code, codes: ["男": "M", "女": "F", "1": "M", "2": "F"]),
        Field(name: "birth_date", kind: .date),
    ])
    let registry = table(
        "registry", headers: ["姓名", "性别", "出生日期"], encoding: "utf-8", delimiter: ",", ending: "crlf",
        ids: ["R1", "R2"],
        rows: [[name, "男", "1985/3/7"], ["李四", "女", "1990/12/1"]])
    let dossier = table(
        "dossier", headers: ["client_name", "gender", "dob"], encoding: encoding, delimiter: ";", ending: "lf",
        ids: ["D,1"],
        rows: [[name, "1", "19850307"]])
    return RecordTable(
        schema: schema, sources: [registry, dossier],
        columns: [
            column([name, "李四", name]), column(["M", "F", "M"]), column(["1985-03-07", "1990-12-01", "1985-03-07"]),
        ])
}

func sampleMaster() -> Master {
    Master(
        personIDs: ["P0000001", "P0000002"], members: [0, 2, 1], memberStarts: [0, 2, 3], personOf: [0, 1, 0],
        rules: ["only value"],
        columns: [
            Master.Column(rows: [0, 1], rules: [0, 0]), Master.Column(rows: [2, 1], rules: [0, 0]),
            Master.Column(rows: [0, Master.noRow], rules: [0, 0]),
        ], grades: [.a, .c])
}

private func column(_ values: [String]) -> RecordTable.Column {
    var interner = TextInterner()
    let codes = values.map { interner.intern($0) }
    return RecordTable.Column(
        codes: codes, values: interner.pool, isWellFormed: Array(repeating: true, count: interner.pool.count))
}

private func table(
    _ name: String, headers: [String], encoding: String, delimiter: String, ending: String, ids: [String],
    rows: [[String]]
) -> SourceTable {
    var pool = TextInterner()
    let recordIDs = ids.map { pool.intern($0) }
    return SourceTable(
        profile: SourceProfile(name: name),
        file: SourceFile(
            path: "/exports/\(name).csv", format: .csv, sha256: "00", size: 100, encoding: encoding,
            dialect: Dialect(
                delimiter: delimiter, quote: "\"", hasHeader: true, lineEnding: ending, hasByteOrderMark: false,
                guessed: [],
                headers: headers)), recordIDs: recordIDs, recordIDPool: pool.pool,
        lines: ids.indices.map { UInt32($0 + 2) },
        offsets: ids.indices.map { UInt64($0 * 20) },
        columns: headers.enumerated().map { index, header in
            var interner = TextInterner()
            let codes = rows.map { interner.intern($0[index]) }
            return SourceTable.Column(header: header, codes: codes, values: interner.pool)
        })
}
