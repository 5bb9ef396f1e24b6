import Reconciliation
import Records

/// What people wrote into cells and what no longer fits, as findings: whose is it, and which of two holds.
enum OverrideFindings {
    static let unowned = "override-unowned"
    static let contradicted = "override-contradicted"

    /// - Parameter persons: one per row.
    static func all(_ overrides: Overrides, persons: [UInt32]) -> [Finding] {
        let unowned = overrides.unowned.map { override in
            // The records are ascending: the first of another person is the one to compare with.
            let first = override.rows[0]
            let other = override.rows.first { persons[Int($0)] != persons[Int(first)] } ?? first
            let ids = [first, other].map { PersonID.text(persons[Int($0)]) }.joined(separator: " ")
            return finding(
                Self.unowned, override, Int(first), other: other == first ? nil : Int(other),
                detail: "\(ids) \(override.text)")
        }
        let contradicted = overrides.contradictions.flatMap { contradiction in
            contradiction.others.map { other in
                finding(
                    Self.contradicted, other, Int(other.rows[0]), other: Int(contradiction.holds.rows[0]),
                    detail: other.text)
            }
        }
        return unowned + contradicted
    }

    private static func finding(
        _ check: String, _ override: CellOverride, _ row: Int, other: Int?, detail: String
    ) -> Finding {
        Finding(
            kind: .error, check: check, severity: .warning, row: row, field: override.field,
            otherRow: other == row ? nil : other, detail: detail)
    }

    /// The two persons, and what was written; `nil` when the finding does not say so.
    static func unownedParts(_ finding: Finding) -> (persons: [String], text: String)? {
        let parts = finding.detail.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        return (parts.prefix(2).map(String.init), String(parts[2]))
    }

    static func title(_ check: String) -> Text? {
        switch check {
        case unowned: Text(en: "Whose is this: written for a person who is several now", zh: "归属待定：所写人员现已拆分为多人")
        case contradicted: Text(en: "Two people wrote different values into one cell", zh: "同一单元格有两个不同的人工值")
        default: nil
        }
    }

    /// The sentence for such a finding; `nil` for any other.
    static func message(_ finding: Finding, _ view: RecordView, _ language: Language) -> Phrase? {
        guard finding.check == unowned || finding.check == contradicted else { return nil }
        let other = finding.otherRow.map { view.key($0) }.map { "\($0.source) \($0.recordID)" }
        if finding.check == unowned {
            let said = unownedParts(finding)
            let (persons, text) = (said?.persons ?? [], said?.text ?? finding.detail)
            return language(
                en: """
                    Somebody wrote “\(text)” for the person that this record and \(other ?? "others") stood for; they are \
                    \(persons.joined(separator: " and ")) now, and the value is nobody's until somebody writes into that \
                    cell of one of them (qingku override).
                    """,
                zh: """
                    有人曾为本记录与 \(other ?? "其他记录") 所属的人员写入“\(text)”；两者现为 \
                    \(persons.joined(separator: "、"))，该值暂不归属任何一方，需为其中一人重新写入该项（qingku override）。
                    """)
        }
        return language(
            en: """
                Somebody wrote “\(finding.detail)” for the person of this record, and later somebody wrote another value \
                for that of \(other ?? "another record"); they are one person now and the later value stands.
                """,
            zh: "有人曾为本记录所属人员写入“\(finding.detail)”，其后又有人为 \(other ?? "另一记录") 所属人员写入了不同的值；两者现为同一人，以后写入的值为准。")
    }
}
