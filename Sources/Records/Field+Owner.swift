extension Field {
    /// Whether the field's name says that it is about somebody beside the person of the record: a guardian, a relative, a
    /// contact, an employer or who filled in the form. The one place that guesses it: checks, matching and drafts ask here.
    package var isOfAnother: Bool {
        let name = name.lowercased()
        return Self.others.contains { name.contains($0) }
    }

    private static let others = [
        "guardian", "contact_name", "contact_person", "emergency", "spouse", "husband", "wife", "father", "mother",
        "parent",
        "of_kin", "householder", "officer", "worker", "doctor", "employer", "监护", "联系人", "配偶", "丈夫", "妻子", "父亲",
        "母亲", "父母", "家长", "户主", "社工", "网格员", "经办", "填表人", "录入人", "责任人", "医生", "单位",
    ]
}
