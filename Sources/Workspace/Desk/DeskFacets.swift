import Records

/// Findings by what they have in common, one column for each dimension in which a list is narrowed, so that a list of hundreds
/// of thousands is counted anew in all of them while a page is made.
package struct DeskFacets: Sendable {
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

    /// What is left of them when some are chosen.
    package struct Choice: Sendable {
        /// Of the facets that are chosen, in their order: its number, and how many findings it has.
        package fileprivate(set) var facets: [(id: Int64, findings: Int)] = []
        package fileprivate(set) var total = 0
        /// What each value of a dimension would leave, the others staying as they are.
        package fileprivate(set) var values: [Dimension: [String: Int]] = [:]
    }

    private struct Column {
        var names: [String] = []
        var codes: [UInt32] = []
    }

    private var ids: [Int64] = []
    private var findings: [Int] = []
    private var columns: [Column]

    /// - Parameter facets: the gravest and most frequent first.
    init(_ facets: [(id: Int64, facet: DeskFacet, findings: Int)]) {
        ids = facets.map(\.id)
        findings = facets.map(\.findings)
        columns = Dimension.allCases.map { dimension in
            var column = Column()
            var codes: [String: UInt32] = [:]
            for (_, facet, _) in facets {
                let value = dimension.value(facet)
                let code = codes[value] ?? UInt32(column.names.count)
                if code == column.names.count {
                    column.names.append(value)
                    codes[value] = code
                }
                column.codes.append(code)
            }
            return column
        }
    }

    /// - Parameters:
    ///   - wanted: the value of each dimension that is narrowed.
    ///   - pool: whether the visitor may see a value of a dimension; asked once for each.
    package func choose(_ wanted: [Dimension: String], pool: (Dimension, String) -> Bool = { _, _ in true }) -> Choice {
        let dimensions = Dimension.allCases
        let allowed = zip(dimensions, columns).map { dimension, column in column.names.map { pool(dimension, $0) } }
        let fits = zip(dimensions, columns).map { dimension, column in
            column.names.map { name in wanted[dimension].map { $0 == name } ?? true }
        }
        var counts = columns.map { [Int](repeating: 0, count: $0.names.count) }
        var choice = Choice()
        for place in ids.indices {
            var (misses, missed, isAllowed) = (0, 0, true)
            for dimension in columns.indices {
                let code = Int(columns[dimension].codes[place])
                if !allowed[dimension][code] { isAllowed = false }
                if !fits[dimension][code] { (misses, missed) = (misses + 1, dimension) }
            }
            if !isAllowed || misses > 1 { continue }
            for dimension in columns.indices where misses == 0 || dimension == missed {
                counts[dimension][Int(columns[dimension].codes[place])] += findings[place]
            }
            if misses == 0 {
                choice.facets.append((ids[place], findings[place]))
                choice.total += findings[place]
            }
        }
        for (number, dimension) in dimensions.enumerated() {
            choice.values[dimension] = Dictionary(
                zip(columns[number].names, counts[number]).filter { $1 > 0 }
            ) { first, _ in first }
        }
        return choice
    }
}
