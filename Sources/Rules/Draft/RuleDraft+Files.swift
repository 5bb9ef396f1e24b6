package import Records

extension RuleDraft {
    /// Drafts a rule book from files, each read whole. `book` is where the draft will stand: paths are written relative to
    /// its folder. `threads` do not change it. Throws a `Failure` when a file is no export that can be read.
    package static func draft(
        files: [String], for book: String = "rules.yaml", language: Language = .english, year: Int,
        threads: Int = 1
    ) throws -> String {
        // Only samples are kept: one export at a time is in memory.
        try draft(
            files.map { try UnruledExport(path: $0, threads: threads).sample }, for: book, language: language,
            year: year)
    }
}
