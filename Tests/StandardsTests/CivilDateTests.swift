import Standards
import Testing

@Suite struct CivilDateTests {
    @Test(
        "Only days that exist are dates",
        arguments: [
            ("1985-03-07", 5544), ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("1900-02-29", nil),
            ("2023-02-29", nil), ("1985-13-07", nil), ("1985-00-07", nil), ("1985-03-32", nil), ("0000-01-01", nil),
            ("0001-01-01", -719_162), ("9999-12-31", 2_932_896), ("1985-3-7", nil), ("19850307", nil),
            ("1985-03-07 ", nil), ("", nil), ("1985/03/07", nil), ("１985-03-07", nil),
        ] as [(String, Int?)])
    func days(_ text: String, _ dayNumber: Int?) {
        let date = CivilDate(iso: text)
        #expect(date?.dayNumber == dayNumber)
        #expect(date?.description == dayNumber.map { _ in text })
        #expect(dayNumber.flatMap { CivilDate(dayNumber: $0) } == date)
    }

    @Test("Day numbers run on without a gap over leap years and centuries")
    func everyDay() throws {
        var last = try #require(CivilDate(iso: "1799-12-31"))
        for number in last.dayNumber + 1...last.dayNumber + 80_000 {
            let date = try #require(CivilDate(dayNumber: number))
            #expect(date.dayNumber == number && date > last)
            last = date
        }
        #expect(CivilDate(dayNumber: Int.max) == nil && CivilDate(dayNumber: Int.min) == nil)
        #expect(CivilDate(packed: Int.max) == nil && CivilDate(packed: -1) == nil)
    }
}
