package import Records

/// How far data and model of a run have moved from an earlier one.
package struct Drift: Sendable, Hashable, Codable {
    /// A number before and after.
    package struct Move: Sendable, Hashable, Codable {
        package let name: String
        /// `nil`: there was none.
        package let before: Double?
        package let after: Double?
    }

    /// The match weight of one level of a compared field, in bits.
    package struct Weight: Sendable, Hashable, Codable {
        package let field: String
        package let level: String
        package let before: Double
        package let after: Double

        package var change: Double { after - before }

        /// As `exact of name`.
        package func title(_ language: Language) -> String {
            let level = LevelWords.title(level, language)
            return Text(en: "“\(level)” of \(field)", zh: "\(field)“\(level)”")(language)
        }
    }

    /// Records by source, in the order of the later run; sources that are gone last.
    package let volumes: [Move]
    /// Share of filled cells by `source field`, where it moved by a thousandth at least; the largest fall first.
    package let completeness: [Move]
    /// Rates of quality of all records by dimension, by name.
    package let quality: [Move]
    /// Total variation distance between the shares of pairs that each blocking key brings, 0–1; `nil` where nothing was
    /// matched.
    package let blocking: Double?
    /// Keys' shares of the pairs, where they moved by a hundredth at least, by name.
    package let keys: [Move]
    /// The level whose weight moved furthest; `nil` where none did.
    package let weight: Weight?
    /// Total variation distance between the shares of persons with one record, two, three …, 0–1.
    package let groups: Double
    /// Records of the largest person.
    package let largestGroup: Move

    package init(_ before: RunNumbers, _ after: RunNumbers) {
        volumes = Self.volumes(before, after)
        completeness = Self.completeness(before, after)
        let rates = Set((before.quality?.all.rates ?? [:]).keys).union((after.quality?.all.rates ?? [:]).keys)
        quality = rates.sorted().map {
            Move(
                name: $0, before: before.quality?.all.rates[$0]?.value, after: after.quality?.all.rates[$0]?.value)
        }
        let shares = (Self.keyShares(before), Self.keyShares(after))
        blocking = before.matching != nil && after.matching != nil ? Self.distance(shares.0, shares.1) : nil
        keys = Set(shares.0.keys).union(shares.1.keys).sorted().map {
            Move(name: $0, before: shares.0[$0], after: shares.1[$0])
        }.filter { abs(($0.after ?? 0) - ($0.before ?? 0)) >= 0.01 }
        weight = Self.weight(before, after)
        groups = Self.distance(Self.groupShares(before), Self.groupShares(after))
        largestGroup = Move(
            name: "", before: before.counts.personsByRecords.map { Double($0.records) }.max(),
            after: after.counts.personsByRecords.map { Double($0.records) }.max())
    }

    private static func volumes(_ before: RunNumbers, _ after: RunNumbers) -> [Move] {
        let earlier = Dictionary(before.inputs.map { ($0.source, Double($0.records)) }) { first, _ in first }
        let now = Set(after.inputs.map(\.source))
        return after.inputs.map { Move(name: $0.source, before: earlier[$0.source], after: Double($0.records)) }
            + before.inputs.filter { !now.contains($0.source) }
            .map { Move(name: $0.source, before: Double($0.records), after: nil) }
    }

    private static func completeness(_ before: RunNumbers, _ after: RunNumbers) -> [Move] {
        func shares(_ account: RunNumbers) -> [String: Double] {
            var shares: [String: Double] = [:]
            for input in account.inputs where input.records > 0 {
                for field in input.fields {
                    shares["\(input.source) \(field.field)"] = Double(field.filled) / Double(input.records)
                }
            }
            return shares
        }
        let (earlier, now) = (shares(before), shares(after))
        return earlier.keys.filter { now[$0] != nil }.map { Move(name: $0, before: earlier[$0], after: now[$0]) }
            .filter { abs($0.change) >= 0.001 }
            .sorted { ($0.change, $0.name) < ($1.change, $1.name) }
    }

    private static func keyShares(_ account: RunNumbers) -> [String: Double] {
        let keys = account.matching?.blocking ?? []
        return shares(keys.map { ($0.key, $0.newPairs) })
    }

    private static func groupShares(_ account: RunNumbers) -> [Int: Double] {
        shares(account.counts.personsByRecords.map { ($0.records, $0.persons) })
    }

    private static func shares<Name: Hashable>(_ counts: [(Name, Int)]) -> [Name: Double] {
        let total = counts.reduce(0) { $0 + $1.1 }
        return total == 0 ? [:] : Dictionary(counts.map { ($0.0, Double($0.1) / Double(total)) }) { $0 + $1 }
    }

    /// Half the sum of the absolute differences of two distributions; 0 where one of them is empty.
    private static func distance<Name: Hashable & Comparable>(_ a: [Name: Double], _ b: [Name: Double]) -> Double {
        if a.isEmpty || b.isEmpty { return 0 }
        return Set(a.keys).union(b.keys).sorted().reduce(0) { $0 + abs((a[$1] ?? 0) - (b[$1] ?? 0)) } / 2
    }

    private static func weight(_ before: RunNumbers, _ after: RunNumbers) -> Weight? {
        var earlier: [[String]: Double] = [:]
        for field in before.matching?.fields ?? [] {
            for (level, weight) in zip(field.levels, field.weights) { earlier[[field.field, level]] = weight }
        }
        var largest: Weight?
        for field in after.matching?.fields ?? [] {
            for (level, weight) in zip(field.levels, field.weights) {
                guard let old = earlier[[field.field, level]] else { continue }
                let move = Weight(field: field.field, level: level, before: old, after: weight)
                if abs(move.change) > abs(largest?.change ?? 0) { largest = move }
            }
        }
        return largest
    }
}

/// The whole number nearest to one that need not be there; what an integer cannot hold is the largest there is.
package func whole(_ value: Double?) -> Int { Int(exactly: (value ?? 0).rounded()) ?? .max }

extension Drift.Move {
    /// After less before; what is not there counts as 0.
    package var change: Double { (after ?? 0) - (before ?? 0) }

    /// The change as a share of what was before; `nil` where nothing was.
    package var relative: Double? {
        guard let before, before > 0 else { return nil }
        return change / before
    }
}
