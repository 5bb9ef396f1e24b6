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

    private struct Column {
        var codes: [UInt32] = []
        var interner = TextInterner()
        var damaged: [UInt32: Damage] = [:]

        mutating func append(_ texts: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>) {
            let firstNew = UInt32(interner.count)
            interner.intern(texts, into: &codes)
            noteDamage(firstNew..<UInt32(interner.count))
        }

        /// New texts lie end to end: one look over all of them finds nothing nearly always.
        private mutating func noteDamage(_ new: Range<UInt32>) {
            guard !new.isEmpty else { return }
            let pool = interner.pool
            let start = pool.range(of: new.lowerBound).lowerBound
            let isClean = pool.bytes.withUnsafeBufferPointer {
                TableBuilder.damage(in: UnsafeBufferPointer(rebasing: $0[start...])) == nil
            }
            if isClean { return }
            for code in new {
                if let damage = pool.withUTF8(code, TableBuilder.damage) { damaged[code] = damage }
            }
        }
    }

    private var columns: [Column]
    private var lines: [UInt32] = []
    private var offsets: [UInt64] = []
    private(set) var ids = RecordIDs()

    init(columns count: Int) {
        columns = Array(repeating: Column(), count: count)
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
        let firstRow = columns[index].codes.count
        columns[index].append(texts)
        guard !columns[index].damaged.isEmpty else { return [] }
        let column = columns[index]
        return (firstRow..<column.codes.count).compactMap { row in
            column.damaged[column.codes[row]].map { (row, $0) }
        }
    }

    /// An empty cell of column `index` in every row that it has none for.
    mutating func fill(_ index: Int) {
        guard columns[index].codes.count < rows else { return }
        columns[index].codes.append(contentsOf: repeatElement(0, count: rows - columns[index].codes.count))
    }

    /// The row's record id, made unique. Returns it with the line of the record that has the id already.
    mutating func appendID(_ text: UnsafeBufferPointer<UInt8>, line: Int) -> RecordIDs.Added {
        ids.add(text, line: line)
    }

    func line(_ row: Int) -> Int { Int(lines[row]) }

    func text(_ row: Int, _ index: Int) -> String {
        columns[index].interner.pool[columns[index].codes[row]]
    }

    /// `headers[i]` is the office's name of column `i`; `nil` leaves the column out.
    consuming func table(profile: SourceProfile, file: SourceFile, headers: [String?]) -> SourceTable {
        let columns = columns.enumerated().map { index, column in
            headers[index].map { SourceTable.Column(header: $0, codes: column.codes, values: column.interner.pool) }
        }
        return SourceTable(
            profile: profile, file: file, recordIDs: ids.codes, recordIDPool: ids.pool, lines: lines, offsets: offsets,
            columns: columns)
    }

    private static func damage(in text: UnsafeBufferPointer<UInt8>) -> Damage? {
        let raw = UnsafeRawBufferPointer(text)
        var index = 0
        while index < text.count {
            if index + 8 <= text.count {
                // A byte of the word is 0, EF or E9 when one of these has a zero byte.
                let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if !hasZero(word), !hasZero(word ^ 0xEFEF_EFEF_EFEF_EFEF), !hasZero(word ^ 0xE9E9_E9E9_E9E9_E9E9) {
                    index += 8
                    continue
                }
            }
            switch text[index] {
            case 0: return .nul
            case 0xEF where stands(replacement, in: text, at: index): return .replacement
            case 0xE9 where stands(kunJinKao, in: text, at: index): return .kunJinKao
            default: index += 1
            }
        }
        return nil
    }

    private static func hasZero(_ word: UInt64) -> Bool {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
    }

    private static let replacement = Array("\u{FFFD}".utf8)
    private static let kunJinKao = Array("锟斤拷".utf8)

    private static func stands(_ wanted: [UInt8], in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + wanted.count <= text.count, text[index + 1] == wanted[1] else { return false }
        return UnsafeBufferPointer(rebasing: text[index..<(index + wanted.count)]).elementsEqual(wanted)
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
