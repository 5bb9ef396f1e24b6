import Records
import Yams

extension RuleBookReader {
    mutating func readReport(_ node: Node) -> ReportPlan {
        guard let section = section(node, RuleKeys.report, what: Text(en: "\"report:\"", zh: "“report:”")) else {
            return ReportPlan()
        }
        var areas: Int?
        if let entry = section["areas"], let name = text(entry), let field = field(name, at: entry.value) {
            areas = field
            let kind = schema.fields[field].kind
            let fitting: [FieldKind] = [.division, .city, .postcode, .code, .text]
            if !unsureFields.contains(name), !fitting.contains(kind) {
                report(
                    .doesNotFit, at: entry.value,
                    Text(
                        en:
                            "The report cannot be grouped by \"\(name)\" of type \(kind.rawValue); use a field of type \(fitting.map(\.rawValue).joined(separator: ", ")).",
                        zh:
                            "报告不能按类型 \(kind.rawValue) 的“\(name)”分组；可用类型：\(fitting.map(\.rawValue).joined(separator: ", "))。"
                    ))
            }
        }
        let townships = section["townships"].flatMap { readTownships($0, areas: areas) }
        let suppress = integer(section["suppress_below"], in: 0...1_000_000)
        return ReportPlan(areas: areas, townships: townships, suppressBelow: suppress ?? Defaults.suppressBelow)
    }

    private mutating func readTownships(_ entry: RuleEntry, areas: Int?) -> Int? {
        guard let name = text(entry), let field = field(name, at: entry.value) else { return nil }
        let kind = schema.fields[field].kind
        if kind != .address, !unsureFields.contains(name) {
            report(
                .doesNotFit, at: entry.value,
                Text(
                    en: "\"townships\" has to name a field of type address; \"\(name)\" is \(kind.rawValue).",
                    zh: "“townships”应为 address 类型的字段，“\(name)”的类型是 \(kind.rawValue)。"))
            return nil
        }
        guard let areas, schema.fields[areas].kind == .division else {
            report(
                .doesNotFit, at: entry.keyNode,
                Text(
                    en: "Townships are parts of counties: \"areas\" has to name a field of type division.",
                    zh: "乡镇隶属于县：“areas”应为 division 类型的字段。"))
            return nil
        }
        return field
    }
}
