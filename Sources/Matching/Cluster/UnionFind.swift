/// Disjoint sets of rows; a set is known by its smallest row.
struct UnionFind: Sendable {
    private var parents: [UInt32]

    init(count: Int) {
        parents = (0..<count).map { UInt32($0) }
    }

    mutating func root(of row: UInt32) -> UInt32 {
        var row = row
        while parents[Int(row)] != row {
            parents[Int(row)] = parents[Int(parents[Int(row)])]
            row = parents[Int(row)]
        }
        return row
    }

    mutating func join(_ a: UInt32, _ b: UInt32) {
        let (x, y) = (root(of: a), root(of: b))
        parents[Int(max(x, y))] = min(x, y)
    }
}
