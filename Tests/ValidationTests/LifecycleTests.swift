import Testing

@testable import Validation

@Suite struct LifecycleTests {
    private let lifecycle = Lifecycle(field: 0, next: ["here": ["away", "dead"], "away": ["here"]])

    @Test(arguments: [
        ("here", "here", true), ("here", "away", true), ("away", "here", true), ("here", "dead", true),
        // By way of here, which nobody saw.
        ("away", "dead", true),
        ("dead", "here", false), ("dead", "away", false), ("dead", "dead", true),
        // Not named by the rule book.
        ("unknown", "here", true), ("dead", "unknown", true),
    ])
    func aStateFollowsAnotherByTheRules(_ from: String, _ to: String, _ expected: Bool) {
        #expect(lifecycle.mayBecome(from, to) == expected)
    }

    @Test func aLifeIsReadInTheOrderOfItsDays() {
        let states: [Lifecycle.State] = [
            .init(day: 2020_01_01, state: "dead", row: 1), .init(day: 2021_01_01, state: "here", row: 2),
            .init(day: 2019_01_01, state: "here", row: 3), .init(day: 2020_06_01, state: "unknown", row: 4),
        ]
        let breaks = lifecycle.breaks(in: states)
        #expect(breaks.map(\.from.row) == [1])
        #expect(breaks.map(\.to.row) == [2])
    }

    @Test func statesOfOneDayMayStandInAnyOrder() {
        let states: [Lifecycle.State] = [
            .init(day: 2020_01_01, state: "dead", row: 1), .init(day: 2020_01_01, state: "here", row: 2),
        ]
        #expect(lifecycle.breaks(in: states).isEmpty)
        // One of the two can have become what came after, the other one cannot.
        for later in ["dead", "here"] {
            let after = [Lifecycle.State(day: 2021_01_01, state: later, row: 3)]
            #expect(lifecycle.breaks(in: states + after).isEmpty)
        }
    }
}

@Suite struct FieldNameTests {
    @Test(arguments: [
        ("date_of_death", "death", true), ("outreach_date", "out", false), ("moved_out", "moved out", true),
        ("movedOutOn", "Moved-out", true), ("moved_on_out", "moved out", false), ("迁出日期", "迁出", true), ("x", "", false),
    ])
    func aTextIsNamedByWholeWords(_ name: String, _ text: String, _ isNamed: Bool) {
        #expect(FieldName(name).names(text) == isNamed)
    }
}
