/// A column whose distinct values are ready for comparing: whatever can be computed once per value has been.
protocol PreparedColumn: Sendable {
    /// Level of two different values, both present.
    func level(_ a: UInt32, _ b: UInt32) -> UInt8
    /// Comparing two values costs much more than looking at a few numbers.
    var isDear: Bool { get }
    /// Writes the levels of the batch's pairs in which the field is open: one dynamic call for thousands of pairs.
    func fill(_ batch: inout PairBatch, field: Int)
}

extension PreparedColumn {
    var isDear: Bool { false }

    func fill(_ batch: inout PairBatch, field: Int) { batch.fill(field) { level($0, $1) } }
}
