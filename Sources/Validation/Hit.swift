import Records

/// What a check has to say of a row, before it becomes a `Finding`.
struct Hit: Sendable {
    /// `nil`: the finding is about the record. Checks of values leave it to the frame.
    var field: Int?
    /// Only when it is certain; else empty.
    var suggestion = ""
    var detail = ""
    /// For checks that can have several things to say of one cell: what tells them apart, and stays from run to run.
    var topic = ""
    var otherRow: Int?
    /// Where it is not the check's own.
    var severity: Severity?
}
