import Foundation
import Records

/// Groups of records by summed evidence (MODEL §6): two groups merge when all their cross pairs together speak for it.
///
/// Not transitive closure: a chain of likely pairs whose ends contradict each other is not closed. The idea is that of
/// correlation clustering (Bansal, Blum & Chawla 2004).
struct Clustering: Sendable {
    /// A pair as clustering sees it.
    struct Edge: Sendable {
        let pair: RowPair
        /// ln of the posterior odds, within ±12.
        let evidence: Double
        /// What the summed evidence between two groups has to exceed for this pair to merge them; `nil`: the pair is too
        /// unlikely to merge anything.
        let bar: Double?
    }

    /// One per row: the smallest row of its group.
    private(set) var groups: [UInt32]

    /// What a pair that no key brought together counts. 0 to −0.5 are alike (MODEL §6).
    static let neverMet = -0.25
    /// Bound on one pair's evidence.
    static let bound = 12.0

    /// - Parameters:
    ///   - edges: all candidate pairs within the components of the seeds.
    ///   - apart: pairs that somebody decided to be different.
    ///   - identities: per `never` rule the value code of each row, 0 where it has none; groups with different values
    ///     are never merged by score.
    init(rows: Int, edges: [Edge], same: [RowPair], apart: [RowPair], identities: [[UInt32]], threads: Int) {
        var components = UnionFind(count: rows)
        for edge in edges where edge.bar != nil { components.join(edge.pair.a, edge.pair.b) }
        for pair in same { components.join(pair.a, pair.b) }
        let within = edges.filter { components.root(of: $0.pair.a) == components.root(of: $0.pair.b) }
        let bound = Dictionary(grouping: same) { components.root(of: $0.a) }
        let held = Dictionary(grouping: apart.filter { components.root(of: $0.a) == components.root(of: $0.b) }) {
            components.root(of: $0.a)
        }
        let ordered = Self.byComponent(within, rows: rows, &components).map { root, edges in
            Component(edges: edges, same: bound[root] ?? [], apart: held[root] ?? [])
        }
        // What people decided alone makes a component, too.
        let known = Set(ordered.compactMap(\.edges.first).map { components.root(of: $0.pair.a) })
        let decided = bound.keys.filter { !known.contains($0) }.sorted().map { root in
            Component(edges: [], same: bound[root] ?? [], apart: held[root] ?? [])
        }
        let all = ordered + decided
        let pieces = Parallel.map((all.count + 255) / 256, threads: threads) { piece in
            (piece * 256..<min(all.count, piece * 256 + 256)).flatMap { all[$0].groups(identities) }
        }
        groups = (0..<rows).map { UInt32($0) }
        for members in pieces.joined() {
            guard let smallest = members.min() else { continue }
            for row in members { groups[Int(row)] = smallest }
        }
    }

    /// The edges of each component, which keep their order; components by their smallest row.
    private static func byComponent(
        _ edges: [Edge], rows: Int, _ components: inout UnionFind
    ) -> [(root: UInt32, edges: ArraySlice<Edge>)] {
        var ends = [UInt32](repeating: 0, count: rows + 1)
        let roots = edges.map { components.root(of: $0.pair.a) }
        for root in roots { ends[Int(root) + 1] += 1 }
        for row in 0..<rows { ends[row + 1] += ends[row] }
        var next = ends
        var order = [UInt32](repeating: 0, count: edges.count)
        for (index, root) in roots.enumerated() {
            order[Int(next[Int(root)])] = UInt32(index)
            next[Int(root)] += 1
        }
        let sorted = order.map { edges[Int($0)] }
        var found: [(root: UInt32, edges: ArraySlice<Edge>)] = []
        for row in 0..<rows where ends[row] < ends[row + 1] {
            found.append((UInt32(row), sorted[Int(ends[row])..<Int(ends[row + 1])]))
        }
        return found
    }

    /// Rows that are connected by seeds, with everything known of them.
    private struct Component: Sendable {
        let edges: ArraySlice<Edge>
        let same: [RowPair]
        let apart: [RowPair]

        /// Groups of two and more.
        func groups(_ identities: [[UInt32]]) -> [[UInt32]] {
            if let edge = edges.first, edges.count == 1, same.isEmpty, apart.isEmpty {
                return merges(edge, identities) ? [[edge.pair.a, edge.pair.b]] : []
            }
            var state = Merging(edges: edges, same: same, apart: apart, identities: identities)
            let order = edges.filter { $0.bar != nil }.sorted { left, right in
                left.evidence != right.evidence
                    ? left.evidence > right.evidence : (left.pair.a, left.pair.b) < (right.pair.a, right.pair.b)
            }
            for edge in order { if let bar = edge.bar { state.consider(edge.pair, bar: bar) } }
            return state.members.values.filter { $0.count > 1 }
        }

