import GRDB
import Records
import Synchronization

/// What the index was asked before, and the columns that lists are counted by, each as of a state of the index: of another one
/// nothing is taken from here.
final class DeskMemory: Sendable {
    private static let most = 100

    /// A state of the index.
    struct Marks: Hashable {
        /// Of the run: changes with the pairs themselves.
        let pairs: String
        /// What was said of them.
        let event: String
        let assigned: String
    }

    struct Question: Hashable {
        let filter: DeskFilter
        let fields: Int
    }

    private struct Known {
        var facets: (state: String, facets: DeskFacets)?
        var counts: [Question: DeskCounts] = [:]
        var countsAre: Marks?
        var columns: PairColumns?
        var columnsAre: (pairs: String, event: String) = ("", "")
    }

    private let known = Mutex(Known())

    // MARK: Facets of findings

    func facets(_ state: String) -> DeskFacets? {
        known.withLock { $0.facets?.state == state ? $0.facets?.facets : nil }
    }

    func remember(_ facets: DeskFacets, _ state: String) {
        known.withLock { $0.facets = (state, facets) }
    }

    // MARK: Counts of pairs

    func counts(_ question: Question, _ marks: Marks) -> DeskCounts? {
        known.withLock { $0.countsAre == marks ? $0.counts[question] : nil }
    }

    func remember(_ counts: DeskCounts, _ question: Question, _ marks: Marks) {
        known.withLock { known in
            if known.countsAre != marks || known.counts.count >= Self.most { known.counts = [:] }
            known.countsAre = marks
            known.counts[question] = counts
        }
    }

    /// - Parameter db: in the state of the marks.
    func columns(_ marks: Marks, _ db: Database) throws -> PairColumns {
        try known.withLock { known in
            if var columns = known.columns, known.columnsAre.pairs == marks.pairs {
                if known.columnsAre.event == marks.event { return columns }
                known.columns = nil
                try columns.takeStates(db)
                known.columns = columns
            } else {
                known.columns = try PairColumns(db)
            }
            known.columnsAre = (marks.pairs, marks.event)
            guard let columns = known.columns else { preconditionFailure("they were just made") }
            return columns
        }
    }

    /// Pairs have other states since somebody said something.
    ///
    /// - Parameter event: before and after.
    func take(_ changed: [(id: Int, state: Int)], event: (from: String, to: String)) {
        known.withLock { known in
            guard known.columnsAre.event == event.from else { return }
            for (id, state) in changed { known.columns?.set(id, UInt8(truncatingIfNeeded: state)) }
            known.columnsAre.event = event.to
        }
    }
}
