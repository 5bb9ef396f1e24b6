import Foundation
import Pipeline
import Records
import Reports
import Workspace

/// Records by name, sound, initials, number, telephone or id.
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
