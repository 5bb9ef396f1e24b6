import GRDB

extension WorkspaceStore {
    /// Open and returned findings that propose a value for a cell; those that somebody accepts as they are among them.
    package func proposalCount() throws -> Int {
        try read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM finding
                    WHERE state IN ('open', 'returned') AND suggestion <> '' AND field IS NOT NULL
                    """) ?? 0
        }
    }
}
