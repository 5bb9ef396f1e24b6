import Records
import Standards
import Testing

@testable import Synthesis

@Suite struct WorldTests {
    let asOf: CivilDate

    init() throws {
        asOf = try #require(CivilDate(iso: "2024-06-30"))
    }

    @Test
    func
        `A division gives five hundred numbers a day to men, all different, and then says that it has no more`()
        throws
    {
        var world = World(counties: Counties(regions: ["640104"]), asOf: asOf, seed: 1)
        let birth = try #require(CivilDate(iso: "2020-02-29"))
        let home = world.dwelling(in: 0)
        let name = PersonName(surname: Bytes("王"), given: Bytes("一"))
        var numbers: Set<Bytes> = []
        for _ in 0..<500 {
            numbers.insert(
                try world.person(county: 0, ethnic: 1, birth: birth, isMale: true, home: home, name: name)
                    .idNumber)
        }
        #expect(numbers.count == 500)
        let failure = #expect(throws: Failure.self) {
            try world.person(county: 0, ethnic: 1, birth: birth, isMale: true, home: home, name: name)
        }
        #expect(failure?.code == "E-SYN-003")
    }

    @Test func `Dates of a life are in order`() throws {
        var world = World(counties: Counties(regions: ["33", "65"]), asOf: asOf, seed: 5)
        var wrong: [Int] = []
        for _ in 0..<2000 {
            for person in try world.household().people {
                let days = [
                    person.birth, person.registered, person.caseOpened, person.lastVisit,
                    person.death ?? asOf,
                ]
                if days != days.sorted() || person.birth >= asOf || days[4] > asOf {
                    wrong.append(person.number)
                }
                if (person.death == nil) == (person.status == .dead) { wrong.append(person.number) }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test func `The day of the exports may be any of its range`() throws {
        for day in ["1985-01-01", "2100-12-31"] {
            let set = try SyntheticSet.registry {
                $0.size = .records(500)
                $0.profile = .dirty
                $0.asOf = CivilDate(iso: day) ?? $0.asOf
            }
            defer { set.remove() }
            #expect(set.summary.records >= 500)
        }
    }
}
