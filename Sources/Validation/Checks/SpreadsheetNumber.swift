import Records

extension Check {
    /// A telephone number or another number of a person that a spreadsheet took for an amount: `1.38E+10`. Its digits are lost.
    static let spreadsheetNumber = Check(
        "spreadsheet-number", .error, .error,
        title: Text(en: "Number damaged by a spreadsheet", zh: "号码被电子表格改成科学计数"),
        explains: ["bad-phone", "malformed-value", "unusual-pattern", "frequent-value"],
        search: .rawCells(for: { [.phone, .identifier, .postcode].contains($0.kind) }, having: .plus) { cell, _ in
            cell.bytes.contains(0x2B) && SpreadsheetNumber.isScientific(cell.bytes) ? Hit() : nil
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell): a spreadsheet took it for an amount; "
                    + "export it again with the column formatted as text",
                zh: "\(name) 为\(cell)：电子表格将其当作数值；请将该列设为文本格式后重新导出")
        })
}
