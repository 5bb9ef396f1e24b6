import Estimation
import Pipeline
import Records
import Reports

/// What a reviewer has done, shown to them first.
enum WorkPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let work = try session.work(of: visitor.name, withAll: visitor.may(.approve))
        let own = try session.ownMeasure(of: visitor.name)
        let kappa = AgreementPage.measure(own.answers, request)
        return request.page(
            "work", title: request.words("work"),
            [
                "known": own.known.size > 0 ? AgreementPage.rate(own.known, request) : "",
                "kappa": own.answers.cases > 0
                    ? "\(kappa["kappa"] ?? "") (\(kappa["interval"] ?? "")) · \(kappa["agreed"] ?? "") / \(kappa["cases"] ?? "")"
                    : "",
                "few": own.answers.isFew && own.answers.cases > 0 ? AgreementPage.few(own.answers, request) : "",
                "own": figures(work.own), "hasAnswers": work.own.answers > 0,
                "verdicts": Decision.Verdict.allCases.map { verdict in
                    [
                        "name": request.words("answer-\(verdict.rawValue)"), "kind": verdict.rawValue,
                        "count": (work.verdicts[verdict.rawValue] ?? 0).grouped,
                    ] as [String: Any]
                },
                "groups": work.groups == 0 ? "" : work.groups.grouped,
                "became": [
                    ("taken-back", work.takenBack), ("waiting", work.waiting), ("refused", work.refused),
                    ("measured", work.measured),
                ].filter { name, count in count > 0 || name == "taken-back" }.map { name, count -> [String: Any] in
                    ["name": request.words("work-\(name)"), "count": count.grouped]
                },
                "needsBreak": work.own.needsBreak,
                "minutes": String(work.own.sittingSeconds / 60), "sitting": work.own.sittingAnswers.grouped,
                "isSitting": work.own.sittingAnswers > 0,
                "all": work.all.map { figures($0.pace) } ?? [:], "hasAll": work.all != nil,
                "reviewers": (work.all?.reviewers ?? 0).grouped,
            ])
    }

    private static func figures(_ pace: WorkPace) -> [String: Any] {
        ["answers": pace.answers.grouped, "median": pace.medianSeconds.map { decimal($0, 0) + " s" } ?? "–"]
    }
}
