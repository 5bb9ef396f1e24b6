/// Somebody beside the person of the record, of whom a column speaks: 监护人电话, `Mother's name`. What is known of them is
/// never the person's own.
struct Relation: Sendable {
    /// Begins the name of the field in the draft; `Field.isOfAnother` knows it.
    let name: String
    /// Chinese ones stand anywhere in a header, others are words of it.
    private let words: [String]

    private init(_ name: String, _ words: String) {
        self.name = name
        self.words = words.split(separator: " ").map(String.init)
    }

    /// The first that a header names, the particular before the general, and the header without it.
    static func found(in header: String) -> (relation: Relation, rest: String)? {
        let name = HeaderText.name(header)
        let parts = HeaderText(header).words
        for relation in all {
            for word in relation.words {
                if word.utf8.first ?? 0 >= 0x80 {
                    if name.contains(word) { return (relation, name.replacing(word, with: "")) }
                } else if parts.contains(word) {
                    return (relation, parts.filter { $0 != word && !bindings.contains($0) }.joined(separator: " "))
                }
            }
        }
        return nil
    }

    /// What is left of `mother's`, `next of kin` and `emergency contact`.
    private static let bindings: Set<String> = ["s", "next", "of", "contact"]

    private static let all = [
        Relation("guardian", "监护人 guardian guardians"),
        Relation("emergency", "紧急联系人 紧急 emergency"),
        Relation("contact_person", "联系人"),
        Relation("spouse", "配偶 丈夫 妻子 爱人 spouse spouses husband husbands wife"),
        Relation("father", "父亲 father fathers"),
        Relation("mother", "母亲 mother mothers"),
        Relation("parent", "父母 家长 parent parents"),
        Relation("next_of_kin", "亲属 家属 kin"),
        Relation("householder", "户主 householder"),
        Relation("grid_officer", "网格员"),
        Relation("caseworker", "经办人 填表人 录入人 责任人 社工 caseworker worker officer"),
        Relation("doctor", "医生 doctor physician"),
        Relation("employer", "工作单位 单位 employer employers company"),
    ]
}
