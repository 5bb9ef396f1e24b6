package import Records

/// What survivorship rules may ask about a record or a cell, worked out once for all persons.
package struct RecordFacts: Sendable {
    package let records: RecordTable
    package let flagged: FlaggedCells
    private let doubted: FlaggedCells
    /// Ill-formed cells that somebody has accepted, among others.
    private let accepted: CellSet?
    private let repairs: CellRepairs
    /// Fields with a value, per row.
    private let filled: [UInt16]
    private let dates: RecordDates
    /// Per source, from its profile; `asOf` as `yyyymmdd`, 0 when not given.
    private let trust: [Int]
    private let isReference: [Bool]
    private let asOf: [Int32]

    /// - Parameters:
    ///   - repairing: fields whose cells count with the value that a check knows instead.
    ///   - doubting: fields of which `isDoubted` is asked.
    ///   - updated: as in `SurvivorshipPlan`.
    package init(
        _ records: RecordTable, findings: [Finding], accepted: CellSet? = nil, repairing: Set<Int> = [],
        doubting: Set<Int> = [], updated: [String: Int] = [:]
    ) {
        self.records = records
        self.accepted = accepted
        repairs = CellRepairs(findings, in: records, fields: repairing)
        flagged = FlaggedCells(findings, in: records)
        let roles = records.sources.map(\.profile.role)
        func role(_ row: Int) -> SourceProfile.Role? {
            (0..<records.count).contains(row) ? roles[records.sourceIndex(of: row)] : nil
        }
        let doubts =
            doubting.isEmpty
            ? []
            : findings.filter { finding in
                if finding.check == Finding.writtenDifferently { return true }
                guard finding.severity == .warning, let other = finding.otherRow else {
                    return finding.severity == .warning
                }
                // A register's cell that contradicts a reference's is pointed at whichever of the two is doubtful.
                return role(other) != .reference || role(finding.row) == .reference
            }
        doubted = FlaggedCells(doubts, in: records, severity: nil, fields: doubting)
        var filled = [UInt16](repeating: 0, count: records.count)
        for column in records.columns {
            for (row, code) in column.codes.enumerated() where code != 0 { filled[row] &+= 1 }
        }
        self.filled = filled
        dates = RecordDates(records, leavingOut: flagged, updated: updated)
        trust = records.sources.map(\.profile.trust)
        isReference = records.sources.map { $0.profile.role == .reference }
        asOf = records.sources.map { $0.profile.asOf.flatMap { RecordDates.packed(Array($0.utf8)[...]) } ?? 0 }
    }

    /// Well formed or accepted as it is, and no finding of severity `error` points at it; or repaired.
    package func isValid(_ row: Int, _ field: Int) -> Bool {
        (records.isWellFormed(row, field) || accepted?.contains(row, field) == true) && !flagged.contains(row, field)
            || repair(row, field) != nil
    }

    /// Whether a finding of severity `warning` points at the cell or says that it is not in the standard form, and nothing is
    /// known in its place.
    package func isDoubted(_ row: Int, _ field: Int) -> Bool {
        doubted.contains(row, field) && repair(row, field) == nil
    }

    /// The field's code per row; of repaired cells that of the repaired value.
    package func codes(_ field: Int) -> [UInt32] { repairs.codes(field) }

    package func code(_ row: UInt32, _ field: Int) -> UInt32 { repairs.code(Int(row), field) }

    /// What stands in the cell instead of its own value.
    package func repair(_ row: Int, _ field: Int) -> Master.Replacement? { repairs.repair(row, field) }

    /// The value that the cell counts with.
    package func value(_ row: Int, _ field: Int) -> String { repair(row, field)?.text ?? records.value(row, field) }

    package func trust(_ row: Int) -> Int { trust[records.sourceIndex(of: row)] }

    package func isReference(_ row: Int) -> Bool { isReference[records.sourceIndex(of: row)] }

    package func filledFields(_ row: Int) -> Int { Int(filled[row]) }

    /// When the record last had news: the date (`yyyymmdd`) that the rule book names for its source, else as far as it shows
    /// the latest date in another field than these; then the day its export describes. 0 where there is none.
    package func recency(_ row: Int, _ fields: [Int]) -> (date: Int32, asOf: Int32) {
        (dates.latest(row, besides: fields), asOf[records.sourceIndex(of: row)])
    }
}

/// The date of each record's last update where it is known; else its latest two dates, so that no date vouches for its own
/// recency.
struct RecordDates: Sendable {
    private var first: [Int32]
    private var second: [Int32]
    /// -1: the date of the update, which counts for every field.
    private var fieldOfFirst: [Int16]
    private var fieldOfSecond: [Int16]

    /// Flagged dates, ill-formed ones and those after the day of their export do not count.
    init(_ records: RecordTable, leavingOut flagged: FlaggedCells, updated: [String: Int] = [:]) {
        first = Array(repeating: 0, count: records.count)
        second = first
        fieldOfFirst = Array(repeating: -1, count: records.count)
        fieldOfSecond = fieldOfFirst
        let limits = records.sources.map { source in
            source.profile.asOf.flatMap { Self.packed(Array($0.utf8)[...]) } ?? .max
        }
        for (field, column) in records.columns.enumerated() where records.schema.fields[field].kind == .date {
            let days = (0..<column.values.count).map { code in
                column.isWellFormed[code]
                    ? Self.packed(column.values.bytes[column.values.range(of: UInt32(code))]) ?? 0 : 0
            }
            for source in records.sources.indices {
                let named = updated[records.sources[source].source]
                if let named, named != field { continue }
                for row in records.starts[source]..<records.starts[source + 1] {
                    let day = days[Int(column.codes[row])]
                    if day > second[row], day <= limits[source], !flagged.contains(row, field) {
                        add(day, of: named == nil ? field : -1, to: row)
                    }
                }
            }
        }
    }

    private mutating func add(_ day: Int32, of field: Int, to row: Int) {
        if day > first[row] {
            second[row] = first[row]
            fieldOfSecond[row] = fieldOfFirst[row]
            first[row] = day
            fieldOfFirst[row] = Int16(truncatingIfNeeded: field)
        } else {
            second[row] = day
            fieldOfSecond[row] = Int16(truncatingIfNeeded: field)
        }
    }

    /// 0 when the record has no such date among its latest two.
    func latest(_ row: Int, besides fields: [Int]) -> Int32 {
        if !fields.contains(Int(fieldOfFirst[row])) { return first[row] }
        return fields.contains(Int(fieldOfSecond[row])) ? 0 : second[row]
    }

    /// `1985-03-07` → 19850307; `nil` for any other form.
    static func packed(_ text: ArraySlice<UInt8>) -> Int32? {
        guard text.count == 10 else { return nil }
        var value: Int32 = 0
        for (place, byte) in text.enumerated() {
            if place == 4 || place == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int32(byte - 48)
            }
        }
        return value
    }
}
