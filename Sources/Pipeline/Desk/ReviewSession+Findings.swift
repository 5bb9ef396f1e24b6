package import Records
package import Reports
import Rules
import Workspace

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

    fileprivate func lets(_ facet: DeskFacet, but left: Dimension? = nil) -> Bool {
        pool.allows(source: facet.source, area: facet.area)
            && (left == .check || check == nil || check == facet.check)
            && (left == .kind || kind == nil || kind == facet.kind)
            && (left == .severity || severity == nil || severity == facet.severity)
            && (left == .source || source == nil || source == facet.source)
            && (left == .area || area == nil || area == facet.area)
            && (left == .field || field == nil || field == facet.field)
    }

    package enum Dimension: String, Sendable, CaseIterable {
        case check
        case kind
        case severity
        case source
        case area
        case field

        fileprivate func value(_ facet: DeskFacet) -> String {
            switch self {
            case .check: facet.check
            case .kind: facet.kind.rawValue
            case .severity: facet.severity.rawValue
            case .source: facet.source
            case .area: facet.area
            case .field: facet.field
            }
        }
    }
}

/// A page of open findings with what else can be chosen.
package struct DeskFindings: Sendable {
    package let findings: [ListedFinding]
    /// Stored records that these are about.
    package let records: [Int64]
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
        _ = try desk()
        let facets = try index.facets()
        let chosen = Self.chosen(facets, filter)
        let ids = try index.findings(ofFacets: chosen.map(\.id), from: start, limit: limit)
        var choices: [DeskFindingFilter.Dimension: [DeskFindings.Choice]] = [:]
        for dimension in DeskFindingFilter.Dimension.allCases {
            var counts: [String: Int] = [:]
            for (_, facet, findings) in facets where filter.lets(facet, but: dimension) {
                counts[dimension.value(facet), default: 0] += findings
            }
            choices[dimension] = counts.map { DeskFindings.Choice(value: $0.key, findings: $0.value) }.sorted {
                ($1.findings, $0.value) < ($0.findings, $1.value)
            }
        }
        return DeskFindings(
            findings: try listed(ids), records: try store.recordNumbers(ofFindings: ids),
            total: chosen.reduce(0) { $0 + $1.findings }, choices: choices)
    }

    private static func chosen(
        _ facets: [(id: Int64, facet: DeskFacet, findings: Int)], _ filter: DeskFindingFilter
    ) -> [(id: Int64, facet: DeskFacet, findings: Int)] {
        facets.filter { filter.lets($0.facet) }
    }

    /// In the order of their list.
    func findingIDs(_ filter: DeskFindingFilter, limit: Int) throws -> [UInt64] {
        _ = try desk()
        return try index.findings(ofFacets: Self.chosen(try index.facets(), filter).map(\.id), limit: limit)
    }

    private func listed(_ ids: [UInt64]) throws -> [ListedFinding] {
        if ids.isEmpty { return [] }
        let today = clock().today
        let reader = try LedgerReader(store, clock: clock())
        let stored = try ids.flatMap { try store.findings(ids: $0...$0, on: today, limit: 1) }
        return try reader.listed(stored, withLines: false).findings
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
            _ = try WaiverRun.waive(
                WaiverRequest(
                    workspace: workspace, findings: ids, reason: reason, by: by, until: until, clock: clock()))
            try index.remove(findings: ids.compactMap { UInt64($0.dropFirst(), radix: 16) })
            try index.mark("findings", String(store.lastEvent()?.sequence ?? 0))
        }
    }
}
