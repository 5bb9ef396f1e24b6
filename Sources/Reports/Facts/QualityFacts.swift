package import Records
import Standards

/// How good the data are, by source and by area: every rate with numerator and denominator.
package struct QualityFacts: Sendable {
    package let plan: QualityPlan
    /// Parallel to `RunFacts.sources`.
    package let sources: [QualityRow]
    package let total: QualityRow
    /// `nil` where the rule book names no field for them.
    package let areas: QualityAreas?

    package init(plan: QualityPlan, sources: [QualityRow], total: QualityRow, areas: QualityAreas? = nil) {
        self.plan = plan
        self.sources = sources
        self.total = total
        self.areas = areas
    }

    /// What the run can say something about, in the order of tables.
    package var dimensions: [Dimension] {
        Dimension.allCases.filter { total.rate($0) != nil }
    }
}

/// The rates of a source, an area, or all.
package struct QualityRow: Sendable, Hashable {
    package let records: Int?
    /// `nil`: withheld, or not known before matching.
    package let persons: Int?
    /// Persons whose record in the master is of grade C or D; `nil` likewise.
    package let personsWithErrors: Int?
    /// Records by grade, parallel to `Grade.allCases`; empty where withheld.
    package let grades: [Int]
    /// Parallel to `Dimension.allCases`; `nil`: withheld, or nothing to take a part of.
    private let rates: [Rate?]
    /// Parallel to the rates, or empty where nothing is withheld.
    private let withheld: [Bool]

    package init(
        records: Int?, persons: Int?, personsWithErrors: Int?, grades: [Int], rates: [Rate?], withheld: [Bool] = []
    ) {
        self.records = records
        self.persons = persons
        self.personsWithErrors = personsWithErrors
        self.grades = grades
        self.rates = rates
        self.withheld = withheld
    }

    init(_ counts: QualityCounts, hasPersons: Bool) {
        self.init(
            records: counts.records, persons: hasPersons ? counts.persons : nil,
            personsWithErrors: hasPersons ? counts.personsWithErrors : nil, grades: counts.grades,
            rates: Dimension.allCases.map { counts[$0].whole > 0 ? counts[$0] : nil })
    }

    package func rate(_ dimension: Dimension) -> Rate? {
        let place = dimension.place
        return place < rates.count ? rates[place] : nil
    }

    package func isWithheld(_ dimension: Dimension) -> Bool {
        let place = dimension.place
        return place < withheld.count && withheld[place]
    }

    /// Persons with errors; where there are no persons yet, records of grade C or D. `nil`: withheld.
    var errors: Int? {
        personsWithErrors ?? (persons == nil ? rate(.soundness).map { $0.whole - $0.part } : nil)
    }

    /// The worst of its rates; `nil` where it has none.
    package func colour(_ plan: QualityPlan) -> Colour? {
        Dimension.allCases.compactMap { dimension in rate(dimension).flatMap { plan.colour($0, of: dimension) } }.max()
    }
}

extension RunFacts {
    /// What the rates are made from, beside records and findings.
    package struct QualityInput {
        package let plan: QualityPlan
        /// Per row.
        package let grade: (Int) -> Grade
        /// `nil` before matching.
        package let master: Master?
        /// Field of the areas, field of an address that gives the township, and groups of fewer persons to withhold.
        package let areas: (field: Int, townships: Int?, suppressBelow: Int)?
        package let threads: Int

        package init(
            plan: QualityPlan, grade: @escaping (Int) -> Grade, master: Master?,
            areas: (field: Int, townships: Int?, suppressBelow: Int)?, threads: Int
        ) {
            self.plan = plan
            self.grade = grade
            self.master = master
            self.areas = areas
            self.threads = threads
        }
    }

    /// - Parameters:
    ///   - findings: those that count.
    ///   - accepted: cells whose findings somebody has waived: an ill-formed value among them counts as valid.
    package mutating func takeQuality(
        _ records: RecordTable, findings: [Finding], accepted: CellSet?, _ input: QualityInput
    ) {
        let areas = input.areas.map {
            AreaLeaves(records, field: $0.field, townships: $0.townships, master: input.master, threads: input.threads)
        }
        var tally = QualityTally(records, leaves: areas?.ofRow ?? [], leafCount: areas?.codes.count ?? 0)
        var contradictory = [Bool](repeating: false, count: records.count)
        var wrong = CellSet(records)
        for finding in findings where finding.kind == .error && finding.severity > .info {
            if let field = finding.field, !records.isMissing(finding.row, field) {
                wrong.insert(finding.row, field)
                if !records.isWellFormed(finding.row, field) { continue }
            }
            contradictory[finding.row] = true
        }
        tally.countCells(accepted: accepted, wrong: wrong)
        tally.countRecords(contradictory: contradictory, grade: input.grade)
        let verified = input.plan.verifiedOn.map { field in
            Self.verified(records, field: field, within: input.plan.withinDays, day: day)
        }
        if let verified, let field = input.plan.verifiedOn { tally.countVerified(verified, field: field) }
        if let master = input.master { tally.countPersons(master, verified: verified) }
        let hasPersons = input.master != nil
        quality = QualityFacts(
            plan: input.plan, sources: tally.bySource.map { QualityRow($0, hasPersons: hasPersons) },
            total: QualityRow(tally.total, hasPersons: hasPersons),
            areas: areas.map { leaves in
                QualityAreas(
                    field: records.schema.fields[leaves.field].name, leaves: leaves, counts: tally.byLeaf,
                    hasPersons: hasPersons, suppressBelow: input.areas?.suppressBelow ?? 0)
            })
    }

    /// Per row: does the date lie within so many days before the day the record's export describes?
    private static func verified(_ records: RecordTable, field: Int, within days: Int, day: String) -> [Bool] {
        let column = records.columns[field]
        let numbers = (0..<column.values.count).map { code -> Int32 in
            guard code > 0, column.isWellFormed[code], let date = CivilDate(iso: column.values[UInt32(code)]) else {
                return .min
            }
            return Int32(date.dayNumber)
        }
        var verified = [Bool](repeating: false, count: records.count)
        for (index, source) in records.sources.enumerated() {
            guard let last = CivilDate(iso: source.profile.asOf ?? day).map({ Int32($0.dayNumber) }) else { continue }
            let first = last - Int32(clamping: days)
            for row in records.starts[index]..<records.starts[index + 1] {
                let number = numbers[Int(column.codes[row])]
                verified[row] = number >= first && number <= last
            }
        }
        return verified
    }
}
