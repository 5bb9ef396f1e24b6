import Records

/// The levels of a comparator from "missing" upwards, and what the model may assume of them.
package struct Ladder: Sendable {
    /// Index 0 is `missing`, 1 is `else`; the best comes last. At most 15.
    package let levels: [String]
    /// Levels on which two values say the same thing: `exact`, or three of them by the value's frequency.
    package let exact: ClosedRange<Int>
    /// Levels that two different persons reach only by chance; caps and floors of the model hold on them (MODEL §2).
    package let near: Set<Int>
    /// Level of two names that stand in each other's field.
    package let exchanged: Int?
    /// Levels that brothers and sisters reach: of full names those that agree in the surname, of numbers with a birth
    /// date inside those that agree in it.
    let sibling: Set<Int>
    /// Most that a level may have among records of one person; `nil`: no bound on any.
    let capsOfOnePerson: [Double]?
    /// Levels that two different values may have, names in each other's field aside; ascending.
    let different: [Int]

    /// - Parameters:
    ///   - levels: names from `else` upwards without the exact ones; `missing` is put in front.
    ///   - byFrequency: split `exact` by how common the agreed value is.
    ///   - rareInOnePerson: levels that writers of one person's name seldom cause, with the most they may have; without a
    ///     bound EM takes twins for matches whose names are often wrong.
    ///   - hasSynonyms: two different values may say exactly the same.
    init(
        _ levels: [String], byFrequency: Bool = false, near: Set<String> = [], exchanged: String? = nil,
        sibling: Set<String> = [], rareInOnePerson: [String: Double] = [:], hasSynonyms: Bool = false
    ) {
        let lower = ["missing", "else"] + levels
        let top = byFrequency ? ["exact, common", "exact", "exact, rare"] : ["exact"]
        self.levels = lower + top
        exact = lower.count...(lower.count + top.count - 1)
        self.near = Set(exact).union(lower.indices.filter { near.contains(lower[$0]) })
        self.exchanged = exchanged.flatMap { lower.firstIndex(of: $0) }
        self.sibling = Set(lower.indices.filter { sibling.contains(lower[$0]) })
        capsOfOnePerson = rareInOnePerson.isEmpty ? nil : self.levels.map { rareInOnePerson[$0] ?? 1 }
        let exchanged = self.exchanged
        different = (hasSynonyms ? self.levels : lower).indices.dropFirst().filter { $0 != exchanged }
        precondition(self.levels.count <= 15, "a level has four bits, and 15 stands for one that is not known yet")
    }

    package var count: Int { levels.count }

    func index(of level: String) -> UInt8 {
        guard let index = levels.firstIndex(of: level) else { preconditionFailure("no level \(level)") }
        return UInt8(index)
    }

    /// The exact level of each distinct value of a column: the rarer a value, the more its agreement says.
    ///
    /// Bounds on the share of rows that hold the value: 1/300 and 1/3,000 (MODEL §1).
    func exactLevels(of column: RecordTable.Column) -> [UInt8] {
        var levels = [UInt8](repeating: UInt8(exact.upperBound), count: column.values.count)
        if exact.count == 3 {
            var counts = [Int](repeating: 0, count: column.values.count)
            for code in column.codes { counts[Int(code)] += 1 }
            let filled = column.codes.count - counts[0]
            for code in counts.indices {
                levels[code] -= counts[code] * 300 >= filled ? 2 : counts[code] * 3_000 >= filled ? 1 : 0
            }
        }
        return levels
    }
}
