import Records

/// Reads the path language, left to right; every error names the column.
struct XMLPathParser {
    private let path: String
    private let scalars: [Unicode.Scalar]
    private let namespaces: [String: String]
    private var position = 0

    init(_ path: String, namespaces: [String: String]) {
        self.path = path
        scalars = Array(path.unicodeScalars)
        self.namespaces = namespaces
    }

    mutating func record() throws -> (isAnywhere: Bool, steps: [XMLPath.Step]) {
        guard take("/") else {
            throw wrong(Text(en: "a record path begins with / or //", zh: "记录路径应以 / 或 // 开头"))
        }
        let isAnywhere = take("/")
        var steps = [try step()]
        while take("/") { steps.append(try step()) }
        guard position == scalars.count else {
            throw wrong(Text(en: "expected / or the end", zh: "此处应为 / 或结束"))
        }
        guard steps.count < 64 else { throw wrong(Text(en: "too many steps", zh: "层级过多")) }
        return (isAnywhere, steps)
    }

    mutating func field() throws -> (steps: [XMLPath.Step], target: XMLPath.Target) {
        if scalars == ["."] { return ([], .element) }
        var steps: [XMLPath.Step] = []
        while true {
            if take("@") {
                let name = try name(isAttribute: true)
                return (steps, try ending(.attribute(name)))
            }
            if take("text()") { return (steps, try ending(.text)) }
            steps.append(try step())
            if position == scalars.count { return (steps, .element) }
            guard take("/") else {
                throw wrong(Text(en: "expected /, [ or the end", zh: "此处应为 /、[ 或结束"))
            }
        }
    }

    private func ending(_ target: XMLPath.Target) throws -> XMLPath.Target {
        guard position == scalars.count else {
            throw wrong(Text(en: "nothing may follow an attribute or text()", zh: "属性或 text() 之后不能再有内容"))
        }
        return target
    }

    private mutating func step() throws -> XMLPath.Step {
        let name = try name(isAttribute: false)
        var conditions: [XMLPath.Condition] = []
        while take("[") {
            guard take("@") else {
                throw wrong(
                    Text(
                        en: "expected @ and an attribute, as in [@type='mobile']", zh: "此处应为 @ 和属性名，如 [@type='mobile']")
                )
            }
            let attribute = try self.name(isAttribute: true)
            var value: String?
            if take("=") { value = try quoted() }
            guard take("]") else { throw wrong(Text(en: "expected ]", zh: "此处应为 ]")) }
            conditions.append(XMLPath.Condition(attribute: attribute, value: value))
        }
        return XMLPath.Step(name: name, conditions: conditions)
    }

    private mutating func name(isAttribute: Bool) throws -> XMLPath.Name {
        let start = position
        if take("*:") { return XMLPath.Name(space: .any, local: try plainName()) }
        let first = try plainName()
        guard take(":") else { return XMLPath.Name(space: .none, local: first) }
        let local = try plainName()
        if isAttribute, first == "xml" {
            return XMLPath.Name(space: .uri("http://www.w3.org/XML/1998/namespace"), local: local)
        }
        guard let uri = namespaces[first] else {
            position = start
            throw wrong(
                Text(
                    en: "the prefix “\(first)” is not among the source's `namespaces`",
                    zh: "前缀“\(first)”未在该来源的 namespaces 中声明"))
        }
        return XMLPath.Name(space: .uri(uri), local: local)
    }

    private mutating func plainName() throws -> String {
        let start = position
        while position < scalars.count, Self.isNameScalar(scalars[position], isFirst: position == start) {
            position += 1
        }
        guard position > start else { throw wrong(Text(en: "expected a name", zh: "此处应为名称")) }
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }

    private mutating func quoted() throws -> String {
        guard position < scalars.count, scalars[position] == "'" || scalars[position] == "\"" else {
            throw wrong(Text(en: "expected a value in quotes", zh: "此处应为带引号的值"))
        }
        let quote = scalars[position]
        let start = position + 1
        guard let end = scalars[start...].firstIndex(of: quote) else {
            throw wrong(Text(en: "this quote is not closed", zh: "引号没有关闭"))
        }
        position = end + 1
        return String(String.UnicodeScalarView(scalars[start..<end]))
    }

    private mutating func take(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "_": true
        case "0"..."9", "-", ".": !isFirst
        default: scalar.value >= 0xB7 && !scalar.properties.isWhitespace
        }
    }

    private func wrong(_ expected: Text) -> Failure {
        Failure(
            .badInput, code: "E-XML-010",
            Text(
                en: "The path “\(path)” is wrong at column \(position + 1): \(expected.en).",
                zh: "路径“\(path)”第 \(position + 1) 列有误：\(expected.zh)。"),
            advice: Text(
                en: "Paths look like person/name, @no, person/@idno, contact[@type='mobile'], name/text().",
                zh: "路径形如 person/name、@no、person/@idno、contact[@type='mobile']、name/text()。"))
    }
}
