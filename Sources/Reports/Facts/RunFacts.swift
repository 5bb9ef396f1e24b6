package import Records

/// Everything the report, `run.json` and the closing summary say of a run. All three are made from this one value, so
/// their numbers cannot differ.
///
/// The pipeline fills it step by step with the `take` functions. Nothing in it but `measured` may depend on the clock, the
/// threads or the machine: paths are base names, days are days of the data.
package struct RunFacts: Sendable {
    package var title: String
    package var purpose: String
    package var language: Language
    package var toolVersion: String
    /// Base name of the rule book.
    package var rulesFile: String
    /// Hex, lower case.
    package var rulesSHA256: String
    /// The day "today" stands for in checks, `YYYY-MM-DD`.
    package var day: String
    /// Who ran it, as the audit trail names them; empty where nobody is named.
    package var actor: String
    /// Its number in the workspace; 0 for a run of none.
    package var run = 0

    /// In the order of the rule book.
    package var sources: [SourceFacts] = []
    /// In the order of the schema.
    package var fields: [FieldFacts] = []
    package var persons = 0
    /// Persons by number of records, ascending by size.
    package var groups: [GroupSize] = []
    /// One per grade, A first; empty without a master.
    package var grades: [GradeCount] = []
    /// Findings by check, the gravest and then the most frequent first.
    package var checks: [CheckTally] = []
    /// Trouble with rows and files, by kind, in the order of `checks`.
    package var issues: [CheckTally] = []
    /// `nil` when nothing was matched.
    package var matching: MatchingFacts?
    /// How much was compared by a run that went on from an earlier one; `nil`: everything.
    package var reuse: Reuse?
    /// Why it did not go on with the model of the run before; `nil`: it did, or nothing was in the way.
    package var drift: ModelDrift?
    package var corrections: [CorrectionsFile.Summary] = []
    /// What became of the corrections of the run before; `nil` where no office has sent a new export since.
    package var followUp: FollowUpFacts?
    /// The name that the checkpoints of the workspace bear; `nil` for a run of none.
    package var registry: String?
    /// Cells of the master that differ from a record they stand for: rows of `changes.csv`.
    package var changedCells = 0
    /// Against the run before; `nil` for the first run of a workspace.
    package var identity: IdentityFacts?
    /// What became of the findings of the run before; `nil` for the first run of a workspace and without one.
    package var ledgerChanges: LedgerChanges?
    /// `nil` when nothing was graded.
    package var quality: QualityFacts?
    /// `nil` when nothing was matched, and for one source or very many.
    package var overlap: OverlapFacts?
    /// `nil` where the sources allow no estimate.
    /// `nil` also where `hidesPopulation`.
    package var population: PopulationFacts?
    /// The runs before, the newest last.
    package var history: [RunPoint] = []
    /// What changed since the run before; `nil` for the first run of a workspace.
    package var since: RunShift?
    /// Fields the rule book names under `sensitive_match`, with its reason.
    package var sensitiveFeatures: [SensitiveFeature] = []
    /// What the user has to know beside findings: a source left out, a guess that was close.
    package var warnings: [Text] = []
    /// Pairs for people to decide that somebody waived.
    package var pairsAccepted = 0
    /// How to start deciding pairs, when this version has a way: `qingku review registry.yaml`.
    package var reviewCommand: String?
    /// How to list findings: `qingku findings registry.yaml --severity error`.
    package var findingsCommand: String?
    package var measured = Measured()

    package init(
        title: String, purpose: String, language: Language, toolVersion: String, rulesFile: String,
        rulesSHA256: String, day: String, actor: String = ""
    ) {
        self.title = title
        self.purpose = purpose
        self.language = language
        self.toolVersion = toolVersion
        self.rulesFile = rulesFile
        self.rulesSHA256 = rulesSHA256
        self.day = day
        self.actor = actor
    }

    package var records: Int { sources.reduce(0) { $0 + $1.records } }

    /// Findings of any check with this kind; trouble with rows counts as errors.
    package func findings(_ kind: Finding.Kind) -> Int {
        (checks + issues).reduce(0) { $0 + ($1.kind == kind ? $1.count : 0) }
    }

    /// Errors without mere notes: another address, an old form of an id, a division that was retired since.
    package var wrong: Int { findings(Finding.Kind.error) - notes }

    package var notes: Int {
        (checks + issues).reduce(0) { $0 + ($1.kind == .error && $1.severity == .info ? $1.count : 0) }
    }

    /// The gravest of the findings that count and of the trouble with rows; `nil` without any.
    package var worst: Severity? { (checks + issues).lazy.filter { $0.count > 0 }.map(\.severity).max() }

    /// Findings that somebody accepts; they count nowhere else.
    package var waived: Int { checks.reduce(0) { $0 + $1.waived } }

    package func findings(_ severity: Severity) -> Int {
        (checks + issues).reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) }
    }
}

extension RunFacts {
    package struct GroupSize: Sendable, Hashable {
        /// Records of one person.
        package let size: Int
        /// Persons with that many.
        package let persons: Int

        package init(size: Int, persons: Int) {
            self.size = size
            self.persons = persons
        }
    }

    package struct GradeCount: Sendable, Hashable {
        package let grade: Grade
        package let persons: Int

        package init(grade: Grade, persons: Int) {
            self.grade = grade
            self.persons = persons
        }
    }

    /// What became of the persons of the run before.
    package struct IdentityFacts: Sendable, Hashable {
        package let kept: Int
        package let new: Int
        package let returned: Int
        /// Persons whose records now belong to another person.
        package let merged: Int
        /// Persons whose records now belong to several.
        package let split: Int

        package init(kept: Int, new: Int, returned: Int, merged: Int, split: Int) {
            self.kept = kept
            self.new = new
            self.returned = returned
            self.merged = merged
            self.split = split
        }
    }

    package struct SensitiveFeature: Sendable, Hashable {
        package let field: String
        package let reason: String

        package init(field: String, reason: String) {
            self.field = field
            self.reason = reason
        }
    }

    /// What may differ between two equal runs; only `run.json` and the closing summary show it.
    package struct Measured: Sendable, Hashable {
        package struct Stage: Sendable, Hashable {
            package let name: String
            package let seconds: Double
            /// Of all threads together.
            package let cpuSeconds: Double

            package init(name: String, seconds: Double, cpuSeconds: Double = 0) {
                self.name = name
                self.seconds = seconds
                self.cpuSeconds = cpuSeconds
            }
        }

        /// In the order in which they ran.
        package var stages: [Stage] = []
        package var peakMemoryBytes = 0
        package var threads = 0
        /// UTC, ISO 8601, to the second.
        package var startedAt = ""

        package init() {}

        package var seconds: Double { stages.reduce(0) { $0 + $1.seconds } }
    }
}

extension RunFacts {
    /// What a run that went on from an earlier one compared.
    package struct Reuse: Sendable, Hashable {
        /// Records that are new, or have changed in what is compared.
        package let changedRecords: Int
        package let comparedPairs: Int
        /// Pairs that stayed as the earlier run kept them.
        package let keptPairs: Int

        package init(changedRecords: Int, comparedPairs: Int, keptPairs: Int) {
            self.changedRecords = changedRecords
            self.comparedPairs = comparedPairs
            self.keptPairs = keptPairs
        }
    }
}
