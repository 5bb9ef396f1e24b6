/// How many persons are on which of two or three lists.
package struct ListCounts: Sendable, Hashable {
    /// 2 or 3.
    package let lists: Int
    /// `cells[s]`: persons on exactly the lists whose bits are set in `s`. `cells[0]` is not looked at.
    package internal(set) var cells: [Double]
    /// `extra[l]`: records of list `l` that were linked to another record of the same list.
    package internal(set) var extra: [Double]

    package init(lists: Int, cells: [Int], extra: [Int]? = nil) {
        precondition((2...3).contains(lists) && cells.count == 1 << lists, "two or three lists, one cell a combination")
        self.lists = lists
        self.cells = cells.map { Double(max(0, $0)) }
        self.cells[0] = 0
        self.extra = extra.map { $0.map(Double.init) } ?? Array(repeating: 0, count: lists)
    }

    init(lists: Int, cells: [Double]) {
        self.lists = lists
        self.cells = cells
        extra = Array(repeating: 0, count: lists)
    }

    /// Persons on any list.
    package var listed: Double { cells.dropFirst().reduce(0, +) }

    package func size(of list: Int) -> Double {
        cells.indices.reduce(0) { $0 + ($1 >> list & 1 == 1 ? cells[$1] : 0) }
    }

    package func overlap(_ a: Int, _ b: Int) -> Double {
        cells.indices.reduce(0) { $0 + ($1 >> a & $1 >> b & 1 == 1 ? cells[$1] : 0) }
    }

    /// Pairs of lists, in order.
    static func pairs(_ lists: Int) -> [(a: Int, b: Int)] {
        lists == 2 ? [(0, 1)] : [(0, 1), (0, 2), (1, 2)]
    }

    /// The first two lists that share fewer persons than an estimate needs.
    package var thinPair: (a: Int, b: Int)? {
        Self.pairs(lists).first { overlap($0.a, $0.b) < Self.leastOverlap }
    }

    /// Under ten shared persons one more or fewer moves the estimate by a tenth or more, the normal approximations of its
    /// error do not hold, and Chapman's estimator is no longer free of bias.
    package static let leastOverlap = 10.0

    package static func + (left: ListCounts, right: ListCounts) -> ListCounts {
        var sum = left
        for index in sum.cells.indices { sum.cells[index] += right.cells[index] }
        for index in sum.extra.indices { sum.extra[index] += right.extra[index] }
        return sum
    }
}
