import Foundation
import Pipeline
import Records
import Reports
import Workspace

/// Groups of records, those that hang together least first.
enum ClustersPage {
    private static let length = 20
    /// Records of a group that its line shows.
    private static let mostMembers = 6

    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let pool = try request.signedIn().pool
        let least = max(2, request.query["least"].flatMap { Int($0) } ?? 3)
        let page = max(1, min(request.query["page"].flatMap { Int($0) } ?? 1, 1_000_000))
        let isBlind = try Blindness.holds(request.signedIn(), session)
        let found = try session.clusters(leastRecords: least, in: pool, from: (page - 1) * length, limit: length)
        try Pools.open(found.clusters.flatMap { $0.records.prefix(mostMembers).map(\.record) }, request, session)
        let shown = Shown(language: request.language, isRevealed: false)
        let pages = max(1, (found.total + length - 1) / length)
        return request.page(
            "clusters", title: request.words("clusters"),
            [
                "total": found.total.grouped, "isEmpty": found.clusters.isEmpty,
                "sizes": [2, 3, 4, 6, 10].map { size in
                    ["text": String(size), "path": "/clusters?least=\(size)", "isHere": size == least] as [String: Any]
                },
                "rows": found.clusters.map { entry in
                    [
                        "person": PersonID.text(entry.cluster.person), "records": String(entry.cluster.records),
                        "bridge": isBlind ? "" : Weight.text(entry.cluster.bridge), "area": entry.cluster.area,
                        "members": entry.records.prefix(mostMembers).map { record in
                            [
                                "name": shown.visible(record.name), "rest": Summary.text(record, shown),
                                "source": record.key.source,
                            ] as [String: Any]
                        },
                        "hasMore": entry.records.count > mostMembers,
                    ] as [String: Any]
                },
                "pager": pages > 1 ? Pager.view(page, of: pages, request) : [],
            ])
    }
}

enum SearchPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let asked = (request.query["q"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        let shown = Shown(language: request.language, isRevealed: false)
        // What is masked cannot be found out by asking for ever longer beginnings: only whole numbers are looked for.
        let digits = asked.filter(\.isNumber).count
        let isNumber = digits > 0 && asked.allSatisfy { $0.isNumber || "xX- ".contains($0) }
        let isShort = isNumber && digits < 8
        let pool = try request.signedIn().pool
        let found = asked.isEmpty ? [] : try session.search(String(asked.prefix(200)), isWhole: isShort, in: pool)
        let isTooShort = isShort && found.isEmpty
        try Pools.open(found.map(\.record), request, session)
        let sorted = NameOrder.sorted(found)
        return request.page(
            "search", title: request.words("search"),
            [
                "asked": asked, "wasAsked": !asked.isEmpty, "isTooShort": isTooShort, "found": String(sorted.count),
                "isEmpty": sorted.isEmpty && !asked.isEmpty && !isTooShort,
                "rows": sorted.map { record in
                    [
                        "name": shown.visible(record.name), "rest": Summary.text(record, shown),
                        "source": record.key.source, "id": shown.visible(maskedRecordID(record.key.recordID)),
                        "person": record.person,
                    ] as [String: Any]
                },
            ])
    }
}

