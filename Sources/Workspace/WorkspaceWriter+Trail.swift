import GRDB

extension WorkspaceWriter {
    /// Of what was added to the append-only tables since the last seal; goes into `rows.sealed`, the last event of a commit
    /// that adds to them.
    package func sealRows() throws -> RowSeal {
        try RowSeals.next(made.seals, db)
    }

    /// The hashes of the events after `sequence`, in order.
    package func eventHashes(after sequence: Int) throws -> [String] {
        try EventTable.hashes(after: sequence, db)
    }

    package func save(_ checkpoint: StoredCheckpoint) throws {
        try CheckpointTable.insert(checkpoint, db)
    }

    package func save(_ key: StoredSigningKey) throws {
        try CheckpointTable.insert(key, db)
    }

    /// A file of a run that could be written only once the run was saved.
    package func save(_ output: StoredRun.Output, of run: Int) throws {
        try RunTable.insert(output, of: run, db)
    }

    /// Takes salt and body of events away. An `erasure.executed` of the same commit has to name them, or `verify` finds them
    /// missing.
    package func erasePayloads(of events: [Int]) throws {
        for event in events {
            try db.cachedStatement(sql: "DELETE FROM event_payload WHERE event = ?").execute(arguments: [event])
        }
    }
}
