import Foundation
import Pipeline
import Records

extension ErrorEvaluation {
    var lines: [Text] {
        var lines = [
            Text(en: "", zh: ""),
            Text(
                en: """
                    Errors   recall \(Table.number(recall)) (\(found) of \(detectable) detectable)  \
                    precision \(Table.number(precision)) (\(falseFindings) of \(findings) findings false)
                    """,
                zh: """
                    错误   召回率 \(Table.number(recall))（可发现 \(detectable) 处，发现 \(found) 处）  \
                    精确率 \(Table.number(precision))（\(findings) 条结果中误报 \(falseFindings) 条）
                    """),
            Text(
                en: """
                    Repairs right \(Table.number(repairAccuracy)) (\(rightRepairs) of \(repairs))  \
                    wrong culprit \(Table.number(wrongCulpritRate))
                    """,
                zh: """
                    建议值正确率 \(Table.number(repairAccuracy))（\(repairs) 条中 \(rightRepairs) 条）  \
                    责任项判错率 \(Table.number(wrongCulpritRate))
                    """),
            Table.line(
                Text(en: "kind of error", zh: "错误类型"),
                [
                    Text(en: "truth", zh: "真值"), Text(en: "form", zh: "仅写法"), Text(en: "detect.", zh: "可发现"),
                    Text(en: "found", zh: "发现"), Text(en: "recall", zh: "召回率"), Text(en: "repairs", zh: "建议"),
                    Text(en: "right", zh: "正确"),
                ]),
        ]
        lines += kinds.map { kind in
            Table.line(
                kind.name,
                [
                    String(kind.deviations), String(kind.form), String(kind.detectable), String(kind.found),
                    kind.detectable == 0 ? "" : Table.number(kind.recall), String(kind.repairs),
                    String(kind.rightRepairs),
                ])
        }
        lines.append(
            Table.line(
                Text(en: "check", zh: "检查"),
                [
                    Text(en: "found", zh: "结果"), Text(en: "right", zh: "正确"), Text(en: "culprit", zh: "判错"),
                    Text(en: "false", zh: "误报"), Text(en: "", zh: ""), Text(en: "repairs", zh: "建议"),
                    Text(en: "right", zh: "正确"),
                ]))
        lines += checks.map { check in
            Table.line(
                check.name,
                [
                    String(check.findings), String(check.right),
                    check.namesCulprit ? String(check.wrongCulprit) : "(\(check.wrongCulprit))", String(check.isFalse),
                    "",
                    String(check.repairs), String(check.rightRepairs),
                ])
        }
        if unknown > 0 {
            lines.append(
                Text(
                    en: "Left out: \(unknown) entries of the truth whose record or field the run does not have.",
                    zh: "未计入：\(unknown) 条真值的记录或字段不在本次运行中。"))
        }
        return lines
    }

    var json: String {
        let kinds = kinds.map { kind in
            """
            {"kind":\(Table.quoted(kind.name)),"deviations":\(kind.deviations),"form":\(kind.form),\
            "detectable":\(kind.detectable),"found":\(kind.found),"found_beyond":\(kind.foundBeyond),\
            "repairs":\(kind.repairs),"right_repairs":\(kind.rightRepairs)}
            """
        }
        let checks = checks.map { check in
            """
            {"check":\(Table.quoted(check.name)),"findings":\(check.findings),"right":\(check.right),\
            "wrong_culprit":\(check.wrongCulprit),"names_culprit":\(check.namesCulprit),"false":\(check.isFalse),\
            "repairs":\(check.repairs),"right_repairs":\(check.rightRepairs)}
            """
        }
        return """
            {"detectable":\(detectable),"found":\(found),"recall":\(Table.precise(recall)),"findings":\(findings),\
            "false":\(falseFindings),"precision":\(Table.precise(precision)),"repairs":\(repairs),\
            "right_repairs":\(rightRepairs),"repair_accuracy":\(Table.precise(repairAccuracy)),\
            "wrong_culprit_rate":\(Table.precise(wrongCulpritRate)),"unknown":\(unknown),\
            "kinds":[\(kinds.joined(separator: ","))],"checks":[\(checks.joined(separator: ","))]}
            """
    }
}

extension OmissionEvaluation {
    var lines: [Text] {
        let head = Table.line(
            Text(en: "omissions in", zh: "缺失于"),
            [
                Text(en: "truth", zh: "真值"), Text(en: "infer.", zh: "可推知"), Text(en: "claims", zh: "判定"),
                Text(en: "right", zh: "正确"), Text(en: "recall", zh: "召回率"), Text(en: "precis.", zh: "精确率"),
                Text(en: "asked", zh: "待核实"),
            ])
        return [Text(en: "", zh: ""), head]
            + sources.map { source in
                let cells = [
                    String(source.omissions), String(source.inferable), String(source.claims),
                    String(source.rightClaims),
                    Table.number(source.recall), Table.number(source.precision), String(source.questions),
                ]
                return source.name.isEmpty
                    ? Table.line(Text(en: "together", zh: "合计"), cells.map { Text(en: $0, zh: $0) })
                    : Table.line(source.name, cells)
            }
    }

    var json: String {
        let parts = sources.map { source in
            """
            {"source":\(Table.quoted(source.name)),"omissions":\(source.omissions),"inferable":\(source.inferable),\
            "claims":\(source.claims),"right_claims":\(source.rightClaims),"found":\(source.found),\
            "recall":\(Table.precise(source.recall)),"precision":\(Table.precise(source.precision)),\
            "questions":\(source.questions)}
            """
        }
        return "[\(parts.joined(separator: ","))]"
    }
}

/// A name and columns of numbers, for the terminal.
private enum Table {
    static func number(_ value: Double) -> String { String(format: "%.4f", value) }

    static func precise(_ value: Double) -> String { String(format: "%.6f", value) }

    static func line(_ name: String, _ cells: [String]) -> Text {
        line(Text(en: name, zh: name), cells.map { Text(en: $0, zh: $0) })
    }

    static func line(_ name: Text, _ cells: [Text]) -> Text {
        Text(en: row(name.en, cells.map(\.en)), zh: row(name.zh, cells.map(\.zh)))
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        cells.reduce(padded(name, 32, isLeft: true)) { $0 + padded($1, 9, isLeft: false) }
    }

    /// Han characters take two places on a terminal.
    private static func padded(_ text: String, _ width: Int, isLeft: Bool) -> String {
        let taken = text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
        let blanks = String(repeating: " ", count: max(1, width - taken))
        return isLeft ? text + blanks : blanks + text
    }

    static func quoted(_ text: String) -> String {
        let data = (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8)
        return String(decoding: data, as: UTF8.self)
    }
}
