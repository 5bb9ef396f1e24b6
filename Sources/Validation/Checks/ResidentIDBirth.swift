import Records
import Standards

extension Check {
    /// A right check character, and a birth date in the id that is no day, lies in the future, or before 1880.
    static let residentIDBirth = Check(
        "resident-id-birth", .error, .error,
        title: Text(en: "Impossible birth date in a resident id", zh: "身份证号中的出生日期无效"),
        search: .rows { facts in
            facts.records.schema.fields.indices.filter { facts.records.schema.fields[$0].kind == .residentID }
                .map { field in
                    let codes = facts.records.columns[field].codes
                    let ids = facts.ids[field]
                    return { row in
                        let id = ids[Int(codes[row])]
                        guard id.isID, id.checksumHolds,
                            id.birth < PlausibleDays.first || id.birth > facts.lastDay(row)
                        else { return nil }
                        return Hit(field: field)
                    }
                }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let id = finding.field.flatMap { ResidentID(records.value(finding.row, $0)) }
            guard let id, let birth = id.birthDate else {
                let digits = finding.field.map { records.value(finding.row, $0).dropFirst(6).prefix(8) } ?? ""
                return Text(
                    en: "\(name) is \(cell): its birth date \(digits) is no day of the calendar",
                    zh: "\(name) 为\(cell)：其中的出生日期 \(digits) 不存在")
            }
            return Text(
                en: "\(name) is \(cell): nobody in this register can be born on \(birth)",
                zh: "\(name) 为\(cell)：其中的出生日期 \(birth) 不可能")
        })
}
