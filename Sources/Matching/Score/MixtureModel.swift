import Foundation
import Records

/// The match model: a mixture of classes over patterns of levels, fitted by EM over pattern counts (MODEL §3, §4).
struct MixtureModel: Sendable {
    private(set) var classes: [ModelClass]
    private(set) var iterations = 0
    private(set) var converged = false
    /// Pairs expected in each class.
    private(set) var support: [Double] = []
    /// Matching share of each pattern, parallel to the patterns it was fitted to.
    private(set) var posteriors: [Double] = []
    /// Likeliest class of each pattern.
    private(set) var likeliest: [UInt8] = []

    private static let levelFloor = 1e-9
    private static let shareFloor = 1e-12

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
            let sums = expectation(patterns, counts, layout, threads)
            iterations += 1
            support = sums.mass
            if iterations >= least, abs(sums.logLikelihood - last) <= tolerance * abs(sums.logLikelihood) {
                converged = true
                break
            }
            last = sums.logLikelihood
            maximise(sums, layout)
        }
        let final = posterior(patterns, layout, threads)
        posteriors = final.map(\.0)
        likeliest = final.map(\.1)
    }

    /// Where the levels of each field begin in a flat row of all of them, and what the field is.
    private struct Layout: Sendable {
        let offsets: [Int]
        let sizes: [Int]
        let width: Int
        let ladders: [Ladder]
        let isShared: [Bool]
        let isSurname: [Bool]

        init(_ ladders: [Ladder], _ roles: [MatchPlan.Role]) {
            var offsets: [Int] = []
            var width = 0
            for ladder in ladders {
                offsets.append(width)
                width += ladder.count
            }
            self.offsets = offsets
            self.width = width
            self.ladders = ladders
            sizes = ladders.map(\.count)
            isShared = roles.map { [.family, .address, .phone].contains($0) }
            isSurname = roles.map { $0 == .family }
        }
    }

    private struct Sums: Sendable {
        var logLikelihood = 0.0
        var mass: [Double]
        /// Class by class, a flat row of levels.
        var levels: [Double]

        init(classes: Int, width: Int) {
            mass = [Double](repeating: 0, count: classes)
            levels = [Double](repeating: 0, count: classes * width)
        }
    }

    /// ln of every class's levels, flat; missing contributes 0.
    private func logs(_ layout: Layout) -> [Double] {
        var logs = [Double](repeating: 0, count: classes.count * layout.width)
        for (index, entry) in classes.enumerated() {
            for (field, levels) in entry.levels.enumerated() {
                for level in 1..<levels.count {
                    logs[index * layout.width + layout.offsets[field] + level] = log(
                        max(levels[level], Self.levelFloor))
                }
            }
        }
        return logs
    }

    /// ln π_k + Σ_j ln C_kj of one pattern for all classes.
    @inline(__always)
    private static func scores(
        _ pattern: UInt64, _ layout: Layout, _ logs: UnsafeBufferPointer<Double>, _ priors: [Double],
        into scores: inout [Double]
    ) {
        for index in scores.indices { scores[index] = priors[index] }
        var rest = pattern
        for field in layout.offsets.indices {
            let level = Int(rest & 15)
            rest >>= 4
            if level == 0 { continue }
            var place = layout.offsets[field] + level
            for index in scores.indices {
                scores[index] += logs[place]
                place += layout.width
            }
        }
    }

    /// Turns log scores into shares; returns the log of their sum.
    @inline(__always)
    private static func normalise(_ scores: inout [Double]) -> Double {
        var best = -Double.infinity
        for score in scores { best = max(best, score) }
        var total = 0.0
        for index in scores.indices {
            scores[index] = exp(scores[index] - best)
            total += scores[index]
        }
        for index in scores.indices { scores[index] /= total }
        return best + log(total)
    }

    private var priors: [Double] { classes.map { log(max($0.share, Self.shareFloor)) } }

    /// Patterns go in pieces of fixed size whose sums are added in order, so the result does not depend on threads.
    private static let piece = 2_048

    private func expectation(_ patterns: [UInt64], _ counts: [Int], _ layout: Layout, _ threads: Int) -> Sums {
        let logs = logs(layout)
        let priors = priors
        let pieces = (patterns.count + Self.piece - 1) / Self.piece
        let parts = Parallel.map(pieces, threads: threads) { piece -> Sums in
            var sums = Sums(classes: priors.count, width: layout.width)
            var scores = priors
            logs.withUnsafeBufferPointer { logs in
                for index in piece * Self.piece..<min(patterns.count, (piece + 1) * Self.piece) {
                    let count = Double(counts[index])
                    Self.scores(patterns[index], layout, logs, priors, into: &scores)
                    sums.logLikelihood += count * Self.normalise(&scores)
                    for entry in scores.indices {
                        let weight = count * scores[entry]
                        sums.mass[entry] += weight
                        var rest = patterns[index]
                        let base = entry * layout.width
                        for field in layout.offsets.indices {
                            sums.levels[base + layout.offsets[field] + Int(rest & 15)] += weight
                            rest >>= 4
                        }
                    }
                }
            }
            return sums
        }
        var total = Sums(classes: priors.count, width: layout.width)
        for part in parts {
            total.logLikelihood += part.logLikelihood
            for index in total.mass.indices { total.mass[index] += part.mass[index] }
            for index in total.levels.indices { total.levels[index] += part.levels[index] }
        }
        return total
    }

    private mutating func maximise(_ sums: Sums, _ layout: Layout) {
        for index in classes.indices {
            for field in layout.offsets.indices {
                let base = index * layout.width + layout.offsets[field]
                var levels = (0..<layout.sizes[field]).map { level in
                    level == 0
                        ? 0 : sums.levels[base + level] + classes[index].strength * classes[index].start[field][level]
                }
                Self.scale(&levels)
                if let caps = classes[index].caps[field] { Self.apply(caps, to: &levels) }
                Self.apply(floor: classes[index].floors[field], near: layout.ladders[field].near, to: &levels)
                classes[index].levels[field] = levels
            }
        }
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
        for field in layout.offsets.indices where layout.isShared[field] {
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

    private func posterior(_ patterns: [UInt64], _ layout: Layout, _ threads: Int) -> [(Double, UInt8)] {
        let logs = logs(layout)
        let priors = priors
        let isMatch = classes.map(\.isMatch)
        var scores = priors
        return logs.withUnsafeBufferPointer { logs in
            patterns.map { pattern in
                Self.scores(pattern, layout, logs, priors, into: &scores)
                _ = Self.normalise(&scores)
                var match = 0.0
                var best = 0
                for index in scores.indices {
                    if isMatch[index] { match += scores[index] }
                    if scores[index] > scores[best] { best = index }
                }
                return (match, UInt8(best))
            }
        }
    }

    // MARK: What a score is made of

    /// log₂ of the posterior odds, within ±40.
    func weight(of posterior: Double) -> Double {
        log2(max(posterior, 1e-12)) - log2(max(1 - posterior, 1e-12))
    }

    /// Match weight of each level of a field: log₂ of its probability among matches over that among the others, each
    /// class counted by its share. Missing weighs 0.
    func weights(of field: Int) -> [Double] {
        let matches = classes.filter(\.isMatch)
        let others = classes.filter { !$0.isMatch }
        return (0..<classes[0].levels[field].count).map { level in
            level == 0 ? 0 : log2(mean(level, field, matches)) - log2(mean(level, field, others))
        }
    }

    private func mean(_ level: Int, _ field: Int, _ classes: [ModelClass]) -> Double {
        let shares = classes.reduce(0) { $0 + max($1.share, Self.shareFloor) }
        let sum = classes.reduce(0) { $0 + max($1.share, Self.shareFloor) * $1.levels[field][level] }
        return max(sum / shares, Self.levelFloor)
    }

    /// All levels of the field weigh next to nothing.
    func isUninformative(_ field: Int) -> Bool {
        weights(of: field).allSatisfy { abs($0) < 0.05 }
    }
}
