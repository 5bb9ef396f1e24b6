import Records

/// What the rates of a source or an area are made of.
struct QualityCounts: Hashable, Sendable {
    var records = 0
    var persons = 0
    /// Persons whose record in the master is of grade C or D.
    var personsWithErrors = 0
    /// Parallel to `Grade.allCases`, of source records.
    var grades = [0, 0, 0, 0]
    private var rates = Array(repeating: Rate(0, of: 0), count: Dimension.allCases.count)

    subscript(dimension: Dimension) -> Rate {
        get { rates[dimension.place] }
        set { rates[dimension.place] = newValue }
    }

    static func += (left: inout QualityCounts, right: QualityCounts) {
        left.records += right.records
        left.persons += right.persons
        left.personsWithErrors += right.personsWithErrors
        for place in left.grades.indices { left.grades[place] += right.grades[place] }
        for place in left.rates.indices {
            left.rates[place].part += right.rates[place].part
            left.rates[place].whole += right.rates[place].whole
        }
    }
}

extension Dimension {
    /// In `allCases`.
    var place: Int {
        switch self {
        case .completeness: 0
        case .validity: 1
        case .uniqueness: 2
        case .consistency: 3
        case .timeliness: 4
        case .accuracy: 5
        case .soundness: 6
        case .verification: 7
        }
    }
}

/// Goes over the table once and counts by source and, where records have one, by area.
struct QualityTally {
    private(set) var bySource: [QualityCounts]
    /// Parallel to the leaves of the areas; empty without areas.
    private(set) var byLeaf: [QualityCounts]
    /// Of all persons, each once; `bySource` counts a person in every source that has it.
    private var persons = QualityCounts()
    private let records: RecordTable
    /// One per row, or empty.
    private let leaves: [UInt32]

    init(_ records: RecordTable, leaves: [UInt32] = [], leafCount: Int = 0) {
        self.records = records
        self.leaves = leaves
        bySource = Array(repeating: QualityCounts(), count: records.sources.count)
        byLeaf = Array(repeating: QualityCounts(), count: leafCount)
    }

    /// Of all sources together.
    var total: QualityCounts {
        var total = QualityCounts()
        for counts in bySource { total += counts }
        total.persons = persons.persons
        total.personsWithErrors = persons.personsWithErrors
        total[.verification] = persons[.verification]
        return total
    }

    /// Adds a part and a whole per row: `value` gives bits, 1 for the whole and 2 for the part.
    private mutating func count(
        _ dimension: Dimension, in rows: Range<Int>, source: Int, _ value: (Int) -> UInt8
    ) {
        var (wholes, parts) = (0, 0)
        if leaves.isEmpty {
            for row in rows {
                let bits = Int(value(row))
                wholes += bits & 1
                parts += bits >> 1
            }
        } else {
            var leafWholes = [Int](repeating: 0, count: byLeaf.count)
            var leafParts = leafWholes
            for row in rows {
                let bits = Int(value(row))
                let leaf = Int(leaves[row])
                wholes += bits & 1
                parts += bits >> 1
                leafWholes[leaf] += bits & 1
                leafParts[leaf] += bits >> 1
            }
            for leaf in byLeaf.indices where leafWholes[leaf] > 0 || leafParts[leaf] > 0 {
                byLeaf[leaf][dimension].whole += leafWholes[leaf]
                byLeaf[leaf][dimension].part += leafParts[leaf]
            }
        }
        bySource[source][dimension].whole += wholes
        bySource[source][dimension].part += parts
    }

    private func rows(_ source: Int) -> Range<Int> { records.starts[source]..<records.starts[source + 1] }

