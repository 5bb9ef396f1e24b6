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
        (sources.isEmpty || sources.contains(source)) && allows(area: area)
    }

    package func allows(_ pair: DeskPair) -> Bool {
        (sources.isEmpty || sources.contains { $0 == pair.aSource || $0 == pair.bSource }) && allows(area: pair.area)
    }

    private func allows(area: String) -> Bool { areas.isEmpty || areas.contains { area.hasPrefix($0) } }
}

extension ReviewSession {
    private func allows(_ pool: DeskPool, _ record: DeskRecord, _ desk: DeskRun) -> Bool {
        pool.allows(source: record.key.source, area: desk.area(of: record))
    }

    /// Records that are in a pool, in their order.
    func records(_ records: [DeskRecord], in pool: DeskPool, _ desk: DeskRun) -> [DeskRecord] {
        pool.isAll ? records : records.filter { allows(pool, $0, desk) }
    }

    /// Whether somebody may see a person: one of its records is of their pool, or one of its pairs.
    package func isPerson(_ person: DeskPerson, in pool: DeskPool) throws -> Bool {
        try pool.isAll || person.records.contains { allows(pool, $0, try desk()) }
            || (person.links + person.others.map(\.pair)).contains(where: pool.allows)
    }

    /// Whether somebody may see and answer what an event says: it is about a record of their pool, or it is their own.
    package func isWord(_ event: Int, in pool: DeskPool, of name: String) throws -> Bool {
        if pool.isAll { return true }
        guard let recorded = try store.event(event) else { return false }
        let desk = try desk()
        let own = try records(ofWord: recorded)
        if own.isEmpty { return recorded.event.actor == name }
        let shown = try DeskRecords(own, self, desk)
        return own.contains { shown[$0].map { allows(pool, $0, desk) } ?? false }
    }

    /// The stored records that a word is about; none where it is about exports or rules.
    private func records(ofWord recorded: RecordedEvent) throws -> Set<Int64> {
        let event = recorded.event
        func numbers(_ kind: String) -> [Int] {
            event.subjects.compactMap { $0.hasPrefix(kind + ":") ? Int($0.dropFirst(kind.count + 1)) : nil }
        }
        switch event.type {
        case "decision.made", "decision.proposed":
            let keys = try store.decisions(ofEvents: [event.sequence]).flatMap { [$0.a, $0.b] }
            return Set(try keys.compactMap { try store.records(named: $0.recordID, source: $0.source).first?.key })
        case "word.withdrawn", "withdrawal.proposed":
            return try numbers("event").first.flatMap { try store.event($0) }.map { try records(ofWord: $0) } ?? []
        case "finding.waived", "waiver.taken-back":
            let ids = event.subjects.compactMap { subject in
                subject.hasPrefix("finding:F") ? UInt64(subject.dropFirst("finding:F".count), radix: 16) : nil
            }
            return Set(try store.recordNumbers(ofFindings: ids))
        default:
            let persons = event.subjects.compactMap { subject in
                subject.hasPrefix("person:") ? PersonID.number(String(subject.dropFirst("person:".count))) : nil
            }
            return Set(try persons.flatMap { try store.records(ofPerson: $0).map(\.key) })
                .union(numbers("record").map { Int64($0) })
        }
    }
}