        /// Two rows and nothing else, as most components are.
        private func merges(_ edge: Edge, _ identities: [[UInt32]]) -> Bool {
            guard let bar = edge.bar, edge.evidence > bar else { return false }
            return !identities.contains { values in
                let (x, y) = (values[Int(edge.pair.a)], values[Int(edge.pair.b)])
                return x != 0 && y != 0 && x != y
            }
        }
    }
}

/// The groups of one component while they merge: sums of evidence between any two that met.
private struct Merging {
    private var groupOf: [UInt32: UInt32] = [:]
    fileprivate var members: [UInt32: [UInt32]] = [:]
    /// Between two groups: summed evidence, and how many of their cross pairs met.
    private var between: [UInt32: [UInt32: (sum: Double, met: Int)]] = [:]
    private var apart: [UInt32: Set<UInt32>] = [:]
    /// Per `never` rule the values a group holds.
    private var identities: [UInt32: [Set<UInt32>]] = [:]

    init(edges: ArraySlice<Clustering.Edge>, same: [RowPair], apart: [RowPair], identities: [[UInt32]]) {
        for pair in edges.map(\.pair) + same + apart {
            for row in [pair.a, pair.b] where groupOf[row] == nil {
                groupOf[row] = row
                members[row] = [row]
                self.identities[row] = identities.map { $0[Int(row)] == 0 ? [] : [$0[Int(row)]] }
            }
        }
        for edge in edges { add(edge.evidence, met: 1, edge.pair.a, edge.pair.b) }
        for pair in apart {
            self.apart[pair.a, default: []].insert(pair.b)
            self.apart[pair.b, default: []].insert(pair.a)
        }
        for pair in same { force(pair) }
    }

    private mutating func add(_ sum: Double, met: Int, _ a: UInt32, _ b: UInt32) {
        between[a, default: [:]][b, default: (0, 0)].sum += sum
        between[a, default: [:]][b, default: (0, 0)].met += met
        between[b, default: [:]][a, default: (0, 0)].sum += sum
        between[b, default: [:]][a, default: (0, 0)].met += met
    }

    private func group(_ row: UInt32) -> UInt32 {
        guard let group = groupOf[row] else { preconditionFailure("every row of a component has a group") }
        return group
    }

    /// A person said so: merged unless a person also said the opposite of two of the members.
    private mutating func force(_ pair: RowPair) {
        let (x, y) = (group(pair.a), group(pair.b))
        if x != y, apart[x]?.contains(y) != true { merge(x, y) }
    }

    mutating func consider(_ pair: RowPair, bar: Double) {
        let (x, y) = (group(pair.a), group(pair.b))
        if x == y || apart[x]?.contains(y) == true || contradict(x, y) { return }
        let known = between[x]?[y] ?? (0, 0)
        let absent = (members[x]?.count ?? 0) * (members[y]?.count ?? 0) - known.met
        if known.sum + Double(absent) * Clustering.neverMet > bar { merge(x, y) }
    }

    /// Each has a value of its own that the other lacks, under a `never` rule.
    private func contradict(_ x: UInt32, _ y: UInt32) -> Bool {
        guard let left = identities[x], let right = identities[y] else { return false }
        return zip(left, right).contains { !$0.isEmpty && !$1.isEmpty && $0 != $1 }
    }

    private mutating func merge(_ x: UInt32, _ y: UInt32) {
        let (into, from) = (min(x, y), max(x, y))
        for row in members[from] ?? [] { groupOf[row] = into }
        members[into, default: []] += members.removeValue(forKey: from) ?? []
        let theirs = between.removeValue(forKey: from) ?? [:]
        between[into]?.removeValue(forKey: from)
        for (other, entry) in theirs where other != into {
            between[other]?.removeValue(forKey: from)
            add(entry.sum, met: entry.met, into, other)
        }
        for other in apart.removeValue(forKey: from) ?? [] {
            apart[other]?.remove(from)
            apart[other]?.insert(into)
            apart[into, default: []].insert(other)
        }
        if let values = identities.removeValue(forKey: from), let own = identities[into] {
            identities[into] = zip(own, values).map { $0.union($1) }
        }
    }
}
