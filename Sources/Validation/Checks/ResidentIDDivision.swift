import Records

extension Check {
    /// A right check character after six digits that have never been a division: an invented number.
    static let residentIDDivision = Check(
        "resident-id-division", .error, .error,
        title: Text(en: "Resident id of a division that never existed", zh: "身份证号的区划代码不存在"),
        search: .values(for: { $0.kind == .residentID }) { value, facts in
            let id = facts.ids[value.field][Int(value.code)]
            return id.isID && id.checksumHolds && !id.divisionIsKnown ? Hit() : nil
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let division = finding.field.map { records.value(finding.row, $0).prefix(6) } ?? ""
            return Text(
                en: "\(name) is \(cell): there has been no division \(division) in any year since 1980",
                zh: "\(name) 为\(cell)：1980 年以来从未有过区划代码 \(division)")
        })
}
