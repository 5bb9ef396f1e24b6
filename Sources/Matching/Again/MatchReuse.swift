/// What a run that went on from an earlier one compared.
package struct MatchReuse: Sendable, Equatable {
    /// Records that are new, or have changed in what is compared, or in how common it is.
    package let changedRecords: Int
    package let comparedPairs: Int
    /// Pairs that stayed as the earlier run kept them.
    package let keptPairs: Int
}
