package import Records

/// One export of the run, how it was read, and how good its data are.
package struct SourceFacts: Sendable {
    package let profile: SourceProfile
    package let file: SourceFile
    package let records: Int
    /// Parallel to `RunFacts.fields`; `nil` where the export has no column for the field.
    package let fields: [FieldFill?]
    /// Different persons among its records; `nil` before matching.
    package var persons: Int?
    /// Records in which values of the right form contradict each other or a rule; `nil` before the checks.
    package var contradictoryRecords: Int?

    /// One column of the export.
    package struct FieldFill: Sendable, Hashable {
        /// The office's own name for it.
        package let header: String
        /// Records with a value; placeholders such as 不详 are none.
        package let filled: Int
        /// Of these, the ones whose value has the form its kind asks for.
        package let wellFormed: Int

        package init(header: String, filled: Int, wellFormed: Int) {
            self.header = header
            self.filled = filled
            self.wellFormed = wellFormed
        }
    }

    package init(
        profile: SourceProfile, file: SourceFile, records: Int, fields: [FieldFill?], persons: Int? = nil,
        contradictoryRecords: Int? = nil
    ) {
        self.profile = profile
        self.file = file
        self.records = records
        self.fields = fields
        self.persons = persons
        self.contradictoryRecords = contradictoryRecords
    }

    package var name: String { profile.name }
    /// Base name: the path says something of the machine, not of the run.
    package var fileName: String { file.path.split(separator: "/").last.map(String.init) ?? file.path }

}

/// A field of the schema as the report names it.
package struct FieldFacts: Sendable, Hashable {
    package let name: String
    package let kind: FieldKind
    package let required: Bool

    package init(name: String, kind: FieldKind, required: Bool = false) {
        self.name = name
        self.kind = kind
        self.required = required
    }
}

extension RunFacts {
    /// Sources, fields, and how many cells are filled and well formed.
    package mutating func take(_ records: RecordTable) {
        fields = records.schema.fields.map { FieldFacts(name: $0.name, kind: $0.kind, required: $0.required) }
        sources = records.sources.enumerated().map { index, source in
            let rows = records.starts[index]..<records.starts[index + 1]
            let fills = records.columns.enumerated().map { field, column -> SourceFacts.FieldFill? in
                guard let raw = source.columns[field] else { return nil }
                var (filled, wellFormed) = (0, 0)
                for code in column.codes[rows] where code != 0 {
                    filled += 1
                    if column.isWellFormed[Int(code)] { wellFormed += 1 }
                }
                return SourceFacts.FieldFill(header: raw.header, filled: filled, wellFormed: wellFormed)
            }
            return SourceFacts(profile: source.profile, file: source.file, records: source.count, fields: fills)
        }
    }

    /// Persons, groups by size, grades, and how many persons each source has. After `take(_: RecordTable)`.
    package mutating func take(_ master: Master, _ records: RecordTable) {
        persons = master.count
        var sizes: [Int: Int] = [:]
        for person in 0..<master.count {
            sizes[master.memberStarts[person + 1] - master.memberStarts[person], default: 0] += 1
        }
        groups = sizes.keys.sorted().map { GroupSize(size: $0, persons: sizes[$0] ?? 0) }
        grades = Grade.allCases.map { grade in
            GradeCount(grade: grade, persons: master.grades.lazy.filter { $0 == grade }.count)
        }
        for index in sources.indices {
            var seen = [Bool](repeating: false, count: master.count)
            for person in master.personOf[records.starts[index]..<records.starts[index + 1]] {
                seen[Int(person)] = true
            }
            sources[index].persons = seen.lazy.filter { $0 }.count
        }
    }
}
