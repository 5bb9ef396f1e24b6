import Estimation
import Pipeline
import Records
import Reports

/// What a random sample shows of the pairs that the machine settled alone.
enum SamplePage {
    private static let sizes = [100, 400, 1_000, LetGoSample.most]
    /// One in a thousand.
    private static let wantedRate = 0.001

    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        try Pools.checkWhole(request)
        let visitor = try request.signedIn()
        let asked = request.query["size"].flatMap { Int($0) } ?? 400
        let size = sizes.contains(asked) ? asked : 400
        let sample = try session.auditSample(size: size)
        return request.page(
            "sample", title: request.words("sample"),
            [
                "parts": ([sample.over] + sample.under).map { view($0, size, visitor, request) },
                "sizes": sizes.map { choice in
                    ["text": choice.grouped, "path": "/sample?size=\(choice)", "isHere": choice == size]
                        as [String: Any]
                },
                "falseMerges": estimate(sample.falseMerges, isKnown: sample.over.found.size > 0, request),
                "missed": estimate(sample.missed, isKnown: sample.missed.parts.isEmpty == false, request),
                "isPartial": !sample.missed.parts.isEmpty && !sample.coversUnder,
                "confirm": confirm(sample.over, request),
                "corrected": try corrected(sample.over.found, session, request),
            ])
    }

    private static func view(
        _ part: AuditSample.Part, _ size: Int, _ visitor: Visitor, _ request: DeskRequest
    ) -> [String: Any] {
        let (found, limits) = (part.found, part.found.interval)
        let isAsked = found.size > 0
        return [
            "title": request.words("stratum-\(part.stratum)"), "why": request.words("stratum-\(part.stratum)-why"),
            "pairs": part.pairs.grouped, "answered": part.answered.grouped, "wanted": part.wanted.grouped,
            "unsure": part.unsure == 0 ? "" : part.unsure.grouped,
            "errors": isAsked ? "\(found.errors.grouped) / \(found.size.grouped)" : "–",
            "rate": isAsked ? share(found.rate) : "–",
            "interval": isAsked ? "\(share(limits.lowerBound)) – \(share(limits.upperBound))" : "–",
            "start": part.next.map { visitor.may(.propose) ? "/pairs/\($0)?sample=\(part.stratum)-\(size)" : "" } ?? "",
            "isDone": part.wanted > 0 && part.next == nil,
        ]
    }

    private static func estimate(_ errors: StratifiedErrors, isKnown: Bool, _ request: DeskRequest) -> String {
        guard isKnown else { return "" }
        let limits = errors.interval
        return request.words(
            "estimate-of-run",
            [
                "value": Int(errors.errors.rounded()).grouped, "from": Int(limits.lowerBound.rounded(.down)).grouped,
                "to": Int(limits.upperBound.rounded(.up)).grouped,
            ])
    }

    /// What the sample shows when reviewers are wrong as often as on known pairs; empty until there are enough of these.
    private static func corrected(
        _ found: ErrorRate, _ session: ReviewSession, _ request: DeskRequest
    ) throws -> String {
        let known = try session.knownErrors()
        guard found.size > 0, known.size >= 20, known.rate > 0, known.rate < 0.5 else { return "" }
        let (rate, limits) = found.corrected(forWrongAnswers: known.rate)
        return request.words(
            "sample-corrected",
            ["rate": share(rate), "from": share(limits.lowerBound), "to": share(limits.upperBound)])
    }

    /// How many more without a further error it takes to be sure of one in a thousand.
    private static func confirm(_ part: AuditSample.Part, _ request: DeskRequest) -> String {
        let found = part.found
        let more = found.missing(for: wantedRate)
        if more == 0 {
            return request.words("sample-shown", ["bound": share(found.upperBound())])
        }
        if found.size + more > part.pairs {
            return request.words("sample-all", ["needed": (found.size + more).grouped, "pairs": part.pairs.grouped])
        }
        return request.words(
            found.errors == 0 ? "sample-more" : "sample-more-after",
            ["more": more.grouped, "errors": found.errors.grouped])
    }

    /// Two places: the rates are small.
    static func share(_ value: Double) -> String { decimal(value * 100, 2) + " %" }
}
