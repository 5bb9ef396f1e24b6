import Records

/// The difference of two runs as tables: `findings.csv`, `persons.csv`, `cells.csv`, closed by `run.json`.
package enum DifferenceFiles {
    /// - Parameters:
    ///   - directory: a folder that is not there yet, or one that is replaced.
    ///   - body: hands each cell that differs to its argument, and gives the difference.
    /// - Throws: as `Outbox.write`; what `body` throws.
    package static func write(
        persons: PersonShift, findings: [FindingShift], to directory: String,
        _ body: ((UInt32, String, String, String) throws -> Void) throws -> RunDifference
    ) throws -> RunDifference {
        var difference: RunDifference?
        try Outbox.write(to: directory) { outbox in
            try outbox.file("findings.csv") { sink in
                try sink.header([
                    "check", "kind", "severity", "source", "new", "returned", "open", "healed", "vanished",
                ])
                for shift in findings {
                    for text in [shift.check, shift.kind.rawValue, shift.severity.rawValue, shift.source] {
                        sink.cell(text)
                    }
                    for count in [shift.new, shift.returned, shift.open, shift.healed, shift.vanished] {
                        sink.cell(count)
                    }
                    try sink.endRow()
                }
            }
            try outbox.file("persons.csv") { sink in
                try sink.header(["change", "person_id", "into_person_ids", "records"])
                for change in persons.cases {
                    sink.cell(change.change.rawValue)
                    sink.cell(PersonID.text(change.person))
                    sink.cell(change.into.map(PersonID.text).joined(separator: " "))
                    sink.cell(change.records)
                    try sink.endRow()
                }
            }
            try outbox.file("cells.csv") { sink in
                try sink.header(["person_id", "field", "before", "after"])
                difference = try body { person, field, before, after in
                    sink.cell(PersonID.text(person))
                    for text in [field, before, after] { sink.cell(text) }
                    try sink.endRow()
                }
            }
        } manifest: { files, sink in
            guard let difference else { preconditionFailure("the cells come before the manifest") }
            sink.append(DifferenceJSON.document(difference, files: files).text)
            try sink.checkRow()
        }
        guard let difference else { preconditionFailure("the cells come before the manifest") }
        return difference
    }
}
