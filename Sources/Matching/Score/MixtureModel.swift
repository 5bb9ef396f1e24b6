import Foundation
import Records

/// The match model: a mixture of classes over patterns of levels, fitted by EM over pattern counts (MODEL §3, §4).
struct MixtureModel: Sendable {
    private(set) var classes: [ModelClass]
    private(set) var iterations = 0
    private(set) var converged = false
    /// Pairs expected in each class, of those the model was fitted to.
    private(set) var support: [Double] = []

    /// Pairs that each class is taken to have beforehand. Few, as most classes of a small register stay empty; with one
    /// each, three dozen classes outweigh the last doubtful matches.
    private static let pseudoCount = 0.1

    /// - Parameters:
    ///   - classes: with their starts, caps and floors; `ModelStart` makes them.
    ///   - patterns: distinct patterns of levels, four bits a field; `counts`: pairs of each.
    ///   - ladders: one per field; `roles`: likewise.
    ///   - tolerance: EM ends when ln L changes by less than this share of itself, or by ten times as much while the
    ///     expected number of matches stands still, after `least` and at most `most` rounds.
    init(
        classes: [ModelClass], patterns: [UInt64], counts: [Int], ladders: [Ladder], roles: [MatchPlan.Role],
        threads: Int, most: Int = 300, least: Int = 6, tolerance: Double = 1e-7
    ) {
        self.classes = classes
        let layout = Layout(ladders, roles)
        var last = -Double.infinity
        var lastMatches = 0.0
        var stillRounds = 0
        while iterations < most {
            let sums = Expectation(self.classes, patterns: patterns, counts: counts, threads: threads)
            iterations += 1
            support = sums.mass
            let matches = zip(classes, sums.mass).reduce(0) { $1.0.isMatch ? $0 + $1.1 : $0 }
            let change = abs(sums.logLikelihood - last) / max(1, abs(sums.logLikelihood))
            stillRounds = abs(matches - lastMatches) <= 1e-5 * matches ? stillRounds + 1 : 0
            if iterations >= least, change <= tolerance || change <= 10 * tolerance && stillRounds >= 10 {
                converged = true
                break
            }
            last = sums.logLikelihood
            lastMatches = matches
            maximise(sums, layout)
        }
    }

    /// What the M-step has to know of the fields.
    private struct Layout: Sendable {
        let ladders: [Ladder]
        let isShared: [Bool]
        let isSurname: [Bool]
        /// A name of the person with the surname in it.
        let isFullName: [Bool]

        init(_ ladders: [Ladder], _ roles: [MatchPlan.Role]) {
            self.ladders = ladders
            isShared = roles.map { [.family, .address, .phone].contains($0) }
            isSurname = roles.map { $0 == .family }
            isFullName = zip(ladders, roles).map { $1 == .person && $0.exact.count > 1 && !$0.sibling.isEmpty }
        }
    }

    private mutating func maximise(_ sums: Expectation, _ layout: Layout) {
        for index in classes.indices where !classes[index].isFixed {
            for field in layout.ladders.indices {
                var levels = classes[index].start[field].indices.map { level in
                    level == 0
                        ? 0
                        : sums.levels[index][field][level] + classes[index].strength
                            * classes[index].start[field][level]
                }
                Self.scale(&levels)
                if let caps = classes[index].caps[field] { Self.apply(caps, to: &levels) }
                Self.apply(floor: classes[index].floors[field], near: layout.ladders[field].near, to: &levels)
                classes[index].levels[field] = levels
            }
        }
        tieExchanges(layout)
        // With plain Fellegi-Sunter the share of matches is known beforehand.
        if classes.contains(where: { $0.kind == .strangers }) { return }
        tieRelatives(layout)
        for index in classes.indices {
            classes[index].share =
                if let teller = classes[index].teller {
                    Self.share(
                        of: index, among: sums.levels.map { $0[teller].dropFirst().reduce(0, +) },
                        others: classes[index].strength)
                } else {
                    Self.share(of: index, among: sums.mass)
                }
        }
        boundRelatives()
    }

