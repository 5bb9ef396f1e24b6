import Foundation
import Pipeline
import Records
import Reports
import Workspace

/// A person of the master: every cell with where it comes from, its records, what holds them together, and what was said.
enum PersonPage {
    static func page(
        _ request: DeskRequest, _ session: ReviewSession, isRevealed: Bool = false, problem: Refusal? = nil
    ) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let person = try Pools.person(request, session)
        try Pools.open(person.records.map(\.record), request, session)
        let shown = Shown(language: request.language, isRevealed: isRevealed, of: visitor.pool)
        let explanation = person.explanation
        let events = request.query.all("saved").compactMap { Int($0) }
        let isBlind = try Blindness.holds(request.signedIn(), session)
        let others = person.others.filter { visitor.pool.allows($0.pair) }
        var response = request.page(
            "person", title: request.words("person-title", ["id": explanation.person]), status: problem?.status ?? 200,
            [
                "problem": problem?.failure.message(request.language) ?? "",
                "advice": problem?.failure.advice?(request.language) ?? "",
                "pending": pending(person, visitor, request, shown),
                "hasPending": !person.waiting.isEmpty || !person.written.isEmpty || !person.parted.isEmpty,
                "id": explanation.person, "records": request.recordCount(person.records.count),
                "isGroup": person.records.count > 1,
                "retired": explanation.retirements.map { step in
                    request.words("retired", ["from": step.person, "run": String(step.run), "into": step.into])
                }.map { ["text": $0] as [String: Any] },
                "cells": explanation.cells.map { cell(shown: shown, $0, person, request, problem) },
                "members": person.records.map { member($0, shown, explanation) },
                "fields": person.records.first?.cells.map { ["name": $0.field] as [String: Any] } ?? [],
                "links": person.links.map { link($0, person, request, shown, isBlind: isBlind) },
                "hasLinks": !person.links.isEmpty,
                "graph": LinkGraph(person, request, isBlind: isBlind).view, "hasGraph": person.records.count > 1,
                "others": others.map { PairLine.view($0, request, shown, isBlind: isBlind) },
                "hasOthers": !others.isEmpty,
                "mayPropose": visitor.may(.propose), "mayReveal": visitor.may(.unmask) && !isRevealed,
                "isRevealed": isRevealed, "saved": events.map { ["event": String($0)] as [String: Any] },
            ])
        if let seconds = problem?.retryAfter { response.headers.append(("Retry-After", String(seconds))) }
        return response
    }

    /// What was said of the person and is not in the master yet.
    private static func pending(
        _ person: DeskPerson, _ visitor: Visitor, _ request: DeskRequest, _ shown: Shown
    ) -> [[String: Any]] {
        let kinds = Dictionary(
            (person.records.first?.cells ?? []).map { ($0.field, $0.kind) }
        ) { first, _ in first }
        func moment(_ time: String) -> String { String(time.prefix(16)).replacing("T", with: " ") }
        return person.waiting.map { word in
            [
                "event": String(word.event), "by": word.by, "at": moment(word.time), "reason": word.told.reason,
                "says": word.told.says.map { ["text": $0(request.language)] as [String: Any] }, "isWaiting": true,
            ]
        }
            + person.written.map { said in
                [
                    "event": String(said.event), "by": said.by, "at": moment(said.at), "reason": said.reason,
                    "says": [
                        [
                            "text": request.words(
                                "cell-is",
                                ["field": said.field, "value": shown.value(said.text, kinds[said.field] ?? .text)])
                        ]
                    ], "isWaiting": false,
                ]
            }
            + person.parted.map { said in
                func name(_ key: RecordKey) -> String {
                    shown.visible("\(key.source) \(maskedRecordID(key.recordID))")
                }
                return [
                    "event": "", "by": said.by, "at": moment(said.at), "reason": said.reason,
                    "says": [
                        [
                            "text": request.words(
                                said.verdict == .different ? "are-two" : "are-apart",
                                ["a": name(said.a), "b": name(said.b)])
                        ]
                    ],
                    "isWaiting": false,
                ]
            }
    }

    private static func cell(
        shown: Shown, _ cell: CellProvenance, _ person: DeskPerson, _ request: DeskRequest, _ problem: Refusal?
    ) -> [String: Any] {
        // What was typed and not taken is there again.
        let isTyped = problem != nil && request.form["field"] == cell.field
        let kind = person.records.first?.cells.first { $0.field == cell.field }?.kind ?? .text
        let members = person.explanation.members
        func given(_ one: CellProvenance.Given) -> [String: Any] {
            let key =
                members.indices.contains(one.member) ? members[one.member].key : RecordKey(source: "", recordID: "")
            let record = person.records.first { $0.key == key }
            return [
                "record": shown.visible("\(key.source) \(maskedRecordID(key.recordID))"), "header": one.header,
                "raw": shown.value(one.raw, kind, of: record),
                "steps": one.steps.map { step in
                    ["name": step.summary(request.language), "text": shown.value(step.text, kind, of: record)]
                        as [String: Any]
                },
                "remarks": one.remarks.map {
                    ["text": $0.title(request.language), "severity": $0.severity.rawValue] as [String: Any]
                },
            ]
        }
        let against = cell.against.map { one -> [String: Any] in
            let reason: String
            switch one.reason {
            case .rule(let rule, let summary):
                reason = request.words("lost-to", ["rule": "“\(rule)” (\(summary(request.language)))"])
            case .saysNothing: reason = request.words("says-nothing")
            case .override: reason = request.words("lost-to-word")
            case .derived: reason = request.words("lost-to-other")
            }
            let isKnown = shown.knows(one.value, cell.field, from: person.records)
            return [
                "value": isKnown ? shown.value(one.value, kind) : Shown.cover, "reason": reason,
                "given": one.given.map(given),
            ]
        }
        var isKnown = shown.knows(cell.value, cell.field, from: person.records)
        // What somebody wrote is of no source.
        if case .override = cell.basis { isKnown = true }
        return [
            "field": cell.field, "value": isKnown ? shown.value(cell.value, kind) : Shown.cover,
            "isEmpty": cell.value.isEmpty, "basis": basis(cell, request, shown, kind, person.records),
            "given": cell.sources.map(given), "against": against,
            "hasAgainst": !against.isEmpty, "isConflict": cell.isConflict, "id": person.explanation.person,
            "raw": isTyped
                ? request.form["value"] ?? "" : !isKnown || isMasked(kind) && !shown.isRevealed ? "" : cell.value,
            "isTyped": isTyped, "reason": isTyped ? request.form["reason"] ?? "" : "",
            "wantsConfirmation": isTyped && problem?.failure.code == "E-WRD-011",
        ]
    }

    private static func basis(
        _ cell: CellProvenance, _ request: DeskRequest, _ shown: Shown, _ kind: FieldKind, _ records: [DeskRecord]
    ) -> String {
        func known(_ value: String, _ field: String) -> String {
            shown.knows(value, field, from: records)
                ? shown.value(value, field == cell.field ? kind : .text) : Shown.cover
        }
        return switch cell.basis {
        case .override(let override, let former):
            request.words(
                "said-by",
                [
                    "name": override.by, "day": String(override.at.prefix(10)), "reason": override.reason,
                    "former": former.isEmpty ? "–" : known(former, cell.field),
                ])
        case .repair(_, let title): request.words("repaired", ["check": title(request.language)])
        case .derived(let from, let value): request.words("derived", ["field": from, "value": known(value, from)])
        case .nothing: request.words("no-value")
        case .record, .list, .presence: cell.rule.isEmpty ? "" : cell.summary(request.language)
        }
    }

    private static func member(
        _ record: DeskRecord, _ shown: Shown, _ explanation: PersonExplanation
    ) -> [String: Any] {
        let member = explanation.members.first { $0.key == record.key }
        return [
            "source": record.key.source, "id": shown.visible(maskedRecordID(record.key.recordID)),
            "value": String(record.record),
            "line": member.map { $0.line > 0 ? String($0.line) : "" } ?? "",
            "file": member.map { $0.delivery.file } ?? "",
            "day": member.map { String($0.delivery.importedAt.prefix(10)) } ?? "",
            "cells": record.cells.map { cell in
                [
                    "text": shown.value(cell.raw, cell.kind, of: record),
                    "isIllFormed": !cell.raw.isEmpty && !cell.isWellFormed && !shown.covers(record),
                ] as [String: Any]
            },
        ]
    }

    private static func link(
        _ pair: DeskPair, _ person: DeskPerson, _ request: DeskRequest, _ shown: Shown, isBlind: Bool
    ) -> [String: Any] {
        func name(_ record: Int64) -> String {
            guard let found = person.records.first(where: { $0.record == record }) else { return "" }
            return shown.visible("\(found.key.source) \(maskedRecordID(found.key.recordID))")
        }
        return [
            "path": "/pairs/\(pair.id)?state=all", "a": name(pair.a), "b": name(pair.b),
            "weight": isBlind ? "" : Weight.text(pair.weight),
            "percent": isBlind ? "" : Percent.text(pair.probability),
            "isBridge": pair.id == person.bridge?.id, "state": request.words("state-\(pair.state.name)"),
        ]
    }

    // MARK: Words

    /// The ticked records leave.
    static func split(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let name = try request.parameter("id")
        let ticked = Set(request.form.all("record").compactMap { Int64($0) })
        let records = try Pools.person(request, session).records.filter { ticked.contains($0.record) }.map(\.key)
        guard !records.isEmpty else {
            throw Refusal(
                400, .badInput, code: "E-DSK-004", Text(en: "No record is ticked.", zh: "没有勾选任何记录。"),
                advice: Text(en: "Tick the records that belong to somebody else.", zh: "请勾选属于他人的记录。"))
        }
        let said = try session.split(
            name, records: records, isCertain: request.form["certain"] == "1", by: visitor.name,
            reason: try request.field("reason", limit: 1_000))
        return back(name, said)
    }

    static func override(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let name = try request.parameter("id")
        if !visitor.pool.isAll { _ = try Pools.person(request, session) }
        do {
            let said = try session.override(
                name, field: try request.field("field", limit: 200), value: try request.field("value", limit: 4_000),
                by: visitor.name, reason: try request.field("reason", limit: 1_000),
                confirmation: request.form["confirmed"] == "1" ? request.language : nil)
            return back(name, said)
        } catch let failure as Failure where Self.typed.contains(failure.code) || failure.kind == .busy {
            return try page(request, session, problem: Refusal(failure))
        }
    }

    /// What is wrong with what was typed: a value of another form, a reason that says nothing, a value that something speaks
    /// against.
    private static let typed: Set<String> = ["E-WRD-008", "E-WRD-009", "E-WRD-011"]

    static func reveal(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let person = try Pools.person(request, session)
        try session.unmasked(
            person.records.map(\.record), by: visitor.name, role: .approver,
            reason: try request.field("reason", limit: 1_000))
        return try page(request, session, isRevealed: true)
    }

    private static func back(_ name: String, _ said: DeskAnswer) -> DeskResponse {
        let path = "/persons/" + PercentEncoding.encode(name)
        return .redirect(to: said.event.map { "\(path)?saved=\($0)" } ?? path)
    }
}

