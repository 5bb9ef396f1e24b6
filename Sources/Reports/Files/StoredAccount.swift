import Foundation
import Records

/// `run.json` read back: with what the audit trail keeps of earlier runs, all that a report is drawn from.
///
/// A key that is added to what a report says is written by `RunJSON` and read here; a test holds a page that was drawn from the
/// facts of a run against one that was drawn from its account.
struct StoredAccount: Decodable {
    let tool: Tool
    let title: String
    let purpose: String
    let language: Language
    let run: Int
    let day: String
    let actor: String
    let commands: Commands
    let registry: String?
    let rules: Rules
    let fields: [Field]
    let inputs: [Input]
    let counts: Counts
    let checks: [Tally]
    let issues: [Tally]
    let matching: StoredMatching?
    let sensitiveMatch: [Sensitive]
    let corrections: [Correction]
    let earlierCorrections: FollowUp?
    let identity: Identity?
    let ledger: Changes?
    let quality: StoredQuality?
    let overlap: Overlap?
    let population: Population?
    let notices: [Text]

    struct Tool: Decodable { let version: String }

    struct Commands: Decodable {
        let review: String?
        let findings: String?
    }

    struct Rules: Decodable {
        let file: String
        let sha256: String
    }

    struct Field: Decodable {
        let name: String
        let type: String
        let required: Bool
    }

    struct Input: Decodable {
        let source: String
        let file: String
        let sha256: String
        let bytes: Int
        let format: String
        let encoding: String
        let recordPath: String?
        let dialect: StoredDialect?
        let role: String
        let trust: Int
        let asOf: String?
        let records: Int
        let persons: Int?
        let contradictoryRecords: Int?
        let fields: [Fill]
    }

    struct StoredDialect: Decodable {
        let delimiter: String
        let quote: String
        let header: Bool
        let lineEnding: String
        let byteOrderMark: Bool
        let guessed: [String]
    }

    struct Fill: Decodable {
        let field: String
        let header: String
        let filled: Int
        let wellFormed: Int
    }

    struct Counts: Decodable {
        let persons: Int
        let pairsToReview: Int
        let changedCells: Int
        let personsByRecords: [Size]
        let personsByGrade: [String: Int]

        struct Size: Decodable {
            let records: Int
            let persons: Int
        }
    }

    struct Tally: Decodable {
        let check: String
        let titles: Text
        let kind: Finding.Kind
        let severity: Severity
        let count: Int
        let waived: Int
        let records: Int
        let withSuggestion: Int
        let bySource: [String: Int]
        let byField: [String: Int]
    }

    struct Sensitive: Decodable {
        let field: String
        let reason: String
    }

    struct Correction: Decodable {
        let source: String
        let file: String
        let encoding: String
        let changes: Int
        let fills: Int
        let merges: Int
        let adds: Int
        let xml: String?
        let page: String?
        let guardedCells: Int
        let note: Text?
    }

    struct FollowUp: Decodable {
        let run: Int
        let sources: [[String: RunNumbers.FollowUp.Value]]
    }

    struct Identity: Decodable {
        let kept: Int
        let new: Int
        let returned: Int
        let merged: Int
        let split: Int
    }

    struct Changes: Decodable {
        let new: Int
        let returned: Int
        let open: Int
        let waived: Int
        let healed: Int
        let vanished: Int
        let waiversLapsed: Int
        let waiversExpired: Int
    }

    struct Overlap: Decodable {
        let suppressBelow: Int
        let sets: [Set]

        struct Set: Decodable {
            let sources: [String]
            let persons: Int?
        }
    }

    struct Population: Decodable {
        let lists: [String]
        let listed: Int
        let linked: PopulationEstimate.Interval
        let corrected: PopulationEstimate.Interval?
        let models: [PopulationEstimate.Model]
    }
}

