import Records

extension Check {
    /// The sex of the record is not the one in the person's valid id. Where the birth dates have nothing in common the id is
    /// somebody else's, and `id-against-birth-date` has said so.
    static let idAgainstSex = Check(
        "id-against-sex", .error, .error,
        title: Text(en: "Sex contradicts the resident id", zh: "性别与身份证号不符"),
        search: .rows { facts in
            guard let sexField = facts.roles.sex, facts.roles.residentID != nil else { return [] }
            return [
                { row in
                    let recorded = facts.sex(row)
                    guard recorded != 0, let id = facts.trustedID(row), id.sex != recorded else { return nil }
                    let told = facts.written(sex: id.sex)
                    switch facts.birthAgreement(row) {
                    case .same, .slip:
                        return Hit(field: sexField, suggestion: facts.isLegacyID(row) ? "" : told, detail: told)
                    case .unknown: return Hit(field: sexField, detail: told)
                    case .apart: return facts.birthDateIsAbsurd(row) ? Hit(field: sexField, detail: told) : nil
                    }
                }
            ]
        },
        message: { finding, records in
            let roles = RecordRoles.of(records.schema)
            let id = roles.residentID.map { Wording.cell(finding.row, $0, records) } ?? ""
            let name = roles.sex.map { Wording.name($0, records) } ?? ""
            let cell = roles.sex.map { Wording.cell(finding.row, $0, records) } ?? ""
            let known = Wording.suggestion(finding)
            let culprit =
                finding.field == roles.residentID
                ? Text(en: "; the id is likelier to be wrong", zh: "；更可能是身份证号有误") : Text(en: "", zh: "")
            return Text(
                en:
                    "\(name) is \(cell), but the seventeenth digit of the resident id \(id) says \(finding.detail)"
                    + "\(culprit.en)\(known.en)",
                zh: "\(name) 为\(cell)，而身份证号\(id)第 17 位表示 \(finding.detail)\(culprit.zh)\(known.zh)")
        })
}
