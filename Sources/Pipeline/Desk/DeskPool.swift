import Records
package import Workspace

/// The part of the register that an account works on: sources, and areas by the beginnings of their codes.
package struct DeskPool: Sendable, Hashable {
    /// Empty: every source.
    package let sources: [String]
    /// Empty: every area.
    package let areas: [String]

    package static let all = DeskPool(sources: [], areas: [])

    package init(sources: [String], areas: [String]) {
        (self.sources, self.areas) = (sources, areas)
    }

    package var isAll: Bool { sources.isEmpty && areas.isEmpty }

    package func allows(source: String, area: String) -> Bool {
        allows(source: source) && allows(area: area)
    }

    package func allows(_ record: DeskRecord) -> Bool { allows(source: record.key.source, area: record.area) }

    package func allows(source: String) -> Bool { sources.isEmpty || sources.contains(source) }

    package func allows(_ pair: DeskPair) -> Bool {
        (sources.isEmpty || sources.contains { $0 == pair.aSource || $0 == pair.bSource }) && allows(area: pair.area)
    }

    package func allows(area: String) -> Bool { areas.isEmpty || areas.contains { area.hasPrefix($0) } }
}

extension ReviewSession {
    /// Records that are in a pool, in their order.
    func records(_ records: [DeskRecord], in pool: DeskPool, _ desk: DeskRun) -> [DeskRecord] {
        pool.isAll ? records : records.filter { pool.allows($0) }
    }

    /// Whether somebody may see a person: one of its records is of their pool, or one of its pairs.
    package func isPerson(_ person: DeskPerson, in pool: DeskPool) -> Bool {
        pool.isAll || person.records.contains { pool.allows($0) }
            || (person.links + person.others.map(\.pair)).contains(where: pool.allows)
    }

    /// Whether somebody may see what an event says: it is about a record of their pool, or about none and their own.
    ///
    /// - Parameter isWhole: whether they may undo or approve it: each case that it is about has a record of their pool.
    package func isWord(
        _ event: Int, in pool: DeskPool, of name: String, isWhole: Bool = false
    ) throws -> Bool {
        if pool.isAll { return true }
        guard let recorded = try store.event(event) else { return false }
        let desk = try desk()
        let about = Self.joined(try cases(ofWord: recorded))
        if about.allSatisfy(\.isEmpty) { return recorded.event.actor == name }
        let wanted = about.reduce(into: Set<Int64>()) { $0.formUnion($1) }
        let shown = try DeskRecords(wanted, self, desk)
        func isInside(_ own: Set<Int64>) -> Bool { own.contains { shown[$0].map { pool.allows($0) } ?? false } }
        return isWhole ? about.allSatisfy(isInside) : about.contains(where: isInside)
    }

    /// Cases with a record in common are one: a split of a group says something of many pairs of it.
    private static func joined(_ cases: [Set<Int64>]) -> [Set<Int64>] {
        var joined: [Set<Int64>] = []
        for var own in cases {
            joined.removeAll { other in
                if own.isDisjoint(with: other) { return false }
                own.formUnion(other)
                return true
            }
            joined.append(own)
        }
        return joined
    }

    /// The stored records that a word is about, by pair, person or record; none where it is about exports or rules.
    func cases(ofWord recorded: RecordedEvent) throws -> [Set<Int64>] {
        let event = recorded.event
        func numbers(_ kind: String) -> [Int] {
            event.subjects.compactMap { $0.hasPrefix(kind + ":") ? Int($0.dropFirst(kind.count + 1)) : nil }
        }
        switch event.type {
        case "decision.made", "decision.proposed":
            return try store.decisions(ofEvents: [event.sequence]).map { decision in
                let keys = [decision.a, decision.b]
                return Set(try keys.compactMap { try store.record($0) })
            }
        case "word.withdrawn", "withdrawal.proposed", "opinion.given", "opinion.settled":
            return try numbers("event").first.flatMap { try store.event($0) }.map { try cases(ofWord: $0) } ?? []
        case "finding.waived", "waiver.taken-back":
            let ids = event.subjects.compactMap { subject in
                subject.hasPrefix("finding:F") ? UInt64(subject.dropFirst("finding:F".count), radix: 16) : nil
            }
            return try store.recordNumbers(ofFindings: ids).map { Set([$0]) }
        default:
            let persons = event.subjects.compactMap { subject in
                subject.hasPrefix("person:") ? PersonID.number(String(subject.dropFirst("person:".count))) : nil
            }
            let into = try store.aliases()
            let groups = try persons.map { Set(try store.records(ofPerson: into[$0] ?? $0).map(\.key)) }
            return groups + numbers("record").map { Set([Int64($0)]) }
        }
    }
}
