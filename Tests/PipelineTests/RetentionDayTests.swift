import Rules
import Testing

@testable import Pipeline

@Test(arguments: [
    (10, RetentionPlan.Period.Unit.day, "2026-11-12"), (26, .week, "2026-05-24"), (9, .month, "2026-02-22"),
    (2, .year, "2024-11-22"),
])
func `the day before which something is over its time`(
    _ count: Int, _ unit: RetentionPlan.Period.Unit, _ day: String
) {
    #expect(RetentionRun.day(.init(count: count, unit: unit), before: "2026-11-22T08:00:00Z") == day)
}
