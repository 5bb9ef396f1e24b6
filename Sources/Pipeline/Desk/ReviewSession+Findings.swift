package import Records
package import Reports
import Rules
package import Workspace

/// Which findings to look at; what is `nil` lets everything through.
package struct DeskFindingFilter: Sendable, Hashable {
    package var check: String?
    package var kind: Finding.Kind?
    package var severity: Severity?
    package var source: String?
    package var area: String?
    package var field: String?
    /// Of the account that looks, which no address widens.
    package var pool = DeskPool.all

    package init() {}

    package typealias Dimension = DeskFacets.Dimension

    func choose(_ facets: DeskFacets) -> DeskFacets.Choice {
        var wanted: [Dimension: String] = [:]
        wanted[.check] = check
        wanted[.kind] = kind?.rawValue
        wanted[.severity] = severity?.rawValue
        wanted[.source] = source
        wanted[.area] = area
        wanted[.field] = field
        return facets.choose(wanted) { dimension, value in
            switch dimension {
            case .source: pool.allows(source: value)
            case .area: pool.allows(area: value)
            case .check, .kind, .severity, .field: true
            }
        }
    }
}

/// A page of open findings with what else can be chosen.
package struct DeskFindings: Sendable {
    package let findings: [ListedFinding]
    /// The records that these are about, by finding.
    package let records: [String: DeskRecord]
    /// For an account of some sources: all records that what a finding says may come from, by finding; empty for others.
    package let around: [String: [DeskRecord]]
    package let total: Int
    /// What each choice would leave, the others staying as they are; the most frequent first.
    package let choices: [DeskFindingFilter.Dimension: [Choice]]

    package struct Choice: Sendable, Hashable {
        package let value: String
        package let findings: Int
    }
}

extension ReviewSession {
    package func findings(_ filter: DeskFindingFilter, from start: Int = 0, limit: Int = 50) throws -> DeskFindings {
        let desk = try desk()
        return try reading {
            let chosen = filter.choose(try index.facets())
            let ids = try index.findings(ofFacets: chosen.facets, from: start, limit: limit)
            return DeskFindings(
                findings: try listed(ids, desk), records: try records(ofFindings: ids, desk),
                around: filter.pool.sources.isEmpty ? [:] : try around(ids, desk), total: chosen.total,
                choices: chosen.values.mapValues { counts in
                    counts.map { DeskFindings.Choice(value: $0.key, findings: $0.value) }.sorted {
                        ($1.findings, $0.value) < ($0.findings, $1.value)
                    }
                })
        }
    }

    private func records(ofFindings ids: [UInt64], _ desk: DeskRun) throws -> [String: DeskRecord] {
        let found = try store.namedFindings(among: ids)
        let records = try DeskRecords(Set(found.map(\.finding.record)), self, desk)
        return Dictionary(
            found.compactMap { id, finding in records[finding.record].map { ("F" + Hex.text(id), $0) } }
        ) { first, _ in first }
    }

    /// The records of the person of each finding, and the other record that it is about.
    func around(_ ids: [UInt64], _ desk: DeskRun) throws -> [String: [DeskRecord]] {
        let found = try store.namedFindings(among: ids)
        let persons = try store.persons(of: Set(found.map(\.finding.record)))
        let groups = try found.map { id, finding -> (id: UInt64, records: Set<Int64>) in
            let person = persons[finding.record] ?? 0
            let own = person == 0 ? [] : try store.records(ofPerson: person).map(\.key)
            return (id, Set(own + [finding.record] + [finding.other].compactMap { $0 }))
        }
        let records = try DeskRecords(groups.reduce(into: []) { $0.formUnion($1.records) }, self, desk)
        return Dictionary(
            groups.map { ("F" + Hex.text($0.id), $0.records.sorted().compactMap { records[$0] }) }
        ) { first, _ in first }
    }

    private func listed(_ ids: [UInt64], _ desk: DeskRun) throws -> [ListedFinding] {
        if ids.isEmpty { return [] }
        let clock = clock()
        // A check since the run has the last word on findings, under its own rules.
        let isNewest = try store.lastRun(nil)?.id == desk.run.id
        let reader =
            isNewest ? LedgerReader(store, desk.run, desk.book, clock: clock) : try LedgerReader(store, clock: clock)
        return try reader.listed(try store.findings(withIDs: ids, on: clock.today), withLines: false).findings
    }

    /// Whether all of these findings are of a pool; one that is not open any more is of none.
    package func areFindings(_ ids: [String], in pool: DeskPool) throws -> Bool {
        if pool.isAll { return true }
        _ = try desk()
        let wanted = Set(ids.compactMap { UInt64($0.dropFirst(), radix: 16) })
        let found = try index.facets(ofFindings: wanted)
        return found.count == Set(ids).count
            && found.values.allSatisfy { pool.allows(source: $0.source, area: $0.area) }
    }

    /// A check in words.
    package func title(ofCheck check: String) throws -> Text {
        let desk = try desk()
        return CleaningRun.title(check, desk.book.validation(today: clock().today))
    }

    /// Somebody accepts findings as they are.
    ///
    /// - Parameter ids: as lists show them.
    /// - Throws: as `WaiverRun.waive`.
    package func waive(_ ids: [String], by: String, reason: String, until: String? = nil) throws {
        try speakAlone {
            var request = WaiverRequest(
                workspace: workspace, findings: ids, reason: reason, by: by, until: until, clock: clock())
            request.role = .reviewer
            _ = try WaiverRun.waive(request)
            try index.remove(findings: ids.compactMap { UInt64($0.dropFirst(), radix: 16) })
            try index.mark("findings", String(store.lastEvent()?.sequence ?? 0))
        }
    }
}
