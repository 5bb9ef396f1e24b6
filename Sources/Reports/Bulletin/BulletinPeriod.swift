package import Records
import Standards

/// A week, month or quarter that a bulletin is of. Weeks are those of ISO 8601: they begin on Monday, the first holds the
/// first Thursday of its year.
package struct BulletinPeriod: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case week
        case month
        case quarter
    }

    package let kind: Kind
    package let year: Int
    /// Of the week, month or quarter in its year, from 1.
    package let number: Int
    /// Days since 1970-01-01.
    private let firstDay: Int
    private let lastDay: Int

    /// `nil` where there is no such period.
    package init?(_ kind: Kind, year: Int, number: Int) {
        func month(_ number: Int) -> Int? {
            let (more, month) = ((number - 1) / 12, (number - 1) % 12 + 1)
            return CivilDate(year: year + more, month: month, day: 1)?.dayNumber
        }
        let days: (Int, Int)?
        switch kind {
        case .week:
            guard let january = CivilDate(year: year, month: 1, day: 4)?.dayNumber,
                let next = CivilDate(year: year + 1, month: 1, day: 4)?.dayNumber
            else { return nil }
            let monday = january - Self.weekday(january) + (number - 1) * 7
            guard number >= 1, monday < next - Self.weekday(next) else { return nil }
            days = (monday, monday + 6)
        case .month:
            guard (1...12).contains(number) else { return nil }
            days = month(number).flatMap { first in month(number + 1).map { (first, $0 - 1) } }
        case .quarter:
            guard (1...4).contains(number) else { return nil }
            days = month(number * 3 - 2).flatMap { first in month(number * 3 + 1).map { (first, $0 - 1) } }
        }
        guard let days else { return nil }
        (self.kind, self.year, self.number) = (kind, year, number)
        (firstDay, lastDay) = days
    }

    /// The one that a day (`YYYY-MM-DD`) lies in; `nil` for what is no day.
    package init?(_ kind: Kind, holding day: String) {
        guard let date = CivilDate(iso: day) else { return nil }
        switch kind {
        case .week:
            // The year of a week is that of its Thursday.
            let thursday = date.dayNumber - Self.weekday(date.dayNumber) + 3
            guard let year = CivilDate(dayNumber: thursday)?.year,
                let january = CivilDate(year: year, month: 1, day: 4)?.dayNumber
            else { return nil }
            self.init(.week, year: year, number: (thursday - 3 - (january - Self.weekday(january))) / 7 + 1)
        case .month: self.init(.month, year: date.year, number: date.month)
        case .quarter: self.init(.quarter, year: date.year, number: (date.month + 2) / 3)
        }
    }

    /// `2026-W45`, `2026-10`, `2026-Q3`.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, let year = Int(parts[0]) else { return nil }
        let digits = parts[1].drop { $0 == "W" || $0 == "Q" }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits) else { return nil }
        switch (parts[1].first, parts[1].utf8.count) {
        case ("W", 3): self.init(.week, year: year, number: number)
        case ("Q", 2): self.init(.quarter, year: year, number: number)
        case (_, 2) where digits.utf8.count == 2: self.init(.month, year: year, number: number)
        default: return nil
        }
    }

    /// As it is named on the command line and in file names.
    package var id: String {
        let two = number < 10 ? "0\(number)" : "\(number)"
        return switch kind {
        case .week: "\(year)-W\(two)"
        case .month: "\(year)-\(two)"
        case .quarter: "\(year)-Q\(number)"
        }
    }

    package var first: String { CivilDate(dayNumber: firstDay)?.description ?? "" }
    package var last: String { CivilDate(dayNumber: lastDay)?.description ?? "" }

    package func holds(_ day: String) -> Bool {
        CivilDate(iso: day).map { (firstDay...lastDay).contains($0.dayNumber) } ?? false
    }

    package var title: Text {
        switch kind {
        case .week:
            Text(en: "week \(number) of \(year), \(first) to \(last)", zh: "\(year)年第\(number)周（\(first) 至 \(last)）")
        case .month: Text(en: "\(MonthName.english(number)) \(year)", zh: "\(year)年\(number)月")
        case .quarter:
            Text(
                en: "quarter \(number) of \(year), \(first) to \(last)", zh: "\(year)年第\(number)季度（\(first) 至 \(last)）")
        }
    }

    /// From 0, Monday.
    private static func weekday(_ day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }
}
