package import Records

/// The cells of the master that differ from the record they came from, because normalising changed what the office
/// wrote or a check repaired it: person by person, field by field, made one at a time.
package struct Changes: Sendable {
    /// The record's cell is `RecordTable.raw`, the master's is `RecordTable.shown`.
    package struct Change: Sendable, Hashable {
        /// Index of the person in the master.
        package let person: Int
        package let field: Int
        /// Row the value came from.
        package let row: Int
        /// Name of the rule that chose the record, as in `Master.rules`.
        package let rule: String
        /// What stands in place of the record's own value.
        package let repair: Master.Repair?

        package init(person: Int, field: Int, row: Int, rule: String, repair: Master.Repair? = nil) {
            self.person = person
            self.field = field
            self.row = row
            self.rule = rule
            self.repair = repair
        }
    }

    private let master: Master
    private let records: RecordTable

    package init(master: Master, records: RecordTable) {
        self.master = master
        self.records = records
    }

    package func each(_ body: (Change) throws -> Void) rethrows {
        let fields = master.columns.indices
        try master.withView { cells in
            try records.withView { view in
                for person in 0..<master.count {
                    for field in fields {
                        let row = cells.row(person, field)
                        let repair = cells.repair(person, field)
                        if row == Master.noRow || repair == nil && view.isShownUnchanged(Int(row), field) { continue }
                        let rule = master.rules[cells.rule(person, field)]
                        try body(Change(person: person, field: field, row: Int(row), rule: rule, repair: repair))
                    }
                }
            }
        }
    }
}
