import Importers
import Records

extension ImportedSource {
    /// With other names for some of its records, in what is said of them too.
    ///
    /// - Parameter names: by row.
    func called(_ names: [Int: String]) -> ImportedSource {
        let former = Dictionary(
            names.keys.map { (Int(table.lines[$0]), table.recordIDPool[table.recordIDs[$0]]) }
        ) { first, _ in first }
        let new = Dictionary(names.map { (Int(table.lines[$0.key]), $0.value) }) { first, _ in first }
        return ImportedSource(
            table: table.called(names),
            issues: issues.map { issue in
                guard let line = issue.place.line, let name = new[line], issue.recordID == former[line] else {
                    return issue
                }
                return ImportIssue(
                    check: issue.check, severity: issue.severity, source: issue.source, place: issue.place,
                    recordID: name, field: issue.field, raw: issue.raw,
                    message: Text(
                        en: issue.message.en.replacing("“\(issue.recordID)”", with: "“\(name)”"),
                        zh: issue.message.zh.replacing("“\(issue.recordID)”", with: "“\(name)”")))
            })
    }
}
