package import Records
import Standards

/// Holds records of one id against each other: the same person, or clearly somebody else?
///
/// Somebody else is told with certainty only. People marry and move, numbers are corrected, dates are mistyped: one of these
/// alone, or two, says nothing.
package struct PersonContrast {
    package enum Verdict: Sendable {
        /// One number, or name and birth date, are the same.
        case same
        /// Name and birth date are others, and the number, or what else there is to compare.
        case other
        /// Name and birth date are others, and nothing else speaks for it.
        case doubtful
        /// Nothing speaks for somebody else.
        case open
    }

    private struct Compared {
        let field: Int
        let kind: FieldKind
        let column: any PreparedColumn
    }

    /// What two cells say.
    private enum Answer {
        case nothing, equal, near, other
    }

    private let records: RecordTable
    private let names: [Compared]
    private let birthDate: Compared?
    private let numbers: [Compared]
    private let details: [Compared]

    /// - Parameter birthDate: the field; without one nothing is told.
    package init(_ records: RecordTable, birthDate: Int?) {
        self.records = records
        func compared(_ field: Int) -> Compared {
            let kind = records.schema.fields[field].kind
            let comparator = Comparator.standard(for: kind)
            return Compared(
                field: field, kind: kind, column: comparator.prepare(records.columns[field], comparator.ladder))
        }
        func all(_ kinds: Set<FieldKind>) -> [Compared] {
            records.schema.fields.indices.filter { kinds.contains(records.schema.fields[$0].kind) }.map(compared)
        }
        names = all(Self.nameKinds)
        self.birthDate = birthDate.map(compared)
        numbers = all(Self.numberKinds)
        details = all(Self.detailKinds)
    }

    private static let nameKinds: Set<FieldKind> = [.personName, .givenName, .surname]
    private static let numberKinds: Set<FieldKind> = [.residentID, .identifier]
    private static let detailKinds: Set<FieldKind> = [.phone, .email, .address, .street]

    /// Fields that are looked at.
    package static func fields(of schema: Schema, birthDate: Int?) -> Set<Int> {
        let kinds = nameKinds.union(numberKinds).union(detailKinds)
        return Set(schema.fields.indices.filter { kinds.contains(schema.fields[$0].kind) || $0 == birthDate })
    }

    package func verdict(_ a: Int, _ b: Int) -> Verdict {
        let numbers = numbers.map { number($0, a, b) }
        let name = names.map { answer($0, a, b) }.filter { $0 != .nothing }
        let birth = birthDate.map { answer($0, a, b) } ?? .nothing
        if numbers.contains(.equal) { return .same }
        if birth == .equal, !name.isEmpty, name.allSatisfy({ $0 == .equal }) { return .same }
        guard birth == .other, !name.isEmpty, name.allSatisfy({ $0 == .other }) else { return .open }
        if numbers.contains(.near) { return .doubtful }
        let isOther = numbers.contains(.other) || details.contains { answer($0, a, b) == .other }
        return isOther ? .other : .doubtful
    }

    /// A number that nobody can have says nothing.
    private func number(_ compared: Compared, _ a: Int, _ b: Int) -> Answer {
        let isValid = [a, b].allSatisfy { row in
            guard records.isWellFormed(row, compared.field) else { return false }
            if compared.kind != .residentID { return true }
            return ResidentID(records.value(row, compared.field))?.isValid ?? false
        }
        return isValid ? answer(compared, a, b) : .nothing
    }

    private func answer(_ compared: Compared, _ a: Int, _ b: Int) -> Answer {
        let codes = records.columns[compared.field].codes
        let (left, right) = (codes[a], codes[b])
        if left == 0 || right == 0 { return .nothing }
        if left == right { return .equal }
        // Level 1: not even alike.
        return compared.column.level(left, right) <= 1 ? .other : .near
    }
}
