import ArgumentParser
import Glibc
import Records
import Standards
import Synthesis

struct SynthesizeCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "synthesize",
        abstract:
            "Make a registry of invented persons, with the truth beside it, for trials and tests.",
        discussion: """
            The layout 'registry' imitates the exports of three offices: registry.csv, community.xml and dossier.csv. The \
            layout 'latin' is one list, people.csv. truth.csv says which records are the same person. The same options \
            give the same bytes on every machine; nobody in the files is real.
            """)

    enum Layout: String, ExpressibleByArgument, CaseIterable {
        case registry, latin
    }

    @Option(help: "Which files to make: three Chinese offices, or one list of Latin-script persons.")
    var layout = Layout.registry

    @Option(
        help: "Stop at about this many records in all files together. (default: 10000; latin: 1000)")
    var records: Int?

    @Option(help: "Stop at this many persons instead (registry).")
    var entities: Int?

    @Option(help: "Start the random numbers here; another seed gives another population.")
    var seed = 1

    @Option(
        help: ArgumentHelp(
            "Write the files into this folder; it is created if needed.", valueName: "folder"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Write truth and summary into this folder. (default: that of --out)", valueName: "folder"))
    var truth: String?

    @Option(
        help:
            "Set the overall amount of noise: clean 0, light 0.4, default 1, dirty 2.5 (registry). (default: default)"
    )
    var profile: RegistryOptions.Profile?

    @Option(help: "Multiply every noise rate by this, in place of the profile's factor (registry).")
    var scale: Double?

    @Option(
        help: ArgumentHelp(
            "Set the chance of one kind of noise, 0 to 1 per record; may be repeated (registry).",
            valueName: "kind=share"))
    var rate: [String] = []

    @Option(
        help: "Multiply the duplicates inside each export by this, 0 to 12 (registry). (default: 1)")
    var dup: Double?

    @Option(help: "Multiply the omissions by this, 0 to 10 (registry). (default: 1)")
    var omit: Double?

    @Option(
        help: ArgumentHelp(
            "Take counties whose division codes begin with these digits, comma-separated (registry).",
            valueName: "prefixes"))
    var regions: String?

    @Option(help: "Write the community's export in this format (registry). (default: xml)")
    var community: RegistryOptions.CommunityFormat?

    @Option(help: "Write dossier.csv in this encoding (registry). (default: gb18030)")
    var dossierEncoding: TextEncoding?

    @Option(
        help: ArgumentHelp(
            "Set the day of the exports (registry). (default: 2024-06-30)", valueName: "date"))
    var asOf: String?

    @Option(
        help:
            "Make this share of the rows corrupted copies of other rows, 0 to 0.8 (latin). (default: 0.2)"
    )
    var dupRate: Double?

    @Flag(help: "Vary case, accents, blanks, titles, dates and phones too (latin).")
    var messy = false

    @Flag(help: "Write people.xml as well (latin).")
    var xml = false

    @Option(
        help: ArgumentHelp(
            """
            Make the exports of this many weeks, 2 to 520, each in a folder of its own (week-01, week-02, …): births, \
            deaths, moves, corrections and new mistakes change one in a hundred records a week (latin).
            """, valueName: "number"))
    var weeks: Int?

    @Flag(help: "Replace files of the same names, whatever they are.")
    var force = false

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @Flag(help: "List the kinds of noise with their rates and end.")
    var listKinds = false

    func validate() throws {
        if listKinds { return }
        guard out != nil else { throw ValidationError("Say where to write: --out FOLDER.") }
        if records != nil, entities != nil {
            throw ValidationError("Give --records or --entities, not both.")
        }
        if let option = optionsOfOtherLayout.first {
            throw ValidationError("\(option) has no effect with --layout \(layout.rawValue).")
        }
    }

    /// Options given that the layout does not know.
    private var optionsOfOtherLayout: [String] {
        let ofRegistry = [
            ("--entities", entities != nil), ("--profile", profile != nil), ("--scale", scale != nil),
            ("--rate", !rate.isEmpty), ("--dup", dup != nil), ("--omit", omit != nil),
            ("--regions", regions != nil),
            ("--community", community != nil), ("--dossier-encoding", dossierEncoding != nil),
            ("--as-of", asOf != nil),
        ]
        let ofLatin = [("--dup-rate", dupRate != nil), ("--messy", messy), ("--xml", xml), ("--weeks", weeks != nil)]
        return (layout == .registry ? ofLatin : ofRegistry).filter(\.1).map(\.0)
    }

    func run() throws {
        if listKinds { return Self.printKinds() }
        guard let out else { return }
        let summary =
            switch layout {
            case .registry: try RegistrySynthesizer.write(registryOptions(), to: out)
            case .latin: try LatinSynthesizer.write(latinOptions(), to: out)
            }
        if json { print(summary.json, terminator: "") }
        let closing = closing(summary, out)(Console.language(nil))
        if json { Console.note(closing) } else { Console.print(closing) }
    }

    private func registryOptions() throws -> RegistryOptions {
        var options = RegistryOptions()
        if let records { options.size = .records(records) }
        if let entities { options.size = .persons(entities) }
        options.seed = seed
        options.profile = profile ?? options.profile
        options.scale = scale
        options.rates = try rate.map { try RateOverride($0) }
        options.duplicates = dup ?? options.duplicates
        options.omissions = omit ?? options.omissions
        if let regions { options.regions = regions.split(separator: ",").map(String.init) }
        options.community = community ?? options.community
        options.dossierEncoding = dossierEncoding ?? options.dossierEncoding
        if let asOf {
            guard let day = CivilDate(iso: asOf) else {
                throw ValidationError("'\(asOf)' is no day; write it like 2024-06-30.")
            }
            options.asOf = day
        }
        options.truthDirectory = truth
        options.overwriting = force
        return options
    }

    private func latinOptions() -> LatinOptions {
        var options = LatinOptions()
        options.records = records ?? options.records
        options.seed = seed
        options.duplicateShare = dupRate ?? options.duplicateShare
        options.isMessy = messy
        options.writesXML = xml
        options.weeks = weeks
        options.truthDirectory = truth
        options.overwriting = force
        return options
    }

    /// What was made, and the command that makes use of it.
    private func closing(_ summary: Summary, _ out: String) -> Text {
        func file(_ name: String) -> String { "\(out)/\(name)".shellWord }
        let next =
            switch layout {
            case .registry:
                "qingku clean rules/registry.yaml registry=\(file("registry.csv")) "
                    + "community=\(file(community == .csv ? "community.csv" : "community.xml")) "
                    + "dossier=\(file("dossier.csv"))"
            case .latin where weeks != nil:
                "qingku clean rules/latin.yaml people=\(file("week-01/people.csv")) --workspace people.qingku, and the same "
                    + "with week-02"
            case .latin: "qingku clean rules/latin.yaml people=\(file("people.csv"))"
            }
        let made = summary.files.joined(separator: "\n  ")
        return Text(
            en: """
                \(summary.persons) persons, \(summary.records) records, \(summary.deviations) logged deviations:
                  \(made)
                Next: \(next)
                """,
            zh: """
                \(summary.persons) 人，\(summary.records) 条记录，\(summary.deviations) 处已记载的偏差：
                  \(made)
                下一步：\(next)
                """)
    }

    private static func printKinds() {
        for kind in NoiseKind.all {
            let name = kind.name + String(repeating: " ", count: max(1, 19 - kind.name.utf8.count))
            let rate = "\(kind.rate)"
            print(
                name + rate + String(repeating: " ", count: max(1, 8 - rate.utf8.count))
                    + kind.sentence(Console.language(nil)))
        }
    }
}

extension RegistryOptions.Profile: ExpressibleByArgument {}
extension RegistryOptions.CommunityFormat: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}
