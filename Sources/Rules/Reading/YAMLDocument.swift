import Records
import Yams

/// A rule book's text as a tree of nodes that know their places, or what is wrong with it as YAML.
///
/// Rule books come from other offices too: size, depth and references are bounded before the parser sees the text, since
/// it builds the tree by recursion and compares whole keys.
struct YAMLDocument {
    /// `nil` for an empty text.
    let root: Node?
    /// Keys that stand twice; the later ones are not in the tree.
    let problems: [RuleProblem]

    static let sizeLimit = 1 << 20
    static let depthLimit = 32
    private static let referenceLimit = 40

    /// Throws `RuleBookErrors` when there is no tree.
    init(_ text: String, path: String) throws {
        if let problem = Self.excess(in: text, path: path) { throw RuleBookErrors(path: path, [problem]) }
        var text = text
        var problems: [RuleProblem] = []
        while true {
            do {
                let parser = try Parser(yaml: text, encoding: .utf8)
                let root = try parser.singleRoot()
                // Nodes do not own their anchors, the parser does.
                if let root { withExtendedLifetime(parser) { problems += Self.references(in: root, path: path) } }
                if !problems.allSatisfy({ $0.code == .duplicateKey }) { throw RuleBookErrors(path: path, problems) }
                self.root = root
                self.problems = problems
                return
            } catch let error as YamlError {
                guard case .duplicatedKeysInMapping(let keys, let context) = error, let key = keys.first,
                    problems.count < RuleBookErrors.limit
                else { throw RuleBookErrors(path: path, problems + [Self.problem(error, in: text, path: path)]) }
                var lines = YAMLLines(text)
                let first = Place(file: path, line: context.mark.line, column: context.mark.column)
                let second = lines.blankRepetition(ofKeyAt: context.mark.line, context.mark.column)
                let place = second.map { Place(file: path, line: $0.line, column: $0.column) }
                problems.append(
                    RuleProblem(
                        .duplicateKey, at: place ?? first,
                        Text(
                            en: "\"\(key)\" stands twice here, first on line \(context.mark.line); write it once.",
                            zh: "“\(key)”在这里写了两次，第一次在第 \(context.mark.line) 行；只写一次。")))
                if second == nil { throw RuleBookErrors(path: path, problems) }
                text = lines.text
            }
        }
    }

    private static func excess(in text: String, path: String) -> RuleProblem? {
        var references = 0
        var brackets = 0
        var line = 1
        var column = 0
        var isIndent = true
        var isTokenStart = true
        var mark: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            column += 1
            if scalar == "\n" {
                (line, column, isIndent, isTokenStart, mark) = (line + 1, 0, true, true, nil)
                continue
            }
            let here = Place(file: path, line: line, column: column)
            if mark != nil, scalar.properties.isAlphabetic || scalar.properties.numericType != nil { references += 1 }
            mark = isTokenStart && (scalar == "*" || scalar == "&") ? scalar : nil
            if references > referenceLimit { return referenceProblem(at: here) }
            switch scalar {
            case "[", "{": brackets += 1
            case "]", "}": brackets = max(0, brackets - 1)
            default: break
            }
            if !" -?:\t".unicodeScalars.contains(scalar) { isIndent = false }
            if brackets > depthLimit || isIndent && column > depthLimit * 8 {
                return RuleProblem(
                    .tooDeep, at: here,
                    Text(
                        en: "More than \(depthLimit) levels inside each other; a rule book has at most five.",
                        zh: "嵌套超过 \(depthLimit) 层；规则文件最多五层。"))
            }
            isTokenStart = " \t[{,".unicodeScalars.contains(scalar)
        }
        return nil
    }

    private static func referenceProblem(at place: Place) -> RuleProblem {
        RuleProblem(
            .reference, at: place,
            Text(
                en: "Anchors and aliases (&name, *name) are not read; write the value out, or put the text in quotes.",
                zh: "不支持锚点和别名（&name、*name）；请把值写全，或给文字加引号。"))
    }

    /// Does not look below a referenced node: what is shared is met once.
    private static func references(in node: Node, path: String) -> [RuleProblem] {
        if node.anchor != nil {
            return [referenceProblem(at: Place(file: path, line: node.mark?.line, column: node.mark?.column))]
        }
        switch node {
        case .mapping(let mapping):
            return mapping.flatMap { references(in: $0.key, path: path) + references(in: $0.value, path: path) }
        case .sequence(let sequence): return sequence.flatMap { references(in: $0, path: path) }
        case .scalar, .alias: return []
        }
    }

    private static func problem(_ error: YamlError, in text: String, path: String) -> RuleProblem {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            if let tab = tab(atLine: mark.line, in: text, path: path) { return tab }
            var detail = problem
            if let context { detail += " (\(context.text), line \(context.mark.line))" }
            return RuleProblem(
                .syntax, at: Place(file: path, line: mark.line, column: mark.column),
                Text(
                    en:
                        "This is not YAML: \(detail). Look for a missing colon, blank, quote or bracket here or just above.",
                    zh: "这里不是合法的 YAML：\(detail)。请检查这里或上一行是否缺少冒号、空格、引号或括号。"))
        case .reader(let problem, let offset, let value, let yaml):
            let before = yaml.prefix(offset ?? 0)
            let line = before.count { $0.isNewline } + 1
            let column = before.reversed().prefix { !$0.isNewline }.count + 1
            let shown = value >= 0 ? " U+" + String(value, radix: 16, uppercase: true) : ""
            return RuleProblem(
                .notText, at: Place(file: path, line: line, column: column),
                Text(
                    en: "A character that YAML does not allow\(shown) (\(problem)); delete it.",
                    zh: "YAML 不允许的字符\(shown)（\(problem)）；请删除。"))
        default:
            return RuleProblem(
                .syntax, at: Place(file: path, line: 1),
                Text(en: "This is not YAML: \(error).", zh: "不是合法的 YAML：\(error)。"))
        }
    }

    /// The scanner stumbles over a tab among the blanks that a line begins with, and does not say so.
    private static func tab(atLine line: Int, in text: String, path: String) -> RuleProblem? {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.indices.contains(line - 1) else { return nil }
        let indent = lines[line - 1].prefix { $0 == " " || $0 == "\t" }
        guard let tab = indent.firstIndex(of: "\t") else { return nil }
        return RuleProblem(
            .syntax,
            at: Place(file: path, line: line, column: indent.distance(from: indent.startIndex, to: tab) + 1),
            Text(
                en: "The line begins with a tab, which YAML does not allow; indent it with blanks.",
                zh: "该行以制表符（Tab）缩进，YAML 不允许；请改用空格缩进。"))
    }
}
