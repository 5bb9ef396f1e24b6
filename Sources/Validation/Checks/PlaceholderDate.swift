import Records
import Standards

extension Check {
    /// A date that programs and people write when they know none: 1900-01-01, 1111-11-11, 9999-12-31; as a birth date also
    /// 1970-01-01. Not where the person's id agrees with it.
    static let placeholderDate = Check(
        "placeholder-date", .error, .warning,
        title: Text(en: "Date looks like a placeholder", zh: "日期疑似占位值"),
        explains: ["implausible-date", "future-date", "date-order", "age-limit", "frequent-value"],
        search: .rows { facts in
            facts.roles.pastDates.compactMap { field in
                let isBirth = field == facts.roles.birthDate
                var known = PlausibleDays.inventions
                if isBirth { known.formUnion(PlausibleDays.crowded(facts, field)) }
                let isPlaceholder = facts.days[field].map { known.contains($0) }
                guard isPlaceholder.contains(true) else { return nil }
                let codes = facts.records.columns[field].codes
                return { row in
                    guard isPlaceholder[Int(codes[row])], !isBirth || facts.birthAgreement(row) != .same else {
                        return nil
                    }
                    return Hit(field: field, suggestion: isBirth ? facts.inferred(field, row) : "")
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let known = Inference.suggestion(finding, records)
            return Text(
                en:
                    "\(name) is \(cell), a day that is written where none is known; ask for the real one\(known.en)",
                zh: "\(name) 为\(cell)，是常见的占位日期；请核实真实日期\(known.zh)")
        })
}

extension PlausibleDays {
    /// Days that are placeholders only where more people have them than the days around: people were born on 1970-01-01 too.
    static func crowded(_ facts: Facts, _ field: Int) -> Set<Int32> {
        let days = facts.days[field]
        var onDay = 0
        var around = 0
        for (row, code) in facts.records.columns[field].codes.enumerated() where code != 0 {
            let day = days[Int(code)]
            if day == unixDay {
                // One that the id contradicts is no birthday, however few there are.
                if facts.birthAgreement(row) == .apart { return [unixDay] }
                onDay += 1
            } else if (1969_12_01...1970_01_31).contains(day) {
                around += 1
            }
        }
        // 61 days around; four times their mean and four more are not chance.
        return onDay * 61 > 4 * around + 4 * 61 ? [unixDay] : []
    }

    private static let unixDay: Int32 = 1970_01_01
}
