import Standards

/// Counts of a run, for `summary.json`.
struct Tally {
    var persons = 0
    /// By office.
    var records = Array(repeating: 0, count: Office.allCases.count)
    var duplicates = 0
    var truePairs = 0
    /// By office.
    var omissions = Array(repeating: 0, count: Office.allCases.count)
    private var hardNegatives = Array(repeating: 0, count: HardNegative.Kind.allCases.count)
    private var deviations = Array(repeating: 0, count: NoiseKind.all.count)

    mutating func count(_ kind: NoiseKind) { deviations[kind.rawValue] += 1 }

    mutating func count(_ kind: HardNegative.Kind) {
        if let index = HardNegative.Kind.allCases.firstIndex(of: kind) { hardNegatives[index] += 1 }
    }

    var totalRecords: Int { records.reduce(0, +) }
    var totalDeviations: Int { deviations.reduce(0, +) }

    func json(_ options: RegistryOptions) -> JSONText {
        let perRecord = Double(totalDeviations) / Double(max(1, totalRecords))
        let kinds = NoiseKind.all.filter { deviations[$0.rawValue] > 0 }.sorted { $0.name < $1.name }
        let pairs = zip(HardNegative.Kind.allCases, hardNegatives).filter { $0.1 > 0 }
        return .object([
            ("made_by", .string(OutputDirectory.mark)),
            ("seed", .integer(options.seed)),
            ("profile", .string(options.profile.rawValue)),
            ("scale", .number(options.overallScale)),
            ("rates_changed", .list(options.rates.map { .string($0.text) })),
            ("as_of", .string(options.asOf.description)),
            ("regions", .string(options.regions.joined(separator: ","))),
            ("entities", .integer(persons)),
            ("records", .integer(totalRecords)),
            ("records_by_source", byOffice(records)),
            ("duplicates_inside_a_source", .integer(duplicates)),
            ("true_pairs", .integer(truePairs)),
            ("omissions", .integer(omissions.reduce(0, +))),
            ("omissions_by_source", byOffice(omissions)),
            ("hard_negative_pairs", .object(pairs.map { ($0.0.rawValue, .integer($0.1)) })),
            ("errors", .integer(totalDeviations)),
            ("errors_by_kind", .object(kinds.map { ($0.name, .integer(deviations[$0.rawValue])) })),
            ("errors_per_record", .number((perRecord * 10_000).rounded() / 10_000)),
        ])
    }

    private func byOffice(_ counts: [Int]) -> JSONText {
        .object(Office.allCases.map { ($0.name, .integer(counts[$0.rawValue])) })
    }
}
