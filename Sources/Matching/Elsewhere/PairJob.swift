import Records

/// All that a process has to know to make keys and compare pairs of rows that are handed to it: the plan, the model and the
/// line. No value of a record is in it.
package struct PairJob: Codable, Sendable, Equatable {
    package struct Part: Codable, Sendable, Equatable {
        let field: Int
        let transform: String?
        let partner: Int?
    }

    package struct Comparison: Codable, Sendable, Equatable {
        let field: Int
        let comparator: String
        let role: String?
    }

    package struct Class: Codable, Sendable, Equatable {
        let share: Double
        let isMatch: Bool
        /// Per compared field, probability of each level.
        let levels: [[Double]]
    }

    package struct Reading: Codable, Sendable, Equatable {
        let shift: Double
        let slope: Double
    }

    /// A block that is compared in parts.
    package struct Split: Codable, Sendable, Equatable {
        let key: Int
        let block: UInt64
        /// From 2.
        let parts: Int
    }

    /// Of the tool that made it: another version may compare otherwise.
    package let tool: String
    /// Of the lines on standard input and output.
    package let format: Int
    /// Of the job with its records; every process is told it beside this file.
    package let hash: String
    /// Fields of the schema.
    let fields: Int
    /// Fields whose values rows bring, in this order.
    package let used: [Int]
    let keys: [[Part]]
    let comparisons: [Comparison]
    let link: String
    let levels: String
    let classes: [Class]
    let calibration: Reading?
    /// Pairs under this probability are counted and forgotten.
    let line: Double
    let splits: [Split]

    /// Of the lines that this version reads and writes.
    package static let format = 1
}

extension PairJob {
    /// - Parameter splits: blocks that are too large for one process.
    init(_ plan: MatchPlan, schema: Schema, table: FittedModel, line: Double, splits: [Split], hash: String) {
        tool = Version.text
        format = Self.format
        self.hash = hash
        fields = schema.fields.count
        used = plan.usedFields.sorted()
        keys = plan.keys.map {
            $0.parts.map { Part(field: $0.field, transform: $0.transform, partner: $0.partner) }
        }
        comparisons = plan.comparisons.map {
            Comparison(field: $0.field, comparator: $0.comparator, role: $0.role?.rawValue)
        }
        link = plan.link.rawValue
        levels = plan.levels.rawValue
        classes = table.classes.map { Class(share: $0.share, isMatch: $0.isMatch, levels: $0.levels) }
        calibration = table.table.calibration.map { Reading(shift: $0.shift, slope: $0.slope) }
        self.line = line
        self.splits = splits
    }

    /// The plan as far as keys and comparing go.
    ///
    /// - Returns: `nil` when it speaks of what this version does not know, or is no plan at all.
    var plan: MatchPlan? {
        func isField(_ field: Int) -> Bool { used.contains(field) }
        guard (1...10_000).contains(fields), Set(used).count == used.count,
            used.allSatisfy({ (0..<fields).contains($0) }), keys.count <= MatchPlan.mostKeys,
            comparisons.count <= MatchPlan.mostComparisons,
            let link = MatchPlan.Link(rawValue: link), let levels = MatchPlan.Levels(rawValue: levels)
        else { return nil }
        for part in keys.joined() {
            guard isField(part.field), part.partner.map(isField) ?? true,
                part.transform.map({ KeyTransform.named($0) != nil }) ?? true
            else { return nil }
        }
        for comparison in comparisons {
            guard isField(comparison.field), Comparator.named(comparison.comparator) != nil,
                comparison.role.map({ MatchPlan.Role(rawValue: $0) != nil }) ?? true
            else { return nil }
        }
        return MatchPlan(
            keys: keys.map { key in
                MatchPlan.Key(
                    key.map { MatchPlan.Part(field: $0.field, transform: $0.transform, partner: $0.partner) })
            },
            comparisons: comparisons.map {
                MatchPlan.Comparison(
                    field: $0.field, comparator: $0.comparator, role: $0.role.flatMap(MatchPlan.Role.init(rawValue:)))
            },
            link: link, decide: MatchPlan.Decide(merge: nil, review: line), levels: levels)
    }

    /// - Returns: `nil` when its levels are not those of the plan.
    func table(for plan: MatchPlan) -> ClassTable? {
        let counts = plan.comparators.map(\.ladder.count)
        guard !classes.isEmpty, classes.count <= 255, Set(classes.map(\.isMatch)).count == 2,
            classes.allSatisfy({ $0.levels.map(\.count) == counts })
        else { return nil }
        return ClassTable(
            classes.map { entry in
                ModelClass(
                    kind: entry.isMatch ? .match : .strangers, name: "", start: entry.levels,
                    caps: entry.levels.map { _ in nil }, floors: entry.levels.map { _ in 0 }, strength: 0,
                    share: entry.share, isFixed: true)
            }, calibration: calibration.map { Calibration(shift: $0.shift, slope: $0.slope, decisions: 0) })
    }
}
