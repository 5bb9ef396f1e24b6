import Matching
import Records
import TestSupport

/// 750 invented rows in two sources: households, misspelt copies, exchanged names, and one birth date that a tenth of them share.
enum SmallRegister {
    static let records: RecordTable = {
        var random = SystemlessRandom(state: 7)
        var builder = RecordTableBuilder([
            Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
            Field(name: "birth_date", kind: .date), Field(name: "phone", kind: .phone),
            Field(name: "note", kind: .text),
        ])
        let letters = Array("abcdefghijklmnoprstuvwyz")
        func word(_ length: Int) -> String { String((0..<length).map { _ in letters[random.below(letters.count)] }) }
        let (givens, surnames) = ((0..<60).map { _ in word(6) }, (0..<90).map { _ in word(7) })
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        func day() -> String { "\(1950 + random.below(40))-\(two(1 + random.below(12)))-\(two(1 + random.below(28)))" }
        var rows: [[[String]]] = [[], []]
        var last: [String] = []
        for person in 0..<500 {
            var row = [
                givens[random.below(60)], surnames[random.below(90)],
                random.below(10) == 0 ? "1900-01-01" : day(), String(10_000_000 + random.below(89_999_999)),
                // What the wire has to carry: its own signs.
                ["", "a\tb", "back\\slash", "\\N", "two\nlines\r", "\u{1D}\u{1F}"][random.below(6)],
            ]
            if person % 4 == 1, !last.isEmpty { (row[1], row[3]) = (last[1], last[3]) }
            last = row
            rows[random.below(2)].append(row)
            if person % 2 == 0 {
                switch random.below(5) {
                case 0: row[0].removeLast()
                case 1: row[1].removeFirst()
                case 2: row[2] = day()
                case 3: row.swapAt(0, 1)
                default: row[3] = ""
                }
                rows[random.below(2)].append(row)
            }
        }
        builder.add(rows[0], source: "north")
        builder.add(rows[1], source: "south")
        return builder.table()
    }()

    static func plan(_ link: MatchPlan.Link = .all) -> MatchPlan {
        MatchPlan(
            keys: [
                .init([.init(field: 0), .init(field: 1)]), .init([.init(field: 2)]), .init([.init(field: 3)]),
                .init([.init(field: 1), .init(field: 2, transform: "year")]), .init([.init(field: 0, partner: 1)]),
            ],
            comparisons: [
                .init(field: 0, comparator: "given_name"), .init(field: 1, comparator: "surname"),
                .init(field: 2, comparator: "date"), .init(field: 3, comparator: "phone"),
                .init(field: 4, comparator: "text"),
            ], link: link, decide: .init(merge: 0.5, review: 0.1))
    }
}

/// SplitMix64.
struct SystemlessRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }
}
