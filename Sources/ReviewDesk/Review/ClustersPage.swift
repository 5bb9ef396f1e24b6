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
        let page = Pager.page(request)
        let isBlind = try Blindness.holds(request.signedIn(), session)
        let found = try session.clusters(leastRecords: least, in: pool, from: (page - 1) * length, limit: length)
        try Pools.open(found.clusters.flatMap { $0.records.prefix(mostMembers).map(\.record) }, request, session)
        let shown = try Shown(language: request.language, isRevealed: false, of: request.signedIn().pool)
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
