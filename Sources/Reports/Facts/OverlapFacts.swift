package import Records

/// Persons by the sources they are in, with small numbers withheld.
package struct OverlapFacts: Sendable, Hashable {
    package struct Set: Sendable, Hashable {
        /// Indices of sources, ascending.
        package let sources: [Int]
        /// In exactly these; `nil`: withheld.
        package let persons: Int?

        package init(sources: [Int], persons: Int?) {
            self.sources = sources
            self.persons = persons
        }
    }

    /// The most persons first, withheld ones last.
    package let sets: [Set]
    package let suppressBelow: Int

    package var hasWithheld: Bool { sets.contains { $0.persons == nil } }

    /// With more sources a page could not show who is in which.
    static let mostSources = 8

    package init(sets: [Set], suppressBelow: Int) {
        self.sets = sets
        self.suppressBelow = suppressBelow
    }

    /// - Parameters:
    ///   - counts: persons by the bits of their sources; 0 is not looked at.
    ///   - sources: at most `mostSources`.
    init(_ counts: [Int], sources: Int, suppressBelow: Int) {
        let masks = (1..<counts.count).filter { counts[$0] > 0 }
        // The page shows the persons of each source, and all of them.
        let sums =
            (0..<sources).map { source in masks.indices.filter { masks[$0] >> source & 1 == 1 } } + [
                Array(masks.indices)
            ]
        let hidden = LinkedSuppression.hidden(masks.map { counts[$0] }, sums: sums, below: suppressBelow)
        self.init(
            sets: masks.enumerated().map { place, mask in
                Set(sources: (0..<sources).filter { mask >> $0 & 1 == 1 }, persons: hidden[place] ? nil : counts[mask])
            }.sorted { left, right in
                (right.persons ?? -1, left.sources.count, left.sources.first ?? 0, left.sources.last ?? 0)
                    < (left.persons ?? -1, right.sources.count, right.sources.first ?? 0, right.sources.last ?? 0)
            }, suppressBelow: suppressBelow)
    }
}

/// How many persons there are, those in no source included, as `PopulationEstimate` says it of the sources of a run.
package struct PopulationFacts: Sendable, Hashable {
    package let lists: [String]
    /// Persons in any of them.
    package let listed: Int
    package let linked: PopulationEstimate.Interval
    package let corrected: PopulationEstimate.Interval?
    package let models: [PopulationEstimate.Model]

    package init(
        lists: [String], listed: Int, linked: PopulationEstimate.Interval, corrected: PopulationEstimate.Interval?,
        models: [PopulationEstimate.Model]
    ) {
        self.lists = lists
        self.listed = listed
        self.linked = linked
        self.corrected = corrected
        self.models = models
    }
}

/// Who is in which sources, before anything is withheld.
package struct SourceMemberships: Sendable {
    /// Persons by the bits of their sources.
    package private(set) var cells: [Int]
    /// Of each source, records beyond the first of a person.
    package private(set) var extra: [Int]

    /// `nil` with more sources than can be told apart on a page, or with one.
    package init?(_ master: Master, _ records: RecordTable) {
        let sources = records.sources.count
        guard (2...OverlapFacts.mostSources).contains(sources) else { return nil }
        cells = [Int](repeating: 0, count: 1 << sources)
        extra = [Int](repeating: 0, count: sources)
        var seen = [UInt8](repeating: 0, count: master.count)
        for source in 0..<sources {
            let bit = UInt8(1) << UInt8(source)
            for person in master.personOf[records.starts[source]..<records.starts[source + 1]] {
                if seen[Int(person)] & bit != 0 { extra[source] += 1 }
                seen[Int(person)] |= bit
            }
        }
        for mask in seen where mask != 0 { cells[Int(mask)] += 1 }
    }
}

extension RunFacts {
    /// After `take(_: Master, _: RecordTable)`.
    package mutating func take(_ memberships: SourceMemberships, suppressBelow: Int) {
        overlap = OverlapFacts(memberships.cells, sources: sources.count, suppressBelow: suppressBelow)
    }

    /// The estimates of three lists are functions of who is in which; beside the totals, they would give withheld cells away.
    /// Those of two lists tell no more than the totals do.
    package var hidesPopulation: Bool { sources.count > 2 && overlap?.hasWithheld == true }
}
