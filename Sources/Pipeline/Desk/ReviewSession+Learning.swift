package import Estimation
import Foundation
import Matching
import Reconciliation
package import Records
import Rules
import Workspace

/// What the decided pairs say of the scores, and what reading them so would change.
package struct Recalibration: Sendable {
    /// Decided pairs, of all times.
    package let same: Int
    package let different: Int
    /// How scores are read now; `nil`: as the model says them.
    package let current: Calibration?
    package let fitted: Calibration
    package let lines: (merge: Double?, review: Double)
    package let before: CalibrationOutlook
    package let after: CalibrationOutlook
    /// The event of a calibration that waits for a second person.
    package let waiting: Int?

    package var decisions: Int { same + different }
    /// Since the one that holds.
    package var newDecisions: Int { max(0, decisions - (current?.decisions ?? 0)) }
    /// Scores are read as fitted already.
    package var changesNothing: Bool {
        current.map { $0.shift == fitted.shift && $0.slope == fitted.slope } ?? fitted.changesNothing
    }

    /// Decisions between two looks.
    package static let step = 50
}

extension ReviewSession {
    package func recalibration() throws -> Recalibration {
        try recalibration(try desk())
    }

    private func recalibration(_ desk: DeskRun) throws -> Recalibration {
        let tallies = try index.tallies().sorted { left, right in
            (left.stratum, left.levels, left.state.rawValue) < (right.stratum, right.levels, right.state.rawValue)
        }
        let strata = try index.strata()
        /// What a pair of the sample stands for.
        func share(_ stratum: String) -> Double {
            strata[stratum].map { Double($0.pairs) / Double(max(1, $0.drawn)) } ?? 1
        }
        var pairs: [Int: Int] = [:]
        var decided: [Int: Int] = [:]
        let placed = tallies.map { (tally: $0, logit: desk.lens.modelLogit($0.levels)) }
        for (tally, logit) in placed where tally.stratum.isEmpty {
            pairs[Self.stretch(logit), default: 0] += tally.pairs
            if Self.isDecided(tally.state) { decided[Self.stretch(logit), default: 0] += tally.pairs }
        }
        var said: [CalibrationFit.Decided] = []
        // Pairs far under the line are nearly all of two persons whatever the calibration: they would only outnumber the others.
        for (tally, logit) in placed where Self.isDecided(tally.state) && ["", "near"].contains(tally.stratum) {
            let stretch = Self.stretch(logit)
            let standsFor =
                tally.stratum.isEmpty
                ? Double(pairs[stretch] ?? 1) / Double(max(1, decided[stretch] ?? 1)) : share(tally.stratum)
            said += Array(
                repeating: CalibrationFit.Decided(logit: logit, isSame: tally.state == .same, standsFor: standsFor),
                count: tally.pairs)
        }
        let cells = placed.map { tally, logit -> CalibrationOutlook.Cell in
            let count = Double(tally.pairs) * (tally.stratum.isEmpty ? 1 : share(tally.stratum))
            let isLeft = [.open, .unsure, .merged, .apart].contains(tally.state)
            return CalibrationOutlook.Cell(logit: logit, pairs: count, undecided: isLeft ? count : 0)
        }
        let fit = CalibrationFit(said)
        let lines = desk.lens.lines
        return Recalibration(
            same: said.count { $0.isSame }, different: said.count { !$0.isSame }, current: desk.calibration,
            fitted: fit.calibration, lines: lines,
            before: CalibrationOutlook(cells, lines: lines, desk.calibration ?? .none),
            after: CalibrationOutlook(cells, lines: lines, fit.calibration, draws: fit.draws(Self.draws)),
            waiting: try ApproveRun.waiting(store).first { $0.type == "calibration.proposed" }?.event)
    }

    /// Decisions since the calibration that holds, when they are enough for another look and none waits; 0 otherwise.
    ///
    /// - Parameter decided: pairs that people decided.
    func decisionsToLearn(_ decided: Int, isWaiting: Bool, _ desk: DeskRun) throws -> Int {
        let new = try decided - index.decidedFarUnder() - (desk.calibration?.decisions ?? 0)
        return !isWaiting && new >= Recalibration.step ? new : 0
    }

    private static let draws = 400

    /// Decisions of people, not what follows from them.
    private static func isDecided(_ state: DeskPair.State) -> Bool { state == .same || state == .different }

    /// Within one the odds differ by less than e.
    private static func stretch(_ logit: Double) -> Int { Int(min(max(logit, -30), 30).rounded(.down)) }

    /// Reads the scores as the decided pairs say, from now on and in the runs to come under these rules; where the rule book
    /// wants two people for a change of rules, it waits for the second.
    ///
    /// - Parameters:
    ///   - seen: the calibration that was agreed to.
    ///   - role: in which it is done, for the trail.
    /// - Throws: `E-DSK-016` when nobody has decided yet, or decisions since have changed it; `E-DSK-017` while another waits.
    package func calibrate(_ seen: Calibration, by: String, role: Role = .approver) throws -> DeskAnswer {
        let clock = clock()
        return try speakAlone {
            let desk = try desk()
            let now = try recalibration(desk)
            guard now.decisions > 0, now.fitted == seen else { throw Self.otherCalibration }
            if let event = now.waiting { throw Self.calibrationWaits(event) }
            if now.changesNothing { return DeskAnswer(event: nil, isWaiting: false, meaning: []) }
            let open = try WorkspaceStore.open(directory: workspace)
            let classes = try Dangers(open, today: clock.today).ofCalibration
            let author = TrailCommit.Author(actor: by, role: role, rules: desk.run.rules, time: clock.now)
            let event = try TrailCommit.run(open, by: author) { commit in
                let own = Calibration(
                    shift: now.fitted.shift, slope: now.fitted.slope, decisions: now.decisions,
                    event: commit.sequence + 1)
                let stored = StoredCalibration(own, rules: desk.run.rules, by: by, at: clock.now)
                try commit.writer.record(stored)
                return try commit.add(
                    .calibrated(
                        rules: stored.rules, shift: own.shiftMillionths, slope: own.slopeMillionths,
                        decisions: own.decisions, by: by), for: classes, by: by,
                    reason: "\(own.decisions) decisions", at: clock.now)
            }
            return DeskAnswer(
                event: event, isWaiting: !classes.isEmpty,
                meaning: [
                    Text(
                        en: "scores are read as \(counted(now.decisions, "decided pair")) show",
                        zh: "按 \(now.decisions) 对已判定记录校准评分")
                ])
        }
    }

    private static var otherCalibration: Failure {
        Failure(
            .notDone, code: "E-DSK-016",
            Text(
                en: "this is not what the decided pairs say now", zh: "这与目前已判定记录得出的结果不同"),
            advice: Text(en: "Look at the page again, then agree.", zh: "请重新查看页面后再同意。"))
    }

    private static func calibrationWaits(_ event: Int) -> Failure {
        Failure(
            .notDone, code: "E-DSK-017",
            Text(
                en: "a calibration waits for a second person already (event \(event))",
                zh: "已有一项校准待第二人批准（第 \(event) 号事件）"),
            advice: Text(en: "Have it answered first.", zh: "请先由他人答复。"))
    }
}
