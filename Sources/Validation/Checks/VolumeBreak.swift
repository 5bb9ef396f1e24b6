import Records
import Standards

extension Check {
    /// A month in which an office registered or visited far fewer or far more people than is usual: a delivery that is missing, or
    /// one that came twice. Stands at the first record of the month, or of the next one that has any.
    static let volumeBreak = Check(
        "volume-break", .omission, .warning,
        title: Text(en: "Month with far more or fewer records than its neighbours", zh: "月度数量异常"),
        limit: Limit(
            value: 5, unit: Text(en: "robust standard deviations from the months around", zh: "偏离前后各月的稳健标准差倍数")),
        search: .table { facts in
            let limit = facts.limit(of: "volume-break", otherwise: 5)
            let events = facts.roles.events
            return (events.entered + events.visited).flatMap { field in
                facts.records.sources.indices.flatMap { source in
                    MonthlyVolumes.all(facts, source: source, field: field).flatMap { volumes in
                        volumes.breaks(width: Double(limit)).map { found in
                            let office = volumes.office.isEmpty ? "" : " \(volumes.office)"
                            return (
                                found.row,
                                Hit(
                                    field: field, detail: "\(found.count) \(found.usual)",
                                    topic: "\(found.month)\(office)")
                            )
                        }
                    }
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let source = records.key(finding.row).source
            let parts = (finding.topic ?? "").split(separator: " ", maxSplits: 1).map(String.init)
            let counts = finding.remark.split(separator: " ")
            guard counts.count == 2, let month = parts.first.flatMap({ Int($0) }) else {
                return Text(en: "the number of records breaks with its own history", zh: "记录数量与自身历史不符")
            }
            let year = month / 12
            let office = parts.count > 1 ? "\(source), \(parts[1])" : source
            let text = month % 12 + 1 < 10 ? "\(year)-0\(month % 12 + 1)" : "\(year)-\(month % 12 + 1)"
            return Text(
                en:
                    "\(office): \(counts[0]) records with \(name) in \(text), where about \(counts[1]) are usual; "
                    + "ask whether a delivery is missing or came twice",
                zh: "\(office)：\(name) 在 \(text) 的记录为 \(counts[0]) 条，通常约 \(counts[1]) 条；请核实是否漏报或重复报送")
        })
}

/// How many records of a source, or of one office in it, have a date in each month.
struct MonthlyVolumes {
    struct Break: Hashable {
        /// Years times 12, January 0.
        let month: Int
        let count: Int
        /// Median of the months around, or of the same month in other years.
        let usual: Int
        let row: Int
    }

    /// Empty for a whole source.
    let office: String
    private let firstMonth: Int
    private let counts: [Int]
    /// First row of each month; -1 for a month without any.
    private let rows: [Int]

    private static let leastMonths = 24
    /// Months on either side.
    private static let reach = 6
    /// Records a month below which chance alone makes months differ.
    private static let leastUsual = 20

    /// The source as a whole, and the offices in it where a field names them.
    static func all(_ facts: Facts, source: Int, field: Int) -> [MonthlyVolumes] {
        guard facts.records.sources[source].columns[field] != nil else { return [] }
        let last = facts.lastDays[source]
        let lastMonth = Self.month(of: last)
        // The month in which the data ends is not whole unless it ends on the last day.
        let isWhole =
            CivilDate(packed: Int(last)).map { $0.day == CivilDate.days(inMonth: $0.month, of: $0.year) } ?? false
        let end = isWhole ? lastMonth + 1 : lastMonth
        let offices = officeNames(facts, source)
        var whole: Tally = [:]
        var byOffice = [Tally](repeating: [:], count: offices?.values.count ?? 0)
        for row in facts.records.starts[source]..<facts.records.starts[source + 1] {
            let day = facts.days[field][Int(facts.records.columns[field].codes[row])]
            guard day >= PlausibleDays.first, day <= last, !PlausibleDays.inventions.contains(day) else { continue }
            let month = Self.month(of: day)
            guard month < end else { continue }
            whole[month, default: (0, row)].count += 1
            if let offices { byOffice[Int(offices.codes[row])][month, default: (0, row)].count += 1 }
        }
        return [MonthlyVolumes(whole, end: end, office: "")].compactMap(\.self)
            + byOffice.indices.dropFirst().compactMap { code in
                MonthlyVolumes(byOffice[code], end: end, office: offices?.values[UInt32(code)] ?? "")
            }
    }

    /// By month: the records, and the row of the first.
    private typealias Tally = [Int: (count: Int, row: Int)]

    /// Years times 12, January 0.
    private static func month(of packed: Int32) -> Int { Int(packed / 10000) * 12 + Int(packed / 100 % 100) - 1 }

    /// The column of offices; `nil` when the source has none, or so many distinct values that they are addresses or free texts.
    private static func officeNames(_ facts: Facts, _ source: Int) -> RecordTable.Column? {
        guard let office = facts.roles.office, facts.records.sources[source].columns[office] != nil else { return nil }
        let column = facts.records.columns[office]
        return column.values.count <= 2000 ? column : nil
    }

    /// `end`: the month after the last one that is judged.
    private init?(_ months: Tally, end: Int, office: String) {
        guard let first = months.keys.min(), end - first >= Self.leastMonths else { return nil }
        self.office = office
        firstMonth = first
        counts = (first..<end).map { months[$0]?.count ?? 0 }
        rows = (first..<end).map { months[$0]?.row ?? -1 }
    }

    /// How many times as many as the months around it the same month has in other years, where there are two or more: a season.
    private func season(_ index: Int) -> Double? {
        let ratios = stride(from: index % 12, to: counts.count, by: 12).compactMap { month -> Double? in
            let around = level(month)
            return month == index || around < 1 ? nil : Double(counts[month]) / around
        }
        return ratios.count < 2 ? nil : RobustRange.median(of: ratios)
    }

    /// The median of the months around one.
    private func level(_ index: Int) -> Double {
        let around = max(0, index - Self.reach)..<min(counts.count, index + 1 + Self.reach)
        return RobustRange.median(of: around.filter { $0 != index }.map { Double(counts[$0]) })
    }

    /// A month is held against the six before it and the six after it by themselves, so that a steady rise or fall is no break;
    /// it has to stand out from both, by `width` robust deviations and by half or double. At the end of the data only a fall can
    /// be told.
    func breaks(width: Double) -> [Break] {
        counts.indices.compactMap { index in
            let before = counts[max(0, index - Self.reach)..<index].map(Double.init)
            let after = counts[(index + 1)..<min(counts.count, index + 1 + Self.reach)].map(Double.init)
            guard before.count == Self.reach else { return nil }
            let count = Double(counts[index])
            let sides = after.count >= 3 ? [before, after] : [before]
            let medians = sides.map { RobustRange.median(of: $0) }
            guard let low = medians.min(), let high = medians.max(), low >= Double(Self.leastUsual) else { return nil }
            // Counts scatter at least as their root does.
            let spread =
                zip(sides, medians).map { side, median in
                    max(RobustRange.spread(of: side, around: median), median.squareRoot())
                }.max() ?? 0
            let isLow = count < low - width * spread && count < low / 2
            let isHigh = sides.count == 2 && count > high + width * spread && count > high * 2
            let usual: Double
            if let season = season(index), season >= 2 || season <= 0.5 {
                // A month that is not like those around it every year is held against itself.
                usual = season * level(index)
                let isFar = abs(count - usual) > width * max(1, usual).squareRoot()
                guard isFar, count < usual / 2 || count > usual * 2 else { return nil }
            } else {
                guard isLow || isHigh else { return nil }
                usual = (low + high) / 2
            }
            guard let row = rows[index...].first(where: { $0 >= 0 }) else { return nil }
            return Break(month: firstMonth + index, count: counts[index], usual: Int(usual), row: row)
        }
    }
}
