package import Records

/// The report of a run being written: its facts, the numbers that every format has, and its language.
struct Page: PageParts {
    let facts: RunFacts
    let numbers: ReportNumbers

    init(facts: RunFacts) {
        self.facts = facts
        numbers = ReportNumbers(facts)
    }

    var language: Language { facts.language }

    /// A section of the numbers with its heading and lead; empty where the run has nothing for it.
    ///
    /// - Parameter body: what stands in it, made from its tables by their ids.
    func part(_ id: String, _ body: (_ tables: [String: ReportTable]) -> Markup) -> (
        id: Markup, title: Text, body: Markup
    )? {
        guard let section = numbers.section(id) else { return nil }
        let tables = Dictionary(uniqueKeysWithValues: section.tables.map { ($0.id, $0) })
        return (
            "\(id)", section.title,
            self.section(
                "\(id)", "\(section.title(language))", section.lead.map { "\($0(language))" }, body(tables))
        )
    }

    /// The table where there is one.
    func shown(_ table: ReportTable?, kind: Markup = "") -> Markup { table.map { self.table($0, kind: kind) } ?? "" }
}

/// What the pages of the product are put together from.
protocol PageParts {
    var language: Language { get }
}

extension PageParts {
    /// The wording of the page's language.
    func say(_ en: Markup, _ zh: Markup) -> Markup {
        language == .english ? en : zh
    }

    func say(_ text: Text) -> Markup {
        "\(text(language))"
    }

    /// `record` or `records`; Chinese has one form.
    func plural(_ count: Int, _ one: String, _ many: String) -> String {
        count == 1 ? one : many
    }

    /// A part of the page with its heading and a lead sentence.
    func section(_ id: Markup, _ title: Markup, _ lead: Markup? = nil, _ body: Markup) -> Markup {
        let lead: Markup = lead.map { "<p class=\"lead\">\($0)</p>\n" } ?? ""
        return "<section id=\"\(id)\">\n<h2>\(title)</h2>\n\(lead)\(body)</section>\n"
    }

    /// A table that scrolls sideways by itself where the screen is narrow; reachable by keyboard.
    func table(_ caption: Markup, head: [Markup], rows: [Markup], foot: Markup = "", kind: Markup = "") -> Markup {
        """
        <div class="scroll" role="region" tabindex="0" aria-label="\(caption)"><table class="\(kind)">
        <caption><span>\(caption)</span></caption>
        <thead><tr>\(head)</tr></thead>
        <tbody>
        \(rows.joined("\n"))
        </tbody>\(foot)
        </table></div>

        """
    }

    func th(_ text: Markup) -> Markup { "<th scope=\"col\">\(text)</th>" }
    func thNumber(_ text: Markup) -> Markup { "<th scope=\"col\" class=\"n\">\(text)</th>" }
    func rowHead(_ text: Markup) -> Markup { "<th scope=\"row\">\(text)</th>" }
    func td(_ text: Markup) -> Markup { "<td>\(text)</td>" }
    func tdNumber(_ text: Markup) -> Markup { "<td class=\"n\">\(text)</td>" }
    func code(_ text: String) -> Markup { "<code>\(text)</code>" }

    /// A whole page: no script, no address from outside, the style in it.
    ///
    /// - Parameters:
    ///   - sections: id, title and body, in their order.
    ///   - skip: where the keyboard can go past the head, and what that is called.
    func document(
        title: String, style: Markup = "", skip: (id: Markup, words: Markup), masthead: Markup,
        sections: [(id: Markup, title: Text, body: Markup)], footer: Markup
    ) -> Markup {
        let navigation = sections.map { section -> Markup in
            "<a href=\"#\(section.id)\">\(section.title(language))</a>"
        }
        return """
            <!DOCTYPE html>
            <html lang="\(language == .chinese ? "zh-Hans" : "en")">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="referrer" content="no-referrer">
            <title>\(title)</title>
            <link rel="icon" href="data:,">
            <style>
            \(styleSheet)\(style)
            </style>
            </head>
            <body>
            <a class="skip" href="#\(skip.id)">\(skip.words)</a>
            \(masthead)
            <nav aria-label="\(say("Contents", "目录"))">\(navigation.joined("\n"))</nav>
            <main>
            \(sections.map(\.body))
            </main>
            <footer>\(footer)</footer>
            </body>
            </html>

            """
    }
}

extension Page {
    /// A field's name; on a Chinese page with an office's Chinese word for it where one has it.
    func fieldName(_ name: String) -> Markup {
        guard language == .chinese, let word = chineseHeader(of: name), word != name else { return code(name) }
        return "\(data: word) \(code(name))"
    }

    private func chineseHeader(of name: String) -> String? {
        guard let index = facts.fields.firstIndex(where: { $0.name == name }) else { return nil }
        return facts.sources.lazy.compactMap { index < $0.fields.count ? $0.fields[index]?.header : nil }.first {
            header in
            header.unicodeScalars.allSatisfy { $0.properties.isIdeographic }
        }
    }
}

extension PageParts {
    /// `2026-11-21` as the language writes days; anything else as it is.
    func day(_ iso: String) -> String {
        let parts = iso.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, iso.utf8.count == 10, (1...12).contains(parts[1]) else { return iso }
        return Text(
            en: "\(parts[2]) \(MonthName.english(parts[1])) \(parts[0])", zh: "\(parts[0])年\(parts[1])月\(parts[2])日")(
                language)
    }

    func severity(_ severity: Severity) -> Markup {
        "<span class=\"mark \(severity.rawValue)\">\(say(SeverityWords.text(severity)))</span>"
    }
}

/// How grave a finding is, in words.
package enum SeverityWords {
    package static func text(_ severity: Severity) -> Text {
        switch severity {
        case .error: Text(en: "error", zh: "严重")
        case .warning: Text(en: "warning", zh: "注意")
        case .info: Text(en: "note", zh: "提示")
        }
    }
}
