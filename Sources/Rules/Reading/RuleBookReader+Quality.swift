import Records
import Validation
import Yams

extension RuleBookReader {
    /// `quality:`, after `checks:` and `expect:`. `own`: names of their checks, which may be given points.
    mutating func readQuality(_ node: Node, own: [String]) -> QualityPlan {
        var plan = QualityPlan()
        guard let section = section(node, RuleKeys.quality, what: Text(en: "\"quality:\"", zh: "“quality:”")) else {
            return plan
        }
        if let entry = section["points"] { readPoints(entry, own, into: &plan) }
        if let entry = section["grades"] { readGrades(entry, into: &plan) }
        if let entry = section["colours"] { readColours(entry, into: &plan) }
        if let entry = section["verified_on"] { plan.verifiedOn = readVerifiedOn(entry) }
        if let days = integer(section["within_days"], in: 1...36_525) { plan.withinDays = days }
        if let entry = section["within_days"], section["verified_on"] == nil {
            report(
                .missingKey, at: entry.keyNode,
                Text(
                    en: "\"within_days:\" counts from the date in \"verified_on:\"; name that field too.",
                    zh: "“within_days:”从“verified_on:”所写字段的日期起算，请同时写明该字段。"))
        }
        return plan
    }

    private mutating func readPoints(
        _ entry: RuleEntry, _ own: [String], into plan: inout QualityPlan
    ) {
        let what = Text(en: "\"points:\"", zh: "“points:”")
        let names = Severity.allCases.map(\.rawValue) + Check.all.map(\.name) + own + Self.otherChecks
        for point in entries(entry.value, what: what) ?? [] {
            guard names.contains(point.key) else {
                report(
                    .unknownKey, at: point.keyNode,
                    Text(
                        en: "There is no severity and no check \"\(point.key)\"; \"qingku rules checks\" lists them.",
                        zh: "没有名为“\(point.key)”的严重程度或检查项；“qingku rules checks”可列出检查项。"),
                    nearest: Nearest.name(to: point.key, among: names))
                continue
            }
            guard let points = integer(point, in: 0...1_000) else { continue }
            switch Severity(rawValue: point.key) {
            case .error: plan.errorPoints = points
            case .warning: plan.warningPoints = points
            case .info: plan.infoPoints = points
            case nil: plan.pointsByCheck[point.key] = points
            }
        }
    }

    /// What matching finds; their names are `DuplicateFindings`'.
    private static let otherChecks = [
        "duplicate-in-source", "possible-duplicate", "likely-duplicate-held-apart", "conflict",
    ]

    private mutating func readGrades(_ entry: RuleEntry, into plan: inout QualityPlan) {
        guard let section = section(entry.value, RuleKeys.grades, what: Text(en: "\"grades:\"", zh: "“grades:”")) else {
            return
        }
        var limits = plan.limits
        for (place, grade) in Grade.allCases.dropLast().enumerated() {
            limits[place] = integer(section[grade.rawValue], in: 0...100_000) ?? limits[place]
        }
        guard zip(limits, limits.dropFirst()).allSatisfy({ $0 < $1 }) else {
            report(
                .linesCrossed, at: entry.value,
                Text(
                    en: "The most points of grade A, B and C have to rise, not \(limits).",
                    zh: "A、B、C 级的最高分须依次升高，而不是 \(limits)。"))
            return
        }
        plan.limits = limits
    }

    private mutating func readColours(_ entry: RuleEntry, into plan: inout QualityPlan) {
        let what = Text(en: "\"colours:\"", zh: "“colours:”")
        guard let section = section(entry.value, RuleKeys.colours, what: what) else { return }
        if let limits = readLimits(section, from: plan.standard, at: entry.value) { plan.standard = limits }
        for dimension in Dimension.allCases {
            guard let entry = section[dimension.rawValue],
                let own = self.section(entry.value, RuleKeys.colourLimits, what: Self.quoted(entry.key)),
                let limits = readLimits(own, from: plan.standard, at: entry.value)
            else { continue }
            plan.byDimension[dimension] = limits
        }
    }

    private mutating func readLimits(
        _ section: [String: RuleEntry], from standard: ColourLimits, at node: Node
    ) -> ColourLimits? {
        var limits = standard
        if let entry = section["green"] { limits.green = probability(entry) ?? limits.green }
        if let entry = section["blue"] { limits.blue = probability(entry) ?? limits.blue }
        if let entry = section["yellow"] { limits.yellow = probability(entry) ?? limits.yellow }
        if limits.green >= limits.blue, limits.blue >= limits.yellow { return limits }
        report(
            .linesCrossed, at: node,
            Text(
                en:
                    "The rates of green, blue and yellow have to fall, not \(limits.green), \(limits.blue), \(limits.yellow).",
                zh: "绿、蓝、黄的下限须依次降低，而不是 \(limits.green)、\(limits.blue)、\(limits.yellow)。"))
        return nil
    }

    private mutating func readVerifiedOn(_ entry: RuleEntry) -> Int? {
        guard let name = text(entry), let field = field(name, at: entry.value) else { return nil }
        let kind = schema.fields[field].kind
        if kind != .date, !unsureFields.contains(name) {
            report(
                .doesNotFit, at: entry.value,
                Text(
                    en: "\"verified_on\" has to name a field of type date; \"\(name)\" is \(kind.rawValue).",
                    zh: "“verified_on”应为 date 类型的字段，“\(name)”的类型是 \(kind.rawValue)。"))
        }
        return field
    }
}
