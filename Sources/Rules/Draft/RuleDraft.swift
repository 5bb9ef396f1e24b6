package import Records

/// Drafts a rule book from exports: says what each column seems to hold and why, ready to run and to be corrected.
package struct RuleDraft {
    /// The text of a rule book for the samples of some exports, to stand at `book`.
    /// `year`: two-digit years are proposed to mean no later one.
    /// Throws a `Failure` when no column can be used.
    package static func draft(
        _ samples: [FileSample], for book: String = "rules.yaml", language: Language = .english, year: Int
    ) throws -> String {
        let plan = DraftPlan(samples)
        if plan.fields.isEmpty {
            throw Failure(
                .badInput, code: "E-RULES-030",
                Text(
                    en: "No column with a name was found in \(samples.map(\.path).joined(separator: ", ")).",
                    zh: "在 \(samples.map(\.path).joined(separator: ", ")) 中没有找到有名称的列。"),
                advice: Text(
                    en: "Name an export whose first line holds the names of the columns.",
                    zh: "请给出首行为列名的导出文件。"))
        }
        return DraftWriter(plan: plan, book: book, language: language, year: year).text
    }
}
