/// Finds the row of a run's table for a stored record.
struct RowsByKey {
    private let keys: [Int64]
    private let rows: [UInt32]

    /// - Parameter keys: one per row; 0 for a row that is not stored.
    init(_ keys: [Int64]) {
        let order = keys.indices.filter { keys[$0] != 0 }
        let isAscending = zip(order, order.dropFirst()).allSatisfy { keys[$0] < keys[$1] }
        let sorted = isAscending ? order : order.sorted { keys[$0] < keys[$1] }
        self.keys = sorted.map { keys[$0] }
        rows = sorted.map { UInt32($0) }
    }

    func row(of key: Int64) -> Int? {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key ? Int(rows[low]) : nil
    }
}
