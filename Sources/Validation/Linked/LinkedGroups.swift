import Records

/// Which records stand for one person: groups of two and more, in the order of their first rows.
struct LinkedGroups: Sendable {
    /// Rows of group g, source by source, in each by record id: `members[starts[g]..<starts[g + 1]]`. What is said of a group does
    /// not depend on where its records stand in their files.
    private let starts: [UInt32]
    private let members: [UInt32]
    /// Per row: one more than the index of its group; 0 for a record without another.
    private let numbers: [UInt32]

    /// `smallest`: per row the smallest row of its group.
    init(smallest: [UInt32], records: RecordTable) {
        var sizes = [UInt32](repeating: 0, count: smallest.count)
        for first in smallest { sizes[Int(first)] += 1 }
        var starts: [UInt32] = [0]
        var places = [UInt32](repeating: 0, count: smallest.count)
        for row in smallest.indices where sizes[row] > 1 {
            places[row] = UInt32(starts.count)
            starts.append(starts[starts.count - 1] + sizes[row])
        }
        var next = starts
        var members = [UInt32](repeating: 0, count: Int(starts[starts.count - 1]))
        var numbers = [UInt32](repeating: 0, count: smallest.count)
        for (row, first) in smallest.enumerated() {
            let place = Int(places[Int(first)])
            if place == 0 { continue }
            members[Int(next[place - 1])] = UInt32(row)
            next[place - 1] += 1
            numbers[row] = UInt32(place)
        }
        Self.sort(&members, starts, records)
        self.starts = starts
        self.members = members
        self.numbers = numbers
    }

    private static func sort(_ members: inout [UInt32], _ starts: [UInt32], _ records: RecordTable) {
        records.withView { view in
            for (start, end) in zip(starts, starts.dropFirst()) {
                let places = Int(start)..<Int(end)
                let sources = places.map { records.sourceIndex(of: Int(members[$0])) }
                guard zip(sources, sources.dropFirst()).contains(where: { $0 == $1 }) else { continue }
                members[places].sort { left, right in
                    let (a, b) = (Int(left), Int(right))
                    let (source, its) = (records.sourceIndex(of: a), records.sourceIndex(of: b))
                    return source == its ? view.recordID(a).lexicographicallyPrecedes(view.recordID(b)) : source < its
                }
            }
        }
    }

    var count: Int { starts.count - 1 }

    /// Where the rows of each group begin, and the rows, for loops over all groups.
    func withMembers<Result>(
        _ body: (_ starts: UnsafeBufferPointer<UInt32>, _ members: UnsafeBufferPointer<UInt32>) -> Result
    ) -> Result {
        starts.withUnsafeBufferPointer { starts in members.withUnsafeBufferPointer { body(starts, $0) } }
    }

    subscript(group: Int) -> ArraySlice<UInt32> { members[Int(starts[group])..<Int(starts[group + 1])] }

    /// Index of the group that a row belongs to.
    func group(of row: Int) -> Int? {
        let number = numbers[row]
        return number == 0 ? nil : Int(number) - 1
    }

    /// The row itself and the records linked with it.
    func rows(with row: Int, atMost most: Int = .max) -> [Int] {
        group(of: row).map { self[$0].prefix(most).map { Int($0) } } ?? [row]
    }
}

/// Two records that may be one person and were not put together: what matching left to people or held apart.
package struct UnmergedPair: Sendable, Hashable {
    package let a: UInt32
    package let b: UInt32
    /// That they are one person, by the evidence of the pair alone.
    package let probability: Double

    package init(a: UInt32, b: UInt32, probability: Double) {
        self.a = a
        self.b = b
        self.probability = probability
    }
}
