/// What a check has to say of a row, before it becomes a `Finding`.
struct Hit: Sendable {
    /// `nil`: the finding is about the record. Checks of values leave it to the frame.
    var field: Int?
    /// Only when it is certain; else empty.
    var suggestion = ""
    var detail = ""
    var otherRow: Int?
}
