import Pipeline
import Records
import Reports

/// A run held against an earlier one. Names no record.
enum DifferencePage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        try Pools.checkWhole(request)
        guard let run = Int(try request.parameter("run")) else { throw Refusal.notFound }
        let earlier = request.query["with"].flatMap { Int($0) }
        guard let difference = try session.difference(of: run, with: earlier) else { throw Refusal.notFound }
        let (before, after) = (difference.before, difference.after)
        let changed = difference.findings.filter { $0.new + $0.returned + $0.healed + $0.vanished > 0 }
        let persons = PersonShift.Change.allCases.map {
            ["name": request.words("persons-\($0.rawValue)"), "count": difference.persons.count($0).grouped]
        }
        return request.page(
            "difference",
            title: request.words("difference-of", ["before": String(before.run), "after": String(after.run)]),
            [
                "run": String(after.run), "before": String(before.run),
                "earlier": try session.runs().filter { $0.kind == "clean" && $0.run < run }.map {
                    ["run": String($0.run), "at": String($0.finishedAt.prefix(10)), "isChosen": $0.run == before.run]
                        as [String: Any]
                },
                "otherRules": before.rules != after.rules,
                "hasAlarms": !difference.alarms.isEmpty,
                "alarms": difference.alarms.map {
                    [
                        "text": $0.text(request.language), "name": $0.name, "measured": number($0.measured, $0.limit),
                        "limit": number($0.limit, $0.limit),
                    ]
                },
                "counts": DifferenceCounts.all(difference).map {
                    [
                        "name": $0.title(request.language), "before": $0.before.grouped, "after": $0.after.grouped,
                        "change": $0.after == $0.before ? "" : signedText($0.after - $0.before),
                    ]
                },
                "findingsText": request.words(
                    "difference-findings",
                    [
                        "new": difference.total(\.new).grouped, "returned": difference.total(\.returned).grouped,
                        "healed": difference.total(\.healed).grouped,
                        "vanished": difference.total(\.vanished).grouped, "open": difference.total(\.open).grouped,
                    ]),
                "hasFindings": !changed.isEmpty,
                "findings": changed.sorted { ($0.new + $0.returned, $1.check) > ($1.new + $1.returned, $0.check) }.map {
                    [
                        "check": $0.check, "source": $0.source, "new": count($0.new), "returned": count($0.returned),
                        "healed": count($0.healed), "vanished": count($0.vanished), "open": count($0.open),
                    ]
                },
                "kept": difference.persons.kept.grouped, "persons": persons,
                "hasCells": !difference.cells.isEmpty,
                "cells": difference.cells.map {
                    [
                        "field": $0.field, "changed": count($0.changed), "filled": count($0.filled),
                        "emptied": count($0.emptied),
                    ]
                },
                "hasCorrections": !difference.corrections.isEmpty,
                "statuses": FollowUpStatus.allCases.map { ["name": DifferenceCounts.word(for: $0)(request.language)] },
                "corrections": difference.corrections.map { office in
                    [
                        "source": office.source,
                        "counts": FollowUpStatus.allCases.map { ["count": count(office.counts[$0] ?? 0)] },
                    ] as [String: Any]
                },
                "drift": drift(difference.drift, request),
            ])
    }

    private static func drift(_ drift: Drift, _ request: DeskRequest) -> [[String: String]] {
        func row(_ key: String, _ name: String, _ before: String, _ after: String) -> [String: String] {
            ["name": request.words(key, ["name": name]), "before": before, "after": after]
        }
        func count(_ value: Double?) -> String { value.map { whole($0).grouped } ?? "–" }
        var rows = drift.volumes.filter { $0.change != 0 }.map {
            row("drift-volume", $0.name, count($0.before), count($0.after))
        }
        rows += drift.completeness.prefix(8).map {
            row("drift-filled", $0.name, percentText($0.before), percentText($0.after))
        }
        rows += drift.keys.map { row("drift-key", $0.name, percentText($0.before), percentText($0.after)) }
        rows += [drift.weight].compactMap { $0 }.filter { abs($0.change) >= 0.05 }.map {
            row("drift-weight", $0.title(request.language), decimal($0.before, 1), decimal($0.after, 1))
        }
        if drift.largestGroup.change != 0 {
            rows.append(row("drift-largest", "", count(drift.largestGroup.before), count(drift.largestGroup.after)))
        }
        rows.append(row("drift-sizes", "", "", percentText(drift.groups)))
        if let blocking = drift.blocking { rows.append(row("drift-blocking", "", "", percentText(blocking))) }
        return rows
    }

    /// Zeros are left empty: what is otherwise stands out.
    private static func count(_ count: Int) -> String { count == 0 ? "" : count.grouped }

    private static func number(_ value: Double, _ limit: Double) -> String { decimal(value, limit >= 10 ? 0 : 3) }
}
