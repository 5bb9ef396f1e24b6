package import Records

/// What `export` says when it is done.
package enum ExportText {
    /// - Parameters:
    ///   - newKey: path of a key that was made.
    ///   - event: number of the event in the audit trail; `nil` when there is no trail.
    package static func lines(_ written: ExportFile.Written, newKey: String?, event: Int?) -> [Text] {
        var lines: [Text] = []
        let tables = written.rows.map { "\($0.table) (\($0.rows.grouped))" }
        lines.append(
            Text(
                en: "Written to \(written.path): \(tables.joined(separator: ", ")).",
                zh: "已写入 \(written.path)：\(tables.joined(separator: "、"))。"))
        for (why, cells) in written.touched {
            lines.append(
                Text(en: "\(counted(cells, "cell")): \(why.title.en).", zh: "\(cells.grouped) 个单元格：\(why.title.zh)。"))
        }
        if let list = written.touchedPath {
            lines.append(Text(en: "They are listed in \(list).", zh: "清单见 \(list)。"))
        }
        for treatment in Pseudonyms.Treatment.allCases {
            let columns = written.treatments.filter { $0.treatment == treatment }.map(\.column)
            if columns.isEmpty { continue }
            lines.append(
                Text(
                    en: "\(treatment.title.en): \(columns.joined(separator: ", "))",
                    zh: "\(treatment.title.zh)：\(columns.joined(separator: "、"))"))
        }
        if let newKey {
            lines.append(
                Text(
                    en:
                        "A new key was made: \(newKey). Whoever has it can make the same tokens; keep it apart from the export.",
                    zh: "已生成新密钥：\(newKey)。持有者可生成相同代号；请与导出文件分开保管。"))
        }
        if let event {
            lines.append(Text(en: "Event \(event) of the audit trail.", zh: "审计记录第 \(event) 条。"))
        }
        return lines
    }

    package static func document(_ written: ExportFile.Written, newKey: String?, event: Int?) -> JSON {
        .object([
            ("schema", .integer(1)), ("file", .string(written.path)), ("bytes", .integer(written.bytes)),
            ("sha256", .string(written.sha256)),
            ("tables", .object(written.rows.map { ($0.table, .integer($0.rows)) })),
            ("touched", .object(written.touched.map { ($0.why.rawValue, .integer($0.cells)) })),
            ("touched_list", written.touchedPath.map(JSON.string) ?? .null),
            ("columns", .object(written.treatments.map { ($0.column, .string($0.treatment.rawValue)) })),
            ("new_key", newKey.map(JSON.string) ?? .null), ("event", event.map(JSON.integer) ?? .null),
        ])
    }
}

extension Pseudonyms.Treatment {
    fileprivate var title: Text {
        switch self {
        case .token: Text(en: "Tokens", zh: "以代号代替")
        case .year: Text(en: "Year only", zh: "只留年份")
        case .county: Text(en: "County only", zh: "只留到区县")
        case .prefix: Text(en: "First three characters only", zh: "只留前三位")
        case .withheld: Text(en: "Withheld", zh: "不提供")
        case .kept: Text(en: "As they are", zh: "原样")
        }
    }
}
