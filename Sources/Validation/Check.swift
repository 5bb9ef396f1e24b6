package import Records

/// One thing that is looked for in every record. To add one: a file in `Checks/` and its line in `Check.all`.
package struct Check: Sendable {
    /// Stable: findings, waivers and rule books refer to it.
    package let name: String
    package let kind: Finding.Kind
    /// Of its findings, unless the rule book says otherwise.
    package internal(set) var severity: Severity
    /// For lists of checks and as heading of a report's table.
    package let title: Text
    let tell: Sentence
    /// The number the check goes by, which a rule book may change; `nil`: there is none.
    package let limit: Limit?
    /// Checks that say less of the same cell: where this one has found something they keep silent. Of a finding about a whole
    /// record, all cells of the record.
    let explains: Set<String>
    let search: Search

    package struct Limit: Sendable, Hashable {
        package let value: Int
        /// What the number counts: "persons".
        package let unit: Text
    }

    /// How a check goes through the table.
    enum Search: Sendable {
        /// Once per distinct normalised value of the fields it is for; never for a missing one.
        case values(for: @Sendable (Field) -> Bool, @Sendable (DistinctValue, Facts) -> Hit?)
        /// Once per distinct cell as the offices wrote it, of the fields it is for, that has any of the kinds of bytes; never for
        /// an empty one.
        case rawCells(
            for: @Sendable (Field) -> Bool, having: ByteTraits, @Sendable (DistinctValue, Facts) -> Hit?)
        /// Looks at each row with every function returned; an empty list when the table has nothing to look at. The
        /// functions run a million times and read codes and packed numbers, never texts, until they have found something.
        case rows(@Sendable (Facts) -> [RowSearch])
        /// Looks at the whole table at once.
        case table(@Sendable (Facts) -> [(row: Int, hit: Hit)])
        /// Looks at the records of one person together, once it is known which these are. Cells that another check calls wrong are
        /// left out afterwards.
        case linked(@Sendable (Facts, LinkedFacts) -> [(row: Int, hit: Hit)])
    }

    /// Whether it waits for matching.
    var isLinked: Bool {
        if case .linked = search { true } else { false }
    }

    typealias RowSearch = @Sendable (_ row: Int) -> Hit?

    /// The sentence for one finding, with its values. Made when the finding is written out.
    typealias Sentence = @Sendable (Finding, RecordView, Language) -> Phrase

    init(
        _ name: String, _ kind: Finding.Kind, _ severity: Severity, title: Text, limit: Limit? = nil,
        explains: Set<String> = [], search: Search, message: @escaping @Sendable (Finding, RecordTable) -> Text
    ) {
        self.init(name, kind, severity, title: title, limit: limit, explains: explains, search: search) {
            finding, view, language in Phrase(message(finding, view.records)(language))
        }
    }

    /// For checks with findings by the hundred thousand: their sentences are made in the one language that is asked for.
    init(
        _ name: String, _ kind: Finding.Kind, _ severity: Severity, title: Text, limit: Limit? = nil,
        explains: Set<String> = [], search: Search, tell: @escaping Sentence
    ) {
        self.name = name
        self.kind = kind
        self.severity = severity
        self.title = title
        self.limit = limit
        self.explains = explains
        self.search = search
        self.tell = tell
    }

    func finding(_ row: Int, _ hit: Hit) -> Finding {
        Finding(
            kind: kind, check: name, severity: hit.severity ?? severity, row: row, field: hit.field,
            suggestion: hit.suggestion,
            otherRow: hit.otherRow,
            detail: hit.topic.isEmpty ? hit.detail : Finding.detail(hit.detail, topic: hit.topic))
    }
}

/// One of the distinct texts of a column. Lives only during the call it is passed to.
struct DistinctValue {
    /// Index in the schema.
    let field: Int
    /// In the column's pool: `RecordTable.Column` for values, `SourceTable.Column` for raw cells.
    let code: UInt32
    let bytes: UnsafeBufferPointer<UInt8>
    /// Of raw cells always true.
    let isWellFormed: Bool

    var text: String { String(decoding: bytes, as: UTF8.self) }
}
