import Estimation
import Pipeline
import Records
import Reports
import Workspace

/// What the decided pairs say of the scores, and the officer's agreement to have them read so.
enum LearningPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        try Pools.checkWhole(request)
        let visitor = try request.signedIn()
        let found = try session.recalibration()
        let (before, after) = (found.before, found.after)
        func row(
            _ key: String, _ before: CalibrationOutlook.Value?, _ after: CalibrationOutlook.Value?,
            _ text: (Double) -> String
        ) -> [String: Any] {
            func limits(_ value: CalibrationOutlook.Value?) -> String {
                value.map { "\(text($0.interval.lowerBound)) – \(text($0.interval.upperBound))" } ?? ""
            }
            return [
                "title": request.words("outlook-\(key)"), "why": request.words("outlook-\(key)-why"),
                "before": before.map { text($0.value) } ?? "–", "beforeLimits": limits(before),
                "after": after.map { text($0.value) } ?? "–", "afterLimits": limits(after),
            ]
        }
        func count(_ value: Double) -> String { Int(value.rounded()).grouped }
        let line = { (value: Double?) in value.map { decimal($0, 3) } ?? request.words("never-alone") }
        var values: [String: Any] = [
            "decisions": found.decisions.grouped, "same": found.same.grouped, "different": found.different.grouped,
            "hasDecisions": found.decisions > 0, "new": found.newDecisions.grouped,
            "mergeLine": line(found.lines.merge), "reviewLine": decimal(found.lines.review, 3),
            "readings": readings(found), "shift": String(found.fitted.shiftMillionths),
            "slope": String(found.fitted.slopeMillionths), "isSame": found.changesNothing,
            "mayApply": visitor.may(.calibrate) && found.decisions > 0 && found.waiting == nil,
            "saved": saved(found, request),
        ]
        values["rows"] = [
            row("precision", before.precision, after.precision, SamplePage.share),
            row("recall", before.recall, after.recall, SamplePage.share),
            row("reviews", before.reviews, after.reviews, count),
        ]
        values["current"] =
            found.current.map {
                request.words("calibrated-with", ["decisions": $0.decisions.grouped, "event": String($0.event)])
            } ?? request.words("calibrated-not")
        values["waiting"] = found.waiting.map { request.words("calibration-waits", ["event": String($0)]) } ?? ""
        return request.page("learning", title: request.words("learning"), values)
    }

    /// What some probabilities of the model are read as.
    private static func readings(_ found: Recalibration) -> [[String: Any]] {
        [0.1, 0.5, 0.8, 0.95, 0.99, 0.999].map { probability in
            [
                "model": Percent.text(probability), "now": Percent.text(found.current?(probability) ?? probability),
                "then": Percent.text(found.fitted(probability)),
            ]
        }
    }

    private static func saved(_ found: Recalibration, _ request: DeskRequest) -> String {
        guard let event = request.query["saved"].flatMap({ Int($0) }) else { return "" }
        return request.words(
            found.waiting == event ? "calibration-proposed" : "calibration-applied", ["event": String(event)])
    }

    static func apply(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        try Pools.checkWhole(request)
        let visitor = try request.signedIn()
        guard let shift = Int(try request.field("shift", limit: 20)),
            let slope = Int(try request.field("slope", limit: 20)),
            let decisions = Int(try request.field("decisions", limit: 20).filter(\.isNumber))
        else { throw Refusal.badRequest }
        let seen = Calibration(shiftMillionths: shift, slopeMillionths: slope, decisions: decisions, event: 0)
        let said = try session.calibrate(
            seen, by: visitor.name, role: visitor.roles.contains(.approver) ? .approver : .operator)
        return .redirect(to: said.event.map { "/learning?saved=\($0)" } ?? "/learning")
    }
}
