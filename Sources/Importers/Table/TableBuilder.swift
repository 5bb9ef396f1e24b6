import Records

/// A `SourceTable` in the making: columns of codes, filled row by row straight from bytes.
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
        var isDamaged = false
        var filled = 0
    }

    private var columns: [Column]
    private var lines: [UInt32] = []
    private var offsets: [UInt64] = []
    private(set) var ids = RecordIDs()

    init(columns count: Int) {
        columns = Array(repeating: Column(), count: count)
    }

    var rows: Int { lines.count }

    /// How many rows have something in column `index`.
    func filled(_ index: Int) -> Int { columns[index].filled }

    /// Begins a row; every column must then get one `append`.
    mutating func begin(line: Int, offset: UInt64) {
        lines.append(UInt32(clamping: line))
        offsets.append(offset)
    }

    mutating func glance(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> TextInterner.Glance {
        columns[index].interner.glance(text)
    }

    /// The row's cell of column `index`. Returns what is wrong with its text, if anything.
    mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, _ glance: TextInterner.Glance? = nil, to index: Int
    ) -> Damage? {
        if text.isEmpty {
            columns[index].codes.append(0)
            return nil
        }
        let known = columns[index].interner.count
        let code =
            glance.map { columns[index].interner.intern(text, $0) } ?? columns[index].interner.intern(text)
        columns[index].codes.append(code)
        columns[index].filled += 1
        if Int(code) == known, let damage = Self.damage(in: text) {
            columns[index].damaged[code] = damage
            columns[index].isDamaged = true
        }
        return columns[index].isDamaged ? columns[index].damaged[code] : nil
    }

    mutating func appendEmpty(to index: Int) {
        columns[index].codes.append(0)
    }

    /// The row's record id, made unique. Returns it with the line of the record that has the id already.
    mutating func appendID(_ text: UnsafeBufferPointer<UInt8>, line: Int) -> RecordIDs.Added {
        ids.add(text, line: line)
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
        for (index, byte) in text.enumerated() {
            switch byte {
            case 0: return .nul
            case 0xEF where stands(replacement, in: text, at: index): return .replacement
            case 0xE9 where stands(kunJinKao, in: text, at: index): return .kunJinKao
            default: continue
            }
        }
        return nil
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