    /// Writers put names in each other's field as often for strangers and housemates of one name as for one person: so a
    /// pair's exchange speaks for no class, and its two fields are not counted as two rare agreements.
    private mutating func tieExchanges(_ layout: Layout) {
        guard let match = classes.first(where: { $0.kind == .match }) else { return }
        for (field, ladder) in layout.ladders.enumerated() {
            guard let exchanged = ladder.exchanged else { continue }
            let agreeing = ladder.exact.reduce(0) { $0 + match.levels[field][$1] }
            guard agreeing > 0 else { continue }
            let rate = match.levels[field][exchanged] / agreeing
            for index in classes.indices where classes[index].kind.isOfHousehold {
                let least = rate * ladder.exact.reduce(0) { $0 + classes[index].levels[field][$1] }
                guard classes[index].levels[field][exchanged] < least else { continue }
                classes[index].levels[field][exchanged] = least
                Self.scale(&classes[index].levels[field])
            }
        }
    }

    /// - Parameter others: pairs that are taken to be of other classes beforehand.
    private static func share(of index: Int, among mass: [Double], others: Double = 0) -> Double {
        (mass[index] + pseudoCount) / (mass.reduce(0, +) + pseudoCount * Double(mass.count) + others)
    }

    private static func scale(_ levels: inout [Double]) {
        let total = levels.reduce(0, +)
        if total > 0 { for level in levels.indices { levels[level] /= total } }
    }

    /// What lies over a cap goes to "else".
    private static func apply(_ caps: [Double], to levels: inout [Double]) {
        for level in 2..<max(2, levels.count) where levels[level] > caps[level] {
            levels[1] += levels[level] - caps[level]
            levels[level] = caps[level]
        }
    }

    private static func apply(floor: Double, near: Set<Int>, to levels: inout [Double]) {
        guard floor > 0 else { return }
        let nearLevels = near.sorted()
        let mass = nearLevels.reduce(0) { $0 + levels[$1] }
        guard mass < floor, mass > 0 else { return }
        for level in levels.indices {
            levels[level] *= near.contains(level) ? floor / mass : (1 - floor) / (1 - mass)
        }
    }

    /// Twins and borrowers of a number share a household's fields: they are copied from the housemates. The surname of
    /// twins agrees nearly always; of their full names only the levels that siblings reach are copied.
    private mutating func tieRelatives(_ layout: Layout) {
        guard let housemates = classes.first(where: { $0.kind == .housemates })?.levels else { return }
        for index in classes.indices where classes[index].kind.isOfHousehold && classes[index].kind != .housemates {
            let kind = classes[index].kind
            let areTwins = kind == .twins
            for (field, ladder) in layout.ladders.enumerated() {
                if layout.isShared[field] {
                    classes[index].levels[field] =
                        kind != .borrowedNumber && layout.isSurname[field]
                        ? Self.raised(housemates[field], on: ladder.near, to: 0.98) : housemates[field]
                } else if layout.isFullName[field], kind != .juniors {
                    classes[index].levels[field] =
                        areTwins ? Self.raised(housemates[field], on: ladder.sibling, to: 0.95) : housemates[field]
                }
            }
        }
    }

    /// The levels with `share` of them on some, each part in its old proportions.
    private static func raised(_ levels: [Double], on some: Set<Int>, to share: Double) -> [Double] {
        let mass = some.sorted().reduce(0) { $0 + levels[$1] }
        guard mass > 0, mass < 1 else { return levels }
        return levels.indices.map { levels[$0] * (some.contains($0) ? share / mass : (1 - share) / (1 - mass)) }
    }

    /// Twins are at most half of the pairs that a household or a place brings together, parents and children of one name a
    /// fifth, numbers of relatives a twentieth.
    private mutating func boundRelatives() {
        var relatives = 0.0
        for entry in classes where entry.kind == .housemates || entry.isOfPlace { relatives += entry.share }
        for index in classes.indices {
            let most: Double
            switch classes[index].kind {
            case .twins: most = 0.5
            case .juniors: most = 0.2
            case .borrowedNumber: most = 0.05
            default: continue
            }
            classes[index].share = min(classes[index].share, most * relatives)
        }
        let total = classes.reduce(0) { $0 + $1.share }
        for index in classes.indices { classes[index].share /= total }
    }
}
