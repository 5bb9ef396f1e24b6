import Records

/// The states that the records of this run had in the exports before, for one field of a life-cycle.
package struct EarlierStates: Sendable, Hashable {
    /// Index of the field.
    package let field: Int
    /// Canonical codes; the first is empty and stands for a record that is new or had no state.
    private let states: [String]
    /// One a row of the `RecordTable`: index into `states`.
    private let rows: [UInt32]

    /// The check that looks at them.
    package static let check = "status-transition"

    /// The topic of a finding when the state comes from an earlier export.
    static let mark = ">"

    /// What such a finding says of the state that came before; `nil` for one that says something else.
    package static func state(in detail: String) -> String? {
        guard Finding.topic(of: detail) == mark else { return nil }
        return String(detail.dropFirst(mark.count + 1).prefix { $0 != "\u{1F}" })
    }

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
        // Per earlier state, the codes of today that cannot follow it. States that the rule book does not name have none: a column
        // that holds something else than states can have as many as there are records.
        let forbidden = states.map { state -> Set<UInt32> in
            guard lifecycle.next[state] != nil else { return [] }
            return Set((1..<UInt32(column.values.count)).filter { !lifecycle.mayBecome(state, column.values[$0]) })
        }
        return { row in
            guard row < rows.count, forbidden[Int(rows[row])].contains(column.codes[row]) else { return nil }
            return Hit(field: lifecycle.field, detail: states[Int(rows[row])], topic: Self.mark)
        }
    }
}
