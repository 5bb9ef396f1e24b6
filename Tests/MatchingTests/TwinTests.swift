import Records
import TestSupport
import Testing

@testable import Matching

/// Twins have one birth date, one address and one phone; where most numbers are missing only their given names tell them apart.
@Suite struct TwinTests {
    private static let fields = [
        Field(name: "name", kind: .personName), Field(name: "id_number", kind: .identifier),
        Field(name: "birth_date", kind: .date), Field(name: "phone", kind: .phone),
        Field(name: "address", kind: .address),
    ]

    private static let plan = MatchPlan(
        keys: [
            .init([.init(field: 1)]), .init([.init(field: 3)]), .init([.init(field: 0), .init(field: 2)]),
            .init([.init(field: 2), .init(field: 0, transform: "surname")]),
            .init([.init(field: 4, transform: "door"), .init(field: 4, transform: "county")]),
        ],
        comparisons: [
            .init(field: 0, comparator: "person_name"), .init(field: 1, comparator: "identifier"),
            .init(field: 2, comparator: "date"), .init(field: 3, comparator: "phone"),
            .init(field: 4, comparator: "address"),
        ], decide: .init(merge: 0.8, review: 0.1))

    /// 3,000 persons in 1,500 households, one in five of them a pair of twins; 1,200 persons have a second record.
    private static let registry: (records: RecordTable, persons: [Int]) = {
        var random = SeededRandom(seed: 29)
        let surnames = Array("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
        let givens = Array("伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂兰明华建国文玉梅英志红春生海燕雪琴宁波")
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        func day() -> String { "\(1940 + random.below(70))-\(two(1 + random.below(12)))-\(two(1 + random.below(28)))" }
        func given() -> String { String([givens[random.below(givens.count)], givens[random.below(givens.count)]]) }
        func phone() -> String { "1390" + String(1_000_000 + random.below(8_999_999)) }
        var builder = RecordTableBuilder(fields)
        var rows: [[String]] = []
        var persons: [Int] = []
        for household in 0..<1_500 {
            let surname = surnames[random.below(surnames.count)]
            let home = "四川省成都市青羊区人民路\(1 + random.below(300))号\(1 + random.below(40))栋\(100 + random.below(900))室"
            let telephone = phone()
            let birth = day()
            let number = String(100_000_000 + random.below(899_999_999))
            let isTwins = household % 5 == 0
            for member in 0..<2 {
                let own = isTwins ? birth : day()
                let row = ["\(surname)\(given())", "\(number)\(member)", own, telephone, home]
                let copies = 1 + (random.below(10) < 4 ? 1 : 0)
                for _ in 0..<copies {
                    var copy = row
                    if random.below(10) < 7 { copy[1] = "" }
                    if random.below(10) < 1 { copy[3] = phone() }
                    if random.below(10) < 1 { copy[2] = "" }
                    rows.append(copy)
                    persons.append(household * 2 + member)
                }
            }
        }
        builder.add(rows)
        return (builder.table(), persons)
    }()

    @Test("Twins without numbers stay two persons, and who is there twice is still found")
    func twins() throws {
        let (records, persons) = Self.registry
        let matches = try Matcher.match(records, plan: Self.plan, threads: 2)
        var people: [UInt32: Set<Int>] = [:]
        for (row, group) in matches.groups.enumerated() { people[group, default: []].insert(persons[row]) }
        let wrong = people.values.reduce(0) { $0 + $1.count - 1 }
        let twice = persons.indices.dropFirst().filter { persons[$0] == persons[$0 - 1] }
        let found = twice.count { matches.groups[$0] == matches.groups[$0 - 1] }
        #expect(wrong <= 3, "\(wrong) wrong merges")
        #expect(Double(found) >= 0.97 * Double(twice.count), "\(found) of \(twice.count)")
    }
}
