import Profiling
import Records

/// A column of these cells, in order; empty ones are missing.
func profiled(
    _ cells: [String], kind: FieldKind = .text, top: Int = 5, placeholders: Set<String> = ["-", "不详"]
) -> ColumnProfile {
    var interner = TextInterner()
    let codes = cells.map { interner.intern($0) }
    return ColumnProfile(
        SourceTable.Column(header: "column", codes: codes, values: interner.pool),
        meaning: ColumnMeaning(kind: kind, reason: Text(en: "", zh: ""), isRecordID: false), top: top
    ) { text, _ in placeholders.contains(String(decoding: text, as: UTF8.self)) }
}