/// Open findings, counted by what can be chosen next, and accepted one rule at a time.
enum FindingsPage {
    private static let length = 50
    /// At most so many are accepted at once.
    private static let mostAtOnce = 50

    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let filter = try self.filter(request)
        let page = max(1, min(request.query["page"].flatMap { Int($0) } ?? 1, 1_000_000))
        let found = try session.findings(filter, from: (page - 1) * length, limit: length)
        try Pools.open(found.records, request, session)
        let pages = max(1, (found.total + length - 1) / length)
        let shown = Shown(language: request.language, isRevealed: false)
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
                "choices": try choices.prefix(12).map { choice in
                    [
                        "text": try text(dimension, choice.value), "count": choice.findings.grouped,
                        "isChosen": choice.value == chosen,
                        "path": place(request.query, dimension, choice.value == chosen ? nil : choice.value),
                    ] as [String: Any]
                },
            ]
        }
        return request.page(
            "findings", title: request.words("findings"),
            [
                "total": found.total.grouped, "isEmpty": found.findings.isEmpty, "facets": facets,
                "rows": found.findings.map { finding in
                    [
                        "id": finding.id, "check": finding.check, "severity": finding.severity.rawValue,
                        "severityText": request.words("severity-\(finding.severity.rawValue)"),
                        "source": finding.source, "record": shown.visible(maskedRecordID(finding.recordID)),
                        "field": finding.field ?? "",
                        "value": shown.value(finding.value, finding.fieldKind ?? .text),
                        "suggestion": shown.value(finding.suggestion, finding.fieldKind ?? .text),
                        "message": Shown.isMasked(finding.fieldKind ?? .text)
                            ? "" : shown.visible(finding.message(request.language)),
                        "owner": finding.owner,
                    ] as [String: Any]
                },
                "repairs": filter.check == nil
                    ? "" : "/findings/repairs?" + request.query.urlEncoded,
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
        return .redirect(to: try request.field("back", limit: 4_000))
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

    private static func place(_ query: Fields, _ dimension: DeskFindingFilter.Dimension, _ value: String?) -> String {
        var kept = query
        kept.remove("page")
        kept.remove(dimension.rawValue)
        if let value { kept.append(dimension.rawValue, value) }
        return kept.isEmpty ? "/findings" : "/findings?" + kept.urlEncoded
    }
}

/// What people said, newest first, each with its undo; and what waits for a second person.
enum HistoryPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let isOwn = request.query["who"] != "all"
        let words = try session.words(by: isOwn ? visitor.name : nil, last: isOwn ? 20 : 200).filter {
            try isOwn || session.isWord($0.event, in: visitor.pool, of: visitor.name)
        }
        return request.page(
            "history", title: request.words("history"),
            [
                "isOwn": isOwn, "isEmpty": words.isEmpty,
                "rows": try words.map { word in
                    [
                        "event": String(word.event), "title": word.title(request.language), "by": word.actor,
                        "at": String(word.time.prefix(16)).replacing("T", with: " "),
                        "says": word.told.says.map { ["text": $0(request.language)] as [String: Any] },
                        "reason": word.told.reason, "holds": word.holds,
                        "mayUndo": try word.holds && visitor.may(.propose)
                            && (visitor.may(.run) || !word.subjects.contains { $0.hasPrefix("batch:") })
                            && Pools.isTheirs(word.event, visitor, session),
                        "isWaiting": word.isWaiting,
                    ] as [String: Any]
                },
            ])
    }

    static func undo(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        guard let event = Int(try request.parameter("event")) else { throw Refusal.notFound }
        try Pools.check(event: event, request, session)
        // Exports come and go with those who run the registry.
        guard try visitor.may(.run) || !session.concernsExports(event) else { throw Refusal.forbidden }
        let reason = (request.form["reason"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        _ = try session.undo(
            event, by: visitor.name, reason: reason.isEmpty ? request.words("undo-reason") : reason)
        return .redirect(to: request.form["back"] ?? "/history")
    }

    private struct Undone: Encodable {
        let event: Int?
        let waiting: Bool
        let message: String
    }

    /// For the key Z: the visitor's last word that holds.
    static func undoLast(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        guard try !session.hasJustMeasured(visitor.name) else {
            throw Refusal.conflict(Catalogue.all["undo-measured"] ?? Text(en: "", zh: ""))
        }
        guard
            let last = try session.words(by: visitor.name, last: 20).first(where: {
                $0.holds && !$0.isWaiting && $0.type == "decision.made"
            })
        else {
            throw Refusal.conflict(Text(en: "There is nothing of yours to take back.", zh: "没有可撤销的内容。"))
        }
        let said = try session.undo(last.event, by: visitor.name, reason: request.words("undo-reason"))
        return try .json(
            Undone(
                event: said.event, waiting: said.isWaiting,
                message: request.words("undone", ["event": String(last.event)])))
    }
}

enum ApprovalsPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let waiting = try session.waiting().filter {
            try session.isWord($0.event, in: visitor.pool, of: visitor.name)
        }
        return request.page(
            "approvals", title: request.words("approvals"),
            [
                "isEmpty": waiting.isEmpty,
                "rows": try waiting.map { word in
                    [
                        "event": String(word.event), "title": word.title(request.language), "by": word.by,
                        "at": String(word.time.prefix(16)).replacing("T", with: " "),
                        "classes": word.classes.map { ["text": request.words("class-\($0)")] as [String: Any] },
                        "says": word.told.says.map { ["text": $0(request.language)] as [String: Any] },
                        "reason": word.told.reason, "isOwn": word.by == visitor.name,
                        "mayApprove": try visitor.may(.approve) && Pools.isTheirs(word.event, visitor, session),
                    ] as [String: Any]
                },
            ])
    }

    static func answer(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        guard let event = Int(try request.parameter("event")) else { throw Refusal.notFound }
        try Pools.check(event: event, request, session)
        let answer = try request.field("answer", limit: 20)
        guard ["grant", "refuse"].contains(answer) else { throw Refusal.badRequest }
        try session.approve(
            event, isRefused: answer == "refuse", by: visitor.name, reason: try request.field("reason", limit: 1_000))
        return .redirect(to: "/approvals")
    }
}

