import Pipeline
import Records
import Reports
import Workspace

/// Open findings, counted by what can be chosen next, and accepted one rule at a time.
enum FindingsPage {
    private static let length = 50
    /// At most so many are accepted at once.
    private static let mostAtOnce = 50

    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let filter = try self.filter(request)
        let page = Pager.page(request)
        let found = try session.findings(filter, from: (page - 1) * length, limit: length)
        try Pools.open(found.records.values.map(\.record), request, session)
        let pages = max(1, (found.total + length - 1) / length)
        let shown = Shown(language: request.language, isRevealed: false, of: visitor.pool)
        func text(_ dimension: DeskFindingFilter.Dimension, _ value: String) throws -> String {
            switch dimension {
            case .check: try session.title(ofCheck: value)(request.language)
            case .kind: request.words("kind-\(value)")
            case .severity: request.words("severity-\(value)")
            case .field: value.isEmpty ? request.words("whole-record") : value
            case .source, .area: value
            }
        }
        let facets = try DeskFindingFilter.Dimension.allCases.map { dimension -> [String: Any] in
            let chosen = request.query[dimension.rawValue]
            let choices = (found.choices[dimension] ?? []).filter { !$0.value.isEmpty || dimension == .field }
            return [
                "title": request.words("facet-\(dimension.rawValue)"), "isEmpty": choices.isEmpty,
                "choices": try Facet.choices(choices, of: dimension.rawValue, request) {
                    $0.value == chosen
                } _: { choice in
                    [
                        "text": try text(dimension, choice.value), "count": choice.findings.grouped,
                        "isChosen": choice.value == chosen,
                        "path": place(request.query, dimension, choice.value == chosen ? nil : choice.value),
                    ]
                },
            ]
        }
        return request.page(
            "findings", title: request.words("findings"),
            [
                "total": found.total.grouped, "isEmpty": found.findings.isEmpty, "facets": facets,
                "rows": found.findings.map { finding in
                    let around = found.around[finding.id] ?? []
                    let isOfOthers = around.contains { shown.covers($0) }
                    let isTold = shown.tells(finding.suggestion, finding.field ?? "", of: around)
                    return [
                        "id": finding.id, "check": finding.check, "severity": finding.severity.rawValue,
                        "severityText": request.words("severity-\(finding.severity.rawValue)"),
                        "source": finding.source, "record": shown.visible(maskedRecordID(finding.recordID)),
                        "name": found.records[finding.id].map { shown.visible($0.name) } ?? "",
                        "person": found.records[finding.id]?.person ?? "",
                        "field": finding.field ?? "",
                        "value": shown.value(finding.value, finding.fieldKind ?? .text),
                        "suggestion": isTold
                            ? Shown.cover : shown.value(finding.suggestion, finding.fieldKind ?? .text),
                        // Of several records it says what each has.
                        "message": isOfOthers || isMasked(finding.fieldKind ?? .text)
                            ? "" : shown.message(finding.message(request.language)),
                        "owner": finding.owner,
                    ] as [String: Any]
                },
                "repairs": filter.check == nil
                    ? "" : "/findings/repairs?" + whole(request.query).urlEncoded,
                "mayWaive": visitor.may(.propose) && filter.check != nil, "wantsCheck": filter.check == nil,
                "place": request.place, "pager": pages > 1 ? Pager.view(page, of: pages, request) : [],
            ])
    }

    /// Accepts the ticked ones.
    static func waive(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let ids = request.form.all("finding")
        guard (1...mostAtOnce).contains(ids.count) else {
            throw Refusal(
                400, .badInput, code: "E-DSK-005",
                Text(en: "\(ids.count) findings are ticked.", zh: "勾选了 \(ids.count) 个问题。"),
                advice: Text(
                    en: "Tick 1 to \(mostAtOnce) of one check at a time.", zh: "请每次勾选同一检查项的 1 至 \(mostAtOnce) 个。"))
        }
        try Pools.check(findings: ids, request, session)
        try session.waive(ids, by: visitor.name, reason: try request.field("reason", limit: 1_000))
        return .redirect(to: try request.field("back", limit: 4_000), .waived)
    }

    /// What an address asks for, of the visitor's pool.
    static func filter(_ request: DeskRequest) throws -> DeskFindingFilter {
        let query = request.query
        var filter = DeskFindingFilter()
        filter.pool = try request.signedIn().pool
        filter.check = query["check"]
        filter.kind = query["kind"].flatMap { Finding.Kind(rawValue: $0) }
        filter.severity = query["severity"].flatMap { Severity(rawValue: $0) }
        filter.source = query["source"]
        filter.area = query["area"]
        filter.field = query["field"]
        return filter
    }

    /// The list from its beginning.
    private static func whole(_ query: Fields) -> Fields {
        var query = query
        query.remove("page")
        return query
    }

    private static func place(_ query: Fields, _ dimension: DeskFindingFilter.Dimension, _ value: String?) -> String {
        var kept = whole(query)
        kept.remove(dimension.rawValue)
        if let value { kept.append(dimension.rawValue, value) }
        return kept.isEmpty ? "/findings" : "/findings?" + kept.urlEncoded
    }
}
