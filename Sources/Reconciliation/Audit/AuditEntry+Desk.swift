extension AuditEntry {
    /// Somebody saw in full what is masked for most people.
    ///
    /// - Parameter records: of whom, as the store knows them.
    package static func unmasked(records: [Int64], reason: String) -> AuditEntry {
        AuditEntry(
            type: "access.unmasked", subjects: records.map { "record:\($0)" }, payload: ["reason": .text(reason)])
    }
}
