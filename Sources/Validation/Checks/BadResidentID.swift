import Records

extension Check {
    /// Neither 18 characters nor 15 digits, and not the traces of a spreadsheet.
    static let badResidentID = Check(
        "bad-resident-id", .error, .error,
        title: Text(en: "Resident id of the wrong form", zh: "身份证号格式不符"),
        search: .values(for: { $0.kind == .residentID }) { value, facts in
            let id = facts.ids[value.field][Int(value.code)]
            return id.isID || SpreadsheetNumber.isScientific(value.bytes) ? nil : Hit()
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let count = finding.field.map { records.value(finding.row, $0).unicodeScalars.count } ?? 0
            return Text(
                en:
                    "\(name) is \(cell), \(count) characters; expected 17 digits and a digit or X, or the old 15 digits",
                zh: "\(name) 为\(cell)，共 \(count) 个字符；应为 17 位数字加 1 位数字或 X，或旧的 15 位数字")
        })
}
