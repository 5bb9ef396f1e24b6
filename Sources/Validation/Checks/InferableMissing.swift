import Records
import Standards

extension Check {
    /// A missing birth date or sex that the person's valid resident id tells.
    static let inferableMissing = Check(
        "inferable-missing", .omission, .warning,
        title: Text(en: "Missing value can be filled from the resident id", zh: "缺失项可由身份证号推出"),
        search: .rows { facts in
            [facts.roles.birthDate, facts.roles.sex].compactMap { $0 }.compactMap { field in
                if facts.roles.residentID == nil || facts.records.schema.fields[field].required { return nil }
                let codes = facts.records.columns[field].codes
                let isMapped = facts.records.sources.map { $0.columns[field] != nil }
                return { row in
                    guard codes[row] == 0, isMapped[facts.records.sourceIndex(of: row)] else { return nil }
                    let value = facts.inferred(field, row)
                    return value.isEmpty ? nil : Hit(field: field, suggestion: value)
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let known = Inference.suggestion(finding, records)
            return Text(en: "\(name) is empty\(known.en)", zh: "\(name) 为空\(known.zh)")
        })
}

/// What a valid resident id tells of the fields beside it.
enum Inference {
    /// A suggestion that is not what the record's own id says comes from elsewhere, which the reasons behind the sentence name.
    static func suggestion(_ finding: Finding, _ records: RecordTable) -> Text {
        let field = records.schema.fields.firstIndex { $0.kind == .residentID }
        guard !finding.suggestion.isEmpty, let field, field != finding.field,
            let id = ResidentID(records.value(finding.row, field)), id.isValid, says(id, finding, records)
        else { return Wording.suggestion(finding) }
        return Text(
            en: "; the resident id gives \(Wording.quoted(finding.suggestion))",
            zh: "；由身份证号可得\(Wording.quoted(finding.suggestion))")
    }

    private static func says(_ id: ResidentID, _ finding: Finding, _ records: RecordTable) -> Bool {
        guard let field = finding.field, records.schema.fields[field].kind == .date else { return true }
        return id.birthDate?.description == finding.suggestion
    }
}

extension Facts {
    /// The value of the birth date or sex field according to the id; empty for other fields, and when the id is no good
    /// evidence or its other half contradicts the record.
    func inferred(_ field: Int, _ row: Int) -> String {
        guard let id = trustedID(row) else { return "" }
        let recordedSex = sex(row)
        if field == roles.birthDate {
            return recordedSex == 0 || recordedSex == id.sex ? birthDateFromID(row) : ""
        }
        if field == roles.sex, !isLegacyID(row) {
            switch birthAgreement(row) {
            case .apart: return birthDateIsAbsurd(row) ? written(sex: id.sex) : ""
            case .unknown, .same, .slip: return written(sex: id.sex)
            }
        }
        return ""
    }
}
