/// A path in the small language that rule books name XML elements, attributes and texts in.
///
/// Record paths: `/export/clients/client`, `//client`. Field paths go on from the record: `person/name`, `@no`,
/// `person/@idno`, `contact[@type='mobile']`, `contact[@type='mobile']/@verified`, `name/text()` (its own text without that
/// of elements inside), `.` (all text of the record). `ns:name` takes its namespace from the rule book; a name without
/// prefix is in no namespace; `*:name` is in any.
package struct XMLPath: Sendable, Hashable {
    package struct Name: Sendable, Hashable {
        package enum Space: Sendable, Hashable {
            case none
            case any
            case uri(String)
        }
        package let space: Space
        package let local: String
    }

    /// `[@type='mobile']`, or `[@type]`: the attribute is there.
    package struct Condition: Sendable, Hashable {
        package let attribute: Name
        package let value: String?
    }

    package struct Step: Sendable, Hashable {
        package let name: Name
        package let conditions: [Condition]
    }

    package enum Target: Sendable, Hashable {
        case element
        case text
        case attribute(Name)
    }

    package let text: String
    /// `//…`: the first step may stand at any depth.
    package let isAnywhere: Bool
    package let steps: [Step]
    package let target: Target

    /// The path of the repeating element. Throws `E-XML-010` with the column at which the path is wrong.
    package init(record text: String, namespaces: [String: String] = [:]) throws {
        var parser = XMLPathParser(text, namespaces: namespaces)
        let parsed = try parser.record()
        self.text = text
        (isAnywhere, steps, target) = (parsed.isAnywhere, parsed.steps, .element)
    }

    /// A path under the repeating element. Throws `E-XML-010` with the column at which the path is wrong.
    package init(field text: String, namespaces: [String: String] = [:]) throws {
        var parser = XMLPathParser(text, namespaces: namespaces)
        let parsed = try parser.field()
        self.text = text
        (isAnywhere, steps, target) = (false, parsed.steps, parsed.target)
    }
}
