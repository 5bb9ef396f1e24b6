import Records

/// `run.json`: the run for machines, and the manifest that closes the folder: every file with its rows and SHA-256.
///
/// Two equal runs differ only under `measured`.
package enum RunJSON {
    /// Raised when a key changes its meaning or goes away; new keys leave it.
    package static let schemaVersion = 1

    package static func write(_ facts: RunFacts, files: [OutputFile], to sink: inout FileSink) throws {
        sink.append(document(facts, files: files).text)
        try sink.check()
    }

    package static func document(_ facts: RunFacts, files: [OutputFile]) -> JSON {
        .object(
            head(facts) + found(facts) + sums(facts) + [
                ("outputs", .array(files.map(output))), ("measured", measured(facts.measured)),
            ])
    }

    /// What the run is of.
    private static func head(_ facts: RunFacts) -> [(String, JSON)] {
        let commands: [(String, JSON)] = [
            ("review", facts.reviewCommand.map(JSON.string) ?? .null),
            ("findings", facts.findingsCommand.map(JSON.string) ?? .null),
        ]
        let fields = facts.fields.map { field -> JSON in
            .object([
                ("name", .string(field.name)), ("type", .string(field.kind.rawValue)),
                ("required", .bool(field.required)),
            ])
        }
        return [
            ("schema", .integer(schemaVersion)),
            ("tool", .object([("name", .string("qingku")), ("version", .string(facts.toolVersion))])),
            ("title", .string(facts.title)), ("purpose", .string(facts.purpose)),
            ("language", .string(facts.language.rawValue)), ("run", .integer(facts.run)), ("day", .string(facts.day)),
            ("actor", .string(facts.actor)), ("commands", .object(commands)), ("registry", registry(facts)),
            ("rules", .object([("file", .string(facts.rulesFile)), ("sha256", .string(facts.rulesSHA256))])),
            ("fields", .array(fields)), ("inputs", .array(facts.sources.map { input($0, facts) })),
        ]
    }

    private static func found(_ facts: RunFacts) -> [(String, JSON)] {
        let sensitive = facts.sensitiveFeatures.map { feature -> JSON in
            .object([("field", .string(feature.field)), ("reason", .string(feature.reason))])
        }
        return [
            ("counts", counts(facts)), ("checks", .array(facts.checks.map { tally($0, facts) })),
            ("issues", .array(facts.issues.map { tally($0, facts) })),
            ("matching", facts.matching.map(matching) ?? .null), ("continued", continued(facts)),
            ("sensitive_match", .array(sensitive)),
            ("corrections", .array(facts.corrections.map(corrections))),
            ("earlier_corrections", facts.followUp.map(followUp) ?? .null),
            ("identity", facts.identity.map(identity) ?? .null),
            ("ledger", facts.ledgerChanges.map(ledger) ?? .null),
        ]
    }

    private static func sums(_ facts: RunFacts) -> [(String, JSON)] {
        [
            ("quality", facts.quality.map { quality($0, facts) } ?? .null),
            ("overlap", facts.overlap.map { overlap($0, facts) } ?? .null),
            ("population", facts.population.map(population) ?? .null),
            ("since", facts.since.map(since) ?? .null),
            ("warnings", .array(warnings(facts).map { .string($0(facts.language)) })),
            ("notices", .array(warnings(facts).map(words))),
        ]
    }

    private static func warnings(_ facts: RunFacts) -> [Text] {
        facts.warnings + (facts.matching?.model.warnings ?? [])
    }

    /// A sentence in all languages.
    static func words(_ text: Text) -> JSON { .object([("en", .string(text.en)), ("zh", .string(text.zh))]) }

    private static func registry(_ facts: RunFacts) -> JSON { facts.registry.map(JSON.string) ?? .null }

    private static func input(_ source: SourceFacts, _ facts: RunFacts) -> JSON {
        .object([
            ("source", .string(source.name)),
            ("file", .string(source.fileName)),
            ("sha256", .string(source.file.sha256)),
            ("bytes", .integer(source.file.size)),
            ("format", .string(source.file.format.rawValue)),
            ("encoding", .string(source.file.encoding)),
            ("record_path", source.file.recordPath.map(JSON.string) ?? .null),
            ("dialect", source.file.dialect.map(dialect) ?? .null),
            ("role", .string(source.profile.role.rawValue)),
            ("trust", .integer(source.profile.trust)),
            ("as_of", source.profile.asOf.map(JSON.string) ?? .null),
            ("records", .integer(source.records)),
            ("persons", source.persons.map(JSON.integer) ?? .null),
            ("contradictory_records", source.contradictoryRecords.map(JSON.integer) ?? .null),
            (
                "fields",
                .array(
                    zip(facts.fields, source.fields).compactMap { field, fill in
                        fill.map {
                            .object([
                                ("field", .string(field.name)), ("header", .string($0.header)),
                                ("filled", .integer($0.filled)),
                                ("well_formed", .integer($0.wellFormed)),
                            ])
                        }
                    })
            ),
        ])
    }

    private static func dialect(_ dialect: Dialect) -> JSON {
        .object([
            ("delimiter", .string(dialect.delimiter)),
            ("quote", .string(dialect.quote)),
            ("header", .bool(dialect.hasHeader)),
            ("line_ending", .string(dialect.lineEnding)),
            ("byte_order_mark", .bool(dialect.hasByteOrderMark)),
            ("guessed", .array(dialect.guessed.map(JSON.string))),
        ])
    }

    private static func counts(_ facts: RunFacts) -> JSON {
        .object([
            ("records", .integer(facts.records)),
            ("persons", .integer(facts.persons)),
            ("merged_records", .integer(facts.records - facts.persons)),
            ("pairs_to_review", .integer(facts.pairsToReview)),
            ("errors", .integer(facts.wrong)),
            ("notes", .integer(facts.notes)),
            ("omissions", .integer(facts.findings(.omission))),
            ("duplicate_findings", .integer(facts.findings(.duplicate))),
            ("waived_findings", .integer(facts.waived)),
            ("corrections", .integer(facts.corrections.reduce(0) { $0 + $1.total })),
            ("changed_cells", .integer(facts.changedCells)),
            (
                "persons_by_records",
                .array(
                    facts.groups.map {
                        .object([("records", .integer($0.size)), ("persons", .integer($0.persons))])
                    })
            ),
            ("persons_by_grade", .object(facts.grades.map { ($0.grade.rawValue, .integer($0.persons)) })),
        ])
    }

    private static func tally(_ tally: CheckTally, _ facts: RunFacts) -> JSON {
        .object([
            ("check", .string(tally.check)),
            ("title", .string(tally.title(facts.language))),
            ("titles", words(tally.title)),
            ("kind", .string(tally.kind.rawValue)),
            ("severity", .string(tally.severity.rawValue)),
            ("count", .integer(tally.count)),
            ("waived", .integer(tally.waived)),
            ("records", .integer(tally.records)),
            ("with_suggestion", .integer(tally.withSuggestion)),
            ("by_source", .object(zip(facts.sources, tally.bySource).map { ($0.name, .integer($1)) })),
            ("by_field", .object(tally.byField.map { ($0.field, .integer($0.count)) })),
        ])
    }

    /// What of the matching was new, and why it was not gone on with the model of the run before.
    private static func continued(_ facts: RunFacts) -> JSON {
        .object([
            ("changed_records", facts.reuse.map { .integer($0.changedRecords) } ?? .null),
            ("compared_pairs", facts.reuse.map { .integer($0.comparedPairs) } ?? .null),
            ("kept_pairs", facts.reuse.map { .integer($0.keptPairs) } ?? .null),
            ("drift", facts.drift.map { .string($0.text(facts.language)) } ?? .null),
        ])
    }

    static func matching(_ matching: MatchingFacts) -> JSON {
        let model = matching.model
        return .object([
            ("candidate_pairs", .integer(model.candidatePairs)),
            ("cut_short", .integer(model.cutShort)),
            ("merge_line", model.mergeLine.map { .decimal($0, places: 6) } ?? .null),
            ("review_line", .decimal(model.reviewLine, places: 6)),
            ("expected_precision", share(model.expectedPrecision?.value)),
            ("expected_recall", share(model.expectedRecall?.value)),
            ("expected_precision_margin", share(model.expectedPrecision?.margin)),
            ("expected_recall_margin", share(model.expectedRecall?.margin)),
            (
                "lines",
                .array(
                    model.lines.map {
                        .object([
                            ("line", .decimal($0.line, places: 6)), ("chosen", .bool($0.isChosen)),
                            ("false_merges_per_1000", .decimal($0.falseMergesPer1000, places: 4)),
                            ("missed_matches", .decimal($0.missedMatches, places: 1)),
                            ("pairs_to_review", .integer($0.pairsToReview)),
                            ("review_hours", .decimal($0.reviewHours, places: 2)),
                        ])
                    })
            ),
            ("calibration", model.calibration.map(calibration) ?? .null),
            ("outcomes", .object(matching.outcomes.map { ($0.outcome.rawValue, .integer($0.pairs)) })),
            ("histogram", .array(matching.histogram.map(bin))),
            (
                "blocking",
                .array(
                    matching.blocking.map {
                        .object([
                            ("key", .string($0.key)), ("pairs", .integer($0.pairs)),
                            ("new_pairs", .integer($0.newPairs)),
                            ("largest_block", .integer($0.largestBlock)), ("left_out", .bool($0.isLeftOut)),
                        ])
                    })
            ),
            (
                "fields",
                .array(
                    matching.comparisons.map {
                        .object([
                            ("field", .string($0.field)), ("comparator", .string($0.comparator)),
                            ("levels", .array($0.levels.map(JSON.string))),
                            ("weights", .array($0.weights.map { .decimal($0, places: 4) })),
                        ])
                    })
            ),
            (
                "model",
                .object([
                    ("pinned", .bool(model.isPinned)), ("continued", .bool(model.isContinued)),
                    ("iterations", .integer(model.iterations)),
                    ("converged", .bool(model.converged)),
                    ("patterns", .integer(model.patterns)),
                    (
                        "classes",
                        .array(
                            model.classes.map {
                                .object([
                                    ("name", .string($0.name)), ("is_match", .bool($0.isMatch)),
                                    ("share", .number($0.share)),
                                    ("levels", .array($0.levels.map { .array($0.map(JSON.number)) })),
                                ])
                            })
                    ),
                ])
            ),
            ("basis", model.basis.map(basis) ?? .null),
        ])
    }

    private static func basis(_ basis: MatchBasis) -> JSON {
        .object([
            ("plan", .string(basis.plan)), ("records", .integer(basis.records)),
            ("missed", .number(basis.missed)), ("missed_variance", .number(basis.missedVariance)),
            ("kept_levels", .array(basis.levels.map { .array($0.map(JSON.integer)) })),
        ])
    }

    private static func bin(_ bin: MatchingFacts.Bin) -> JSON {
        .object([
            ("from", .integer(bin.from)), ("pairs", .integer(bin.pairs)), ("to_review", .integer(bin.toReview)),
            ("expected", .decimal(bin.expected, places: 6)),
        ])
    }

    private static func calibration(_ calibration: Calibration) -> JSON {
        .object([
            ("decisions", .integer(calibration.decisions)), ("event", .integer(calibration.event)),
            ("shift", .decimal(calibration.shift, places: 6)), ("slope", .decimal(calibration.slope, places: 6)),
        ])
    }

    private static func share(_ value: Double?) -> JSON { value.map { .decimal($0, places: 6) } ?? .null }

    private static func corrections(_ summary: CorrectionsFile.Summary) -> JSON {
        .object([
            ("source", .string(summary.source)), ("file", .string(summary.file)),
            ("encoding", .string(summary.encoding)), ("changes", .integer(summary.changes)),
            ("fills", .integer(summary.fills)), ("merges", .integer(summary.merges)), ("adds", .integer(summary.adds)),
            ("xml", summary.xmlFile.map(JSON.string) ?? .null), ("page", summary.page.map(JSON.string) ?? .null),
            ("guarded_cells", .integer(summary.guardedCells)), ("note", summary.note.map(words) ?? .null),
        ])
    }

    private static func followUp(_ followUp: FollowUpFacts) -> JSON {
        .object([
            ("run", .integer(followUp.run)), ("file", .string(FollowUpFile.name)),
            (
                "sources",
                .array(
                    followUp.sources.map { source in
                        .object(
                            [("source", .string(source.source))]
                                + FollowUpStatus.allCases.map { ($0.rawValue, .integer(source.counts[$0] ?? 0)) })
                    })
            ),
        ])
    }

    private static func identity(_ identity: RunFacts.IdentityFacts) -> JSON {
        .object([
            ("kept", .integer(identity.kept)), ("new", .integer(identity.new)),
            ("returned", .integer(identity.returned)), ("merged", .integer(identity.merged)),
            ("split", .integer(identity.split)),
        ])
    }

    private static func ledger(_ changes: LedgerChanges) -> JSON {
        .object([
            ("new", .integer(changes.new)), ("returned", .integer(changes.returned)),
            ("open", .integer(changes.open)), ("waived", .integer(changes.waived)),
            ("healed", .integer(changes.healed)), ("vanished", .integer(changes.vanished)),
            ("waivers_lapsed", .integer(changes.lapsed)), ("waivers_expired", .integer(changes.expired)),
        ])
    }

    private static func output(_ file: OutputFile) -> JSON {
        .object([
            ("file", .string(file.name)), ("rows", file.rows.map(JSON.integer) ?? .null),
            ("bytes", .integer(file.bytes)), ("sha256", .string(file.sha256)),
        ])
    }

    private static func measured(_ measured: RunFacts.Measured) -> JSON {
        .object([
            ("started_at", .string(measured.startedAt)),
            ("seconds", .decimal(measured.seconds, places: 3)),
            (
                "stages",
                .array(
                    measured.stages.map {
                        .object([
                            ("name", .string($0.name)), ("seconds", .decimal($0.seconds, places: 3)),
                            ("cpu_seconds", .decimal($0.cpuSeconds, places: 3)),
                        ])
                    })
            ),
            ("peak_memory_bytes", .integer(measured.peakMemoryBytes)),
            ("threads", .integer(measured.threads)),
        ])
    }
}
