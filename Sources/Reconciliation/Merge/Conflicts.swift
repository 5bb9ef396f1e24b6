package import Records

/// Cells of the master in which a person's records disagree and no rule settles it: something to look up, not to pass over.
package enum Conflicts {
    package static let check = "conflict"

    /// One finding per person and field, at the record whose value stands for now, in the order of rows and fields. A cell that
    /// a person set is settled.
    package static func all(_ master: Master, _ records: RecordTable) -> [Finding] {
        var findings: [Finding] = []
        for (field, column) in master.columns.enumerated() {
            for (person, rival) in column.rivals {
                let row = column.rows[Int(person)]
                guard row != Master.noRow, column.replacements[person]?.override == nil else { continue }
                findings.append(
                    Finding(
                        kind: .error, check: check, severity: .warning, row: Int(row), field: field,
                        otherRow: Int(rival), detail: records.shown(Int(rival), field)))
            }
        }
        return findings.sorted { ($0.row, $0.field ?? -1) < ($1.row, $1.field ?? -1) }
    }

    package static let title = Text(
        en: "Records of one person disagree and no rule settles it", zh: "同一人的记录不一致，没有规则能够决定")

    /// The sentence for such a finding; `nil` for any other.
    package static func message(_ finding: Finding, _ view: RecordView, _ language: Language) -> Phrase? {
        guard finding.check == check, let field = finding.field, let other = finding.otherRow else { return nil }
        let name = view.records.schema.fields[field].name
        let (source, id) = (view.source(other), view.recordID(other))
        return view.withShown(finding.row, field) { value in
            language(
                en: """
                    \(name) is “\(value)” here and “\(finding.detail)” in \(source) \(id), and no rule under survivorship \
                    settles which is right; the master has this one until somebody decides.
                    """,
                zh: """
                    \(name) 在本记录为“\(value)”，在 \(source) \(id) 为“\(finding.detail)”；survivorship 的规则无法决定，\
                    总表暂取本记录的值，待人工确定。
                    """)
        }
    }
}
