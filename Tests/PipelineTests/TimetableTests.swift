import Foundation
import Pipeline
import Testing

@Suite struct TimetableTests {
    private static let berlin = TimeZone(identifier: "Europe/Berlin")

    private func next(_ every: String, after time: String) throws -> String {
        let zone = try #require(Self.berlin)
        let next = try Timetable(every).next(after: try Date(time, strategy: .iso8601), in: zone)
        return try #require(next).formatted(.iso8601)
    }

    /// Times are UTC; Berlin is an hour ahead in winter, two in summer.
    @Test(arguments: [
        ("Mon,Thu 02:00", "2026-11-22T11:00:00Z", "2026-11-23T01:00:00Z"),
        ("周一、四 02:00", "2026-11-23T01:00:00Z", "2026-11-26T01:00:00Z"),
        ("weekdays 6:30", "2026-11-20T06:00:00Z", "2026-11-23T05:30:00Z"),
        ("daily 02:00", "2026-11-22T00:59:59Z", "2026-11-22T01:00:00Z"),
        ("每天 02:00", "2026-11-22T01:00:00Z", "2026-11-23T01:00:00Z"),
        ("monthly 1 03:00", "2026-12-15T00:00:00Z", "2027-01-01T02:00:00Z"),
        ("每月1日 03:00", "2026-12-15T00:00:00Z", "2027-01-01T02:00:00Z"),
        ("monthly last 22:00", "2026-11-30T21:00:00Z", "2026-12-31T21:00:00Z"),
        ("每月末 22:00", "2026-01-31T20:00:00Z", "2026-01-31T21:00:00Z"),
        ("monthly last 22:00", "2028-02-10T20:00:00Z", "2028-02-29T21:00:00Z"),
        ("hourly", "2026-10-25T00:10:00Z", "2026-10-25T01:00:00Z"),
    ])
    func `the next time is that of the wall clock`(_ every: String, _ after: String, _ expected: String) throws {
        #expect(try next(every, after: after) == expected)
    }

    @Test func `a time that the clock skips is the first there is after it, and one that comes twice counts once`()
        throws
    {
        // On 2026-03-29 the clock goes from 02:00 to 03:00, on 2026-10-25 from 03:00 back to 02:00.
        #expect(try next("Sun 02:30", after: "2026-03-28T12:00:00Z") == "2026-03-29T01:00:00Z")
        #expect(try next("daily 02:30", after: "2026-10-24T22:00:00Z") == "2026-10-25T00:30:00Z")
        #expect(try next("daily 02:30", after: "2026-10-25T00:30:00Z") == "2026-10-26T01:30:00Z")
    }

    @Test func `what is due is the newest time and how many there were`() throws {
        let zone = try #require(Self.berlin)
        func due(_ from: String, _ to: String) throws -> String? {
            try Timetable("Mon 02:00").due(
                after: try Date(from, strategy: .iso8601), upTo: try Date(to, strategy: .iso8601), in: zone
            ).map { "\($0.time.formatted(.iso8601)) \($0.count)" }
        }
        #expect(try due("2026-10-01T00:00:00Z", "2026-11-22T11:00:00Z") == "2026-11-16T01:00:00Z 7")
        #expect(try due("2026-11-16T01:00:00Z", "2026-11-22T11:00:00Z") == nil)
        // A clock that was put back: nothing is due before the time that was settled.
        #expect(try due("2026-11-16T01:00:00Z", "2026-11-01T00:00:00Z") == nil)
    }
}
