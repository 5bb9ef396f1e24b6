import Records
import Standards

extension Check {
    /// The birth date of the record is not the one in the person's valid id. At one slip from it the birth date is wrong; when
    /// nothing agrees the id is likelier to be somebody else's. An impossible birth date is left to the check of that.
    static let idAgainstBirthDate = Check(
        "id-against-birth-date", .error, .error,
        title: Text(en: "Birth date contradicts the resident id", zh: "出生日期与身份证号不符"),
        search: .rows { facts in
            guard let birthField = facts.roles.birthDate, let idField = facts.roles.residentID else { return [] }
            return [
                { row in
                    switch facts.birthAgreement(row) {
                    case .unknown, .same: return nil
                    case .slip, .apart:
                        if facts.birthDateIsAbsurd(row) || facts.dateExchangedWithBirth(row) != nil { return nil }
                        let isSlip = facts.birthAgreement(row) == .slip
                        let inID = facts.trustedID(row).flatMap { CivilDate(packed: Int($0.birth)) }
                        return Hit(
                            field: isSlip ? birthField : idField,
                            suggestion: isSlip ? facts.birthDateFromID(row) : "", detail: inID?.description ?? "")
                    }
                }
            ]
        },
        message: { finding, records in
            let roles = RecordRoles.of(records.schema)
            guard let birthField = roles.birthDate, let idField = roles.residentID else {
                return Text(en: "birth date and resident id differ", zh: "出生日期与身份证号不符")
            }
            let (birth, id) = (Wording.name(birthField, records), Wording.name(idField, records))
            let recorded = Wording.cell(finding.row, birthField, records)
            let number = Wording.cell(finding.row, idField, records)
            let culprit =
                finding.field == idField
                ? Text(en: "the id may be somebody else's", zh: "该身份证号可能属于他人")
                : Text(en: "the birth date has a slip", zh: "出生日期有笔误")
            let known = Wording.suggestion(finding)
            return Text(
                en: "\(birth) is \(recorded), but \(id) \(number) says \(finding.detail); \(culprit.en)\(known.en)",
                zh: "\(birth) 为\(recorded)，而 \(id) \(number)中为 \(finding.detail)；\(culprit.zh)\(known.zh)")
        })
}
