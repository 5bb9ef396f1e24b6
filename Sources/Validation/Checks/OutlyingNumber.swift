import Records

extension Check {
    /// A number far outside the others of its column, on the plain and on the logarithmic scale: a slipped decimal point, a year as
    /// an amount.
    static let outlyingNumber = Check(
        "outlying-number", .error, .warning,
        title: Text(en: "Number far outside the others", zh: "数值异常"),
        limit: Limit(value: 10, unit: Text(en: "robust standard deviations from the median", zh: "偏离中位数的稳健标准差倍数")),
        search: .table { facts in
            let limit = facts.limit(of: "outlying-number", otherwise: 10)
            let fields = facts.records.schema.fields
            return fields.indices.filter { fields[$0].kind == .number }.flatMap { field -> [(row: Int, hit: Hit)] in
                let column = facts.records.columns[field]
                let numbers = Facts.perValue(column, facts.threads) { text, isWellFormed in
                    isWellFormed ? Double(text) ?? .nan : .nan
                }
                let values = column.codes.map { numbers[Int($0)] }
                guard let range = RobustRange(values.filter(\.isFinite), width: Double(limit)) else { return [] }
                return values.enumerated().compactMap { row, value in
                    value.isFinite && range.isOutside(value)
                        ? (row, Hit(field: field, detail: RobustRange.text(range.median))) : nil
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell), far from all others, of which the middle one is \(finding.detail)",
                zh: "\(name) 为\(cell)，远离其他数值（中位数为 \(finding.detail)）")
        })
}
