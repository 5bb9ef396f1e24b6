package import Foundation
import Records

/// When something is done again and again, by the clock on the wall of a place.
///
/// `hourly`, `daily 02:00`, `Mon,Thu 02:00`, `weekdays 06:30`, `monthly 1 03:00`, `monthly last 22:00`; in Chinese `每小时`,
/// `每天 02:00`, `周一、周四 02:00`, `每月1日 03:00`, `每月末 22:00`.
package struct Timetable: Sendable, Hashable {
    package enum Days: Sendable, Hashable {
        case hourly
        case daily
        /// 1 is Sunday, as calendars count.
        case weekdays(Set<Int>)
        /// 1–28.
        case monthly(Int)
        case monthEnd
    }

    package let days: Days
    /// Minutes after midnight; of an hour for `hourly`.
    package let minute: Int

    /// - Throws: `E-SCH-001` for anything it does not know.
    package init(_ text: String) throws {
        guard let table = Self.read(text) else {
            throw Failure(
                .badInput, code: "E-SCH-001",
                Text(en: "“\(text)” says no time", zh: "“\(text)”不是可识别的时间"),
                advice: Text(
                    en:
                        "Write for instance “Mon 02:00”, “Mon,Thu 06:30”, “daily 02:00”, “weekdays 06:30”, “monthly 1 03:00”, “monthly last 22:00” or “hourly”.",
                    zh: "可写作“周一 02:00”“周一、周四 06:30”“每天 02:00”“工作日 06:30”“每月1日 03:00”“每月末 22:00”或“每小时”。"))
        }
        self = table
    }

    private init(_ days: Days, _ minute: Int) {
        self.days = days
        self.minute = minute
    }

    // MARK: Reading

    private static func read(_ text: String) -> Timetable? {
        let text = text.lowercased().replacing("：", with: ":").replacing("、", with: ",").replacing("，", with: ",")
        var words = text.split(separator: " ").map(String.init)
        if words == ["hourly"] || words == ["每小时"] { return Timetable(.hourly, 0) }
        guard let last = words.popLast(), let minute = minute(last), let first = words.first else { return nil }
        switch (first, words.count) {
        case ("daily", 1), ("每天", 1), ("每日", 1): return Timetable(.daily, minute)
        case ("weekdays", 1), ("工作日", 1): return Timetable(.weekdays([2, 3, 4, 5, 6]), minute)
        case ("monthly", 2):
            if words[1] == "last" { return Timetable(.monthEnd, minute) }
            return Int(words[1]).flatMap { (1...28).contains($0) ? Timetable(.monthly($0), minute) : nil }
        case ("每月末", 1), ("每月底", 1): return Timetable(.monthEnd, minute)
        case (_, 1) where first.hasPrefix("每月"):
            let number = first.dropFirst(2).filter { $0 != "日" && $0 != "号" }
            return Int(number).flatMap { (1...28).contains($0) ? Timetable(.monthly($0), minute) : nil }
        case (_, 1):
            let days = first.replacing("每周", with: "周").split(separator: ",").map { weekday(String($0)) }
            guard !days.isEmpty, !days.contains(nil) else { return nil }
            return Timetable(.weekdays(Set(days.compactMap { $0 })), minute)
        default: return nil
        }
    }

    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2, let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    private static let names = [
        ["sun", "sunday", "周日", "周天", "星期日"], ["mon", "monday", "周一", "星期一"],
        ["tue", "tuesday", "周二", "星期二"], ["wed", "wednesday", "周三", "星期三"],
        ["thu", "thursday", "周四", "星期四"], ["fri", "friday", "周五", "星期五"],
        ["sat", "saturday", "周六", "星期六"],
    ]

    private static func weekday(_ name: String) -> Int? {
        // “周一、四” means Monday and Thursday.
        let name = name.count == 1 ? "周" + name : name
        return names.firstIndex { $0.contains(name) }.map { $0 + 1 }
    }

    // MARK: Times

    /// The first time after `moment`. A time that the clock skips in spring is the first one there is after it; of one that comes
    /// twice in autumn the first counts.
    ///
    /// - Parameter zone: where the clock hangs.
    package func next(after moment: Date, in zone: TimeZone) -> Date? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        func next(_ parts: DateComponents) -> Date? {
            calendar.nextDate(
                after: moment, matching: parts, matchingPolicy: .nextTime, repeatedTimePolicy: .first,
                direction: .forward)
        }
        var parts = DateComponents()
        (parts.minute, parts.second) = (minute % 60, 0)
        if days == .hourly { return next(parts) }
        parts.hour = minute / 60
        switch days {
        case .hourly, .daily: return next(parts)
        case .weekdays(let days):
            return days.compactMap { day in
                parts.weekday = day
                return next(parts)
            }.min()
        case .monthly(let day):
            parts.day = day
            return next(parts)
        case .monthEnd:
            // The day before the first of a month: this month's last day may be over already.
            return (0...1).compactMap { months in
                guard let month = calendar.dateInterval(of: .month, for: moment),
                    let start = calendar.date(byAdding: .month, value: months, to: month.start),
                    let end = calendar.date(byAdding: .month, value: 1, to: start),
                    let last = calendar.date(byAdding: .day, value: -1, to: end),
                    let dayBefore = calendar.date(byAdding: .second, value: -1, to: last)
                else { return nil }
                let time = calendar.nextDate(
                    after: dayBefore, matching: parts, matchingPolicy: .nextTime, repeatedTimePolicy: .first,
                    direction: .forward)
                return time.flatMap { $0 > moment ? $0 : nil }
            }.min()
        }
    }

    /// The times after `start` up to `end`, the newest of them and how many there are: what was missed is caught up once.
    ///
    /// - Returns: `nil` when there is none.
    package func due(after start: Date, upTo end: Date, in zone: TimeZone) -> (time: Date, count: Int)? {
        var found: (time: Date, count: Int)?
        var moment = start
        while let time = next(after: moment, in: zone), time <= end {
            found = (time, (found?.count ?? 0) + 1)
            // Of a long absence it is enough to know that there were many.
            if (found?.count ?? 0) >= 10_000 {
                moment = max(time, end.addingTimeInterval(-40 * 86_400))
            } else {
                moment = time
            }
        }
        return found
    }
}
