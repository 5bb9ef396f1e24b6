import Foundation
import Records

/// The match model: a mixture of classes over patterns of levels, fitted by EM over pattern counts (MODEL §3, §4).
struct MixtureModel: Sendable {
    private(set) var classes: [ModelClass]
    private(set) var iterations = 0
    private(set) var converged = false
    /// Pairs expected in each class, of those the model was fitted to.
    private(set) var support: [Double] = []

    /// - Parameters:
    ///   - classes: with their starts, caps and floors; `ModelStart` makes them.
    ///   - patterns: distinct patterns of levels, four bits a field; `counts`: pairs of each.
    ///   - ladders: one per field; `roles`: likewise.
    ///   - tolerance: EM ends when ln L changes by less than this share of itself, after `least` and at most `most` rounds.
    init(
        classes: [ModelClass], patterns: [UInt64], counts: [Int], ladders: [Ladder], roles: [MatchPlan.Role],
        threads: Int, most: Int = 300, least: Int = 6, tolerance: Double = 1e-7
    ) {
        self.classes = classes
        let layout = Layout(ladders, roles)
        var last = -Double.infinity
        while iterations < most {
            let sums = Expectation(self.classes, patterns: patterns, counts: counts, threads: threads)
            iterations += 1
            support = sums.mass
            if iterations >= least, abs(sums.logLikelihood - last) <= tolerance * abs(sums.logLikelihood) {
                converged = true
                break
            }
            last = sums.logLikelihood
            maximise(sums, layout)
        }
    }

    /// What the M-step has to know of the fields.
    private struct Layout: Sendable {
        let ladders: [Ladder]
        let isShared: [Bool]
        let isSurname: [Bool]

        init(_ ladders: [Ladder], _ roles: [MatchPlan.Role]) {
            self.ladders = ladders
            isShared = roles.map { [.family, .address, .phone].contains($0) }
            isSurname = roles.map { $0 == .family }
        }
    }

    private mutating func maximise(_ sums: Expectation, _ layout: Layout) {
        for index in classes.indices where !classes[index].isFixed {
            for field in layout.ladders.indices {
                var levels = classes[index].start[field].indices.map { level in
                    level == 0
                        ? 0 : sums.levels[index][field][level] + classes[index].strength * classes[index].start[field][level]
                }
                Self.scale(&levels)
                if let caps = classes[index].caps[field] { Self.apply(caps, to: &levels) }
                Self.apply(floor: classes[index].floors[field], near: layout.ladders[field].near, to: &levels)
                classes[index].levels[field] = levels
            }
        }
        // With plain Fellegi-Sunter the share of matches is known beforehand.
        if classes.contains(where: { $0.kind == .strangers }) { return }
        tieTwins(layout)
        let total = sums.mass.reduce(0, +) + Double(classes.count)
        for index in classes.indices { classes[index].share = (sums.mass[index] + 1) / total }
        boundTwins()
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

    /// Twins share a household's fields: they are copied from the housemates, the surname agreeing nearly always.
    private mutating func tieTwins(_ layout: Layout) {
        guard let twins = classes.firstIndex(where: { $0.kind == .twins }),
            let housemates = classes.firstIndex(where: { $0.kind == .housemates })
        else { return }
        for field in layout.ladders.indices where layout.isShared[field] {
            var levels = classes[housemates].levels[field]
            if layout.isSurname[field] {
                let near = layout.ladders[field].near
                let mass = near.sorted().reduce(0) { $0 + levels[$1] }
                if mass > 0, mass < 1 {
                    for level in levels.indices {
                        levels[level] *= near.contains(level) ? 0.98 / mass : 0.02 / (1 - mass)
                    }
                }
            }
            classes[twins].levels[field] = levels
        }
    }

    /// Twins are rare among relatives: at most a twentieth of the pairs that a household or a place brings together.
    private mutating func boundTwins() {
        guard let twins = classes.firstIndex(where: { $0.kind == .twins }) else { return }
        var relatives = 0.0
        for entry in classes {
            switch entry.kind {
            case .housemates: relatives += entry.share
            case .key where !entry.hasPersonKey: relatives += entry.share
            default: break
            }
        }
        classes[twins].share = min(classes[twins].share, 0.05 * relatives)
        let total = classes.reduce(0) { $0 + $1.share }
        for index in classes.indices { classes[index].share /= total }
    }
}
