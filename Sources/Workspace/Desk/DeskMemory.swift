import Records
import Synchronization

/// What the index was asked before, so that a list of hundreds of thousands is not counted for every page.
///
/// Facets are those of the state that they are asked for. Counts of a list are exact while it is short; those of a long one,
/// whose counting takes long, may be as old as ten times what it took.
final class DeskMemory: Sendable {
    /// Pairs of a run from which counts may be a little old.
    static let long = 20_000
    private static let most = 100

    private struct Counted {
        let state: String
        let counts: DeskCounts
        let at: ContinuousClock.Instant
        let took: Duration
    }

    private struct Question: Hashable {
        let filter: DeskFilter
        let isWhole: Bool
    }

    private struct Known {
        var facets: (state: String, list: [(id: Int64, facet: DeskFacet, findings: Int)])?
        var counts: [Question: Counted] = [:]
    }

    private let known = Mutex(Known())

    func facets(_ state: String) -> [(id: Int64, facet: DeskFacet, findings: Int)]? {
        known.withLock { $0.facets?.state == state ? $0.facets?.list : nil }
    }

    func remember(_ facets: [(id: Int64, facet: DeskFacet, findings: Int)], _ state: String) {
        known.withLock { $0.facets = (state, facets) }
    }

    /// - Parameters:
    ///   - isWhole: by what can be chosen next too, not the total alone.
    ///   - state: of what is counted; the run comes first, up to a blank: of another run nothing is old, it is wrong.
    ///   - isLong: the list is of a run with many pairs.
    func counts(
        _ filter: DeskFilter, isWhole: Bool, state: String, isLong: Bool, _ count: () throws -> DeskCounts
    ) rethrows -> DeskCounts {
        let began = ContinuousClock.now
        let question = Question(filter: filter, isWhole: isWhole)
        if let found = known.withLock({ $0.counts[question] }) {
            if found.state == state { return found.counts }
            let isOfRun = found.state.prefix { $0 != " " } == state.prefix { $0 != " " }
            if isLong, isOfRun, began - found.at < found.took * 10 { return found.counts }
        }
        let counts = try count()
        let made = Counted(state: state, counts: counts, at: .now, took: .now - began)
        known.withLock { known in
            if known.counts.count >= Self.most { known.counts = [:] }
            known.counts[question] = made
        }
        return counts
    }
}
