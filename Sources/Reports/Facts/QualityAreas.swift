import Records
import Standards

/// The rates of areas, rolled up township → county → prefecture → province, with small groups withheld.
package struct QualityAreas: Sendable {
    /// Name of the field areas are taken from.
    package let field: String
    /// Groups of 1 to this less one are withheld; 0 withholds nothing.
    package let suppressBelow: Int
    /// An area before the areas within it, by code.
    package let rows: [Area]
    /// Areas that are not among the rows, where they were read from an account that has not all of them.
    package let leftOut: Int
    private let isCutAtTop: Bool
    private let isWithheldBeyond: Bool

    package enum Level: String, Sendable, CaseIterable {
        case province
        case prefecture
        case county
        case township
        /// Of a field whose values are no divisions.
        case area
    }

    package struct Area: Sendable, Hashable {
        package let level: Level
        /// Two, four, six or nine digits matter; empty for records without an area.
        package let code: String
        /// Empty for what has no name in the tables.
        package let name: String
        /// Records of the area above of which it is not known where in it they belong; of no area at all where the code
        /// is empty.
        package let isRest: Bool
        package let row: QualityRow
    }

    /// - Parameters:
    ///   - leftOut: areas that are not among the rows.
    ///   - isCutAtTop: some of these are of the topmost level.
    ///   - hasWithheld: some of all are withheld.
    package init(
        field: String, suppressBelow: Int, rows: [Area], leftOut: Int = 0, isCutAtTop: Bool = false,
        hasWithheld: Bool = false
    ) {
        self.field = field
        self.suppressBelow = suppressBelow
        self.rows = rows
        self.leftOut = leftOut
        self.isCutAtTop = isCutAtTop
        isWithheldBeyond = hasWithheld
    }

    /// Depth of an area in the tree, from 0.
    package static func depth(_ level: Level) -> Int {
        switch level {
        case .province, .area: 0
        case .prefecture: 1
        case .county: 2
        case .township: 3
        }
    }

    /// What a page or an account can hold of the areas; the file has them all.
    package static let shownAtMost = 80

    /// Areas down to the deepest level at which there are at most so many. Of areas that lie side by side without a level
    /// above them, such as postcodes, those with the most errors, the most first.
    package func rows(atMost limit: Int) -> [Area] {
        if leftOut > 0 { return rows }
        let depths = rows.map { Self.depth($0.level) }
        if hasMoreTops(than: limit) {
            let tops = rows.indices.filter { depths[$0] == 0 }.map { (errors: rows[$0].row.errors ?? -1, place: $0) }
            return tops.sorted { ($1.errors, $0.place) < ($0.errors, $1.place) }.prefix(limit).map { rows[$0.place] }
        }
        let deepest = (0...3).last { depth in depths.lazy.filter { $0 <= depth }.count <= limit } ?? 0
        return rows.filter { Self.depth($0.level) <= deepest }
    }

    /// Whether areas of the topmost level are left out of `rows(atMost:)`.
    package func hasMoreTops(than limit: Int) -> Bool {
        isCutAtTop || rows.lazy.filter { Self.depth($0.level) == 0 }.count > limit
    }

    /// Whether anything of any area is withheld.
    package var hasWithheld: Bool {
        isWithheldBeyond
            || rows.contains { area in
                area.row.records == nil || Dimension.allCases.contains(where: area.row.isWithheld)
            }
    }

    init(field: String, leaves: AreaLeaves, counts: [QualityCounts], hasPersons: Bool, suppressBelow: Int) {
        self.init(
            field: field, suppressBelow: suppressBelow,
            rows: Tree(leaves, counts, hasPersons: hasPersons, below: suppressBelow).rows)
    }
}

/// Areas by level, from the leaves upwards, and what of them is withheld, from the top downwards.
///
/// A group of fewer persons than the limit is withheld, as is a part or a rest of a rate of fewer than that. Because the
/// area above is shown, one withheld area could be worked out from its siblings: `Suppression` withholds further ones.
/// What is withheld of an area is withheld of all areas within it, or their sum would tell.
private struct Tree {
    private struct Node {
        let level: QualityAreas.Level
        /// Nine digits for divisions.
        let code: UInt32
        let isRest: Bool
        var counts = QualityCounts()
        var children: [Int] = []
        var isHidden = false
        var hiddenRates = [Bool](repeating: false, count: Dimension.allCases.count)
        var hidesErrors = false
    }

    private(set) var rows: [QualityAreas.Area] = []
    private var nodes: [Node] = []
    private var tops: [Int] = []
    private let hasPersons: Bool
    private let below: Int

    init(_ leaves: AreaLeaves, _ counts: [QualityCounts], hasPersons: Bool, below: Int) {
        self.hasPersons = hasPersons
        self.below = below
        grow(leaves, counts)
        hide(tops, within: nil)
        for top in tops { append(top, leaves) }
    }

