/// How long a workspace keeps what nobody needs for the present state; what is not said is kept.
package struct RetentionPlan: Sendable, Hashable {
    /// As the rule book says it: `26 weeks`.
    package struct Period: Sendable, Hashable {
        package enum Unit: String, Sendable, CaseIterable {
            case day, week, month, year
        }

        package let count: Int
        package let unit: Unit

        package init(count: Int, unit: Unit) {
            self.count = count
            self.unit = unit
        }

        /// `26 weeks`, `1 year`, `90天`, `6个月`; `nil` for anything else, and for more than a hundred years.
        package init?(_ text: String) {
            let words: [(String, Unit)] = [
                ("days", .day), ("day", .day), ("weeks", .week), ("week", .week), ("months", .month),
                ("month", .month), ("years", .year), ("year", .year), ("天", .day), ("日", .day), ("周", .week),
                ("个月", .month), ("月", .month), ("年", .year),
            ]
            let text = text.filter { !$0.isWhitespace }
            guard let (word, unit) = words.first(where: { text.hasSuffix($0.0) }),
                let count = Int(text.dropLast(word.count)), count > 0
            else { return nil }
            let most = [Unit.day: 36_525, .week: 5_200, .month: 1_200, .year: 100][unit] ?? 0
            guard count <= most else { return nil }
            self.init(count: count, unit: unit)
        }

        package var text: String { "\(count) \(unit.rawValue)\(count == 1 ? "" : "s")" }
    }

    /// Files of runs in the outbox; those of the newest run stay.
    package var runs: Period?
    /// Cells of records that are no longer in their export, from the day they vanished.
    package var vanishedRecords: Period?
    /// Cells of a version from the day a later one came.
    package var supersededVersions: Period?
    /// Names of sources of which nothing is removed.
    package var hold: [String] = []

    package init() {}
}
