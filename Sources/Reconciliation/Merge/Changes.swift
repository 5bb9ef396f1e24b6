package import Records

/// The cells of the master that differ from the record they came from, because normalising changed what the office
/// wrote, a check repaired it or a person set it: person by person, field by field, made one at a time. Of a cell with several values each counts by itself.
package struct Changes: Sendable {
    /// The record's cell is `RecordTable.raw`, the master's is `RecordTable.shown`.
    package struct Change: Sendable, Hashable {
        /// Index of the person in the master.
        package let person: Int
        package let field: Int
        /// Row the value came from, or whose value it replaces; `nil` where no record of the person had one.
        package let row: Int?
        /// Name of the rule that chose the record, as in `Master.rules`.
        package let rule: String
        /// What stands in place of the record's own value.
        package let replacement: Master.Replacement?

        package init(person: Int, field: Int, row: Int?, rule: String, replacement: Master.Replacement? = nil) {
            self.person = person
            self.field = field
            self.row = row
            self.rule = rule
            self.replacement = replacement
        }
    }

    /// In place of a rule where no record of the person says anything: what an office wrote there (NULL, N/A, 不详) stands for
    /// "not known" and is not in the master.
    package static let notKnown = "not known"

    private let master: Master
    private let records: RecordTable

    package init(master: Master, records: RecordTable) {
        self.master = master
        self.records = records
    }

    package func each(_ body: (Change) throws -> Void) rethrows {
        try master.withView { cells in
            try records.withView { view in
                let fields = master.columns.indices.filter { field in
                    let column = master.columns[field]
                    return !column.replacements.isEmpty || !column.lists.isEmpty || !view.isShownUnchanged(field)
                }
                for person in 0..<master.count {
                    for field in fields {
                        func emit(_ row: UInt32, _ replacement: Master.Replacement?) throws {
                            guard differs(row, field, replacement, view) else { return }
                            try body(
                                Change(
                                    person: person, field: field, row: row == Master.noRow ? nil : Int(row),
                                    rule: master.rules[cells.rule(person, field)], replacement: replacement))
                        }
                        if let replacement = cells.replacement(person, field) {
                            try emit(replacement.instead, replacement)
                        } else if let list = cells.list(person, field) {
                            for listed in list { try emit(listed.row, listed.replacement) }
                        } else if cells.row(person, field) != Master.noRow {
                            try emit(cells.row(person, field), nil)
                        } else {
                            for row in master.members(of: person)
                            where view.columns[field].codes[Int(row)] == 0 && !view.raw(Int(row), field).isEmpty {
                                try body(Change(person: person, field: field, row: Int(row), rule: Self.notKnown))
                            }
                        }
                    }
                }
            }
        }
    }

    private func differs(
        _ row: UInt32, _ field: Int, _ replacement: Master.Replacement?, _ view: RecordView
    ) -> Bool {
        guard let replacement else { return !view.isShownUnchanged(Int(row), field) }
        return row == Master.noRow ? !replacement.text.isEmpty : replacement.text != records.raw(Int(row), field)
    }
}
