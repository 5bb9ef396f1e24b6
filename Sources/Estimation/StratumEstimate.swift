package import Records

/// Estimates of parts of a register that are added up, so that persons of one part may be easier to find than those of
/// another without harm.
package enum StratumEstimate {
    package struct Stratum {
        /// Empty: persons without a value.
        package let name: String
        package let label: String
        package let counts: ListCounts

        package init(name: String, label: String, counts: ListCounts) {
            self.name = name
            self.label = label
            self.counts = counts
        }
    }

    /// Parts with too small an overlap are taken together; where that is still too small there is no sum.
    package static func strata(
        field: String, _ strata: [Stratum], linkage: PopulationEstimate.LinkageQuality?
    ) -> PopulationEstimate.Strata {
        var rows: [PopulationEstimate.Strata.Row] = []
        var parts: [PopulationEstimate.Result] = []
        var rest: ListCounts?
        var restCount = 0
        for stratum in strata.sorted(by: { $0.name < $1.name }) {
            if let result = PopulationEstimator.estimate(stratum.counts, linkage: linkage) {
                parts.append(result)
                rows.append(
                    .init(
                        name: stratum.name, label: stratum.label, listed: Int(stratum.counts.listed),
                        estimate: result.best))
            } else {
                rest = rest.map { $0 + stratum.counts } ?? stratum.counts
                restCount += 1
            }
        }
        let restEstimate = rest.flatMap { PopulationEstimator.estimate($0, linkage: linkage) }
        if let restEstimate { parts.append(restEstimate) }
        let listed = Double(rows.reduce(0) { $0 + $1.listed }) + (rest?.listed ?? 0)
        let isWhole = !parts.isEmpty && (rest == nil || restEstimate != nil)
        return PopulationEstimate.Strata(
            field: field, rows: rows, restCount: restCount, restListed: Int(rest?.listed ?? 0),
            rest: restEstimate?.best,
            total: isWhole ? PopulationEstimator.sum(parts, listed: listed) : nil)
    }
}
