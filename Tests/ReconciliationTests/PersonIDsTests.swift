import Reconciliation
import Records
import Testing

struct PersonIDsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        let groups: [UInt32]
        let current: [UInt32]
        var earlier: [UInt32] = []
        var highest: UInt32 = 9
        let persons: [UInt32]
        var new: [UInt32] = []
        var returned: [UInt32] = []
        var merged: [PersonAssignment.Merge] = []
        var split: [PersonAssignment.Split] = []

        var testDescription: String { title }
    }

    static let cases: [Case] = [
        Case(
            title: "a first run counts from one in the order of the rows", groups: [0, 1, 0, 1, 4],
            current: [0, 0, 0, 0, 0], highest: 0, persons: [1, 2, 1, 2, 3], new: [1, 2, 3]),
        Case(title: "a rerun changes nothing", groups: [0, 1, 0], current: [7, 3, 7], persons: [7, 3, 7]),
        Case(
            title: "a new record joins its person, another is new", groups: [0, 0, 2], current: [4, 0, 0],
            persons: [4, 4, 10], new: [10]),
        Case(
            title: "the larger part of a merge keeps its number", groups: [0, 0, 0], current: [1, 2, 2],
            persons: [2, 2, 2], merged: [.init(from: 1, into: 2)]),
        Case(
            title: "equal parts of a merge: the smaller number stays", groups: [0, 0], current: [5, 2],
            persons: [2, 2], merged: [.init(from: 5, into: 2)]),
        Case(
            title: "the larger part of a split keeps the number", groups: [0, 1, 1], current: [1, 1, 1],
            persons: [10, 1, 1], new: [10], split: [.init(from: 1, into: [10])]),
        Case(
            title: "equal parts of a split: the part with the smaller row", groups: [0, 1], current: [1, 1],
            persons: [1, 10], new: [10], split: [.init(from: 1, into: [10])]),
        Case(
            title: "a part that loses its number to a larger one takes its next", groups: [0, 0, 0, 3, 3, 3, 3],
            current: [1, 1, 2, 1, 1, 1, 3], persons: [2, 2, 2, 1, 1, 1, 1], merged: [.init(from: 3, into: 1)],
            split: [.init(from: 1, into: [2])]),
        Case(
            title: "taken apart into two other persons, a number is retired into the larger part",
            groups: [0, 0, 0, 0, 4, 4, 4], current: [1, 1, 3, 3, 2, 2, 3],
            persons: [1, 1, 1, 1, 2, 2, 2], merged: [.init(from: 3, into: 1)],
            split: [.init(from: 3, into: [1, 2])]),
        Case(
            title: "after an unmerge the retired number comes back", groups: [0, 1, 1], current: [2, 2, 2],
            earlier: [1, 0, 0], persons: [1, 2, 2], returned: [1], split: [.init(from: 2, into: [1])]),
        Case(
            title: "a number somebody still has does not come back", groups: [0, 1, 1, 3], current: [2, 2, 2, 1],
            earlier: [1, 0, 0, 0], persons: [10, 2, 2, 1], new: [10], split: [.init(from: 2, into: [10])]),
    ]

    @Test("numbers follow the records", arguments: cases)
    func assigns(_ test: Case) {
        let assignment = PersonIDs.assign(
            groups: test.groups,
            previous: Membership(current: test.current, earlier: test.earlier, highest: test.highest))
        #expect(assignment.persons == test.persons)
        #expect(assignment.new == test.new)
        #expect(assignment.returned == test.returned)
        #expect(assignment.merged == test.merged)
        #expect(assignment.split == test.split)
        #expect(assignment.highest == max(test.highest, test.new.last ?? 0))
        #expect(assignment.kept + test.new.count + test.returned.count == Set(test.groups).count)
    }

    @Test func `random merges and splits keep one number per group and never reuse one`() {
        var random = SplitMix(state: 7)
        let rows = 60
        var current = [UInt32](repeating: 0, count: rows)
        var earlier = current
        var highest: UInt32 = 0
        var everGiven: Set<UInt32> = []
        for _ in 0..<300 {
            let size = Int.random(in: 1...20, using: &random)
            var smallest: [Int: UInt32] = [:]
            let groups = (0..<rows).map { row -> UInt32 in
                let group = Int.random(in: 0..<size, using: &random)
                if smallest[group] == nil { smallest[group] = UInt32(row) }
                return smallest[group] ?? 0
            }
            let assignment = PersonIDs.assign(
                groups: groups, previous: Membership(current: current, earlier: earlier, highest: highest))
            var groupOfPerson: [UInt32: UInt32] = [:]
            for row in 0..<rows {
                #expect(groupOfPerson[assignment.persons[row], default: groups[row]] == groups[row])
                groupOfPerson[assignment.persons[row]] = groups[row]
            }
            #expect(groupOfPerson.count == Set(groups).count)
            #expect(everGiven.isDisjoint(with: assignment.new))
            #expect(Set(assignment.merged.map(\.from)).isDisjoint(with: assignment.persons))
            #expect(Set(assignment.merged.map(\.into)).isSubset(of: assignment.persons))
            everGiven.formUnion(assignment.new)
            for row in 0..<rows where assignment.persons[row] != current[row] { earlier[row] = current[row] }
            current = assignment.persons
            highest = assignment.highest
        }
    }

    @Test(
        "person ids read back",
        arguments: [(UInt32(1), "P00000001"), (99_999_999, "P99999999"), (123_456_789, "P123456789")])
    func personID(_ number: UInt32, _ text: String) {
        #expect(PersonID.text(number) == text)
        #expect(PersonID.number(text) == number)
    }

    @Test(
        "what is no person id",
        arguments: ["", "P", "P0", "P1", "P00000000", "p00000001", "P000000001", "P0000000١", "X00000001"])
    func noPersonID(_ text: String) {
        #expect(PersonID.number(text) == nil)
    }
}

/// A seeded generator (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
