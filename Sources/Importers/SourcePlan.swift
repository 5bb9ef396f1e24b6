package import Records

/// How one export is to be read: the typed form of a rule book's `sources:` entry.
package struct SourcePlan: Sendable, Hashable {
    package let profile: SourceProfile
    /// From the rule book, resolved against its folder; a path on the command line overrides it. `nil`: none given.
    package let path: String?
    package let format: SourceFile.Format
    /// `nil`: found from the data and reported.
    package let encoding: String?
    /// CSV; `nil`: found from the data and reported.
    package let delimiter: String?
    /// CSV; `nil`: found from the data and reported.
    package let quote: String?
    /// CSV; `nil`: found from the data and reported.
    package let hasHeader: Bool?
    /// CSV: a `'` that a cell begins with is a mark that the cell is text, put there by `export --format excel` or in
    /// corrections, and no part of it: one is taken off.
    package let isGuarded: Bool
    /// CSV: column name (or number from 1, without a header). XML: path under the record element. `nil`: the line number in
    /// CSV; in XML, where records may share a line, the record's ordinal from 1.
    package let recordID: String?
    /// XML: path of the repeating element, `/export/clients/client`.
    package let recordPath: String?
    /// XML: prefix used in paths → namespace URI.
    package let namespaces: [String: String]
    /// Share of the records of the export before that may be missing in the next one, 0 to 1; more stops a run.
    package let mayLose: Double
    /// An export holds only records that are new or have changed since the one before; the others are as they were.
    package let holdsChangesOnly: Bool
    /// Of an export of changes: how it says that a record is gone. `nil`: it never does.
    package let deletion: Deletion?
    /// Which column or path feeds which field of the schema.
    package let mappings: [Mapping]

    package struct Mapping: Sendable, Hashable {
        /// Index of the field in the schema.
        package let field: Int
        /// CSV column name, or XML path such as `person/name`, `person/@idno`, `contact[@type='mobile']`.
        package let path: String

        package init(field: Int, path: String) {
            self.field = field
            self.path = path
        }
    }

    /// `deleted: { column: op, is: [D] }`
    package struct Deletion: Sendable, Hashable {
        /// CSV column name, or XML path.
        package let path: String
        /// What stands there in the row of a record that is gone, without blanks around it.
        package let marks: Set<String>

        package init(path: String, marks: Set<String>) {
            self.path = path
            self.marks = marks
        }
    }

    package init(
        profile: SourceProfile, path: String?, format: SourceFile.Format, encoding: String? = nil,
        delimiter: String? = nil, quote: String? = nil, hasHeader: Bool? = nil, isGuarded: Bool = false,
        recordID: String? = nil,
        recordPath: String? = nil, namespaces: [String: String] = [:], mayLose: Double = 0.5,
        holdsChangesOnly: Bool = false, deletion: Deletion? = nil, mappings: [Mapping]
    ) {
        self.profile = profile
        self.path = path
        self.format = format
        self.encoding = encoding
        self.delimiter = delimiter
        self.quote = quote
        self.hasHeader = hasHeader
        self.isGuarded = isGuarded
        self.recordID = recordID
        self.recordPath = recordPath
        self.namespaces = namespaces
        self.mayLose = mayLose
        self.holdsChangesOnly = holdsChangesOnly
        self.deletion = deletion
        self.mappings = mappings
    }
}
