import Records
import Standards

extension Check {
    /// A division code that was right once. No mistake where it stands for the past, so only a note.
    static let retiredDivision = Check(
        "retired-division", .error, .info,
        title: Text(en: "Retired division code", zh: "行政区划代码已撤销"),
        search: .values(for: { $0.kind == .division }) { value, _ in
            let divisions = Divisions.shared
            guard let code = Divisions.number(value.text), divisions.isKnown(code), !divisions.isInForce(code) else {
                return nil
            }
            let successor = divisions.current(code)
            return Hit(suggestion: divisions.isInForce(successor) ? String(successor) : "")
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let code = finding.field.map { records.value(finding.row, $0) } ?? ""
            let divisions = Divisions.shared
            let place = divisions.fullName(code) ?? ""
            let year = Divisions.number(code).flatMap { divisions.division($0)?.lastYear }.map(String.init) ?? ""
            if finding.suggestion.isEmpty {
                return Text(
                    en:
                        "\(name) is \(code) (\(place)), a code in use up to \(year); its successor is not known for certain",
                    zh: "\(name) 为 \(code)（\(place)），该代码仅用至 \(year) 年；无法确定唯一的现行代码")
            }
            let successor = divisions.fullName(finding.suggestion) ?? ""
            return Text(
                en: "\(name) is \(code) (\(place)), a code in use up to \(year); today it is "
                    + "\(finding.suggestion) (\(successor))",
                zh: "\(name) 为 \(code)（\(place)），该代码仅用至 \(year) 年；现行代码为 \(finding.suggestion)（\(successor)）")
        })
}