    private mutating func grow(_ leaves: AreaLeaves, _ counts: [QualityCounts]) {
        var index: [UInt64: Int] = [:]
        // Ascending codes put an area before those within it and the unplaced rest of an area before its parts.
        for leaf in leaves.codes.indices.sorted(by: { leaves.codes[$0] < leaves.codes[$1] }) {
            if counts[leaf].records == 0 { continue }
            let code = leaves.codes[leaf]
            var parent: Int?
            for (depth, step) in Self.path(code, leaves).enumerated() {
                let key = UInt64(step.code) << 3 | UInt64(depth)
                let node = index[key] ?? nodes.count
                if node == nodes.count {
                    index[key] = node
                    nodes.append(Node(level: step.level, code: step.code, isRest: step.isRest))
                    if let parent { nodes[parent].children.append(node) } else { tops.append(node) }
                }
                nodes[node].counts += counts[leaf]
                parent = node
            }
        }
        // A rest that is all there is says nothing that the area above does not say.
        for node in nodes.indices where nodes[node].children.count == 1 && nodes[nodes[node].children[0]].isRest {
            nodes[node].children = []
        }
    }

    /// From the top down to the leaf; where a code names no part of an area, its unplaced rest.
    private static func path(
        _ code: UInt32, _ leaves: AreaLeaves
    ) -> [(level: QualityAreas.Level, code: UInt32, isRest: Bool)] {
        guard leaves.isDivision else { return [(.area, code, code == 0)] }
        let (province, prefecture, county) = (
            code / 10_000_000 * 10_000_000, code / 100_000 * 100_000, code / 1_000 * 1_000
        )
        if code == 0 { return [(.province, 0, true)] }
        var path: [(level: QualityAreas.Level, code: UInt32, isRest: Bool)] = [(.province, province, false)]
        path.append((.prefecture, prefecture, prefecture == province))
        if prefecture == province { return path }
        path.append((.county, county, county == prefecture))
        if county == prefecture || !leaves.hasTownships { return path }
        path.append((.township, code, code == county))
        return path
    }

    private mutating func hide(_ siblings: [Int], within parent: Int?) {
        if below > 0, !siblings.isEmpty {
            let groups = siblings.map { hasPersons ? nodes[$0].counts.persons : nodes[$0].counts.records }
            let all = parent.map { nodes[$0].isHidden } ?? false
            let hidden = Suppression.apply(groups, below: below).hidden
            for (place, node) in siblings.enumerated() { nodes[node].isHidden = all || hidden[place] }
            for dimension in Dimension.allCases {
                let isAbove = parent.map { nodes[$0].hiddenRates[dimension.place] } ?? false
                let hidden = hiddenRates(siblings.map { ($0, nodes[$0].counts[dimension]) }, all: isAbove)
                for (place, node) in siblings.enumerated() { nodes[node].hiddenRates[dimension.place] = hidden[place] }
            }
            let errors = siblings.map {
                ($0, Rate(nodes[$0].counts.personsWithErrors, of: nodes[$0].counts.persons))
            }
            let hiddenErrors = hiddenRates(errors, all: parent.map { nodes[$0].hidesErrors } ?? false)
            for (place, node) in siblings.enumerated() { nodes[node].hidesErrors = hiddenErrors[place] }
        }
        for node in siblings { hide(nodes[node].children, within: node) }
    }

    private func hiddenRates(_ rates: [(node: Int, rate: Rate)], all: Bool) -> [Bool] {
        if all { return rates.map { _ in true } }
        let small = rates.map { node, rate in
            // An area without anything to take a part of hides nothing for others.
            if rate.whole == 0 { return false }
            let rest = rate.whole - rate.part
            return nodes[node].isHidden || (1..<max(1, below)).contains(rate.part)
                || (1..<max(1, below)).contains(rest)
        }
        return Suppression.apply(rates.map(\.rate.whole), below: below, alsoHide: small).hidden
    }

    private mutating func append(_ index: Int, _ leaves: AreaLeaves) {
        let node = nodes[index]
        let counts = node.counts
        let withheld = Dimension.allCases.map { node.isHidden || node.hiddenRates[$0.place] }
        let row = QualityRow(
            records: node.isHidden ? nil : counts.records,
            persons: node.isHidden || !hasPersons ? nil : counts.persons,
            personsWithErrors: node.isHidden || node.hidesErrors || !hasPersons ? nil : counts.personsWithErrors,
            grades: [],
            rates: Dimension.allCases.map { dimension in
                withheld[dimension.place] || counts[dimension].whole == 0 ? nil : counts[dimension]
            }, withheld: withheld)
        rows.append(
            QualityAreas.Area(
                level: node.level, code: code(node), name: name(node, leaves), isRest: node.isRest, row: row))
        for child in node.children { append(child, leaves) }
    }

    private func code(_ node: Node) -> String {
        if node.code == 0 || node.level == .area { return "" }
        return String(node.level == .township && !node.isRest ? node.code : node.code / 1_000)
    }

    private func name(_ node: Node, _ leaves: AreaLeaves) -> String {
        if node.isRest { return "" }
        switch node.level {
        case .area: return leaves.names[node.code] ?? ""
        case .township: return Townships.shared.name(node.code) ?? ""
        case .province, .prefecture, .county: return Divisions.shared.name(node.code / 1_000) ?? ""
        }
    }
}
