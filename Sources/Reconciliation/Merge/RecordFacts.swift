package import Records

/// What survivorship rules may ask about a record or a cell, worked out once for all persons.
package struct RecordFacts: Sendable {
    package let records: RecordTable
    package let flagged: FlaggedCells
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

    /// - Parameter repairing: fields whose cells count with the value that a check knows instead.
    package init(
        _ records: RecordTable, findings: [Finding], accepted: CellSet? = nil, repairing: Set<Int> = []
    ) {
        self.records = records
        self.accepted = accepted
        repairs = CellRepairs(findings, in: records, fields: repairing)
        flagged = FlaggedCells(findings, in: records)
        var filled = [UInt16](repeating: 0, count: records.count)
        for column in records.columns {
            for (row, code) in column.codes.enumerated() where code != 0 { filled[row] &+= 1 }
        }
        self.filled = filled
        dates = RecordDates(records, leavingOut: flagged)
        trust = records.sources.map(\.profile.trust)
        isReference = records.sources.map { $0.profile.role == .reference }
        asOf = records.sources.map { $0.profile.asOf.flatMap { RecordDates.packed(Array($0.utf8)[...]) } ?? 0 }
    }

    /// Well formed or accepted as it is, and no finding of severity `error` points at it; or repaired.
    package func isValid(_ row: Int, _ field: Int) -> Bool {
        (records.isWellFormed(row, field) || accepted?.contains(row, field) == true) && !flagged.contains(row, field)
            || repair(row, field) != nil
    }

    /// The field's code per row; of repaired cells that of the repaired value.
    package func codes(_ field: Int) -> [UInt32] { repairs.codes(field) }

    /// What stands in the cell instead of its own value.
    package func repair(_ row: Int, _ field: Int) -> Master.Replacement? { repairs.repair(row, field) }

    /// The value that the cell counts with.
    package func value(_ row: Int, _ field: Int) -> String { repair(row, field)?.text ?? records.value(row, field) }

    package func trust(_ row: Int) -> Int { trust[records.sourceIndex(of: row)] }

    package func isReference(_ row: Int) -> Bool { isReference[records.sourceIndex(of: row)] }

    package func filledFields(_ row: Int) -> Int { Int(filled[row]) }

    /// When the record last had news, as far as it shows: its latest date (`yyyymmdd`) in another field than this one,
    /// then the day its export describes.
    package func recency(_ row: Int, _ field: Int) -> (date: Int32, asOf: Int32) {
        (dates.latest(row, besides: field), asOf[records.sourceIndex(of: row)])
    }
}

/// The latest two dates of each record, so that no date vouches for its own recency.
struct RecordDates: Sendable {
    private var first: [Int32]
    private var second: [Int32]
    private var fieldOfFirst: [Int16]

    /// Flagged dates, ill-formed ones and those after the day of their export do not count.
    init(_ records: RecordTable, leavingOut flagged: FlaggedCells) {
        first = Array(repeating: 0, count: records.count)
        second = first
        fieldOfFirst = Array(repeating: -1, count: records.count)
        let limits = records.sources.map { source in
            source.profile.asOf.flatMap { Self.packed(Array($0.utf8)[...]) } ?? .max
        }
        for (field, column) in records.columns.enumerated() where records.schema.fields[field].kind == .date {
            let days = (0..<column.values.count).map { code in
                column.isWellFormed[code]
                    ? Self.packed(column.values.bytes[column.values.range(of: UInt32(code))]) ?? 0 : 0
            }
            for source in records.sources.indices {
                for row in records.starts[source]..<records.starts[source + 1] {
                    let day = days[Int(column.codes[row])]
                    if day > second[row], day <= limits[source], !flagged.contains(row, field) {
                        add(day, of: field, to: row)
                    }
                }
            }
        }
    }

    private mutating func add(_ day: Int32, of field: Int, to row: Int) {
        if day > first[row] {
            second[row] = first[row]
            first[row] = day
            fieldOfFirst[row] = Int16(truncatingIfNeeded: field)
        } else {
            second[row] = day
        }
    }

    /// 0 when the record has no such date.
    func latest(_ row: Int, besides field: Int) -> Int32 {
        Int(fieldOfFirst[row]) == field ? second[row] : first[row]
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
