import Records

/// Grades the data of each person's records, never the person.
///
/// - A: no check found anything but information.
/// - B: warnings; or errors only in cells that did not survive, so that an office has something to correct and the
///   master does not.
/// - C: a surviving value that a check found wrong, a required field without a value, or an error of a whole record.
/// - D: two or more required fields without a value or with a wrong one.
///
/// Findings of duplicates do not count: that somebody is there twice says nothing against what is written of them.
enum Grading {
    static func grades(
        persons: Persons, columns: [Master.Column], findings: [Finding], facts: RecordFacts
    ) -> [Grade] {
        var worst = [UInt8](repeating: 0, count: persons.count)
        for finding in findings where finding.kind != .duplicate && finding.severity > .info {
            guard persons.personOf.indices.contains(finding.row) else { continue }
            let person = Int(persons.personOf[finding.row])
            let isWholeRecord = finding.severity == .error && finding.field == nil
            worst[person] = max(worst[person], isWholeRecord ? 2 : 1)
        }

        var requiredFaults = [UInt8](repeating: 0, count: persons.count)
        for (field, column) in columns.enumerated() {
            let isRequired = facts.records.schema.fields[field].required
            for (person, row) in column.rows.enumerated() {
                let isFaulty = row == Master.noRow ? isRequired : facts.flagged.contains(Int(row), field)
                if isFaulty {
                    worst[person] = max(worst[person], 2)
                    if isRequired { requiredFaults[person] = min(requiredFaults[person] + 1, 2) }
                }
            }
        }
        return persons.numbers.indices.map { person in
            if requiredFaults[person] >= 2 { return .d }
            switch worst[person] {
            case 0: return .a
            case 1: return .b
            default: return .c
            }
        }
    }
}
