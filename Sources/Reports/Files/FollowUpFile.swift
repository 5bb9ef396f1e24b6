package import Records

/// `followup.csv`: what became of the corrections of the run before, of the offices that have sent a new export since.
package enum FollowUpFile {
    package static let name = "followup.csv"

    package struct Row: Sendable {
        package let given: GivenCorrection
        package let status: FollowUpStatus
        /// Line of the record in the new export; `nil` where there is none.
        package let line: Int?
        /// The cell as the office writes it now.
        package let now: String

        package init(given: GivenCorrection, status: FollowUpStatus, line: Int?, now: String) {
            self.given = given
            self.status = status
            self.line = line
            self.now = now
        }
    }

    /// - Parameter rows: calls its argument with each, in the order of the earlier list.
    package static func write(
        to sink: inout FileSink, _ rows: (_ emit: (Row) throws -> Void) throws -> Void
    ) throws {
        try sink.header([
            "source", "record_id", "line", "field", "action", "before", "after", "value", "status", "finding",
        ])
        try rows { row in
            sink.cell(row.given.source)
            sink.cell(row.given.recordID)
            sink.cell(row.line.map(String.init) ?? "")
            sink.cell(row.given.field)
            sink.cell(row.given.action.rawValue)
            sink.cell(row.given.before)
            sink.cell(row.given.after)
            sink.cell(row.now)
            sink.cell(row.status.rawValue)
            sink.cell(row.given.finding)
            try sink.endRow()
        }
    }
}

/// What offices did with the corrections of an earlier run, in numbers.
package struct FollowUpFacts: Sendable, Hashable {
    package struct Source: Sendable, Hashable {
        package let source: String
        package var counts: [FollowUpStatus: Int]

        package init(source: String, counts: [FollowUpStatus: Int]) {
            self.source = source
            self.counts = counts
        }
    }

    /// Number of the run whose corrections these were.
    package let run: Int
    /// Offices with a new export, in the order of the rule book.
    package var sources: [Source]

    package init(run: Int, sources: [Source]) {
        self.run = run
        self.sources = sources
    }

    package var total: Int { sources.reduce(0) { $0 + $1.counts.values.reduce(0, +) } }
}
