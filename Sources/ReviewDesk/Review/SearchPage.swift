import Foundation
import Pipeline
import Records
import Reports
import Workspace

/// Records by name, sound, initials, date of birth, number, telephone or id.
enum SearchPage {
    private static let length = 50

    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let asked = (request.query["q"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        let shown = try Shown(language: request.language, isRevealed: false, of: request.signedIn().pool)
        let digits = asked.filter(\.isNumber).count
        let isNumber = digits > 0 && asked.allSatisfy { $0.isNumber || "xX- ".contains($0) }
        let isShort = isNumber && digits < 8
        let pool = try request.signedIn().pool
        let page = Pager.page(request)
        let search =
            asked.isEmpty
            ? nil
            : try session.find(
                String(asked.prefix(200)), isWhole: isShort, in: pool, from: (page - 1) * length, limit: length)
        let found = search?.records ?? []
        let total = search?.total ?? 0
        let isTooShort = isShort && total == 0
        try Pools.open(found.map(\.record), request, session)
        let sorted = NameOrder.sorted(found)
        let pages = max(1, (total + length - 1) / length)
        return request.page(
            "search", title: request.words("search"),
            [
                "asked": asked, "wasAsked": !asked.isEmpty, "isTooShort": isTooShort,
                "isEmpty": sorted.isEmpty && !asked.isEmpty && !isTooShort,
                "found": request.recordCount(total),
                "part": total <= length || found.isEmpty
                    ? ""
                    : request.words(
                        "search-part",
                        [
                            "from": ((page - 1) * length + 1).grouped,
                            "to": ((page - 1) * length + found.count).grouped,
                        ]),
                "isCut": search?.isCut ?? false, "pager": pages > 1 ? Pager.view(page, of: pages, request) : [],
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
