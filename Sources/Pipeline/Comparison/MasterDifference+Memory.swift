import Records
import Reports

extension MasterDifference {
    /// What became of the cells of persons that the master of an earlier run has too, while the later one is in memory. The
    /// earlier one is read row by row.
    ///
    /// - Throws: `E-OUT-010` to `E-OUT-012`.
    static func shifts(_ before: StoredTable, _ master: Master, _ records: RecordTable) throws -> [CellShift] {
        let columns = before.columns.map(\.name)
        let compared = records.schema.fields.enumerated().compactMap { field, column in
            columns.firstIndex(of: column.name).map { (field: field, old: $0, name: column.name) }
        }
        var shifts = compared.map { CellShift(field: $0.name) }
        let numbers = master.personIDs.map { PersonID.given($0) ?? 0 }
        let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
        var place = 0
        try master.withView { cells in
            try records.withView { view in
                try before.eachRow { row in
                    guard let person = row.withCell(0, PersonID.given) else { return }
                    // Rows come by rising number, but for numbers of more digits than the others.
                    if place > 0, numbers[order[place - 1]] >= person { place = 0 }
                    while place < order.count, numbers[order[place]] < person { place += 1 }
                    guard place < order.count, numbers[order[place]] == person else { return }
                    let index = order[place]
                    for (slot, column) in compared.enumerated() {
                        row.withCell(column.old) { old in
                            func take(_ now: UnsafeBufferPointer<UInt8>) {
                                if old.elementsEqual(now) { return }
                                if old.isEmpty {
                                    shifts[slot].filled += 1
                                } else if now.isEmpty {
                                    shifts[slot].emptied += 1
                                } else {
                                    shifts[slot].changed += 1
                                }
                            }
                            let survivor = cells.row(index, column.field)
                            if cells.replacement(index, column.field) != nil || cells.list(index, column.field) != nil {
                                var text = master.value(index, column.field, in: records)
                                text.withUTF8(take)
                            } else if survivor == Master.noRow {
                                take(UnsafeBufferPointer(start: nil, count: 0))
                            } else {
                                view.withShown(Int(survivor), column.field, take)
                            }
                        }
                    }
                }
            }
        }
        return shifts.filter { $0.total > 0 }
    }
}
