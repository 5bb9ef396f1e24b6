import Records
import Standards

extension Check {
    /// A right check character after a division that had been dissolved when the person was born. Police registers went on using
    /// codes for some years, hence the slack.
    static let residentIDDissolvedDivision = Check(
        "resident-id-dissolved-division", .error, .warning,
        title: Text(en: "Resident id of a division dissolved before the birth", zh: "身份证号的区划在出生前已撤销"),
        limit: Limit(value: 3, unit: Text(en: "years after the division was dissolved", zh: "区划撤销后的年数")),
        search: .values(for: { $0.kind == .residentID }) { value, facts in
            let id = facts.ids[value.field][Int(value.code)]
            return id.isValid && id.divisionWasGone ? Hit() : nil
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let id = finding.field.flatMap { ResidentID(records.value(finding.row, $0)) }
            let year = id.flatMap { Divisions.shared.lastYear(of: $0.divisionCode) }.map(String.init) ?? ""
            let place = id.flatMap { Divisions.shared.fullName($0.divisionCode) } ?? ""
            let birth = id?.birthDate.map { String($0.year) } ?? ""
            return Text(
                en:
                    "\(name) is \(cell): it names a birth in \(birth), but the division \(id?.division ?? "") (\(place)) "
                    + "was in force up to \(year) only",
                zh: "\(name) 为\(cell)：出生年份为 \(birth)，而区划代码 \(id?.division ?? "")（\(place)）仅用至 \(year) 年")
        })
}
