import Records
import Workspace

/// The persons of the newest run as some decisions join them.
struct JoinedPersons {
    /// A person of the run, or a record that none has.
    private enum Node: Hashable {
        case person(UInt32)
        case record(RecordKey)
    }

    /// The records of a person, and those that the workspace does not know yet.
    struct Members {
        var stored: Set<Int64> = []
        var unknown: Set<RecordKey> = []

        var count: Int { stored.count + unknown.count }

        func union(_ other: Members) -> Members {
            Members(stored: stored.union(other.stored), unknown: unknown.union(other.unknown))
        }
    }

    private let store: WorkspaceStore
    /// Those that a decision joins with another one.
    private var groups: [Node: [Node]] = [:]

    init(_ store: WorkspaceStore) { self.store = store }

    /// - Parameter decisions: that two records are one person.
    init(_ store: WorkspaceStore, by decisions: [Decision]) throws {
        self.init(store)
        var nodes: [RecordKey: Node] = [:]
        var neighbours: [Node: [Node]] = [:]
        for decision in decisions {
            var ends: [Node] = []
            for key in [decision.a, decision.b] {
                let node = try nodes[key] ?? self.node(key)
                nodes[key] = node
                ends.append(node)
            }
            if ends[0] == ends[1] { continue }
            neighbours[ends[0], default: []].append(ends[1])
            neighbours[ends[1], default: []].append(ends[0])
        }
        for start in neighbours.keys where groups[start] == nil {
            var group = [start]
            var seen: Set<Node> = [start]
            var next = 0
            while next < group.count {
                for other in neighbours[group[next]] ?? [] where seen.insert(other).inserted { group.append(other) }
                next += 1
            }
            for node in group { groups[node] = group }
        }
    }

    /// Of the person that a record is of then.
    func members(of key: RecordKey) throws -> Members {
        let node = try node(key)
        return try (groups[node] ?? [node]).reduce(into: try own(.record(key))) { $0 = $0.union(try own($1)) }
    }

    private func node(_ key: RecordKey) throws -> Node {
        guard let record = try store.record(key) else { return .record(key) }
        let person = try store.person(of: record)
        return person == 0 ? .record(key) : .person(person)
    }

    private func own(_ node: Node) throws -> Members {
        switch node {
        case .person(let person): return Members(stored: Set(try store.records(ofPerson: person).map(\.key)))
        case .record(let key):
            guard let record = try store.record(key) else { return Members(unknown: [key]) }
            return Members(stored: [record])
        }
    }
}
