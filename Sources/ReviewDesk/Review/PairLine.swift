import Pipeline
import Records
import Reports
import Workspace

/// A pair as one line of a list.
enum PairLine {
    /// - Parameter isBlind: without what the machine thinks of it.
    static func view(
        _ listed: ListedPair, _ request: DeskRequest, _ shown: Shown, isBlind: Bool = false
    ) -> [String: Any] {
        func side(_ record: DeskRecord?) -> [String: Any] {
            guard let record else { return ["name": "", "id": "", "rest": ""] }
            return [
                "name": shown.name(record), "id": shown.visible(maskedRecordID(record.key.recordID)),
                "source": record.key.source, "rest": Summary.text(record, shown), "person": record.person,
            ]
        }
        return [
            "path": FilterFields.place("/pairs/\(listed.pair.id)", request.query), "number": String(listed.pair.id),
            "a": side(listed.a), "b": side(listed.b), "percent": isBlind ? "" : Percent.text(listed.pair.probability),
            "weight": isBlind ? "" : Weight.text(listed.pair.weight),
            "differing": listed.differing.joined(separator: ", "),
            "reason": isBlind ? "" : request.words("reason-\(listed.pair.reason.rawValue)"),
            "state": request.words("state-\(listed.pair.state.name)"), "stateName": listed.pair.state.name,
            "likeliest": isBlind ? "" : LevelWords.title(ofClass: listed.pair.likeliest, request.language),
            "size": String(listed.pair.size),
        ]
    }
}

/// The rest of a record in a few words: date of birth, place, number. Of each kind the first field of the rule book is meant: where
/// it is empty, another date is not the date of birth.
enum Summary {
    static func text(_ record: DeskRecord, _ shown: Shown) -> String {
        if shown.covers(record) { return "" }
        let kinds: [FieldKind] = [.date, .code, .division, .city, .residentID, .identifier]
        var parts: [String] = []
        for kind in kinds where parts.count < 3 {
            guard let cell = record.cells.first(where: { $0.kind == kind }), !cell.raw.isEmpty else { continue }
            parts.append(shown.value(cell.raw, kind))
        }
        return parts.joined(separator: " · ")
    }
}
