import Records

/// Makes a synthetic registry with known truth: the exports of three offices that know one imaginary population.
///
/// The same options give the same bytes on every machine. Files: `registry.csv`, `community.xml` or `community.csv`,
/// `dossier.csv`; `truth.csv`, `errors.csv`, `omissions.csv`, `hard_negatives.csv`, `master.csv`, `summary.json`.
package enum RegistrySynthesizer {
    private static let exportNames = [
        "registry.csv", "community.xml", "community.csv", "dossier.csv",
    ]

    /// Throws a `Failure` for options out of range, a folder that holds something else, or a full disk. Each file has its
    /// final name only when it is whole.
    package static func write(_ options: RegistryOptions, to directory: String) throws -> Summary {
        try options.check()
        let counties = Counties(regions: options.regions)
        guard !counties.all.isEmpty else { throw noCounty(options.regions) }
        let truthDirectory = options.truthDirectory ?? directory
        let truthNames = TruthFiles.names + [OutputDirectory.summaryName]
        try OutputDirectory.prepare(
            exports: directory, exportNames, truth: truthDirectory, truthNames,
            overwriting: options.overwriting)

        var world = World(counties: counties, asOf: options.asOf, seed: options.seed)
        var presence = SeededGenerator(seed: options.seed, stream: "presence")
        var exports = try self.exports(options, to: directory, world)
        var truth = try TruthFiles(in: truthDirectory, counties: counties)
        var tally = Tally()
        while !isEnough(tally, options.size) {
            let household = try world.household()
            for pair in household.hardNegatives {
                try truth.add(pair)
                tally.count(pair.kind)
            }
            for person in household.people {
                try truth.add(person)
                let offices = try self.offices(of: person, options, &presence, &truth, &tally)
                tally.persons += 1
                var copies = 0
                for office in offices {
                    let count = exports[office.rawValue].take(person, duplicates: options.duplicates)
                    copies += count
                    tally.records[office.rawValue] += count
                    tally.duplicates += count - 1
                    if exports[office.rawValue].isFull { try exports[office.rawValue].flush(&truth, &tally) }
                }
                tally.truePairs += copies * (copies - 1) / 2
            }
        }
        for index in exports.indices {
            try exports[index].flush(&truth, &tally)
            try exports[index].finish()
        }
        try truth.finish()
        let json = tally.json(options).text
        let summary = try OutputFile("\(truthDirectory)/\(OutputDirectory.summaryName)")
        summary.append(json)
        try summary.finish()
        return Summary(
            persons: tally.persons, records: tally.totalRecords, deviations: tally.totalDeviations,
            files: fileNames(options).map { "\(directory)/\($0)" }
                + truthNames.map { "\(truthDirectory)/\($0)" },
            json: json)
    }

    private static func isEnough(_ tally: Tally, _ size: RegistryOptions.Size) -> Bool {
        switch size {
        case .records(let goal): tally.totalRecords >= goal
        case .persons(let goal): tally.persons >= goal
        }
    }

    /// The offices that know the person; at least one. Those that should and do not are omissions.
    private static func offices(
        of person: Person, _ options: RegistryOptions, _ generator: inout SeededGenerator,
        _ truth: inout TruthFiles,
        _ tally: inout Tally
    ) throws -> [Office] {
        let expected = Office.allCases.filter { $0.expects(person) }
        var present = expected.filter { generator.chance(1 - (1 - $0.presence) * options.omissions) }
        if present.isEmpty { present = [.registry] }
        for office in expected where !present.contains(office) {
            try truth.add(missing: person, in: office, present: present)
            tally.omissions[office.rawValue] += 1
        }
        return present
    }

    private static func exports(_ options: RegistryOptions, to directory: String, _ world: World)
        throws -> [Export]
    {
        let confusions = Confusions()
        return try Office.allCases.map { office in
            let rates = NoiseRates(office, overall: options.overallScale, overrides: options.rates)
            let notation = Notation(office, counties: world.counties, ethnicMix: world.ethnicMix)
            let clerk = Clerk(
                notation, world: world, confusions: confusions, rates: rates, seed: options.seed)
            return Export(clerk, files: try files(of: office, options, to: directory))
        }
    }

    private static func files(
        of office: Office, _ options: RegistryOptions, to directory: String
    ) throws -> [ExportFile] {
        switch office {
        case .registry: return [try .csv("\(directory)/registry.csv", office)]
        case .dossier:
            return [try .csv("\(directory)/dossier.csv", office, encoding: options.dossierEncoding)]
        case .community:
            var files: [ExportFile] = []
            if options.community != .csv {
                files.append(try .xml("\(directory)/community.xml", office, asOf: options.asOf))
            }
            if options.community != .xml { files.append(try .csv("\(directory)/community.csv", office)) }
            return files
        }
    }

    private static func fileNames(_ options: RegistryOptions) -> [String] {
        exportNames.filter { name in
            switch name {
            case "community.xml": options.community != .csv
            case "community.csv": options.community != .xml
            default: true
            }
        }
    }

    private static func noCounty(_ regions: [String]) -> Failure {
        Failure(
            .badInput, code: "E-SYN-001",
            Text(
                en: "no county in force begins with \(regions.joined(separator: ", "))",
                zh: "没有现行的县级区划代码以 \(regions.joined(separator: "、")) 开头"),
            advice: Text(
                en: "Regions are prefixes of GB/T 2260 codes, as in 6401 or 33.",
                zh: "地区为 GB/T 2260 代码的前几位，如 6401 或 33。"))
    }
}
