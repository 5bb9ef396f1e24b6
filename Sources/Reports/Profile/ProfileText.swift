import Records

/// What `profile` prints: an overview, then each column. Fits 80 columns.
package struct ProfileText {
    private let view: ProfileView
    private let file: FileProfile

    private func say(_ en: String, _ zh: String) -> String { view.say(en, zh) }

    /// - Parameter page: the page that was written beside.
    package static func lines(_ view: ProfileView, page: String?) -> [String] {
        var lines: [String] = []
        for file in view.profiles {
            let text = ProfileText(view: view, file: file)
            lines += text.head() + text.overview() + text.columns() + text.trouble() + [""]
        }
        if let page { lines.append(view.say("Page", "页面") + "  " + page.singleLine) }
        if !view.showsValues, view.profiles.contains(where: { !$0.columns.isEmpty }) {
            lines.append(
                view.say(
                    "9 digit, A a letter, 汉 Chinese character; personal values masked (--show-values)",
                    "9 数字，A a 字母，汉 汉字；可能涉及个人的值已遮盖（--show-values 可显示）。"))
        }
        lines.append(view.say("Next", "下一步") + "  " + view.next.singleLine)
        return lines
    }

    private func head() -> [String] {
        let counts = say(
            "\(counted(file.records, "record")), \(counted(file.columns.count, "column"))",
            "\(grouped(file.records)) 条记录，\(grouped(file.columns.count)) 列")
        return [
            clipped(
                view.name(file).singleLine + "  " + view.dialect(file).joined(separator: " · ").singleLine, columns: 79),
            counts,
        ]
    }

    private func overview() -> [String] {
        if file.columns.isEmpty { return [] }
        var table = TextTable([.right, .left, .left, .right, .right, .right, .right])
        table.add([
            "", say("column", "列"), say("likely", "推测类型"), say("filled", "有值"), say("different", "不同值"),
            say("unique", "唯一"), say("length", "长度"),
        ])
        for (index, column) in file.columns.enumerated() {
            table.add([
                String(index + 1), clipped(column.header.singleLine, columns: 20), view.kind(column),
                percentText(Rate(column.filled, of: file.records).share), grouped(column.distinct),
                percentText(Rate(column.singles, of: column.filled).share), view.lengths(column),
            ])
        }
        return [""] + table.lines
    }

    private func columns() -> [String] {
        file.columns.enumerated().flatMap { index, column -> [String] in
            let title = "\(index + 1) \(column.header.singleLine)"
            var lines = ["", clipped("\(title)  \(column.meaning.reason(view.language))", columns: 79)]
            lines += list(
                say("forms", "形式"),
                column.patterns.map { (Self.visible($0.form), $0.cells) }, of: column,
                more: column.patternCount - column.patterns.count)
            lines += list(
                say("values", "常见值"), column.values.map { (view.value($0.text, of: column), $0.cells) }, of: column,
                more: column.distinct - column.values.count)
            return lines + column.oddities.flatMap { oddity($0, of: column) }
        }
    }

    /// Blanks at the ends of a form or value would not be seen.
    private static func visible(_ text: String) -> String {
        let text = clipped(text.singleLine, columns: 40)
        return text.hasPrefix(" ") || text.hasSuffix(" ") ? "“\(text)”" : text
    }

    private func list(
        _ title: String, _ items: [(text: String, cells: Int)], of column: ColumnProfile, more: Int
    ) -> [String] {
        if items.isEmpty { return [] }
        var pieces = items.map { "\(Self.visible($0.text)) \(percentText(Rate($0.cells, of: column.filled).share))" }
        if more > 0 { pieces.append(say("and \(grouped(more)) more", "另有 \(grouped(more)) 种")) }
        let indent = String(repeating: " ", count: max(8, displayWidth(title) + 4))
        var lines = ["  " + title + String(repeating: " ", count: indent.count - 2 - displayWidth(title))]
        var isStart = true
        for piece in pieces {
            let gap = isStart ? "" : "   "
            if !isStart, displayWidth(lines[lines.count - 1] + gap + piece) > 79 {
                lines.append(indent + piece)
            } else {
                lines[lines.count - 1] += gap + piece
            }
            isStart = false
        }
        return lines
    }

    private func oddity(_ oddity: ColumnProfile.OddityFound, of column: ColumnProfile) -> [String] {
        var text = oddity.cells > 0 ? "\(grouped(oddity.cells))  " : ""
        text += oddity.title(view.language)
        let examples = oddity.examples.map { "“" + clipped(view.example($0, of: column), columns: 24) + "”" }
        if !examples.isEmpty {
            text += say(": ", "：") + examples.joined(separator: say(", ", "、"))
        }
        return wrapped(text, width: 74).enumerated().map { ($0.offset == 0 ? "  ! " : "    ") + $0.element }
    }

    private func trouble() -> [String] {
        let remarks = file.remarks.map { $0(view.language).singleLine }
        let issues = file.issues.map { issue -> String in
            let line = issue.line.map { say(", first on line \($0)", "，最先在第 \($0) 行") } ?? ""
            return "\(grouped(issue.count))  \(issue.title(view.language).singleLine)\(line)"
        }
        if remarks.isEmpty, issues.isEmpty { return [] }
        return ["", say("The file as a whole", "整个文件")]
            + (remarks + issues).flatMap { text in
                wrapped(text, width: 74).enumerated().map { ($0.offset == 0 ? "  ! " : "    ") + $0.element }
            }
    }
}
