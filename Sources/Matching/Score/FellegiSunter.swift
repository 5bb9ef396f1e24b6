/// The two classes of plain Fellegi-Sunter: `model: fellegi-sunter`, for comparison (Fellegi & Sunter 1969; Winkler 1988
/// for m by EM; the recipe is that of other tools).
///
/// The strangers' levels stay those of random pairs and the share of matches is set beforehand, so only m is fitted.
enum FellegiSunter {
    /// What strict rules are taken to find of the matches.
    private static let strictRecall = 0.7

    static func classes(
        _ comparison: PairComparison, m: [[Double]], u: [[Double]], counts: PatternCounts
    ) -> [ModelClass] {
        let share = matchShare(comparison, counts)
        let unbound: [[Double]?] = m.map { _ in nil }
        let floors = m.map { _ in 0.0 }
        return [
            ModelClass(kind: .match, name: "match", start: m, caps: unbound, floors: floors, strength: 1, share: share),
            ModelClass(
                kind: .strangers, name: "stranger", start: u, caps: unbound, floors: floors, strength: 1,
                share: 1 - share, isFixed: true),
        ]
    }

    /// Strict rules: two fields of the person agree exactly, and none of them is altogether different.
    private static func matchShare(_ comparison: PairComparison, _ counts: PatternCounts) -> Double {
        let person = comparison.entries.indices.filter { comparison.entries[$0].role == .person }
        var strict = 0
        for (pattern, count) in zip(counts.patterns, counts.counts) {
            let levels = person.map { Int(pattern >> UInt64($0 * 4) & 15) }
            let equal = zip(person, levels).count { comparison.entries[$0].comparator.ladder.exact.contains($1) }
            if equal >= min(2, person.count), equal > 0, !levels.contains(1) { strict += count }
        }
        let share = Double(strict) / strictRecall / Double(max(1, counts.pairs))
        return min(max(share, 1e-6), 0.9)
    }
}
