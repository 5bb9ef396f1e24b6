import Records

/// A `SourceTable` in the making: columns of codes, filled straight from bytes, some rows at a time and column by column.
struct TableBuilder {
    /// What a cell's text says went wrong with it before it came to us.
    enum Damage {
        /// U+0000.
        case nul
        /// U+FFFD: some program met bytes it could not read.
        case replacement
        /// 锟斤拷: U+FFFD twice, read as GBK.
        case kunJinKao
    }

    let columns: [ColumnBuilder]
    private var lines: [UInt32] = []
    private var offsets: [UInt64] = []
    private(set) var ids = RecordIDs()

    init(columns count: Int) {
        columns = (0..<count).map { _ in ColumnBuilder() }
    }

    var rows: Int { lines.count }

    /// Begins a row; every column must then get one cell, in this row's turn or with others later.
    mutating func begin(line: Int, offset: UInt64) {
        lines.append(UInt32(clamping: line))
        offsets.append(offset)
    }

    /// Cells of column `index` for the rows behind those it has. Returns the rows whose text is damaged.
    mutating func append(
        _ texts: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>, to index: Int
    ) -> [(row: Int, damage: Damage)] {
        columns[index].append(texts)
    }

    /// An empty cell of column `index` in every row that it has none for.
    mutating func fill(_ index: Int) {
        columns[index].fill(upTo: rows)
    }

    /// The row's record id, made unique. Returns it with the line of the record that has the id already.
    mutating func appendID(_ text: UnsafeBufferPointer<UInt8>, line: Int) -> RecordIDs.Added {
        ids.add(text, line: line)
    }

    func line(_ row: Int) -> Int { Int(lines[row]) }

    func text(_ row: Int, _ index: Int) -> String {
        columns[index].text(row)
    }

    /// `headers[i]` is the office's name of column `i`; `nil` leaves the column out.
    consuming func table(profile: SourceProfile, file: SourceFile, headers: [String?]) -> SourceTable {
        let columns = columns.enumerated().map { index, column in headers[index].map { column.column(header: $0) } }
        return SourceTable(
            profile: profile, file: file, recordIDs: ids.codes, recordIDPool: ids.pool, lines: lines, offsets: offsets,
            columns: columns)
    }
}

extension TableBuilder.Damage {
    var check: String {
        switch self {
        case .nul: "nul-character"
        case .replacement, .kunJinKao: "damaged-text"
        }
    }

    func message(_ name: String) -> Text {
        switch self {
        case .nul:
            Text(
                en:
                    "“\(name)” holds a NUL character, which no text has; the cell is kept as it came. Look it up at the office.",
                zh: "“\(name)”中含有 NUL 字符，正常文本不应出现；原样保留，请向该单位核实。")
        case .replacement:
            Text(
                en:
                    "“\(name)” holds U+FFFD: an earlier program could not read the characters here. The office has to fill them in.",
                zh: "“\(name)”中有替换字符 U+FFFD，说明之前的程序已无法识别原字，请该单位补正。")
        case .kunJinKao:
            Text(
                en:
                    "“\(name)” holds 锟斤拷, what is left of lost characters after wrong conversions. The office has to fill them in.",
                zh: "“\(name)”中有“锟斤拷”，是编码转换错误留下的乱码，原字已丢失，请该单位补正。")
        }
    }
}
