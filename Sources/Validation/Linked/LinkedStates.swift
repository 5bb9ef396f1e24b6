import Records
import Standards

/// The states that the records of one person have, each on the day that it was so: in the order of time a person's states may follow
/// each other as the rule book's life-cycle says, and two that differ are no contradiction.
struct LinkedStates: Sendable {
    private let facts: Facts
    /// Per source: the field with the day of a record's last update; `nil`: the day that the export describes stands for it.
    private let updated: [Int?]
    /// Per source, packed; 0 when nobody said which day the export describes.
    private let described: [Int32]

    init(_ facts: Facts) {
        self.facts = facts
        updated = facts.records.sources.map { facts.plan.updated[$0.source] }
        described = facts.records.sources.map { source in
            source.profile.asOf.flatMap { CivilDate(iso: $0) }?.packed ?? 0
        }
    }

    /// The day on which the row's state was so, packed; 0 when it is not known. An update after the day of its export is a mistake.
    func day(_ row: Int) -> Int32 {
        let source = facts.records.sourceIndex(of: row)
        guard let field = updated[source] else { return described[source] }
        let day = facts.day(row, field)
        return day >= PlausibleDays.first && day <= facts.lastDays[source] ? day : 0
    }

    /// Whether the values of a field follow each other in time.
    func follow(_ field: Int) -> Bool { facts.plan.lifecycles.contains { $0.field == field } }

    /// Rows whose states contradict each other when they differ: those of one day. All of them when a day is not known.
    func alike(_ rows: [Int]) -> [[Int]] {
        let days = rows.map(day)
        if days.contains(0) || Set(days).count == 1 { return [rows] }
        return Dictionary(grouping: zip(days, rows), by: \.0).sorted { $0.key < $1.key }.map { $0.value.map(\.1) }
    }

    /// States that cannot follow those before them, each with a row of the day before; in the order of groups.
    func breaks(of lifecycle: Lifecycle, in groups: LinkedGroups) -> [(row: Int, other: Int)] {
        let column = facts.records.columns[lifecycle.field]
        // No group with one state has a break, and most have one.
        return (0..<groups.count).flatMap { group -> [(row: Int, other: Int)] in
            let rows = groups[group]
            guard let first = rows.first, rows.contains(where: { column.codes[Int($0)] != column.codes[Int(first)] })
            else { return [] }
            let states = rows.map { Int($0) }.compactMap { row -> Lifecycle.State? in
                let (code, day) = (column.codes[row], day(row))
                return code == 0 || day == 0 ? nil : .init(day: day, state: column.values[code], row: row)
            }
            return lifecycle.breaks(in: states).map { (row: $0.to.row, other: $0.from.row) }
        }
    }
}
