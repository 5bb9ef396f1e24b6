extension Schema {
    /// The date field that is the date of birth, by its name; `nil` when none is called so. The one place that guesses
    /// it: checks, matching and drafts ask here.
    package var birthDate: Int? {
        let dates = fields.indices.filter { fields[$0].kind == .date && !fields[$0].isOfAnother }
        let exact = ["birth_date", "date_of_birth", "dob", "birthdate", "birthday", "birth"]
        func named(_ test: (String) -> Bool) -> Int? { dates.first { test(fields[$0].name.lowercased()) } }
        return exact.lazy.compactMap { name in named { $0 == name } }.first
            ?? named { name in Self.birthWords.contains { name.contains($0) } }
    }

    /// Whether the field is named like a date of birth, be it this person's or another's.
    package func namesBirth(_ field: Int) -> Bool {
        let name = fields[field].name.lowercased()
        return Self.birthWords.contains { name.contains($0) }
    }

    private static let birthWords = [
        "birth", "born", "dob", "geburt", "naissance", "nacimiento", "nascimento", "csrq", "shengri", "出生", "生日", "生辰",
    ]
}
