import Records
import Standards

extension Check {
    /// Too young or too old. For a date field with `ages:` in the rule book: the age on that date; for the birth date itself the
    /// age at the end of the data, or at death. Without `ages:`, in exports whose day is known, nobody is older than 122, the longest
    /// life on record.
    static let ageLimit = Check(
        "age-limit", .error, .warning,
        title: Text(en: "Age outside the limits", zh: "年龄超出范围"),
        search: .rows { facts in
            guard let birth = facts.roles.birthDate else { return [] }
            let codes = facts.records.columns[birth].codes
            let births = facts.days[birth]
            let fields = facts.records.schema.fields
            return fields.indices.compactMap { field in
                guard fields[field].kind == .date else { return nil }
                let declared = fields[field].ages
                if let ages = declared ?? (field == birth ? AgeLimits.life : nil) {
                    // Without `as_of` the day of the run stands for the end of data that may be old.
                    let isJudged = facts.records.sources.map { declared != nil || $0.profile.asOf != nil }
                    guard isJudged.contains(true) else { return nil }
                    return { row in
                        let born = births[Int(codes[row])]
                        guard born != 0, isJudged[facts.records.sourceIndex(of: row)] else { return nil }
                        let day = field == birth ? AgeLimits.lastDay(of: row, facts) : facts.day(row, field)
                        guard day != 0, day >= born else { return nil }
                        let age = Int(day - born) / 10000
                        // A date that cannot be is another check's.
                        guard !ages.contains(age), !facts.birthDateIsAbsurd(row), day <= facts.lastDay(row) else {
                            return nil
                        }
                        return Hit(field: field, detail: "\(age) \(ages.lowerBound) \(ages.upperBound)")
                    }
                }
                return nil
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let numbers = finding.detail.split(separator: " ").map(String.init)
            guard numbers.count == 3 else { return Text(en: "\(name) is \(cell)", zh: "\(name) 为\(cell)") }
            return Text(
                en: "\(name) is \(cell), which makes an age of \(numbers[0]); expected \(numbers[1]) to \(numbers[2])",
                zh: "\(name) 为\(cell)，年龄为 \(numbers[0]) 岁；应在 \(numbers[1]) 至 \(numbers[2]) 岁之间")
        })
}

enum AgeLimits {
    static let life = 0...122

    /// The day of death, if there is one, else the last day the data describes.
    static func lastDay(of row: Int, _ facts: Facts) -> Int32 {
        let death = facts.roles.events.died.map { facts.day(row, $0) } ?? 0
        return death != 0 ? death : facts.lastDay(row)
    }
}
