import Records

extension Check {
    /// One birth date or one number on many more records than any other of its column: what somebody types when the real one is not
    /// at hand.
    static let frequentValue = Check(
        "frequent-value", .error, .warning,
        title: Text(en: "One value far too often", zh: "同一内容异常集中"),
        limit: Limit(value: 20, unit: Text(en: "times the number of the next frequent ones", zh: "与次常见值之比")),
        search: .table { facts in
            let limit = facts.limit(of: "frequent-value", otherwise: 20)
            let fields = facts.records.schema.fields
            let judged = fields.indices.filter {
                $0 == facts.roles.birthDate || [.identifier, .residentID, .email].contains(fields[$0].kind)
            }
            return judged.flatMap { field -> [(row: Int, hit: Hit)] in
                let column = facts.records.columns[field]
                // A birth date that the person's id repeats was not typed in place of another; where ids repeat a day, it is a
                // real one on the records without an id too.
                let isBirth = field == facts.roles.birthDate
                let isDoubtful: (Int) -> Bool = { !isBirth || facts.birthAgreement($0) != .same }
                var counts = [Int](repeating: 0, count: column.values.count)
                var repeated = counts
                for (row, code) in column.codes.enumerated() where code != 0 {
                    if isDoubtful(row) { counts[Int(code)] += 1 } else { repeated[Int(code)] += 1 }
                }
                for code in counts.indices where repeated[code] > counts[code] { counts[code] = 0 }
                guard let least = FrequentValues.least(Array(counts.dropFirst()), ratio: limit) else { return [] }
                return column.codes.enumerated().compactMap { row, code in
                    guard code != 0, counts[Int(code)] >= least, isDoubtful(row) else { return nil }
                    return (row, Hit(field: field, detail: String(counts[Int(code)])))
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en:
                    "\(name) \(cell) stands on \(finding.detail) records, far more than any other; it may have been typed "
                    + "in place of the real one",
                zh: "\(name) \(cell)出现在 \(finding.detail) 条记录上，远多于其他内容；可能是代填")
        })
}

enum FrequentValues {
    /// From how many rows on a value is too frequent; `nil` when none is. `counts`: rows of each distinct value.
    ///
    /// Held against the hundredth of the values with the most rows, leaving out the ten most frequent, which may be the very ones
    /// that are looked for.
    static func least(_ counts: [Int], ratio: Int) -> Int? {
        guard counts.count >= 100, let most = counts.max() else { return nil }
        let sorted = counts.sorted(by: >)
        let usual = sorted[max(10, counts.count / 100)]
        let least = max(20, usual * max(2, ratio))
        return most >= least ? least : nil
    }
}
