/// The clean data set: one person a row, each cell known by the record it came from and the rule that chose it.
///
/// Values are not copied: a cell's value is that of its record, as `RecordTable.shown` gives it, but for the few that a check
/// repaired.
package struct Master: Sendable {
    /// A value that no record has: what a record's cell must have meant.
    package struct Repair: Sendable, Hashable {
        package let text: String
        /// Name of the check that found it.
        package let check: String

        package init(text: String, check: String) {
            self.text = text
            self.check = check
        }
    }

    package struct Column: Sendable {
        /// Row of the `RecordTable` whose value survives, per person; `noRow` where the person has no value.
        package let rows: [UInt32]
        /// Index into `Master.rules` of the rule that settled it, per person.
        package let rules: [UInt8]
        /// By person: what stands in place of the record's own value.
        package let repairs: [UInt32: Repair]

        package init(rows: [UInt32], rules: [UInt8], repairs: [UInt32: Repair] = [:]) {
            self.rows = rows
            self.rules = rules
            self.repairs = repairs
        }
    }

    package static let noRow = UInt32.max

    /// Sorted ascending; the order of all outputs.
    package let personIDs: [String]
    /// Members of person p: `members[memberStarts[p]..<memberStarts[p + 1]]`, rows ascending.
    package let members: [UInt32]
    package let memberStarts: [Int]
    /// One per row of the `RecordTable`: index of its person.
    package let personOf: [UInt32]
    /// Names of the survivorship rules that cells point to: `valid`, `majority`, …, `only value`.
    package let rules: [String]
    /// Parallel to the schema's fields.
    package let columns: [Column]
    /// Grade of the record's data quality per person, A best.
    package let grades: [Grade]

    package init(
        personIDs: [String], members: [UInt32], memberStarts: [Int], personOf: [UInt32], rules: [String],
        columns: [Column], grades: [Grade]
    ) {
        self.personIDs = personIDs
        self.members = members
        self.memberStarts = memberStarts
        self.personOf = personOf
        self.rules = rules
        self.columns = columns
        self.grades = grades
    }

    package var count: Int { personIDs.count }

    package func members(of person: Int) -> ArraySlice<UInt32> {
        members[memberStarts[person]..<memberStarts[person + 1]]
    }

    /// The surviving value; empty when the person has none.
    package func value(_ person: Int, _ field: Int, in records: RecordTable) -> String {
        if let repair = columns[field].repairs[UInt32(person)] { return repair.text }
        let row = columns[field].rows[person]
        return row == Self.noRow ? "" : records.shown(Int(row), field)
    }
}

/// Which record each cell of a `Master` came from, as it lies in memory, for loops over every cell. Not to be kept.
package struct MasterView {
    fileprivate struct Column {
        let rows: UnsafeBufferPointer<UInt32>
        let rules: UnsafeBufferPointer<UInt8>
        let hasRepairs: Bool
    }

    private let master: Master
    private let columns: [Column]

    fileprivate init(_ master: Master, _ columns: [Column]) {
        self.master = master
        self.columns = columns
    }

    /// `Master.noRow` where the person has no value.
    package func row(_ person: Int, _ field: Int) -> UInt32 { columns[field].rows[person] }

    /// Index into `Master.rules`.
    package func rule(_ person: Int, _ field: Int) -> Int { Int(columns[field].rules[person]) }

    package func repair(_ person: Int, _ field: Int) -> Master.Repair? {
        columns[field].hasRepairs ? master.columns[field].repairs[UInt32(person)] : nil
    }
}

extension Master {
    package func withView<Result>(_ body: (MasterView) throws -> Result) rethrows -> Result {
        try Self.withColumns(columns[...], []) { try body(MasterView(self, $0)) }
    }

    private static func withColumns<Result>(
        _ columns: ArraySlice<Column>, _ views: [MasterView.Column], _ body: ([MasterView.Column]) throws -> Result
    ) rethrows -> Result {
        guard let column = columns.first else { return try body(views) }
        return try column.rows.withUnsafeBufferPointer { rows in
            try column.rules.withUnsafeBufferPointer { rules in
                let view = MasterView.Column(rows: rows, rules: rules, hasRepairs: !column.repairs.isEmpty)
                return try withColumns(columns.dropFirst(), views + [view], body)
            }
        }
    }
}

/// Quality of a record's data (never of the person) by the points of its findings, `QualityPlan`: A nothing found, B small
/// things, C errors, D several errors.
package enum Grade: String, Sendable, CaseIterable {
    case a = "A"
    case b = "B"
    case c = "C"
    case d = "D"
}

/// A cell or record an office should change in its own data.
package struct Correction: Sendable {
    package enum Action: String, Sendable, CaseIterable {
        /// Write `after` into the cell.
        case change
        /// The cell is empty and can be filled.
        case fill
        /// The record stands for the same person as another record of this source.
        case merge
        /// The person should stand in this source and does not; `row` is a record of another source, `cells` what is known.
        case add
    }

    package struct Cell: Sendable, Hashable {
        package let field: Int
        /// In the office's notation.
        package let text: String

        package init(field: Int, text: String) {
            self.field = field
            self.text = text
        }
    }

    package let action: Action
    package let row: Int
    /// `nil` for a record to merge or to add.
    package let field: Int?
    /// Of a record to merge: its id; empty for a record to add.
    package let before: String
    /// Of a record to merge: the id of the one that stays; empty for a record to add.
    package let after: String
    /// The value behind `after`, normalised; empty where there is none.
    package let value: String
    package let reason: Text
    /// Records that speak for the change, or the checksum, or the number the value was derived from.
    package let evidence: Text
    /// What was found, where a finding stands behind the correction.
    package let finding: Finding?
    /// Of a record to add.
    package let cells: [Cell]

    package init(
        action: Action, row: Int, field: Int?, before: String, after: String, value: String = "", reason: Text,
        evidence: Text, finding: Finding? = nil, cells: [Cell] = []
    ) {
        self.value = value
        self.finding = finding
        self.cells = cells
        self.action = action
        self.row = row
        self.field = field
        self.before = before
        self.after = after
        self.reason = reason
        self.evidence = evidence
    }
}
