import Records
import TestSupport

@testable import Matching

/// 3,000 persons in 1,500 households of two, in Latin letters; four of ten persons have a second record, in which one birth
/// date in twenty has a digit wrong. Seven of ten numbers are missing.
struct HouseholdRegistry {
    static let fields = [
        Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
        Field(name: "birth_date", kind: .date), Field(name: "id_number", kind: .identifier),
        Field(name: "phone", kind: .phone), Field(name: "street", kind: .street),
    ]

    static let plan = MatchPlan(
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

    let records: RecordTable
    let persons: [Int]

    /// - Parameters:
    ///   - juniors: of a hundred households, those of parent and child of one name.
    ///   - datesKnown: of a hundred birth dates.
    ///   - inHospital: of a hundred records, those with the address of one hospital.
    init(juniors: Int = 0, datesKnown: Int = 100, inHospital: Int = 0) {
        var random = SeededRandom(seed: 31)
        let syllables = [
            "ba", "den", "ri", "mo", "kel", "sa", "ton", "vi", "lar", "nu", "gos", "ha", "pe", "wil", "dor",
        ]
        func word(_ length: Int) -> String {
            (0..<length).map { _ in syllables[random.below(syllables.count)] }.joined()
        }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        func date(_ year: Int) -> String { "\(year)-\(two(1 + random.below(12)))-\(two(1 + random.below(28)))" }
        func number() -> String { String(100_000_000 + random.below(899_999_999)) }
        var builder = RecordTableBuilder(Self.fields)
        var rows: [[String]] = []
        var persons: [Int] = []
        for household in 0..<1_500 {
            let surname = word(3)
            let (street, phone) = ("\(1 + random.below(200)) \(word(3)) street", "0" + number())
            let (first, year) = (word(2), 1930 + random.below(40))
            for member in 0..<2 {
                let given = household % 100 < juniors || member == 0 ? first : word(2)
                let row = [given, surname, date(year + member * (20 + random.below(15))), number(), phone, street]
                for copy in 0..<(random.below(10) < 4 ? 2 : 1) {
                    var cells = row
                    if random.below(100) >= datesKnown { cells[2] = "" }
                    if random.below(10) < 7 { cells[3] = "" }
                    if random.below(100) < inHospital { cells[5] = "1 hospital road" }
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

    func match() throws -> Matches { try Matcher.match(records, plan: Self.plan, threads: 2) }

    /// Records merged with those of somebody else.
    func wrong(_ matches: Matches) -> Int {
        var people: [UInt32: Set<Int>] = [:]
        for (row, group) in matches.groups.enumerated() { people[group, default: []].insert(persons[row]) }
        return people.values.reduce(0) { $0 + $1.count - 1 }
    }

    /// Of the records that follow one of the same person, those that were found.
    func found(_ matches: Matches, where isMeant: (Int) -> Bool = { _ in true }) -> Double {
        let twice = persons.indices.dropFirst().filter { persons[$0] == persons[$0 - 1] && isMeant($0) }
        return Double(twice.count { matches.groups[$0] == matches.groups[$0 - 1] }) / Double(twice.count)
    }
}
