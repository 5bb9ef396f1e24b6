import Foundation
import Importers
import Matching
import Reconciliation
import Records
import Reports
import Rules
import Validation
import Workspace

/// All that a run finds out, before anything is written: a function of the records, the rules and what the run stands on.
///
/// A reader follows one record down `init`: it is checked, compared, grouped, looked at again beside those of the same
/// person, and merged. No step changes what an earlier step made.
struct Cleaned {
    let book: RuleBook
    let inputs: Inputs
    let reading: Reading
    let standing: Standing
    let validation: ValidationPlan
    let matched: MatchedRecords
    let findings: [Finding]
    let update: LedgerUpdate
    let assignment: PersonAssignment
    /// Records that stand for another person than in the run before.
    let changes: [IdentityChange]
    let grading: Grading
    let master: Master
    /// Findings that count: nobody accepts them.
    private let standingFindings: [Finding]
    private let accepted: CellSet?

    var records: RecordTable { reading.records }
    var matches: Matches { matched.outcome.matches }

    /// - Parameters:
    ///   - model: that matching finds; `nil`: it fits its own.
    ///   - kept: of an earlier run with that model; it saves work and changes nothing.
    ///   - long: where the pairs compared so far are kept; `nil`: a run that is stopped begins anew.
    ///   - scoring: where pairs are compared; `nil`: here.
    ///   - known: what the workspace knows of the records, where somebody looks it up meanwhile.
    init(
        _ reading: Reading, _ inputs: Inputs, _ book: RuleBook, _ standing: Standing, model: StandingModel?,
        kept: KeptMatching? = nil, long: LongComparison? = nil, scoring: (any PairScoring)? = nil,
        known: SharedWork<KnownRecords>? = nil, threads: Int, begin: (CleaningStage) -> Void
    ) throws {
        let records = reading.records
        begin(.check)
        let validation = book.validation(
            today: standing.day, earlier: try standing.earlierStates(of: records, book))
        let validator = try Validator(records, plan: validation, threads: threads)
        let checked = try validator.check()

        let matched = try MatchedRecords(
            records, book, standing, model, kept: kept, long: long, scoring: scoring, threads: threads, begin: begin)
        let matches = matched.outcome.matches

        begin(.checkLinked)
        let (keys, membership) = try known?.values()[0] ?? standing.known(records)
        let overrides = standing.overrides(of: keys, schema: records.schema)
        let assignment = PersonIDs.assign(groups: matches.groups, previous: membership)
        let contradictions = try ContradictionFindings.all(standing, groups: matches.groups, records: records)
        let found = Array(joining: [
            try validator.checkLinked(checked, groups: matches.groups, unmerged: matches.unmerged),
            DuplicateFindings.all(matches, records: records, beside: contradictions), contradictions,
            OverrideFindings.all(Overrides(overrides, personOf: matches.groups), persons: assignment.persons),
        ])

        begin(.reconcile)
        // What somebody accepts counts nowhere: neither against a cell nor in a grade.
        let waived = Ledger(found, accepting: standing.waivers, in: records)
        let (counting, accepted) = (waived.standing(found), waived.accepted(found, in: records))
        changes = IdentityChange.all(assignment, previous: membership)
        let grading = Grading(counting, in: records, plan: book.quality)
        master = try Reconciler.master(
            records: records, assignment: assignment, plan: book.survivorship, findings: counting,
            accepted: accepted, overrides: overrides, grading: grading, threads: threads)
        findings = Array(joining: [found, Conflicts.all(master, records)])
        update = try standing.ledger(findings, records, keys, threads: threads)
        standingFindings = update.ledger.standing(findings)
        self.book = book
        self.inputs = inputs
        self.reading = reading
        self.standing = standing
        self.validation = validation
        self.matched = matched
        self.assignment = assignment
        self.grading = grading
        self.accepted = accepted
    }

    var moves: [IdentityMove] {
        changes.map {
            IdentityMove(
                kind: $0.kind.rawValue, from: PersonID.text($0.from), to: PersonID.text($0.to),
                record: records.key($0.row))
        }
    }

    /// What is known without the files.
    private func facts(_ language: Language, warnings: [Text], before: RunBefore?, threads: Int) -> RunFacts {
        var facts = RunFacts(book, inputs: inputs, language: language, today: standing.day)
        facts.run = standing.run
        facts.history = before?.history ?? []
        facts.take(records)
        facts.take(findings, ledger: update.ledger, records) { CleaningRun.title($0, validation) }
        facts.take(Array(reading.issues.joined())) { ImportCheck.title($0) }
        facts.take(matches, records)
        facts.reuse = matched.outcome.reuse.map {
            .init(changedRecords: $0.changedRecords, comparedPairs: $0.comparedPairs, keptPairs: $0.keptPairs)
        }
        facts.drift = matched.drift
        facts.pairsAccepted = zip(findings, update.ledger.states).count { finding, state in
            state == .waived && finding.check == DuplicateFindings.possible
        }
        facts.take(master, records)
        if let memberships = SourceMemberships(master, records) {
            facts.take(memberships, suppressBelow: book.report.suppressBelow)
            facts.population = EstimateRun.population(of: facts, memberships)
        }
        facts.takeQuality(
            records, findings: standingFindings, accepted: accepted,
            book.qualityInput(grading, master: master, threads: threads))
        let contradictions = findings.count { $0.check == ContradictionFindings.check }
        if contradictions > 0 {
            facts.warnings.append(
                Text(
                    en:
                        "\(contradictions) \(contradictions == 1 ? "decision does" : "decisions do") not hold because others contradict: qingku findings --check \(ContradictionFindings.check).",
                    zh: "有 \(contradictions) 条判定与其他判定矛盾而未生效：qingku findings --check \(ContradictionFindings.check)。"))
        }
        facts.findingsCommand = "qingku findings --workspace \(standing.workspace) --severity error"
        facts.identity = standing.identityFacts(assignment)
        facts.warnings += warnings
        return facts
    }

    func outputs(language: Language, threads: Int) throws -> RunOutputs {
        // Here, and not where the files are written: the store may be busy with its commit by then.
        let answers = try standing.earlierCorrections(records, book)
        let before = try standing.before(findings, update, records, book)
        let warnings =
            try standing.takenBack(records) + standing.misfits(book) + reading.notices + reading.losses.map(\.notice)
            + (answers?.warnings ?? [])
        return RunOutputs(
            run: standing.run, records: records, matches: matches, master: master, changes: changes, findings: findings,
            ledger: update.ledger, standing: standingFindings, accepted: accepted,
            grading: grading, quality: book.quality, issues: Array(reading.issues.joined()),
            recordIDHeaders: inputs.inputs.map { $0.plan.recordID ?? "line" },
            layouts: try inputs.inputs.map { try OfficeXML($0.plan, fields: book.schema.fields.count) },
            earlier: answers?.corrections, model: matched.model.flatMap { $0.isContinued ? $0.text.text : nil },
            before: before, language: language,
            title: { [validation] in CleaningRun.title($0, validation) },
            message: { [validation] in CleaningRun.message($0, $1, $2, validation) },
            facts: { facts(language, warnings: warnings, before: before, threads: threads) })
    }
}