extension RunFacts {
    /// A run as its account tells it: counts alone. What changed and what was before, the audit trail knows; records to look
    /// up are in `examples.json`.
    ///
    /// - Throws: `E-RPT-002` for what is no account of this version.
    package init(account: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            self.init(try decoder.decode(StoredAccount.self, from: Data(account)))
        } catch {
            throw Failure(
                .notDone, code: "E-RPT-002",
                Text(en: "the account of the run was written by another version", zh: "该次运行的记录由其他版本写出"),
                advice: Text(
                    en: "Write the files of the run again: qingku master --as-of RUN --out FOLDER.",
                    zh: "请重新写出该次运行的文件：qingku master --as-of 次数 --out 文件夹。"))
        }
    }

    private init(_ account: StoredAccount) {
        self.init(
            title: account.title, purpose: account.purpose, language: account.language,
            toolVersion: account.tool.version, rulesFile: account.rules.file, rulesSHA256: account.rules.sha256,
            day: account.day, actor: account.actor)
        run = account.run
        registry = account.registry
        reviewCommand = account.commands.review
        findingsCommand = account.commands.findings
        fields = account.fields.map {
            FieldFacts(name: $0.name, kind: FieldKind(rawValue: $0.type) ?? .text, required: $0.required)
        }
        sources = account.inputs.map { $0.facts(fields.map(\.name)) }
        let names = sources.map(\.name)
        persons = account.counts.persons
        groups = account.counts.personsByRecords.map { GroupSize(size: $0.records, persons: $0.persons) }
        grades = Grade.allCases.compactMap { grade in
            account.counts.personsByGrade[grade.rawValue].map { GradeCount(grade: grade, persons: $0) }
        }
        changedCells = account.counts.changedCells
        checks = account.checks.map { $0.tally(names) }
        issues = account.issues.map { $0.tally(names) }
        matching = account.matching?.facts
        pairsAccepted = (matching?.pairs(.review) ?? 0) - account.counts.pairsToReview
        sensitiveFeatures = account.sensitiveMatch.map { SensitiveFeature(field: $0.field, reason: $0.reason) }
        corrections = account.corrections.map(\.summary)
        followUp = account.earlierCorrections.map(\.facts)
        identity = account.identity.map {
            IdentityFacts(kept: $0.kept, new: $0.new, returned: $0.returned, merged: $0.merged, split: $0.split)
        }
        ledgerChanges = account.ledger.map {
            LedgerChanges(
                new: $0.new, returned: $0.returned, open: $0.open, waived: $0.waived, healed: $0.healed,
                vanished: $0.vanished, lapsed: $0.waiversLapsed, expired: $0.waiversExpired)
        }
        quality = account.quality?.facts(sources: names, fields: fields.map(\.name))
        overlap = account.overlap.map { overlap in
            OverlapFacts(
                sets: overlap.sets.map { set in
                    .init(sources: set.sources.compactMap { names.firstIndex(of: $0) }, persons: set.persons)
                }, suppressBelow: overlap.suppressBelow)
        }
        // A run of an earlier version has them all the same.
        population = (hidesPopulation ? nil : account.population).map {
            PopulationFacts(
                lists: $0.lists, listed: $0.listed, linked: $0.linked, corrected: $0.corrected, models: $0.models)
        }
        warnings = account.notices
    }
}

extension StoredAccount.Input {
    fileprivate func facts(_ names: [String]) -> SourceFacts {
        SourceFacts(
            profile: SourceProfile(
                name: source, trust: trust, role: SourceProfile.Role(rawValue: role) ?? .register, asOf: asOf),
            file: SourceFile(
                path: file, format: SourceFile.Format(rawValue: format) ?? .csv, sha256: sha256, size: bytes,
                encoding: encoding,
                dialect: dialect.map {
                    Dialect(
                        delimiter: $0.delimiter, quote: $0.quote, hasHeader: $0.header, lineEnding: $0.lineEnding,
                        hasByteOrderMark: $0.byteOrderMark, guessed: $0.guessed, headers: [])
                }, recordPath: recordPath), records: records,
            fields: names.map { name in
                fields.first { $0.field == name }.map {
                    SourceFacts.FieldFill(header: $0.header, filled: $0.filled, wellFormed: $0.wellFormed)
                }
            }, persons: persons, contradictoryRecords: contradictoryRecords)
    }
}

extension StoredAccount.Tally {
    fileprivate func tally(_ sources: [String]) -> CheckTally {
        CheckTally(
            check: check, title: titles, kind: kind, severity: severity, count: count, records: records,
            withSuggestion: withSuggestion, bySource: sources.map { bySource[$0] ?? 0 },
            byField: byField.map { CheckTally.FieldCount(field: $0, count: $1) }.sorted {
                ($1.count, $0.field) < ($0.count, $1.field)
            }, examples: [], waived: waived)
    }
}

extension StoredAccount.Correction {
    fileprivate var summary: CorrectionsFile.Summary {
        var summary = CorrectionsFile.Summary(
            source: source, file: file, encoding: encoding, changes: changes, fills: fills, merges: merges, adds: adds,
            guardedCells: guardedCells, note: note)
        summary.xmlFile = xml
        summary.page = page
        return summary
    }
}

extension StoredAccount.FollowUp {
    fileprivate var facts: FollowUpFacts {
        FollowUpFacts(
            run: run,
            sources: sources.map { source in
                var name = ""
                if case .text(let text) = source["source"] { name = text }
                let counts = FollowUpStatus.allCases.compactMap { status -> (FollowUpStatus, Int)? in
                    if case .count(let count) = source[status.rawValue] { (status, count) } else { nil }
                }
                return FollowUpFacts.Source(source: name, counts: Dictionary(uniqueKeysWithValues: counts))
            })
    }
}
