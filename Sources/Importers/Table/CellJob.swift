import Dispatch
import Synchronization

/// The cells of some rows on their way into their columns, column by column, by any number of threads.
///
/// Holds the text that the cells lie in, so that whoever gathered them can go on.
final class CellJob: Sendable {
    struct Damaged: Sendable {
        let row: Int
        /// Column of the batch.
        let slot: Int
        let damage: TableBuilder.Damage
    }

    /// Points into `text` and is only read from here on.
    nonisolated(unsafe) let batch: CellBatch
    private let text: [UInt8]
    private let columns: [ColumnBuilder]
    private let next = Atomic(0)
    private let found = Mutex<[Damaged]>([])
    private let group = DispatchGroup()
    /// The other thread has begun, or will never be needed.
    private let isSettled = Atomic(false)

    /// - Parameter columns: one for each column of the batch, no two the same.
    init(_ batch: CellBatch, in text: [UInt8], to columns: [ColumnBuilder]) {
        self.batch = batch
        self.text = text
        self.columns = columns
    }

    /// Lets another thread begin.
    func start() {
        DispatchQueue.global().async(group: group) { if self.settle() { self.work() } }
    }

    /// Helps until all is done; the damaged cells by row.
    func finish() -> [Damaged] {
        work()
        // A thread that has not begun finds nothing left to do: when all are busy it may not begin for long.
        if !settle() { group.wait() }
        return found.withLock { $0 }.sorted { ($0.row, $0.slot) < ($1.row, $1.slot) }
    }

    /// Whether the caller is the first to say so.
    private func settle() -> Bool {
        isSettled.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
    }

    private func work() {
        while true {
            let slot = next.wrappingAdd(1, ordering: .relaxed).oldValue
            if slot >= columns.count { return }
            let damaged = batch.withTexts(of: slot) { columns[slot].append($0) }
            if damaged.isEmpty { continue }
            found.withLock { $0 += damaged.map { Damaged(row: $0.row, slot: slot, damage: $0.damage) } }
        }
    }
}
