/// What a run made: counts, and `summary.json` as it was written.
package struct Summary: Sendable {
    package let persons: Int
    package let records: Int
    /// Cells that differ from the clean value; for Latin persons 0, they have no log of errors.
    package let deviations: Int
    /// Paths in the order in which a reader wants them: exports first.
    package let files: [String]
    package let json: String
}
