import Records

/// The states that the records of this run had in the exports before, for one field of a life-cycle.
package struct EarlierStates: Sendable, Hashable {
    /// Index of the field.
    package let field: Int
    /// Canonical codes; the first is empty and stands for a record that is new or had no state.
    private let states: [String]
    /// One a row of the `RecordTable`: index into `states`.
    private let rows: [UInt32]

    /// What a finding's `detail` begins with when the state comes from an earlier export.
    static let mark = ">"

    /// - Parameter rows: per row of the table an index into `states`, 0 for none; `states[0]` is empty.
    package init(field: Int, states: [String], rows: [UInt32]) {
        precondition(states.first == "" && rows.allSatisfy { Int($0) < states.count }, "rows point into states")
        self.field = field
        self.states = states
        self.rows = rows
    }

    func search(_ lifecycle: Lifecycle, _ facts: Facts) -> Check.RowSearch {
        let column = facts.records.columns[field]
        let (states, rows) = (states, rows)
        // Per earlier state and code of today.
        let isAllowed = states.map { state in
            (0..<column.values.count).map { code in
                state.isEmpty || code == 0 || lifecycle.mayBecome(state, column.values[UInt32(code)])
            }
        }
        return { row in
            guard row < rows.count, !isAllowed[Int(rows[row])][Int(column.codes[row])] else { return nil }
            let state = states[Int(rows[row])]
            return Hit(field: lifecycle.field, detail: "\(Self.mark) \(state)")
        }
    }
}
