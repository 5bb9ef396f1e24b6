import Matching
package import Records
import Rules
package import Workspace

/// A person as the desk shows it.
package struct DeskPerson: Sendable {
    package let explanation: PersonExplanation
    package let records: [DeskRecord]
    /// Scored pairs within the person, the weakest first.
    package let links: [DeskPair]
    /// Of the links, the one without which the group would fall apart soonest.
    package let bridge: DeskPair?
    /// Pairs with records of others.
    package let others: [ListedPair]
    /// Words about it that wait for a second person.
    package let waiting: [ApproveRun.Waiting]
    /// Values that were written for it since the run, which the next one takes in.
    package let written: [StoredOverride]
    /// Pairs of its records that were taken apart since the run, as the next one does.
    package let parted: [Decision]
}

extension ReviewSession {
    /// - Parameter name: `P00000012`; a retired number stands for the person that has its records.
    /// - Throws: `E-PRV-001`, `E-PRV-003`.
    package func person(_ name: String) throws -> DeskPerson {
        let moment = try moment()
        return try reading { try person(name, moment) }
    }

    private func person(_ name: String, _ moment: DeskMoment) throws -> DeskPerson {
        let desk = moment.desk
        let state = try moment.runState(store)
        let (number, retirements) = try state.person(name)
        let own = Set(try store.records(ofPerson: number, after: desk.run.id))
        let found = PersonFound(try store.findings(among: try index.findings(about: own)), isOrdered: false)
        let person = try PersonMaster(number, own, desk.run, desk.book, state.standing, found)
        guard !person.members.isEmpty else { throw state.without(number) }
        let tracer = CellTracer(person, state)
        let members = try MemberReader(store).members(person)
        let pairs = try index.pairs(with: own, limit: 400)
        let inside = pairs.filter { own.contains($0.a) && own.contains($0.b) }
        let records = try DeskRecords(own.union(inside.flatMap { [$0.a, $0.b] }), self, desk)
        let scores = inside.compactMap { pair -> (a: RecordKey, b: RecordKey, score: PersonExplanation.Join.Score)? in
            guard let a = records[pair.a], let b = records[pair.b] else { return nil }
            let outcome: ScoredPair.Outcome =
                switch pair.state {
                case .merged, .implied: .merged
                case .same: .decidedSame
                case .different: .decidedDifferent
                case .held: .heldApart
                case .open, .unsure, .proposed, .apart: .review
                }
            return (
                a.key, b.key,
                .init(probability: pair.probability, weight: pair.weight, outcome: outcome, key: pair.key)
            )
        }
        let explanation = PersonExplanation(
            person: PersonID.text(number), retirements: retirements, run: state.described, members: members,
            joins: try Joins.all(members.map(\.key), scores, state.standing),
            cells: desk.book.schema.fields.indices.map { tracer.cell($0) }, notes: [])
        return DeskPerson(
            explanation: explanation, records: own.sorted().compactMap { records[$0] },
            links: inside.sorted { ($0.weight, $0.id) < ($1.weight, $1.id) }, bridge: Self.bridge(inside),
            others: try listed(
                pairs.filter { !own.contains($0.a) || !own.contains($0.b) }.prefix(20).map { $0 }, desk),
            waiting: try proposed(moment).filter { !$0.records.isDisjoint(with: own) }.map(\.word),
            written: try moment.written(store).filter { !own.isDisjoint(with: $0.records) },
            parted: try moment.parted(store).filter { Set([$0.a, $0.b]).isSubset(of: members.map(\.key)) })
    }

    private func proposed(_ moment: DeskMoment) throws -> [(word: ApproveRun.Waiting, records: Set<Int64>)] {
        try moment.proposed {
            try ApproveRun.waiting(store, shown: Self.masking(moment.desk)).map { word in
                let about = try store.event(word.event).map { try cases(ofWord: $0) } ?? []
                return (word, about.reduce(into: []) { $0.formUnion($1) })
            }
        }
    }

    /// The lightest link of the heaviest tree.
    static func bridge(_ links: [DeskPair]) -> DeskPair? {
        var root: [Int64: Int64] = [:]
        func find(_ record: Int64) -> Int64 {
            var record = record
            while let next = root[record] { record = next }
            return record
        }
        var last: DeskPair?
        for link in links.sorted(by: { ($1.weight, $0.id) < ($0.weight, $1.id) }) {
            let (a, b) = (find(link.a), find(link.b))
            if a == b { continue }
            root[a] = b
            last = link
        }
        return last
    }

    /// Groups of at least so many records, those that hang together least first; of each its records that are of a pool.
    package func clusters(
        leastRecords: Int = 3, in pool: DeskPool = .all, from start: Int = 0, limit: Int = 25
    ) throws -> (clusters: [(cluster: DeskCluster, records: [DeskRecord])], total: Int) {
        let desk = try desk()
        let found = try index.clusters(
            leastRecords: leastRecords, sources: pool.sources, areas: pool.areas, from: start, limit: limit)
        let clusters = try reading {
            let groups = try found.map { ($0, try store.records(ofPerson: $0.person).map(\.key)) }
            let all = try DeskRecords(Set(groups.flatMap(\.1)), self, desk)
            return groups.map { ($0, records($1.sorted().compactMap { all[$0] }, in: pool, desk)) }
        }
        return (
            clusters, try index.clusterCount(leastRecords: leastRecords, sources: pool.sources, areas: pool.areas)
        )
    }
}
