import Synchronization

/// How far the comparing of pairs has come, for whoever shows it while it goes on.
package final class Advance: Sendable {
    private let pieces = Atomic<Int>(0)
    private let finished = Atomic<Int>(0)
    private let kept = Atomic<Int>(0)
    private let compared = Atomic<Int>(0)

    package init() {}

    func begin(pieces count: Int) { pieces.store(count, ordering: .relaxed) }

    /// - Parameter isNew: compared now, not by an earlier run that was stopped.
    func finish(pairs: Int, isNew: Bool) {
        finished.wrappingAdd(1, ordering: .relaxed)
        if isNew {
            compared.wrappingAdd(pairs, ordering: .relaxed)
        } else {
            kept.wrappingAdd(1, ordering: .relaxed)
        }
    }

    /// The share of the pieces that is done, from 0 to 1; `nil` before the comparing begins.
    package var share: Double? {
        let count = pieces.load(ordering: .relaxed)
        return count == 0 ? nil : Double(finished.load(ordering: .relaxed)) / Double(count)
    }

    /// The share that an earlier run had done.
    package var keptShare: Double {
        Double(kept.load(ordering: .relaxed)) / Double(max(1, pieces.load(ordering: .relaxed)))
    }

    /// Pairs compared so far.
    package var pairs: Int { compared.load(ordering: .relaxed) }
}
