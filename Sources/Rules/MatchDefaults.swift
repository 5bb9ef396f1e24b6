package import Matching
package import Records

/// Blocking keys and comparisons for a rule book that leaves them out, made from the kinds of its fields.
package enum MatchDefaults {
    /// Kinds whose values belong to one person.
    package static let personKinds: Set<FieldKind> = [
        .personName, .givenName, .residentID, .identifier, .date, .email,
    ]

    /// Names, numbers of a person, the birth date, phones and addresses. Not: codes and texts, which may mean anything;
    /// other dates, which belong to files and not to persons; divisions beside an address, which repeat its beginning.
    /// At most as many as a pattern holds, in the order of the schema.
    package static func comparisons(for schema: Schema) -> [MatchPlan.Comparison] {
        let birth = birthDate(in: schema)
        let hasAddress = schema.fields.contains { [.address, .street, .city].contains($0.kind) }
        let all = schema.fields.indices.compactMap { index -> MatchPlan.Comparison? in
            let field = schema.fields[index]
            if !isOwn(field) { return nil }
            switch field.kind {
            case .number where birthParts.contains(field.name):
                return MatchPlan.Comparison(field: index, comparator: Comparator.number.name, role: .person)
            case .code, .ethnicGroup, .number, .text: return nil
            case .date where index != birth: return nil
            case .division where hasAddress: return nil
            default:
                return MatchPlan.Comparison(field: index, comparator: Comparator.standard(for: field.kind).name)
            }
        }
        return Array(all.prefix(MatchPlan.mostComparisons))
    }

    /// Parts of a birth date in columns of their own.
    static let birthParts = ["birth_year", "birth_month", "birth_day"]

    /// Whether a field may be compared and speaks of the person, not of a guardian, a contact or an officer.
    static func isOwn(_ field: Field) -> Bool { !SensitiveFields.contains(field) && !field.isOfAnother }

    /// The date called a birth date; else the only date of the schema, unless its name says that it is of a file.
    package static func birthDate(in schema: Schema) -> Int? {
        if let named = schema.birthDate { return named }
        let dates = schema.fields.indices.filter { schema.fields[$0].kind == .date }
        guard dates.count == 1 else { return nil }
        let name = schema.fields[dates[0]].name.lowercased()
        return fileDates.contains { name.contains($0) } || schema.fields[dates[0]].isOfAnother ? nil : dates[0]
    }

    private static let fileDates = [
        "updat", "creat", "modif", "enter", "regist", "visit", "open", "clos", "death", "died", "expir", "valid",
        "issue",
        "admi", "discharg", "更新", "修改", "创建", "录入", "登记", "注册", "建档", "走访", "死亡", "办理", "有效", "截止", "入院", "出院",
    ]
}
