import Records
import Reports

/// The masters of two runs, cell by cell.
struct MasterDifference {
    /// A cell of a person that both masters have.
    struct Cell {
        let person: UInt32
        let field: String
        let before: String
        let after: String
    }

    /// By field, in the order of the later master; only those with a change.
    let shifts: [CellShift]

    /// Columns of `master.csv` that are no cells of a person's.
    private static let others: Set = ["person_id", "records", "grade"]

    /// Keeps the earlier master in memory: its bytes, and four bytes a cell.
    ///
    /// - Parameter found: gets every cell that differs, in the order of the later master.
    /// - Throws: `E-OUT-010` to `E-OUT-012`; what `found` throws.
    init(_ before: StoredTable, _ after: StoredTable, found: (Cell) throws -> Void) throws {
        let earlier = try Rows(before)
        let columns = before.columns.map(\.name)
        let compared = after.columns.enumerated().compactMap { index, column -> (index: Int, old: Int, name: String)? in
            guard !Self.others.contains(column.name), let old = columns.firstIndex(of: column.name) else { return nil }
            return (index, old, column.name)
        }
        var shifts = compared.map { CellShift(field: $0.name) }
        try after.eachRow { row in
            guard let person = row.withCell(0, PersonID.given), let place = earlier.place(of: person) else { return }
            for (slot, column) in compared.enumerated() {
                try row.withCell(column.index) { now in
                    try earlier.withCell(place, column.old) { old in
                        if old.elementsEqual(now) { return }
                        if old.isEmpty {
                            shifts[slot].filled += 1
                        } else if now.isEmpty {
                            shifts[slot].emptied += 1
                        } else {
                            shifts[slot].changed += 1
                        }
                        try found(
                            Cell(
                                person: person, field: column.name, before: String(decoding: old, as: UTF8.self),
                                after: String(decoding: now, as: UTF8.self)))
                    }
                }
            }
        }
        self.shifts = shifts.filter { $0.total > 0 }
    }
}

/// A table in memory, found by the person in its first column.
private struct Rows {
    private var bytes: [UInt8] = []
    /// Where each cell ends in its row, row after row.
    private var ends: [UInt32] = []
    /// Where each row begins.
    private var starts: [Int] = []
    private var places: [UInt32: UInt32] = [:]
    private let width: Int

    init(_ table: StoredTable) throws {
        width = table.columns.count
        try table.eachRow { row in
            guard let person = row.withCell(0, PersonID.given) else { return }
            places[person] = UInt32(truncatingIfNeeded: starts.count)
            starts.append(bytes.count)
            var end: UInt32 = 0
            for cell in 0..<row.count {
                row.withCell(cell) { text in
                    bytes.append(contentsOf: text)
                    end &+= UInt32(truncatingIfNeeded: text.count)
                }
                ends.append(end)
            }
        }
    }

    func place(of person: UInt32) -> Int? { places[person].map(Int.init) }

    func withCell<Result>(
        _ row: Int, _ cell: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let first = starts[row] + (cell == 0 ? 0 : Int(ends[row * width + cell - 1]))
        let last = starts[row] + Int(ends[row * width + cell])
        return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[first..<last])) }
    }
}
