import Records

extension Check {
    /// One telephone number on more different persons than a household has: an office's own, or a number typed to get past the
    /// form. Persons are different when name and birth date both are.
    static let phoneOnMany = Check(
        "phone-on-many", .error, .warning,
        title: Text(en: "One telephone number on many persons", zh: "同一电话用于过多人员"),
        limit: Limit(value: 12, unit: Text(en: "persons on one number", zh: "同一号码的人数")),
        search: .table { facts in
            let limit = facts.limit(of: "phone-on-many", otherwise: 12)
            let fields = facts.records.schema.fields
            guard !facts.roles.names.isEmpty else { return [] }
            return fields.indices.filter { fields[$0].kind == .phone }.flatMap { field in
                RowsByCode(facts.records.columns[field]).groups(over: limit).flatMap {
                    group -> [(row: Int, hit: Hit)] in
                    let persons = PersonCount.different(group, facts)
                    if persons <= limit { return [] }
                    return group.map { ($0, Hit(field: field, detail: String(persons))) }
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) \(cell) stands on \(finding.detail) different persons; ask for each one's own number",
                zh: "\(name) \(cell)用于 \(finding.detail) 个不同的人；请分别核实本人号码")
        })
}

enum PersonCount {
    /// The smaller one of different names and different birth dates, where both are recorded: spellings of one name are not
    /// two persons, nor is a mistyped day.
    static func different(_ rows: [Int], _ facts: Facts) -> Int {
        var names: Set<[UInt32]> = []
        var births: Set<UInt32> = []
        for row in rows {
            let name = facts.roles.names.prefix(3).map { facts.records.columns[$0].codes[row] }
            if name.contains(where: { $0 != 0 }) { names.insert(name) }
            if let birth = facts.roles.birthDate {
                let code = facts.records.columns[birth].codes[row]
                if code != 0 { births.insert(code) }
            }
        }
        return facts.roles.birthDate == nil ? names.count : min(names.count, births.count)
    }
}
