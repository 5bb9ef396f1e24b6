import Records

/// The record ids of one source, each one once: keys of records hang on them.
///
/// The office's id is kept as it came. When a second record has the same id, that record is called `ID#2`, the third `ID#3`
/// (or the next number that is free); a record without an id is called `line 17` after its line.
struct RecordIDs {
    struct Added {
        /// The id the record has from now on, made only when it differs from the text given.
        let renamed: String?
        /// Line of the first record with this id, when there was one.
        let firstLine: Int?
        let isMissing: Bool
    }

    private(set) var codes: [UInt32] = []
    private var interner = TextInterner()
    /// Line of the record that has the id of this code.
    private var lines: [UInt32] = [0]
    /// Number the next record with this id gets.
    private var nextNumber: [UInt32: Int] = [:]

    var pool: TextPool { interner.pool }

    func last() -> String { codes.last.map { interner.pool[$0] } ?? "" }

    subscript(row: Int) -> String { interner.pool[codes[row]] }

    mutating func add(_ text: UnsafeBufferPointer<UInt8>, line: Int) -> Added {
        guard text.isEmpty else { return add(text, line: line, isMissing: false) }
        var name = "line \(line)"
        return name.withUTF8 { add($0, line: line, isMissing: true) }
    }

    private mutating func add(_ text: UnsafeBufferPointer<UInt8>, line: Int, isMissing: Bool) -> Added {
        let code = interner.intern(text)
        if Int(code) == lines.count {
            lines.append(UInt32(clamping: line))
            codes.append(code)
            return Added(
                renamed: isMissing ? String(decoding: text, as: UTF8.self) : nil, firstLine: nil, isMissing: isMissing)
        }
        let id = String(decoding: text, as: UTF8.self)
        var number = nextNumber[code] ?? 2
        while true {
            let name = "\(id)#\(number)"
            number += 1
            let other = interner.intern(name)
            guard Int(other) == lines.count else { continue }
            lines.append(UInt32(clamping: line))
            codes.append(other)
            nextNumber[code] = number
            return Added(renamed: name, firstLine: Int(lines[Int(code)]), isMissing: isMissing)
        }
    }
}

extension IssueLog {
    /// Tells about a record whose id is missing or was there before. `header` is the office's name of the id.
    mutating func add(_ added: RecordIDs.Added, line: Int, header: String) {
        guard let name = added.renamed else { return }
        if added.isMissing {
            add(
                "missing-record-id", .error, line: line, recordID: name,
                Text(
                    en: "The record has no “\(header)”; it is called “\(name)” here.",
                    zh: "该记录缺少“\(header)”，此处称为“\(name)”。"))
            return
        }
        let first = added.firstLine ?? 0
        add(
            "duplicate-record-id", .error, line: line, recordID: name,
            Text(
                en:
                    "The “\(header)” of lines \(first) and \(line) is the same; both records are kept, this one as “\(name)”.",
                zh: "第 \(first) 行与第 \(line) 行的“\(header)”相同；两条记录都保留，本条改称“\(name)”。"))
    }
}
