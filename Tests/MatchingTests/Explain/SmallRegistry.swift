import Records
import TestSupport

@testable import Matching

/// 2,000 imaginary persons, 800 of them with a second record that has each field spoilt with a chance of its own.
struct SmallRegistry {
    let records: RecordTable
    /// Person of each row.
    let persons: [Int]

    static let fields = [
        Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
        Field(name: "birth_date", kind: .date), Field(name: "phone", kind: .phone), Field(name: "city", kind: .city),
    ]
    static let comparisons: [MatchPlan.Comparison] = [
        .init(field: 0, comparator: "given_name"), .init(field: 1, comparator: "surname"),
        .init(field: 2, comparator: "date"), .init(field: 3, comparator: "phone"),
        .init(field: 4, comparator: "city"),
    ]

    static func plan(_ keys: [[Int]], budget: Int = 200_000_000) -> MatchPlan {
        MatchPlan(
            keys: keys.map { .init($0.map { .init(field: $0) }) }, comparisons: comparisons,
            decide: .init(merge: 0.9, review: 0.1), pairBudget: budget)
    }

    static let shared = SmallRegistry()

    private init() {
        var random = SeededRandom(seed: 41)
        func word(_ letters: Int) -> String {
            String((0..<letters).map { _ in Character(Unicode.Scalar(UInt8(97 + random.below(26)))) })
        }
        let givens = (0..<200).map { _ in word(6) }
        let surnames = (0..<300).map { _ in word(7) }
        let cities = (0..<20).map { _ in word(8) }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        func day() -> String { "\(1930 + random.below(80))-\(two(1 + random.below(12)))-\(two(1 + random.below(28)))" }
        func phone() -> String { String(10_000_000 + random.below(89_999_999)) }
        var rows: [[String]] = []
        var persons: [Int] = []
        for person in 0..<2_000 {
            let row = [
                givens[random.below(200)], surnames[random.below(300)], day(), phone(), cities[random.below(20)],
            ]
            rows.append(row)
            persons.append(person)
            if person >= 800 { continue }
            var copy = row
            if random.below(10) < 2 { copy[0] = givens[random.below(200)] }
            if random.below(10) < 3 { copy[1] = surnames[random.below(300)] }
            if random.below(10) < 2 { copy[2] = day() }
            if random.below(10) < 4 { copy[3] = random.below(2) == 0 ? "" : phone() }
            if random.below(10) < 3 { copy[4] = cities[random.below(20)] }
            rows.append(copy)
            persons.append(person)
        }
        var builder = RecordTableBuilder(Self.fields)
        builder.add(rows)
        records = builder.table()
        self.persons = persons
    }

    /// Pairs of rows of one person.
    var matches: [RowPair] {
        persons.indices.dropFirst().filter { persons[$0] == persons[$0 - 1] }.map {
            RowPair(UInt32($0 - 1), UInt32($0))
        }
    }
}

extension MatchContext {
    /// Without a pinned model there is nothing to refuse.
    func fitted(threads: Int) -> FittedModel { try! FittedModel(self, threads: threads) }
}
