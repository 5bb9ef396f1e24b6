import Records
import Standards

/// What some records of a person contend for: one field, or fields that travel together.
package struct Contest: Sendable, Hashable {
    /// Indices, ascending.
    package let fields: [Int]
    /// Rows whose say counts, candidates or not; `nil`: those of the candidates alone.
    package let voters: [UInt32]?

    package init(fields: [Int], voters: [UInt32]? = nil) {
        self.fields = fields
        self.voters = voters
    }
}

extension RecordFacts {
    /// Beyond so many records, as a wrong decision can give a person, only equal values speak for each other.
    static let mostCompared = 256

    /// Whether two records say the same in every field in which both say something, and there is such a field. An address
    /// says the same as that without its province.
    func agree(_ a: UInt32, _ b: UInt32, _ fields: [Int]) -> Bool {
        var isShared = false
        for field in fields {
            let (left, right) = (code(a, field), code(b, field))
            if left == 0 || right == 0 { continue }
            isShared = true
            if left != right, !isFuller(a, than: b, field), !isFuller(b, than: a, field) { return false }
        }
        return isShared
    }

    /// Whether the records have the same in every field, or both nothing.
    func isSame(_ a: UInt32, _ b: UInt32, _ fields: [Int]) -> Bool {
        fields.allSatisfy { code(a, $0) == code(b, $0) }
    }

    /// Whether `a` has the fuller form of what `b` has, in some field.
    func isFuller(_ a: UInt32, than b: UInt32, _ fields: [Int]) -> Bool {
        fields.contains { isFuller(a, than: b, $0) }
    }

    private func isFuller(_ a: UInt32, than b: UInt32, _ field: Int) -> Bool {
        guard records.schema.fields[field].kind == .address else { return false }
        return AddressForm.isFuller(value(Int(a), field), than: value(Int(b), field))
    }

    /// The row that comes first by the order of the sources, then by record id: no matter how a file is sorted.
    func firstByName(_ rows: [UInt32]) -> UInt32 {
        rows.min { a, b in
            let (left, right) = (records.sourceIndex(of: Int(a)), records.sourceIndex(of: Int(b)))
            if left != right { return left < right }
            let (id, other) = (records.recordID(Int(a)), records.recordID(Int(b)))
            return id == other ? a < b : id < other
        } ?? 0
    }
}