enum RunsPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let runs = try session.runs()
        return request.page(
            "runs", title: request.words("runs"),
            [
                "mayRun": visitor.may(.run), "pending": String(try session.overview().pending),
                "rows": runs.map { run in
                    [
                        "run": String(run.run), "kind": request.words("run-\(run.kind)"),
                        "at": String(run.finishedAt.prefix(16)).replacing("T", with: " "),
                        "records": run.records.grouped, "persons": run.persons.grouped, "tool": run.tool,
                        "rules": String(run.rules.prefix(12)),
                        "hasReport": visitor.pool.isAll && run.outputs.contains("report.html"),
                        "hasDifference": visitor.pool.isAll && run.kind == "clean"
                            && runs.contains { $0.kind == "clean" && $0.run < run.run },
                    ] as [String: Any]
                },
            ])
    }

    /// As the run wrote it; it brings its own style and no script.
    static func report(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        try Pools.checkWhole(request)
        guard let run = Int(try request.parameter("run")), let bytes = try session.report(ofRun: run) else {
            throw Refusal.notFound
        }
        var response = DeskResponse(contentType: "text/html; charset=utf-8", body: bytes)
        response.headers.append(
            (
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            ))
        return response
    }

    static func reconcile(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        try session.reconcile(
            by: visitor.name, threads: ProcessInfo.processInfo.activeProcessorCount, language: request.language)
        return .redirect(to: "/runs")
    }
}

enum TrailPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        var filter = TrailRun.Filter()
        filter.last = 200
        if let type = request.query["type"], !type.isEmpty { filter.types = [type] }
        if let subject = request.query["subject"], !subject.isEmpty { filter.subject = subject }
        if let since = request.query["since"], !since.isEmpty { filter.since = since }
        let events = try session.events(filter)
        return request.page(
            "trail", title: request.words("trail"),
            [
                "isEmpty": events.isEmpty, "type": request.query["type"] ?? "",
                "subject": request.query["subject"] ?? "", "since": request.query["since"] ?? "",
                "rows": events.map { event in
                    [
                        "event": String(event.sequence), "type": event.type,
                        "at": event.time.replacing("T", with: " ").replacing("Z", with: ""), "by": event.actor,
                        "role": request.words("role-\(event.role)"),
                        "subjects": event.subjects.prefix(5).joined(separator: " "),
                        "more": event.subjects.count > 5 ? "+\(event.subjects.count - 5)" : "",
                        "hash": String(event.hash.prefix(12)),
                    ] as [String: Any]
                },
            ])
    }
}

enum ExportsPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        try Pools.checkWhole(request)
        let exports = try session.exports()
        return request.page(
            "exports", title: request.words("exports"),
            [
                "isEmpty": exports.isEmpty,
                "rows": exports.map { export in
                    [
                        "event": String(export.event), "at": String(export.time.prefix(16)).replacing("T", with: " "),
                        "by": export.actor, "run": String(export.run), "file": export.file,
                        "tables": export.tables.joined(separator: ", "), "purpose": export.purpose,
                        "recipient": export.recipient, "isPseudonymised": export.isPseudonymised,
                    ] as [String: Any]
                },
            ])
    }
}
