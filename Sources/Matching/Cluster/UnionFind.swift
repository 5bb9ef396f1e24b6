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

    /// Sets of two and more, each ascending, in the order of their smallest rows.
    var groups: [[UInt32]] {
        mutating get {
            var sizes = [UInt32](repeating: 0, count: parents.count)
            for row in parents.indices { sizes[Int(root(of: UInt32(row)))] += 1 }
            var places = [UInt32](repeating: 0, count: parents.count)
            var groups: [[UInt32]] = []
            for row in parents.indices {
                let root = Int(root(of: UInt32(row)))
                if sizes[root] < 2 { continue }
                if root == row {
                    places[root] = UInt32(groups.count)
                    groups.append([])
                }
                groups[Int(places[root])].append(UInt32(row))
            }
            return groups
        }
    }
}
