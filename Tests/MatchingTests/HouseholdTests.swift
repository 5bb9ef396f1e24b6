import Records
import Testing

@testable import Matching

/// What tells one person from another in one house, or at one address, where most numbers are missing.
@Suite struct HouseholdTests {
    /// Where a date is missing nobody can tell the two: these pairs are for people.
    @Test("Parent and child of one name stay two persons, and who is there twice is still found")
    func juniors() throws {
        let registry = HouseholdRegistry(juniors: 10, datesKnown: 90)
        let matches = try registry.match()
        let dates = registry.records.columns[2].codes
        let (wrong, found) = (registry.wrong(matches), registry.found(matches) { dates[$0] != 0 && dates[$0 - 1] != 0 })
        #expect(wrong <= 40, "\(wrong) wrong merges")
        #expect(found >= 0.97, "\(found) found")
        #expect(matches.model.classes.contains { $0.name == "junior" && $0.share > 0.01 })
    }

    @Test("Where no birth date is known nobody is taken for a parent or a child of that name")
    func noDates() throws {
        let registry = HouseholdRegistry(juniors: 10, datesKnown: 0)
        let found = registry.found(try registry.match())
        #expect(found >= 0.97, "\(found) found")
    }

    @Test("An address that hundreds have, such as a hospital's, does not teach the model what a household is")
    func hospital() throws {
        let registry = HouseholdRegistry(inHospital: 12)
        let matches = try registry.match()
        let (wrong, found) = (registry.wrong(matches), registry.found(matches))
        #expect(wrong <= 3, "\(wrong) wrong merges")
        #expect(found >= 0.97, "\(found) found")
    }
}
