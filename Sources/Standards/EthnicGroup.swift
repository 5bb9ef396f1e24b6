/// Ethnic groups by GB/T 3304-1991: two digits, two letters, a name.
package enum EthnicGroup {
    /// The code for what an office wrote: `汉族`, `汉`, `01`, `1`, `HA` or `Ha` → `01`. `nil`: no such group.
    package static func code(for text: String) -> String? {
        table.codes[text] ?? table.codes[text.uppercased()]
    }

    /// `汉族` for `01`.
    package static func name(of code: String) -> String? {
        table.names[code]
    }

    /// All codes, ascending.
    package static var all: [String] { table.names.keys.sorted() }

    private static let table = Table()

    private struct Table: Sendable {
        var codes: [String: String] = [:]
        var names: [String: String] = [:]

        init() {
            for row in CSVTable(.ethnicGroups) {
                add(row.text(0), row.text(1))
                codes[row.text(2)] = row.text(0)
            }
            // Not in the standard, but in the lists of the population registers.
            add("97", "其他")
            add("98", "外国血统中国籍人士")
        }

        private mutating func add(_ code: String, _ name: String) {
            names[code] = name
            codes[name] = code
            codes[code] = code
            if code.hasPrefix("0") { codes[String(code.dropFirst())] = code }
            if name.hasSuffix("族"), name.unicodeScalars.count > 1 { codes[String(name.dropLast())] = code }
        }
    }
}
