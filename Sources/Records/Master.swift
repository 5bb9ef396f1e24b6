/// The clean data set: one person a row, each cell known by the record it came from and the rule that chose it.
///
/// Values are not copied: a cell's value is that of its record, as `RecordTable.shown` gives it, but for the few that a check
/// repaired or a person set.
package struct Master: Sendable {
    /// What stands in a cell instead of a record's own value.
    package struct Replacement: Sendable, Hashable {
        package enum Cause: Sendable, Hashable {
            /// The check of this name knew what the record's cell must have meant.
            case check(String)
            /// A person said so.
            case override(CellOverride)
            /// It follows from the person's cell in this field.
            case derived(from: Int)
            /// It follows from the person's being in the source of this name, or not being there.
            case presence(in: String)
        }

        /// As it is shown; empty when a person emptied the cell.
        package let text: String
        package let cause: Cause
        /// Row whose value it replaces: the repaired one, or the one that the rules chose; `noRow` where none has a value.
        package let instead: UInt32

        package init(text: String, cause: Cause, instead: UInt32) {
            self.text = text
            self.cause = cause
            self.instead = instead
        }

        package var isRepair: Bool {
            if case .check = cause { true } else { false }
        }

        package var override: CellOverride? {
            if case .override(let override) = cause { override } else { nil }
        }
    }

    /// One of several values of a cell.
    package struct Listed: Sendable, Hashable {
        package let row: UInt32
        package let replacement: Replacement?

        package init(row: UInt32, replacement: Replacement? = nil) {
            self.row = row
            self.replacement = replacement
        }
    }

    package struct Column: Sendable {
        /// Row of the `RecordTable` whose value survives, per person; `noRow` where no record of the person has the value. Of a
        /// repaired cell the row that was repaired.
        package let rows: [UInt32]
        /// Index into `Master.rules` of the rule that settled it, per person.
        package let rules: [UInt8]
        /// By person: what stands in place of the record's own value.
        package let replacements: [UInt32: Replacement]
        /// By person: the values of a cell that keeps all of them, where there are several. The first one's row stands in
        /// `rows`.
        package let lists: [UInt32: [Listed]]
        /// Of a field that keeps all values; `nil`: one survives.
        package let notation: ListNotation?
        /// By person: a row with another value, where no rule settled which of them is to stand.
        package let rivals: [UInt32: UInt32]

        package init(
            rows: [UInt32], rules: [UInt8], replacements: [UInt32: Replacement] = [:],
            lists: [UInt32: [Listed]] = [:], notation: ListNotation? = nil, rivals: [UInt32: UInt32] = [:]
        ) {
            self.rows = rows
            self.rules = rules
            self.replacements = replacements
            self.lists = lists
            self.notation = notation
            self.rivals = rivals
        }

        /// Whether somebody said what the person's cell holds.
        package func isSet(_ person: Int) -> Bool {
            !replacements.isEmpty && replacements[UInt32(person)]?.override != nil
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

    /// The surviving value; empty when the person has none. Several stand in the column's notation.
    package func value(_ person: Int, _ field: Int, in records: RecordTable) -> String {
        if let replacement = columns[field].replacements[UInt32(person)] { return replacement.text }
        if let list = columns[field].lists[UInt32(person)] {
            return (columns[field].notation ?? .standard).text(
                list.map { $0.replacement?.text ?? records.shown(Int($0.row), field) })
        }
        let row = columns[field].rows[person]
        return row == Self.noRow ? "" : records.shown(Int(row), field)
    }
}

/// Which record each cell of a `Master` came from, as it lies in memory, for loops over every cell. Not to be kept.
package struct MasterView {
    fileprivate struct Column {
        let rows: UnsafeBufferPointer<UInt32>
        let rules: UnsafeBufferPointer<UInt8>
        let hasReplacements: Bool
        let hasLists: Bool
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

    package func replacement(_ person: Int, _ field: Int) -> Master.Replacement? {
        columns[field].hasReplacements ? master.columns[field].replacements[UInt32(person)] : nil
    }

    /// The values of a cell that keeps several.
    package func list(_ person: Int, _ field: Int) -> [Master.Listed]? {
        columns[field].hasLists ? master.columns[field].lists[UInt32(person)] : nil
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
                let view = MasterView.Column(
                    rows: rows, rules: rules, hasReplacements: !column.replacements.isEmpty,
                    hasLists: !column.lists.isEmpty)
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
