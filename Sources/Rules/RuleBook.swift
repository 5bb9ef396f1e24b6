import Crypto
import Foundation
package import Importers
package import Matching
package import Reconciliation
package import Records
package import Validation

/// A rule book, read and checked: everything that is particular to one registry, as typed plans.
package struct RuleBook: Sendable {
    /// As given.
    package let path: String
    /// Of the file's bytes, hex, lower case.
    package let sha256: String
    /// As it stands in the file, kept with each run.
    package let text: String
    /// `registry:`, the title of every report.
    package let title: String
    /// Why this data may be processed.
    package let purpose: String
    /// In the order of the file. Their paths are resolved against the rule book's folder.
    package let sources: [SourcePlan]
    package let schema: Schema
    package let conditions: [ValidationPlan.Condition]
    /// What the book changes about built-in checks, by name.
    package let checkSettings: [String: ValidationPlan.Setting]
    package let lifecycles: [Lifecycle]
    /// Who has to stand in which source.
    package let expectations: [ValidationPlan.Expectation]
    package let match: MatchPlan
    package let survivorship: SurvivorshipPlan
    package let quality: QualityPlan
    package let report: ReportPlan
    package let retention: RetentionPlan
    package let approvals: ApprovalPlan
    package let alarms: AlarmPlan
    package let review: ReviewPlan
    package let notify: NotifyPlan
    /// Sensitive fields that may be compared, with the reason the report prints.
    package let sensitiveMatch: [SensitiveMatch]
    /// What has no effect or weakens the result.
    package let warnings: [RuleProblem]

    package struct SensitiveMatch: Sendable, Hashable {
        /// Index of the field in the schema.
        package let field: Int
        package let reason: String
    }

    /// Throws `RuleBookErrors` with everything that is wrong.
    package static func load(path: String, vocabulary: Vocabulary = .standard) throws -> RuleBook {
        try parse(RuleBookFile.bytes(at: path), path: path, vocabulary: vocabulary)
    }

    /// Reads the text of a rule book as if it stood at `path`.
    package static func parse(_ text: String, path: String, vocabulary: Vocabulary = .standard) throws -> RuleBook {
        try parse(Data(text.utf8), path: path, vocabulary: vocabulary)
    }

    private static func parse(_ bytes: Data, path: String, vocabulary: Vocabulary) throws -> RuleBook {
        let text = try RuleBookFile.text(bytes, path: path)
        let document = try YAMLDocument(text, path: path)
        var reader = RuleBookReader(path: path, vocabulary: vocabulary)
        reader.problems = document.problems
        let sha256 = Hex.text(SHA256.hash(data: bytes))
        let book = reader.read(document.root, text: text, sha256: sha256)
        guard let book, reader.problems.isEmpty else { throw RuleBookErrors(path: path, reader.problems) }
        return book
    }

    package func source(named name: String) -> SourcePlan? {
        sources.first { $0.profile.name == name }
    }

    package var sourceNames: [String] { sources.map(\.profile.name) }

    /// Sources that are left out unless the command line names their file.
    package var sourcesWithoutFile: [String] { sources.filter { $0.path == nil }.map(\.profile.name) }

    /// Exports that the rule book names and that are not there.
    package var absentExports: [(source: String, path: String)] {
        sources.compactMap { source in
            guard let path = source.path, !FileManager.default.fileExists(atPath: path) else { return nil }
            return (source.profile.name, path)
        }
    }

    package var keyCount: Int { match.keys.count }

    /// The checks of a run on `today` (`YYYY-MM-DD`). `earlier`: states of the exports before, for fields of `lifecycles`.
    package func validation(today: String, earlier: [EarlierStates] = []) -> ValidationPlan {
        ValidationPlan(
            conditions: conditions, settings: checkSettings, lifecycles: lifecycles, earlier: earlier,
            expectations: expectations, updated: survivorship.updated, today: today)
    }
}

/// What the report groups by and what it must not show.
package struct ReportPlan: Sendable, Hashable {
    /// Index of the field whose values are the areas of the report.
    package let areas: Int?
    /// Index of the address field that gives the township within the area.
    package let townships: Int?
    /// Groups of fewer persons are not shown.
    package let suppressBelow: Int

    package init(areas: Int? = nil, townships: Int? = nil, suppressBelow: Int = Defaults.suppressBelow) {
        self.areas = areas
        self.townships = townships
        self.suppressBelow = suppressBelow
    }
}
