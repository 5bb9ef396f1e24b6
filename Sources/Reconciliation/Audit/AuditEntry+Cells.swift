extension AuditEntry {
    /// What somebody wrote into a cell of the master.
    package struct WrittenCell: Sendable, Hashable {
        package let id: Int
        /// For which person, as it is written out.
        package let person: String
        package let field: String
        package let after: String

        package init(id: Int, person: String, field: String, after: String) {
            (self.id, self.person, self.field, self.after) = (id, person, field, after)
        }

        fileprivate var subjects: [String] { ["override:\(id)", "person:\(person)"] }
    }

    /// Somebody wrote into cells of the master, all at once: to be taken back together. The subjects name each cell and, after
    /// it, its person.
    ///
    /// - Parameter decision: event of the decision that they were written with: one counts as long as the other does.
    package static func cellsOverridden(
        _ cells: [WrittenCell], with decision: Int? = nil, by: String, reason: String
    ) -> AuditEntry {
        let subjects = cells.flatMap(\.subjects) + (decision.map { ["event:\($0)"] } ?? [])
        if cells.count == 1, let cell = cells.first {
            return AuditEntry(
                type: "cell.overridden", subjects: subjects,
                payload: [
                    "after": .text(cell.after), "by": .text(by), "field": .text(cell.field), "reason": .text(reason),
                ])
        }
        return AuditEntry(
            type: "cell.overridden", subjects: subjects,
            payload: [
                "by": .text(by),
                "cells": .array(cells.map { ["after": .text($0.after), "field": .text($0.field)] }),
                "reason": .text(reason),
            ])
    }
}
