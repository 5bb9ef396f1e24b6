import GRDB
import Records

extension WorkspaceWriter {
    /// Says that records are used for nothing from here on, or that they are used again.
    ///
    /// - Parameters:
    ///   - time: UTC, ISO 8601, to the second.
    ///   - event: sequence of the event that says so.
    package func restrict(
        _ records: [SubjectRecord], isLifted: Bool, by: String, reason: String, time: String, event: Int
    ) throws {
        for record in records {
            try db.execute(
                sql: "INSERT INTO restriction (record, word, \"by\", reason, at, event) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [record.id, isLifted ? "lift" : "restrict", by, reason, time, event])
        }
    }
}
