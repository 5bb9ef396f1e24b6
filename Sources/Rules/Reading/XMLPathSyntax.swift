import Records

/// Whether a path of an XML source can be read: `/export/clients/client` for the record, and under it `person/name`,
/// `person/@idno`, `contact[@type='mobile']`, `@no`, `.`.
enum XMLPathSyntax {
    /// `nil`: the path is fine.
    static func problem(inRecord path: String, _ namespaces: [String: String]) -> Text? {
        guard path.hasPrefix("/"), !path.hasPrefix("//") else {
            return Text(
                en: "\"\(path)\" has to begin at the root element, such as /export/clients/client.",
                zh: "“\(path)”须从根元素写起，例如 /export/clients/client。")
        }
        for step in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            if let problem = problem(inName: step, of: path, namespaces) { return problem }
        }
        return nil
    }

    static func problem(inValue path: String, _ namespaces: [String: String]) -> Text? {
        if path == "." { return nil }
        if path.hasPrefix("/") {
            return Text(
                en: "\"\(path)\" has to begin below the record element: leave out the first /.",
                zh: "“\(path)”须从记录元素之下写起：去掉开头的 /。")
        }
        let steps = split(path)
        for (index, step) in steps.enumerated() {
            if step.hasPrefix("@") {
                guard index == steps.count - 1 else {
                    return Text(
                        en: "In \"\(path)\" an attribute has to come last.", zh: "“\(path)”中属性必须在最后。")
                }
                if let problem = problem(inName: step.dropFirst(), of: path, namespaces) { return problem }
                continue
            }
            let bracket = step.firstIndex(of: "[") ?? step.endIndex
            if let problem = problem(inName: step[..<bracket], of: path, namespaces) { return problem }
            if let problem = problem(inCondition: step[bracket...], of: path, namespaces) { return problem }
        }
        return nil
    }

    /// Steps between slashes that do not stand in quotes.
    private static func split(_ path: String) -> [Substring] {
        var steps: [Substring] = []
        var start = path.startIndex
        var quote: Character?
        for index in path.indices {
            let character = path[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == "/" {
                steps.append(path[start..<index])
                start = path.index(after: index)
            }
        }
        return steps + [path[start...]]
    }

    private static func problem(
        inName name: Substring, of path: String, _ namespaces: [String: String]
    ) -> Text? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy(isName) else {
            return Text(
                en: "In \"\(path)\", \"\(name)\" is no name of an element or attribute.",
                zh: "“\(path)”中的“\(name)”不是元素名或属性名。")
        }
        if parts.count == 2, parts[0] != "xml", namespaces[String(parts[0])] == nil {
            return Text(
                en: "In \"\(path)\", the prefix \"\(parts[0])\" is not declared; add it under \"namespaces:\".",
                zh: "“\(path)”中的前缀“\(parts[0])”未声明；请在“namespaces:”中写明。")
        }
        return nil
    }

    /// `[@type='mobile']`, or nothing.
    private static func problem(
        inCondition text: Substring, of path: String, _ namespaces: [String: String]
    ) -> Text? {
        if text.isEmpty { return nil }
        let wrong = Text(
            en: "In \"\(path)\", \"\(text)\" cannot be read; a condition looks like [@type='mobile'].",
            zh: "“\(path)”中的“\(text)”无法解析；条件的写法如 [@type='mobile']。")
        guard text.hasPrefix("[@"), text.hasSuffix("]"), let equals = text.firstIndex(of: "=") else { return wrong }
        let value = text[text.index(after: equals)...].dropLast()
        guard value.count >= 2, let quote = value.first, quote == "'" || quote == "\"", value.last == quote,
            !value.dropFirst().dropLast().contains(quote)
        else { return wrong }
        return problem(inName: text[text.index(text.startIndex, offsetBy: 2)..<equals], of: path, namespaces)
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.unicodeScalars.first, first == "_" || first.properties.isAlphabetic else { return false }
        return text.unicodeScalars.allSatisfy {
            $0 == "_" || $0 == "-" || $0 == "." || $0 == "\u{B7}" || $0.properties.isAlphabetic
                || $0.properties.numericType != nil || $0.properties.isDiacritic
        }
    }
}
