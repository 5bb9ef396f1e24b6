import Records

/// What wrong and missed links do to the counts of lists, and how to take it out again.
///
/// A missed link splits a person into one for each part; a person on three lists is held together by any two of its three
/// links. A wrong link makes one person of two who are not on the same list. With `precision` π and `recall` ρ of the
/// links, two lists with the overlap m show the overlap m·ρ/π: the correction is the one of Ding & Fienberg, with their
/// rate of wrong links written as a share of the links made. Three lists are treated in the same way, each pair of lists
/// by its links. Errors are taken as independent of each other and of the person, and small enough that no person has two.
///
/// Sources: Ding & Fienberg, Dual system estimation of census undercount in the presence of matching error, Survey
/// Methodology 20 (1994); Di Consiglio & Tuoto, Coverage evaluation on probabilistically linked data, J. Official Statistics
/// 31 (2015); Zult et al., A general framework for multiple-recapture estimation that incorporates linkage error correction,
/// J. Applied Statistics 48 (2021).
struct LinkageError {
    let precision: Double
    let recall: Double
    let lists: Int
    /// Parts a person on the lists `cell` is seen as, each with its probability.
    private let sightings: [[Sighting]]

    private typealias Sighting = (probability: Double, seen: [Int])

    init(precision: Double, recall: Double, lists: Int) {
        self.precision = precision
        self.recall = recall
        self.lists = lists
        sightings = (0..<1 << lists).map { Self.sightings(of: $0, lists: lists, recall: recall) }
    }

    private static func sightings(of cell: Int, lists: Int, recall: Double) -> [Sighting] {
        let on = (0..<lists).filter { cell >> $0 & 1 == 1 }.map { 1 << $0 }
        let missed = 1 - recall
        switch on.count {
        case 2: return [(recall, [cell]), (missed, on)]
        case 3:
            let whole = recall * recall * (3 - 2 * recall)
            let part = recall * missed * missed
            return [(whole, [cell])] + on.map { (part, [$0, cell ^ $0]) } + [(missed * missed * missed, on)]
        default: return [(1, [cell])]
        }
    }

    /// A kind of wrong link: two persons, on the lists `a` and `b`, seen as one; and how many.
    struct WrongLinks {
        let a: Int
        let b: Int
        let count: Double
    }

    /// The wrong links among counts that missed links have split.
    func wrongLinks(_ split: [Double]) -> [WrongLinks] {
        ListCounts.pairs(lists).flatMap { pair -> [WrongLinks] in
            let (one, other) = (1 << pair.a, 1 << pair.b)
            let counts = ListCounts(lists: lists, cells: split)
            let wrong = counts.overlap(pair.a, pair.b) * (1 - precision) / precision
            let cells = split.indices.dropFirst()
            let left = cells.filter { $0 & one != 0 && $0 & other == 0 && split[$0] > 0 }
            let right = cells.filter { $0 & other != 0 && $0 & one == 0 && split[$0] > 0 }
            let all = left.reduce(0) { $0 + split[$1] } * right.reduce(0) { $0 + split[$1] }
            guard all > 0 else { return [] }
            return left.flatMap { a in
                right.map { WrongLinks(a: a, b: $0, count: wrong * split[a] * split[$0] / all) }
            }
        }
    }

    /// Counts as they are seen, on average, where `cells` are the true ones.
    func seen(_ cells: [Double]) -> [Double] {
        var seen = split(cells)
        for link in wrongLinks(seen) {
            seen[link.a] -= link.count
            seen[link.b] -= link.count
            seen[link.a | link.b] += link.count
        }
        return seen
    }

    func split(_ cells: [Double]) -> [Double] {
        var split = [Double](repeating: 0, count: cells.count)
        for cell in cells.indices.dropFirst() {
            for sighting in sightings[cell] {
                for part in sighting.seen { split[part] += sighting.probability * cells[cell] }
            }
        }
        return split
    }

    /// The true counts that on average are seen as these.
    func corrected(_ counts: ListCounts) -> ListCounts {
        var wanted = counts.cells
        // A record of a list that was not linked to its double is counted as one person more on this list alone.
        for list in 0..<lists {
            wanted[1 << list] = max(0, wanted[1 << list] + counts.extra[list] * (1 - precision / recall))
        }
        var cells = wanted
        for _ in 0..<500 {
            let seen = seen(cells)
            var moved = 0.0
            for cell in cells.indices.dropFirst() {
                let next = max(0, cells[cell] + wanted[cell] - seen[cell])
                moved = max(moved, (next - cells[cell]).magnitude)
                cells[cell] = next
            }
            if moved < 1e-9 * (1 + counts.listed) { break }
        }
        return ListCounts(lists: lists, cells: cells)
    }

    /// From the change of an estimate with the true counts, its change with the counts as seen: both belong together by
    /// the change of what is seen with what is true, J, as slopes = Jᵀ·seen slopes. Near 1, J is turned by iteration.
    func slopes(ofTrue slopes: [Double], at cells: [Double]) -> [Double] {
        let here = seen(cells)
        let changes = cells.indices.map { cell -> [Double] in
            if cell == 0 { return here.map { _ in 0 } }
            let step = max(0.5, cells[cell] * 1e-3)
            var more = cells
            more[cell] += step
            return zip(seen(more), here).map { ($0 - $1) / step }
        }
        var result = slopes
        for _ in 0..<200 {
            var moved = 0.0
            var next = result
            for cell in slopes.indices.dropFirst() {
                let change = slopes[cell] - zip(changes[cell], result).reduce(0) { $0 + $1.0 * $1.1 }
                next[cell] = result[cell] + change
                moved = max(moved, change.magnitude)
            }
            result = next
            if moved < 1e-9 { break }
        }
        return result
    }

    /// Variance that chance in linking adds to an estimate, by the delta method: `slopes` is its change with each count as
    /// seen. Persons are split, and wrong links are made, independently of each other.
    func variance(true cells: [Double], slopes: [Double]) -> Double {
        var variance = 0.0
        for cell in cells.indices.dropFirst() {
            let sightings = sightings[cell].map { sighting in
                (sighting.probability, sighting.seen.reduce(0) { $0 + slopes[$1] })
            }
            let mean = sightings.reduce(0) { $0 + $1.0 * $1.1 }
            variance += cells[cell] * sightings.reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
        }
        for link in wrongLinks(split(cells)) {
            let step = slopes[link.a | link.b] - slopes[link.a] - slopes[link.b]
            variance += link.count * step * step
        }
        return variance
    }
}
