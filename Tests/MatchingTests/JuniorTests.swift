import Records
import TestSupport
import Testing

@testable import Matching

/// Parent and child of one name in one house: where most numbers are missing only their birth dates tell them apart.
@Suite struct JuniorTests {
    private static let fields = [
        Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
        Field(name: "birth_date", kind: .date), Field(name: "id_number", kind: .identifier),
        Field(name: "phone", kind: .phone), Field(name: "street", kind: .street),
    ]

    private static let plan = MatchPlan(
        keys: [
            .init([.init(field: 3)]), .init([.init(field: 4)]), .init([.init(field: 0), .init(field: 1)]),
            .init([.init(field: 1), .init(field: 2)]), .init([.init(field: 0), .init(field: 2)]),
            .init([.init(field: 5)]),
        ],
        comparisons: [
            .init(field: 0, comparator: "given_name"), .init(field: 1, comparator: "surname"),
            .init(field: 2, comparator: "date"), .init(field: 3, comparator: "identifier"),
            .init(field: 4, comparator: "phone"), .init(field: 5, comparator: "street"),
        ], decide: .init(merge: 0.8, review: 0.1))

    private static let registry = Registry(datesKnown: 9)

    /// 3,000 persons in 1,500 households, one in ten of them parent and child of one name; four of ten persons have a
    /// second record, in which one birth date in twenty has a digit wrong.
    private struct Registry {
        let records: RecordTable
        let persons: [Int]

        /// - Parameter datesKnown: of ten birth dates.
        init(datesKnown: Int) {
            var random = SeededRandom(seed: 31)
            let syllables = ["ba", "den", "ri", "mo", "kel", "sa", "ton", "vi", "lar", "nu", "gos", "ha", "pe", "wil", "dor"]
            func word(_ length: Int) -> String {
                (0..<length).map { _ in syllables[random.below(syllables.count)] }.joined()
            }
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            func date(_ year: Int) -> String { "\(year)-\(two(1 + random.below(12)))-\(two(1 + random.below(28)))" }
            func number() -> String { String(100_000_000 + random.below(899_999_999)) }
            var builder = RecordTableBuilder(JuniorTests.fields)
            var rows: [[String]] = []
            var persons: [Int] = []
            for household in 0..<1_500 {
                let surname = word(3)
                let (street, phone) = ("\(1 + random.below(200)) \(word(3)) street", "0" + number())
                let (first, year) = (word(2), 1930 + random.below(40))
                for member in 0..<2 {
                    let given = household.isMultiple(of: 10) || member == 0 ? first : word(2)
                    let birth = date(year + member * (20 + random.below(15)))
                    let row = [given, surname, birth, number(), phone, street]
                    for copy in 0..<(random.below(10) < 4 ? 2 : 1) {
                        var cells = row
                        if random.below(10) >= datesKnown { cells[2] = "" }
                        if random.below(10) < 7 { cells[3] = "" }
                        if copy == 1, random.below(20) == 0, !cells[2].isEmpty {
                            cells[2] = cells[2].dropLast() + "\(random.below(9))"
                        }
                        rows.append(cells)
                        persons.append(household * 2 + member)
                    }
                }
            }
            builder.add(rows)
            records = builder.table()
            self.persons = persons
        }

        /// Wrong merges; and of the records that follow one of the same person how many were found.
        func count(_ matches: Matches, where isMeant: (Int) -> Bool) -> (wrong: Int, found: Int, twice: Int) {
            var people: [UInt32: Set<Int>] = [:]
            for (row, group) in matches.groups.enumerated() { people[group, default: []].insert(persons[row]) }
            let twice = persons.indices.dropFirst().filter { persons[$0] == persons[$0 - 1] && isMeant($0) }
            return (
                people.values.reduce(0) { $0 + $1.count - 1 },
                twice.count { matches.groups[$0] == matches.groups[$0 - 1] }, twice.count
            )
        }
    }

    /// Where a date is missing nobody can tell the two: these pairs are for people.
    @Test("Parent and child of one name stay two persons, and who is there twice is still found")
    func juniors() throws {
        let registry = Self.registry
        let matches = try Matcher.match(registry.records, plan: Self.plan, threads: 2)
        let dates = registry.records.columns[2].codes
        let (wrong, found, twice) = registry.count(matches) { dates[$0] != 0 && dates[$0 - 1] != 0 }
        #expect(wrong <= 15, "\(wrong) wrong merges")
        #expect(Double(found) >= 0.97 * Double(twice), "\(found) of \(twice)")
        #expect(matches.model.classes.contains { $0.name == "junior" && $0.share > 0.01 })
    }

    @Test("Where no birth date is known nobody is taken for a parent or a child of that name")
    func noDates() throws {
        let registry = Registry(datesKnown: 0)
        let matches = try Matcher.match(registry.records, plan: Self.plan, threads: 2)
        let (_, found, twice) = registry.count(matches) { _ in true }
        #expect(Double(found) >= 0.97 * Double(twice), "\(found) of \(twice)")
    }
}
