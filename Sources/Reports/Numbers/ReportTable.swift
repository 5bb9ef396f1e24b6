package import Records

/// One table of a report. Page, Markdown, workbook and JSON are all drawn from these tables, so their numbers cannot differ.
package struct ReportTable: Sendable {
    package struct Column: Sendable {
        /// The same in every language: `persons`.
        package let id: String
        package let title: Text
        /// Set to the right.
        package let isNumber: Bool

        package init(_ id: String, _ title: Text, isNumber: Bool = true) {
            self.id = id
            self.title = title
            self.isNumber = isNumber
        }
    }

    /// Unique in its report, the same in every language: `areas`.
    package let id: String
    package let title: Text
    package let columns: [Column]
    /// As wide as the columns.
    package let rows: [[ReportCell]]
    /// What has to be known to read it.
    package var note: Text?
    /// The last row is the sum of those above.
    package var hasTotal = false
    /// How far each row stands within the one above it; empty: all beside each other.
    package var depths: [Int] = []

    package init(_ id: String, _ title: Text, _ columns: [Column], _ rows: [[ReportCell]], note: Text? = nil) {
        self.id = id
        self.title = title
        self.columns = columns
        self.rows = rows
        self.note = note
    }
}

/// What stands in a cell of a report.
package enum ReportCell: Sendable, Hashable {
    /// Words of the product.
    case words(Text)
    /// A name from a file, a rule book or a table of areas.
    case name(String)
    /// A file, a key, a command.
    case code(String)
    case count(Int)
    /// A count less the one before it, with its sign.
    case change(Int)
    case number(Double, places: Int)
    /// From 0 to 1, of what cannot be counted: what a model expects.
    case share(Double)
    case rate(ReportRate)
    case colour(Colour)
    case severity(Severity)
    /// From 1 to 5.
    case stars(Int)
    /// A small number, or one that would give a small number away.
    case withheld
    case none
}

/// A rate with what it is a rate of, its interval, and what it was before.
package struct ReportRate: Sendable, Hashable {
    package let rate: Rate
    package var colour: Colour?
    /// The same rate in earlier runs, the earliest first; `nil` where there was none or it was withheld.
    package var earlier: [Rate?] = []

    package init(_ rate: Rate, _ colour: Colour? = nil, earlier: [Rate?] = []) {
        self.rate = rate
        self.colour = colour
        self.earlier = earlier
    }

    /// Percentage points since the run before; `nil` where either is not known.
    package var change: Double? {
        guard let now = rate.share, let before = earlier.last ?? nil, let then = before.share else { return nil }
        return (now - then) * 100
    }
}

extension ReportTable.Column {
    static let records = Self("records", Text(en: "Records", zh: "记录"))
    static let persons = Self("persons", Text(en: "Persons", zh: "人数"))
    static let source = Self("source", Text(en: "Source", zh: "来源"), isNumber: false)
    static let office = Self("office", Text(en: "Office", zh: "单位"), isNumber: false)

    static func dimension(_ dimension: Dimension) -> Self { Self(dimension.rawValue, DimensionWords.title(dimension)) }
}
