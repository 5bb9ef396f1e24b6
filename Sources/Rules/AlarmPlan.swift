/// How far a run may move from the one before, as `alarms:` in the rule book says; `off` takes an alarm away.
package struct AlarmPlan: Sendable, Hashable {
    package enum Measure: String, Sendable, CaseIterable {
        /// Records of a source: more or fewer, as a share of what there was.
        case volume
        /// Share of filled cells of a source's field: points it falls by, 0.1 for ten in a hundred.
        case completeness
        /// New and returned errors, by record of the later run.
        case newErrors = "new_errors"
        /// Persons merged, split or gone, as a share of those before.
        case persons
        /// Records of one person.
        case groupSize = "group_size"
        /// Total variation distance between the sizes of persons.
        case groups
        /// Total variation distance between what blocking keys bring.
        case blocking
        /// Bits that the match weight of a level moves.
        case weights
        /// Corrections that offices ignored or contradicted, of those they answered.
        case ignoredCorrections = "ignored_corrections"
    }

    /// What is more raises the alarm.
    package var limits: [Measure: Double] = [
        .volume: 0.3, .completeness: 0.1, .newErrors: 0.05, .persons: 0.1, .groupSize: 50, .groups: 0.1, .blocking: 0.2,
        .weights: 4, .ignoredCorrections: 0.5,
    ]

    /// Those that the rule book names.
    package var named: Set<Measure> = []

    package init() {}

    /// Whether a scheduled run is held back for it. What offices made of their corrections says nothing of the run: it only holds
    /// one back where the rule book says so itself.
    package func holds(_ measure: Measure) -> Bool { measure != .ignoredCorrections || named.contains(measure) }
}
