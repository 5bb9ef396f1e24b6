package import Records

/// The cells of the master that differ from the record they came from, because normalising changed what the office
/// wrote: person by person, field by field, made one at a time.
package struct Changes: Sequence, IteratorProtocol, Sendable {
    package struct Change: Sendable, Hashable {
        /// Index of the person in the master.
        package let person: Int
        package let field: Int
        /// Row the value came from.
        package let row: Int
        /// As the office wrote it.
        package let before: String
        /// As it stands in the master.
        package let after: String
        /// Name of the rule that chose the record, as in `Master.rules`.
        package let rule: String

        package init(person: Int, field: Int, row: Int, before: String, after: String, rule: String) {
            self.person = person
            self.field = field
            self.row = row
            self.before = before
            self.after = after
            self.rule = rule
        }
    }

    private let master: Master
    private let records: RecordTable
    private var cell = 0

    package init(master: Master, records: RecordTable) {
        self.master = master
        self.records = records
    }

    package mutating func next() -> Change? {
        let fields = master.columns.count
        while cell < master.count * fields {
            let (person, field) = cell.quotientAndRemainder(dividingBy: fields)
            cell += 1
            let row = master.columns[field].rows[person]
            guard row != Master.noRow, !isSame(Int(row), field) else { continue }
            return Change(
                person: person, field: field, row: Int(row), before: records.raw(Int(row), field),
                after: records.shown(Int(row), field), rule: master.rules[Int(master.columns[field].rules[person])])
        }
        return nil
    }

    /// Byte for byte, without making texts.
    private func isSame(_ row: Int, _ field: Int) -> Bool {
        if records.isShownAsWritten(row, field) { return records.shown(row, field) == records.raw(row, field) }
        let source = records.sourceIndex(of: row)
        let normalised = records.columns[field]
        guard let written = records.sources[source].columns[field] else { return false }
        let code = written.codes[row - records.starts[source]]
        return written.values.withUTF8(code) { raw in
            normalised.values.withUTF8(normalised.codes[row]) { raw.elementsEqual($0) }
        }
    }
}
