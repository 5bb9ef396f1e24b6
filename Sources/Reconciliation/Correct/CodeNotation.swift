/// How a column writes the codes of a list: `M` as 1, 男 or male.
struct CodeNotation: Sendable {
    /// Normalised value → written form → how often.
    typealias Forms = [String: [String: Int]]

    /// Normalised value → the form this column writes most often.
    private let forms: [String: String]

    /// - Parameters:
    ///   - own: of this column.
    ///   - all: of all sources, for codes this column never had.
    ///   - listed: the forms the rule book knows.
    init(own: Forms, all: Forms, listed: [String: String]) {
        var candidates = all
        for (form, value) in listed { candidates[value, default: [:]][form, default: 0] += 0 }
        var forms: [String: String] = [:]
        let looks = own.values.reduce(into: [String: Int]()) { $0.merge($1, uniquingKeysWith: +) }
        let look = Self.mostFrequent(looks).map(Look.init)
        for (value, written) in candidates {
            if let form = own[value].flatMap(Self.mostFrequent) {
                forms[value] = form
            } else if let look {
                let alike = written.filter { Look($0.key).script == look.script }
                let closest = alike.filter { Look($0.key) == look }
                forms[value] = Self.mostFrequent(closest.isEmpty ? alike : closest)
            }
        }
        self.forms = forms
    }

    /// The normalised value itself when no form is known.
    func write(_ value: String) -> String {
        forms[value] ?? value
    }

    /// Ties: the smaller text.
    private static func mostFrequent(_ forms: [String: Int]) -> String? {
        forms.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    }

    /// What makes forms of one column alike: 汉族 and 回族, 汉 and 回, 01 and 03, M and F.
    private struct Look: Hashable {
        enum Script {
            case digits
            case latin
            case other
        }

        let script: Script
        /// The last character of a text in another script, when there is more than one.
        let ending: Character?

        init(_ form: String) {
            if form.utf8.allSatisfy({ (48...57).contains($0) }) {
                script = .digits
            } else if form.utf8.allSatisfy({ $0 < 128 }) {
                script = .latin
            } else {
                script = .other
            }
            ending = script == .other && form.count > 1 ? form.last : nil
        }
    }
}
