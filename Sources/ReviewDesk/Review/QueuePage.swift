import Foundation
import Pipeline
import Records
import Reports
import Workspace

/// The pairs that wait for somebody, and what the list can be narrowed by.
enum QueuePage {
    private static let length = 25

    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        var filter = FilterFields.filter(request.query, visitor)
        let isBlind = try Blindness.holds(visitor, session, filter)
        if isBlind { Blindness.hide(in: &filter) }
        let page = Pager.page(request)
        let queue = try session.queue(filter, from: (page - 1) * length, limit: length)
        let isWork =
            visitor.decides(filter.state)
            && (filter.sample != nil || [.open, .unsure, .proposed].contains(filter.state))
        try Pools.open(queue.pairs.flatMap { [$0.pair.a, $0.pair.b] }, isWork: isWork, request, session)
        let shown = Shown(language: request.language, isRevealed: false, of: visitor.pool)
        let pages = max(1, (queue.counts.total + length - 1) / length)
        let holds = Dictionary(try session.holds(butOf: visitor.name).map { ($0.pair, $0) }) { first, _ in first }
        let cases = try CaseActions.view(queue, filter, request, session)
        var free = filter
        free.skipping = holds.keys.sorted()
        return request.page(
            "queue", title: request.words("queue"),
            [
                "total": queue.counts.total.grouped, "isEmpty": queue.pairs.isEmpty,
                "rows": queue.pairs.map { listed in
                    PairLine.view(listed, request, shown, isBlind: isBlind).merging([
                        "held": holds[listed.pair.id]?.text(request.language) ?? ""
                    ]) { $1 }
                },
                "facets": [cases.facet]
                    + facets(queue, filter, request).filter { facet in
                        !isBlind || !["reason", "score"].contains(facet["name"] as? String)
                    },
                "assign": cases.form ?? false, "isBlind": isBlind, "blind": try Blindness.view(request, session),
                "start": try session.first(free).map { FilterFields.place("/pairs/\($0)", request.query) } ?? "",
                "mayPropose": visitor.may(.propose),
                "pager": pages > 1 ? Pager.view(page, of: pages, request) : [],
                "page": String(page), "pages": String(pages),
            ])
    }

    /// What the list can be narrowed by: each choice with how many pairs it leaves.
    private static func facets(_ queue: ReviewQueue, _ filter: DeskFilter, _ request: DeskRequest) -> [[String: Any]] {
        func facet(
            _ name: String, _ title: String, _ chosen: String?, _ choices: [(value: String, text: String, count: Int)]
        )
            -> [String: Any]
        {
            [
                "title": request.words(title), "name": name,
                "choices": Facet.choices(choices, of: name, request) {
                    $0.value == chosen
                } _: { choice in
                    [
                        "text": choice.text, "count": choice.count.grouped, "isChosen": choice.value == chosen,
                        "path": FilterFields.place(
                            "/pairs", request.query, name, choice.value == chosen ? nil : choice.value),
                    ]
                },
                "isEmpty": choices.isEmpty,
            ]
        }
        func sorted(_ counts: [String: Int], _ text: (String) -> String) -> [(String, String, Int)] {
            counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, text($0.key), $0.value) }
        }
        let states: [(String, String, Int)] = ["open", "unsure", "proposed", "held", "same", "different", "implied"].map
        {
            ($0, request.words("state-\($0)"), 0)
        }
        let chosenState = filter.state?.name ?? "all"
        var stateFacet = facet("state", "filter-state", chosenState, states)
        stateFacet["hasNoCounts"] = true
        return [
            stateFacet,
            facet(
                "reason", "filter-reason", filter.reason?.rawValue,
                sorted(queue.counts.reasons) { request.words("reason-\($0)") }),
            scores(filter, request), sizes(filter, request),
            facet("source", "filter-source", filter.source, sorted(queue.counts.sources) { $0 }),
            facet(
                "area", "filter-area", filter.area,
                sorted(queue.counts.areas.filter { !$0.key.isEmpty }) { $0 }),
            facet(
                "differs", "filter-differs", filter.differs.map(String.init),
                queue.counts.differs.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                    (String($0.key), queue.fields[$0.key], $0.value)
                }),
        ].filter { !($0["isEmpty"] as? Bool ?? true) }
    }
}

extension QueuePage {
    private static let ranges = [0...0.2, 0.2...0.5, 0.5...0.8, 0.8...1]

    /// Stretches of the score, without counts: they overlap with all else that can be chosen.
    private static func scores(_ filter: DeskFilter, _ request: DeskRequest) -> [String: Any] {
        let choices = ranges.map { range -> [String: Any] in
            let isChosen = filter.probability == range
            var query = FilterFields.kept(request.query)
            query.remove("least")
            query.remove("most")
            if !isChosen {
                query.append("least", "\(range.lowerBound)")
                query.append("most", "\(range.upperBound)")
            }
            let (low, high) = (decimal(range.lowerBound * 100, 0), decimal(range.upperBound * 100, 0))
            return [
                "text": "\(low) – \(high) %", "isChosen": isChosen, "path": FilterFields.place("/pairs", query),
            ]
        }
        return [
            "title": request.words("filter-score"), "name": "score", "choices": choices, "hasNoCounts": true,
            "isEmpty": false,
        ]
    }

    /// Records that the person would have.
    private static func sizes(_ filter: DeskFilter, _ request: DeskRequest) -> [String: Any] {
        let choices = [3, 4, 6, 11].map { size -> [String: Any] in
            let isChosen = filter.leastSize == size
            return [
                "text": request.words("size-least", ["size": String(size)]), "isChosen": isChosen,
                "path": FilterFields.place("/pairs", request.query, "size", isChosen ? nil : String(size)),
            ]
        }
        return [
            "title": request.words("filter-size"), "name": "size", "choices": choices, "hasNoCounts": true,
            "isEmpty": false,
        ]
    }
}
