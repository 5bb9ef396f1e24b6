import Records
import Standards

extension Check {
    /// The last character does not belong to the seventeen digits before it: one of the eighteen is wrong.
    static let residentIDChecksum = Check(
        "resident-id-checksum", .error, .error,
        title: Text(en: "Check character of a resident id does not fit", zh: "身份证号校验码不符"),
        search: .rows { facts in
            facts.records.schema.fields.indices.filter { facts.records.schema.fields[$0].kind == .residentID }
                .map { field in
                    let codes = facts.records.columns[field].codes
                    let ids = facts.ids[field]
                    return { row in
                        let id = ids[Int(codes[row])]
                        guard id.isID, !id.checksumHolds else { return nil }
                        let repaired = facts.repairedID(row, field)
                        // Three zeros at the end that no single slip explains are the mark of a spreadsheet.
                        return id.endsInZeros && repaired == nil ? nil : Hit(field: field, suggestion: repaired ?? "")
                    }
                }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let id = finding.field.flatMap { ResidentID(records.value(finding.row, $0)) }
            let expected = id.map { String($0.withRightCheckCharacter.text.suffix(1)) } ?? ""
            var (english, chinese) = ("", "")
            if id?.birthDate == nil {
                (english, chinese) = ("; the birth date in it is no day", "；其中的出生日期不存在")
            } else if let id, !Divisions.shared.isKnown(id.divisionCode) {
                (english, chinese) = (
                    "; there has never been a division \(id.division)", "；其中的区划代码 \(id.division) 从未有过"
                )
            }
            if !finding.suggestion.isEmpty {
                english += "; the only id at one slip that fits birth date, sex and division is \(finding.suggestion)"
                chinese += "；仅一处笔误且与出生日期、性别、区划均相符的号码只有 \(finding.suggestion)"
            }
            return Text(
                en: "\(name) is \(cell): its first seventeen digits ask for \(expected) at the end, "
                    + "so a character is wrong\(english)",
                zh: "\(name) 为\(cell)：按前 17 位计算校验码应为 \(expected)，其中有误\(chinese)")
        })
}
