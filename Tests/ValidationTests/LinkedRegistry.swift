import Records
import TestSupport

@testable import Validation

/// Exports of three offices, of which the last one is a reference, and the linked look over them.
struct LinkedRegistry: Sendable {
    typealias Row = Registry.Row

    /// Trust 3, 2 and 1.
    var registry: [Row] = []
    var community: [Row] = []
    var dossier: [Row] = []

    var table: RecordTable {
        var builder = RecordTableBuilder(Registry.fields)
        builder.add(registry.map(Registry.cells), source: "registry", asOf: Registry.asOf, trust: 3)
        builder.add(community.map(Registry.cells), source: "community", asOf: Registry.asOf, trust: 2)
        builder.add(
            dossier.map(Registry.cells), source: "dossier", asOf: Registry.asOf, trust: 1, role: .reference)
        return builder.table(normalize: Registry.normalize)
    }

    /// A record of the first two offices was last brought up to date at its `last_visit`; nobody says that of the dossier, so that
    /// the day of its export stands for it.
    ///
    /// - Parameter groups: the smallest row of each row's group; `nil`: all records stand for one person.
    func findings(
        groups: [UInt32]? = nil, unmerged: [UnmergedPair] = [], conditions: [ValidationPlan.Condition] = [],
        expectations: [ValidationPlan.Expectation] = [], threads: Int = 1
    ) throws -> [Finding] {
        let records = table
        let plan = ValidationPlan(
            conditions: conditions, lifecycles: Registry.plan.lifecycles, expectations: expectations,
            updated: ["registry": 12, "community": 12], today: "2026-11-01")
        let validator = try Validator(records, plan: plan, threads: threads)
        return try validator.checkLinked(
            validator.check(), groups: groups ?? Array(repeating: 0, count: records.count), unmerged: unmerged)
    }

    func message(_ finding: Finding, expectations: [ValidationPlan.Expectation] = []) -> Text {
        Validator.message(
            of: finding, in: table,
            plan: ValidationPlan(conditions: [], expectations: expectations, today: "2026-11-01"))
    }
}