/// Records in a ring, links as lines between them.
struct LinkGraph {
    private let person: DeskPerson
    private let request: DeskRequest
    private let isBlind: Bool
    private static let most = 24

    /// - Parameter isBlind: without weights.
    init(_ person: DeskPerson, _ request: DeskRequest, isBlind: Bool = false) {
        self.isBlind = isBlind
        self.person = person
        self.request = request
    }

    var view: [String: Any] {
        let records = Array(person.records.prefix(Self.most))
        let count = Double(max(records.count, 1))
        let radius = records.count < 3 ? 90.0 : min(150, 60 + count * 9)
        let (centreX, centreY) = (radius + 130, radius + 30)
        var places: [Int64: (x: Double, y: Double)] = [:]
        for (place, record) in records.enumerated() {
            let angle = Double(place) / count * 2 * Double.pi - Double.pi / 2
            places[record.record] = (centreX + radius * cos(angle), centreY + radius * sin(angle))
        }
        func number(_ value: Double) -> String { decimal(value, 1) }
        let lines = person.links.compactMap { link -> [String: Any]? in
            guard let a = places[link.a], let b = places[link.b] else { return nil }
            return [
                "x1": number(a.x), "y1": number(a.y), "x2": number(b.x), "y2": number(b.y),
                "x": number((a.x + b.x) / 2), "y": number((a.y + b.y) / 2 - 4),
                "weight": isBlind ? "" : Weight.text(link.weight),
                "isBridge": link.id == person.bridge?.id, "isApart": link.state == .different || link.state == .held,
            ]
        }
        let nodes = records.map { record -> [String: Any] in
            let place = places[record.record] ?? (0, 0)
            let isLeft = place.x < centreX - 1
            return [
                "x": number(place.x), "y": number(place.y), "textX": number(place.x + (isLeft ? -9 : 9)),
                "textY": number(place.y + 4), "isLeft": isLeft,
                "name": "\(record.key.source) \(maskedRecordID(record.key.recordID))",
            ]
        }
        return [
            "width": number(2 * centreX), "height": number(2 * centreY), "lines": lines, "nodes": nodes,
            "isCut": person.records.count > Self.most,
        ]
    }
}
