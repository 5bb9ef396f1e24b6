import Records

extension Check {
    /// A spreadsheet took the id for a number: `1.10101E+17`, or the last digits lost as 000. The check character still holds
    /// for 1 in 11 of these, so it cannot be what tells them: how many of the source have a wrong one does, and where that leaves it
    /// open it is a warning.
    static let residentIDSpreadsheetDamage = Check(
        "resident-id-spreadsheet-damage", .error, .error,
        title: Text(en: "Resident id damaged by a spreadsheet", zh: "身份证号被电子表格截断"),
        search: .rows { facts in
            facts.records.schema.fields.indices.filter { facts.records.schema.fields[$0].kind == .residentID }
                .map { field in
                    let column = facts.records.columns[field]
                    let ids = facts.ids[field]
                    let isScientific = ids.indices.map { code in
                        !ids[code].isID && column.values.withUTF8(UInt32(code), SpreadsheetNumber.isScientific)
                    }
                    return { row in
                        let code = Int(column.codes[row])
                        if isScientific[code] { return Hit(field: field) }
                        let id = ids[code]
                        guard id.endsInZeros else { return nil }
                        if !id.checksumHolds {
                            return facts.repairedID(row, field) == nil ? Hit(field: field) : nil
                        }
                        guard field == facts.roles.residentID else { return nil }
                        let odds = facts.zeroTailOdds[facts.records.sourceIndex(of: row)]
                        return odds > 1 ? Hit(field: field, severity: odds < 20 ? .warning : nil) : nil
                    }
                }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell): a spreadsheet took it for a number and kept 15 digits; "
                    + "export it again with the column formatted as text",
                zh: "\(name) 为\(cell)：电子表格将其当作数值，只保留了 15 位；请将该列设为文本格式后重新导出")
        })
}

enum SpreadsheetNumber {
    /// `1.10101E+17`, also in lower case, without the sign, or with a decimal comma.
    static func isScientific(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let e = text.firstIndex(where: { $0 | 0x20 == 0x65 }), e > 0 else { return false }
        let isDigit: (UInt8) -> Bool = { $0 >= 0x30 && $0 <= 0x39 }
        guard isDigit(text[0]), text[..<e].allSatisfy({ isDigit($0) || $0 == 0x2E || $0 == 0x2C }) else { return false }
        let exponent = text[(e + 1)...].drop { $0 == 0x2B || $0 == 0x20 }
        return (1...2).contains(exponent.count) && exponent.allSatisfy(isDigit)
    }
}
