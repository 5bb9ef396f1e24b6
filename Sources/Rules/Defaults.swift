/// What holds where a rule book says nothing.
package enum Defaults {
    /// Posterior probability from which records are merged without a person. Over twenty sets with truth, 0.8 left a fifth
    /// fewer duplicates apart than 0.9 at 0.3 % wrong merges; below 0.7 the wrong ones doubled for little.
    package static let merge = 0.8
    /// Posterior probability from which a pair is shown to people.
    package static let review = 0.1
    /// Pairs per record that a loose key may bring; in a larger register it is left out.
    package static let loosePairs = 3
    /// Rules of survivorship in the order in which they break ties.
    package static let survivorship = ["valid", "majority", "trust", "latest"]
    package static let trust = 1
    /// Share of an export's records that the next one may lack before a run stops.
    package static let mayLose = 0.5
    /// Records of a person, pairs decided at once: more of them may be for two people to decide.
    package static let groupOver = 5
    package static let bulkOver = 50
    /// Persons; smaller groups are not shown in shared reports.
    package static let suppressBelow = 10
}
