import Records

extension Page {
    /// What to do now: numbers, files and commands, then what needs attention before the numbers are believed.
    func todo() -> (id: Markup, title: Text, body: Markup)? {
        let steps = NextStep.all(of: facts).map { step -> Markup in
            let file: Markup = step.file.map { "<a href=\"\(relativeLink($0))\">\($0)</a>" } ?? ""
            let command: Markup = step.command.map { "<code class=\"command\">\($0)</code>" } ?? ""
            let links = [file, command].filter { !$0.html.isEmpty }
            return """
                <li><span class="count">\(step.count)</span><div><h3>\(say(step.title))</h3>
                <p>\(say(step.detail))</p>
                <p class="where">\(links.joined(" "))</p></div></li>
                """
        }
        let list: Markup = steps.isEmpty ? "" : "<ol class=\"steps\">\n\(steps.joined("\n"))\n</ol>\n"
        return part("todo") { _ in list + attention() }
    }

    private func attention() -> Markup {
        var items = facts.warnings.map { say($0) }
        items += facts.matching?.model.warnings.map { say($0) } ?? []
        for source in facts.sources where !(source.file.dialect?.guessed ?? []).isEmpty {
            let guessed = (source.file.dialect?.guessed ?? []).map { code($0) }.joined(say(", ", "、"))
            items.append(
                say(
                    "\(data: source.name): \(guessed) \(plural(source.file.dialect?.guessed.count ?? 0, "was", "were")) found from the data. If that is right, state it in the rule book.",
                    "\(data: source.name)：\(guessed) 是根据数据推断的；如无误，请写入规则文件。"))
        }
        if items.isEmpty { return "" }
        return """
            <div class="attention"><h3>\(say("Keep in mind", "请留意"))</h3>
            <ul>\(items.map { item -> Markup in "<li>\(item)</li>" })</ul></div>

            """
    }

    /// A link to a file beside the page; whatever a link could take for a scheme or a path is percent-encoded.
    private func relativeLink(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in path.utf8 {
            let scalar = Unicode.Scalar(byte)
            let stays =
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || "-_./".unicodeScalars.contains(scalar)
            result += stays ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: result, as: UTF8.self)
    }
}