    /// Completeness, validity, accuracy: cell by cell.
    ///
    /// - Parameters:
    ///   - accepted: ill-formed cells whose findings were all waived.
    ///   - wrong: cells with a value that a standing finding calls wrong.
    mutating func countCells(accepted: CellSet?, wrong: CellSet) {
        let fields = records.schema.fields
        let hasRequired = fields.contains(where: \.required)
        for source in records.sources.indices {
            for field in fields.indices where records.sources[source].columns[field] != nil {
                let column = records.columns[field]
                column.codes.withUnsafeBufferPointer { codes in
                    if !hasRequired || fields[field].required {
                        count(.completeness, in: rows(source), source: source) { codes[$0] == 0 ? 1 : 3 }
                    }
                    column.isWellFormed.withUnsafeBufferPointer { isWellFormed in
                        count(.validity, in: rows(source), source: source) { row in
                            let code = Int(codes[row])
                            if code == 0 { return 0 }
                            return isWellFormed[code] || accepted?.contains(row, field) == true ? 3 : 1
                        }
                    }
                    count(.accuracy, in: rows(source), source: source) { row in
                        codes[row] == 0 ? 0 : wrong.contains(row, field) ? 1 : 3
                    }
                }
            }
        }
    }

    /// Records, consistency and grades.
    mutating func countRecords(contradictory: [Bool], grade: (Int) -> Grade) {
        let grades = records.count == 0 ? [] : (0..<records.count).map { UInt8(grade($0).place) }
        for source in records.sources.indices {
            for row in rows(source) {
                bySource[source].records += 1
                bySource[source].grades[Int(grades[row])] += 1
                if !leaves.isEmpty {
                    byLeaf[Int(leaves[row])].records += 1
                    byLeaf[Int(leaves[row])].grades[Int(grades[row])] += 1
                }
            }
            count(.consistency, in: rows(source), source: source) { contradictory[$0] ? 1 : 3 }
            count(.soundness, in: rows(source), source: source) { grades[$0] < 2 ? 3 : 1 }
        }
    }

    /// Timeliness.
    ///
    /// - Parameter verified: per row; sources without the field are left out.
    mutating func countVerified(_ verified: [Bool], field: Int) {
        for source in records.sources.indices where records.sources[source].columns[field] != nil {
            count(.timeliness, in: rows(source), source: source) { verified[$0] ? 3 : 1 }
        }
    }

    /// Persons, uniqueness and verification.
    ///
    /// - Parameter verified: per row; `nil` where the rule book does not say what verifies a record.
    mutating func countPersons(_ master: Master, verified: [Bool]?) {
        for person in 0..<master.count {
            let members = master.members(of: person)
            let hasErrors = master.grades[person] == .c || master.grades[person] == .d
            let isVerified = verified.map { verified in members.contains { verified[Int($0)] } }
            var one = QualityCounts()
            one.persons = 1
            one.personsWithErrors = hasErrors ? 1 : 0
            if let isVerified { one[.verification] = Rate(isVerified ? 1 : 0, of: 1) }
            persons += one
            // Members ascend, so those of a source stand together.
            var last = -1
            for row in members {
                let source = records.sourceIndex(of: Int(row))
                if source != last {
                    Self.add(one, to: &bySource[source], uniqueness: Rate(1, of: 1))
                } else {
                    bySource[source][.uniqueness].whole += 1
                }
                if !leaves.isEmpty {
                    let leaf = Int(leaves[Int(row)])
                    byLeaf[leaf][.uniqueness].whole += 1
                    if source != last { byLeaf[leaf][.uniqueness].part += 1 }
                }
                last = source
            }
            if !leaves.isEmpty, let first = members.first {
                Self.add(one, to: &byLeaf[Int(leaves[Int(first)])], uniqueness: Rate(0, of: 0))
            }
        }
    }

    /// Static: a method of the tally would copy all of it to call itself on a part.
    private static func add(_ one: QualityCounts, to counts: inout QualityCounts, uniqueness: Rate) {
        counts.persons += one.persons
        counts.personsWithErrors += one.personsWithErrors
        counts[.verification].part += one[.verification].part
        counts[.verification].whole += one[.verification].whole
        counts[.uniqueness].part += uniqueness.part
        counts[.uniqueness].whole += uniqueness.whole
    }
}

extension Grade {
    var place: Int {
        switch self {
        case .a: 0
        case .b: 1
        case .c: 2
        case .d: 3
        }
    }
}
