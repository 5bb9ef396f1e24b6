package import Records

/// What people said of cells of the master, given to the persons that the records make now.
///
/// An override holds in the person that has all the records it was said of. Once those are several persons' it is nobody's,
/// until somebody says whose it is: by writing into that cell of one of them.
package struct Overrides: Sendable {
    package struct Cell: Sendable, Hashable {
        /// As in the `personOf` they were given by.
        package let person: UInt32
        package let field: Int

        package init(person: UInt32, field: Int) {
            self.person = person
            self.field = field
        }
    }

    /// Several live overrides of one cell that say different things, said when it was the cell of several persons.
    package struct Contradiction: Sendable, Hashable {
        package let cell: Cell
        /// The latest one.
        package let holds: CellOverride
        /// Those that say something else, latest first.
        package let others: [CellOverride]
    }

    package let held: [Cell: CellOverride]
    /// Those whose records are several persons' now, or no longer there, and of whose cells nobody has said more since; in
    /// order of their events.
    package let unowned: [CellOverride]
    /// By person, then field.
    package let contradictions: [Contradiction]

    /// - Parameters:
    ///   - given: the live ones, in any order.
    ///   - personOf: one per row.
    package init(_ given: [CellOverride], personOf: [UInt32]) {
        var held: [Cell: CellOverride] = [:]
        var unowned: [CellOverride] = []
        /// Places in `unowned` of those said of a row's cell.
        var unownedOf: [RowCell: [Int]] = [:]
        var others: [Cell: [CellOverride]] = [:]
        for override in given.sorted(by: Self.isLater) {
            guard let person = Self.owner(of: override, personOf) else {
                // From the latest on: what answers it, or says it again, has been met.
                let isAnswered = override.rows.contains { row in
                    personOf.indices.contains(Int(row))
                        && held[Cell(person: personOf[Int(row)], field: override.field)] != nil
                }
                // What has all of its rows has the first one.
                let isSuperseded =
                    override.rows.first.flatMap { unownedOf[RowCell(row: $0, field: override.field)] }?.contains {
                        Set(override.rows).isSubset(of: unowned[$0].rows)
                    } ?? false
                if isAnswered || isSuperseded { continue }
                for row in Set(override.rows) {
                    unownedOf[RowCell(row: row, field: override.field), default: []].append(unowned.count)
                }
                unowned.append(override)
                continue
            }
            let cell = Cell(person: person, field: override.field)
            if let latest = held[cell] {
                // Said again of the same person, or of one that it has become part of: a change of mind.
                let isSuperseded = Set(override.rows).isSubset(of: latest.rows)
                if latest.text != override.text, !isSuperseded { others[cell, default: []].append(override) }
            } else {
                held[cell] = override
            }
        }
        self.held = held
        self.unowned = unowned.reversed()
        contradictions = others.compactMap { cell, others in
            held[cell].map { Contradiction(cell: cell, holds: $0, others: others) }
        }.sorted { ($0.cell.person, $0.cell.field) < ($1.cell.person, $1.cell.field) }
    }

    private struct RowCell: Hashable {
        let row: UInt32
        let field: Int
    }

    private static func owner(of override: CellOverride, _ personOf: [UInt32]) -> UInt32? {
        guard let first = override.rows.first, personOf.indices.contains(Int(first)) else { return nil }
        let person = personOf[Int(first)]
        let isOne = override.rows.allSatisfy { personOf.indices.contains(Int($0)) && personOf[Int($0)] == person }
        return isOne ? person : nil
    }

    /// Events have different numbers; the rest keeps the order fixed whatever comes in.
    private static func isLater(_ a: CellOverride, _ b: CellOverride) -> Bool {
        if a.event != b.event { return a.event > b.event }
        if a.field != b.field { return a.field < b.field }
        if a.rows != b.rows { return a.rows.lexicographicallyPrecedes(b.rows) }
        return a.text < b.text
    }
}

extension Overrides {
    /// The columns with what people said in place of what the rules settled. A record that has the value itself stands for
    /// it, first one in which no check finds it wrong.
    func apply(to columns: [Master.Column], persons: Persons, facts: RecordFacts) -> [Master.Column] {
        if held.isEmpty { return columns }
        let rule = Settlement.override.index
        let byField = Dictionary(grouping: held) { $0.key.field }
        return columns.enumerated().map { field, column in
            guard let cells = byField[field] else { return column }
            var (rows, rules, replacements) = (column.rows, column.rules, column.replacements)
            for (cell, override) in cells {
                let person = Int(cell.person)
                replacements[cell.person] = Master.Replacement(
                    text: override.text, cause: .override(override), instead: rows[person])
                rules[person] = rule
                let members = persons.members[persons.starts[person]..<persons.starts[person + 1]]
                let having =
                    override.text.isEmpty
                    ? [] : members.filter { facts.records.shown(Int($0), field) == override.text }
                rows[person] = having.first { !facts.flagged.contains(Int($0), field) } ?? having.first ?? Master.noRow
            }
            return Master.Column(
                rows: rows, rules: rules, replacements: replacements, lists: column.lists, notation: column.notation,
                rivals: column.rivals)
        }
    }
}
