import Pipeline
import Records

/// What to do now, how far people are, and how good the register is where.
enum OverviewPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        guard visitor.may(.read) || visitor.may(.readTrail) else { return try StartPage.page(request) }
        let overview = try session.overview(in: visitor.pool, for: visitor.name)
        func count(_ name: String) -> Int { overview.pairs[name] ?? 0 }
        let errors = overview.findings[.error] ?? 0
        var steps: [[String: Any]] = []
        func add(_ number: Int, _ key: String, _ path: String, _ permission: Permission) {
            guard number > 0, visitor.may(permission) else { return }
            steps.append([
                "count": number.grouped, "title": request.words("do-\(key)"), "why": request.words("do-\(key)-why"),
                "path": path,
            ])
        }
        add(overview.waiting, "approve", "/approvals", .approve)
        add(overview.refused, "refused", "/approvals#refused", .propose)
        if visitor.may(.approve) {
            let disputes = try session.agreement(for: visitor.name, in: visitor.pool).disputes
            add(disputes.count { !$0.isOwn }, "settle", "/agreement", .approve)
        }
        add(count("open"), "review", "/pairs", .read)
        add(count("unsure"), "unsure", "/pairs?state=unsure", .read)
        if visitor.pool.isAll { add(overview.toLearn, "learn", "/learning", .calibrate) }
        add(overview.pending, "reconcile", "/runs", .run)
        add(errors, "errors", "/findings?severity=error", .read)
        let decided = count("same") + count("different")
        let total = decided + count("open") + count("unsure") + count("implied") + count("proposed")
        return request.page(
            "overview", title: overview.title,
            [
                "run": String(overview.run), "at": String(overview.finishedAt.prefix(16)).replacing("T", with: " "),
                "records": overview.records.grouped, "persons": overview.persons.grouped, "steps": steps,
                "hasNothing": steps.isEmpty,
                "decided": decided.grouped, "total": total.grouped,
                "percent": Percent.text(total == 0 ? 1 : Double(decided) / Double(total)), "done": String(decided),
                "of": String(max(total, 1)),
                "states": ["open", "unsure", "proposed", "same", "different", "implied", "held", "merged"].map { name in
                    [
                        "name": request.words("state-\(name)"), "count": count(name).grouped, "kind": name,
                        "path": "/pairs?state=\(name)",
                    ] as [String: Any]
                },
                "severities": [Severity.error, .warning, .info].map { severity in
                    [
                        "name": request.words("severity-\(severity.rawValue)"), "kind": severity.rawValue,
                        "count": (overview.findings[severity] ?? 0).grouped,
                        "path": "/findings?severity=\(severity.rawValue)",
                    ] as [String: Any]
                },
                "rates": rates(overview, request), "hasRates": !overview.rates.isEmpty,
                "dimensions": Self.dimensions.map { ["name": request.words("rate-\($0)")] as [String: Any] },
                "mayRead": visitor.may(.read),
            ])
    }

    private static let dimensions = [
        "completeness", "validity", "uniqueness", "consistency", "timeliness", "accuracy", "soundness", "verification",
    ]

    /// A line for the registry, then one an area.
    private static func rates(_ overview: DeskOverview, _ request: DeskRequest) -> [[String: Any]] {
        var areas: [String] = []
        for rate in overview.rates where !areas.contains(rate.area) { areas.append(rate.area) }
        return areas.prefix(20).map { area in
            let own = overview.rates.filter { $0.area == area }
            return [
                "area": area.isEmpty ? request.words("whole-registry") : own.first?.areaName ?? area, "code": area,
                "cells": dimensions.map { dimension -> [String: Any] in
                    guard let rate = own.first(where: { $0.dimension == dimension }), rate.denominator > 0 else {
                        return ["text": "–", "colour": "", "colourText": ""]
                    }
                    return [
                        "text": Percent.text(rate.rate), "colour": rate.colour,
                        "colourText": request.words("colour-\(rate.colour)"),
                        "of": "\(rate.numerator.grouped) / \(rate.denominator.grouped)",
                    ]
                },
            ]
        }
    }
}

/// Records by the sound of their names, surnames in their own readings, then by the office's id.
enum NameOrder {
    static func sorted(_ records: [DeskRecord]) -> [DeskRecord] {
        records.map { ($0.sound, $0) }.sorted {
            ($0.0, $0.1.name, $0.1.key) < ($1.0, $1.1.name, $1.1.key)
        }.map(\.1)
    }
}
