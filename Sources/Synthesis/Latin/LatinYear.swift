import Standards

/// A list of persons as it goes from week to week: what life, offices and mistakes change in it.
struct LatinYear {
    struct Row {
        /// Of the record; never given again.
        let number: Int
        let person: Int32
        fileprivate(set) var cells: LatinRow
    }

    private var population: LatinPopulation
    private var copyist: LatinCopyist
    private(set) var rows: [Row] = []
    private var nextNumber = 0

    /// Of the rows, in a week: what a register of a town goes through in a year, divided by 52.
    private static let births = 0.0004
    private static let deaths = 0.0002
    private static let moves = 0.0020
    private static let corrections = 0.0020
    private static let mistakes = 0.0020
    private static let duplicates = 0.0006
    private static let mergers = 0.0002

    init(_ population: LatinPopulation, _ copyist: LatinCopyist) {
        self.population = population
        self.copyist = copyist
    }

    /// `week-01`
    static func folder(_ week: Int) -> String { "week-" + (week < 10 ? "0" : "") + "\(week)" }

    mutating func add(_ person: Int32, isCopy: Bool) {
        let who = population.people[Int(person)]
        let cells = isCopy ? copyist.copy(who, of: population) : copyist.first(who, of: population)
        rows.append(Row(number: nextNumber, person: person, cells: cells))
        nextNumber += 1
    }

    /// Lets a week pass; returns what happened, by name.
    mutating func pass(_ week: Int, seed: Int) -> [(String, Int)] {
        var generator = SeededGenerator(seed: seed, stream: "latin week \(week)")
        func count(_ share: Double) -> Int { max(1, Int((Double(rows.count) * share).rounded())) }
        let planned = (
            births: count(Self.births), deaths: count(Self.deaths), moves: count(Self.moves),
            corrections: count(Self.corrections), mistakes: count(Self.mistakes), duplicates: count(Self.duplicates),
            mergers: count(Self.mergers)
        )
        for _ in 0..<planned.moves { move(&generator) }
        var corrected = 0
        for _ in 0..<planned.corrections where correct(&generator) { corrected += 1 }
        for _ in 0..<planned.mistakes { copyist.edit(&rows[generator.index(rows.count)].cells) }
        for _ in 0..<planned.duplicates { add(rows[generator.index(rows.count)].person, isCopy: true) }
        let gone = Set((0..<planned.deaths).map { _ in rows[generator.index(rows.count)].person })
        let merged = mergers(planned.mergers, &generator)
        rows.removeAll { gone.contains($0.person) || merged.contains($0.number) }
        for _ in 0..<planned.births {
            let day = Int32(20_250_000 + (1 + generator.index(12)) * 100 + 1 + generator.index(28))
            add(population.grow(birth: day, &generator), isCopy: false)
        }
        return [
            ("births", planned.births), ("deaths", gone.count), ("moves", planned.moves), ("corrections", corrected),
            ("mistakes", planned.mistakes), ("new_duplicates", planned.duplicates), ("mergers", merged.count),
        ]
    }

    /// Somebody moves, and the office that keeps one of the records hears of it.
    private mutating func move(_ generator: inout SeededGenerator) {
        let place = generator.index(rows.count)
        population.move(rows[place].person, &generator)
        let now = population.row(population.people[Int(rows[place].person)])
        for field in [LatinField.street, .city, .postcode, .phone] where !rows[place].cells[field].isEmpty {
            rows[place].cells[field] = now[field]
        }
    }

    /// An office puts a cell right, or fills one in; false when the row that it looked at has nothing wrong.
    private mutating func correct(_ generator: inout SeededGenerator) -> Bool {
        let place = generator.index(rows.count)
        let right = population.row(population.people[Int(rows[place].person)])
        let wrong = LatinField.allCases.filter { rows[place].cells[$0] != right[$0] }
        if wrong.isEmpty { return false }
        let field = generator.pick(wrong)
        rows[place].cells[field] = right[field]
        return true
    }

    /// Records that offices take out because the person has another one.
    private func mergers(_ count: Int, _ generator: inout SeededGenerator) -> Set<Int> {
        var seen: Set<Int32> = []
        var spare: [Int] = []
        for row in rows where !seen.insert(row.person).inserted { spare.append(row.number) }
        if spare.isEmpty { return [] }
        return Set((0..<count).map { _ in generator.pick(spare) })
    }
}
