import Reconciliation
import Records
import Testing

struct PersonIDsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        let groups: [UInt32]
        let current: [UInt32]
        /// As `current` when it is empty.
        var first: [UInt32] = []
        var further: [Membership.Founding] = []
        var absent: [Membership.Absent] = []
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
            first: [1, 2, 2], persons: [1, 2, 2], returned: [1], split: [.init(from: 2, into: [1])]),
        Case(
            title: "a number most of whose founders are with somebody else does not come back",
            groups: [0, 1, 1, 3, 3],
            current: [2, 2, 2, 1, 1], first: [1, 2, 2, 1, 1], persons: [10, 2, 2, 1, 1], new: [10],
            split: [.init(from: 2, into: [10])]),
        Case(
            title: "who was merged into somebody and taken out again has the own number, not the other's",
            groups: [0, 1, 1], current: [1, 1, 1], first: [1, 2, 3], persons: [1, 2, 2], returned: [2],
            split: [.init(from: 1, into: [2])]),
        Case(
            title: "a number given out by a split comes back with the next one", groups: [0, 0, 2], current: [1, 1, 1],
            first: [1, 1, 1], further: [.init(row: 2, person: 7)], persons: [1, 1, 7], returned: [7],
            split: [.init(from: 1, into: [7])]),
        Case(
            title: "a person whose first record vanished keeps the number", groups: [0, 0], current: [1, 1],
            first: [2, 3], absent: [.init(person: 1, founded: 1, records: 1)], persons: [1, 1]),
        Case(
            title: "the number of a person whose records are all elsewhere is nobody else's", groups: [0], current: [5],
            first: [1], absent: [.init(person: 1, founded: 1, records: 2)], persons: [5]),
    ]

    @Test("numbers follow the records", arguments: cases)
    func assigns(_ test: Case) {
        let assignment = PersonIDs.assign(
            groups: test.groups,
            previous: Membership(
                current: test.current, first: test.first.isEmpty ? test.current : test.first, further: test.further,
                absent: test.absent, highest: test.highest))
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
        var register = Register(rows: 60)
        var everGiven: Set<UInt32> = []
        for _ in 0..<300 {
            let groups = Register.randomGroups(60, using: &random)
            let assignment = register.assign(groups)
            var groupOfPerson: [UInt32: UInt32] = [:]
            for row in 0..<60 {
                #expect(groupOfPerson[assignment.persons[row], default: groups[row]] == groups[row])
                groupOfPerson[assignment.persons[row]] = groups[row]
            }
            #expect(groupOfPerson.count == Set(groups).count)
            #expect(everGiven.isDisjoint(with: assignment.new))
            #expect(Set(assignment.merged.map(\.from)).isDisjoint(with: assignment.persons))
            #expect(Set(assignment.merged.map(\.into)).isSubset(of: assignment.persons))
            everGiven.formUnion(assignment.new)
        }
    }

    @Test func `groups that stay as they are keep their numbers`() {
        var random = SplitMix(state: 8)
        var register = Register(rows: 60)
        for _ in 0..<100 {
            let groups = Register.randomGroups(60, using: &random)
            let persons = register.assign(groups).persons
            #expect(register.assign(groups).persons == persons)
        }
    }

    @Test
    func `whatever was merged and taken apart in between, the same groups of single records have the same numbers`() {
        var random = SplitMix(state: 9)
        let alone = (0..<40).map { UInt32($0) }
        for _ in 0..<50 {
            let wanted = Register.randomGroups(40, using: &random)
            var direct = Register(rows: 40)
            _ = direct.assign(alone)
            var roundabout = Register(rows: 40)
            _ = roundabout.assign(alone)
            for _ in 0..<5 {
                // Unions of single records alone: nobody founds a further number.
                _ = roundabout.assign(Register.randomGroups(40, using: &random))
            }
            #expect(roundabout.assign(wanted).persons == direct.assign(wanted).persons)
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

/// What a workspace remembers from run to run.
private struct Register {
    private var membership: Membership

    init(rows: Int) { membership = .none(rows: rows) }

    mutating func assign(_ groups: [UInt32]) -> PersonAssignment {
        let assignment = PersonIDs.assign(groups: groups, previous: membership)
        let new = Set(assignment.new)
        var further = membership.further
        var first = membership.first
        for (row, person) in assignment.persons.enumerated() {
            if first[row] == 0 {
                first[row] = person
            } else if new.contains(person) {
                further.append(Membership.Founding(row: UInt32(row), person: person))
            }
        }
        membership = Membership(
            current: assignment.persons, first: first, further: further, highest: assignment.highest)
        return assignment
    }

    static func randomGroups(_ rows: Int, using random: inout SplitMix) -> [UInt32] {
        let size = Int.random(in: 1...20, using: &random)
        var smallest: [Int: UInt32] = [:]
        return (0..<rows).map { row -> UInt32 in
            let group = Int.random(in: 0..<size, using: &random)
            if smallest[group] == nil { smallest[group] = UInt32(row) }
            return smallest[group] ?? 0
        }
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
