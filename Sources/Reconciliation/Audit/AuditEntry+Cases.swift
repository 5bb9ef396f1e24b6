extension AuditEntry {
    /// Pairs became somebody's to decide.
    ///
    /// - Parameters:
    ///   - pairs: stored records, as the store knows them.
    ///   - account: empty: nobody's any more.
    package static func casesAssigned(_ pairs: [(a: Int64, b: Int64)], to account: String) -> AuditEntry {
        AuditEntry(
            type: "cases.assigned", subjects: [],
            payload: [
                "pairs": .array(pairs.map { .array([.integer(Int($0.a)), .integer(Int($0.b))]) }), "to": .text(account),
            ])
    }

    /// Pairs left the desk as a workbook, to be decided elsewhere.
    ///
    /// - Parameter file: its base name; `sha256` is its digest, hex.
    package static func casesExported(run: Int, pairs: Int, file: String, sha256: String) -> AuditEntry {
        AuditEntry(
            type: "cases.exported", subjects: ["run:\(run)"],
            payload: ["file": .text(file), "pairs": .integer(pairs), "sha256": .text(sha256)])
    }

    /// Somebody opened more records within an hour than their work asks for, and was held up.
    ///
    /// - Parameter records: how many an hour are let through.
    package static func accessExceeded(records: Int) -> AuditEntry {
        AuditEntry(type: "access.exceeded", subjects: [], payload: ["records": .integer(records)])
    }
}
