import Foundation
import GRDB
package import Records

/// Everything the workspace holds of some records and would lose with their erasure. Made of what is stored, before
/// anything is changed.
package struct ErasurePlan: Sendable {
    /// Not yet erased.
    package let records: [SubjectRecord]
    /// Versions that have cells.
    package let versions: Int
    /// Findings about the records, or about others of the same persons: their words may be of an erased record.
    package let findings: [Int64]
    package let waivers: [Int64]
    package let decisions: [Int64]
    /// Sequences of the events whose payload names the records, ascending.
    package let events: [Int]
    /// Runs whose files may hold the records, ascending.
    package let runs: [Int]
    /// Files that offices delivered and that hold the records; they lie outside of the workspace.
    package let deliveries: [String]
    /// Earlier versions of other records that were of these persons: where the office gives no ids, a record is called after its
    /// line, and another person's stands there in the next export.
    let strays: [Int64]
    /// Findings that are about one of the records themselves.
    let ownFindings: [Int64]
    let restrictions: [Int64]
    /// Values that people wrote for the records' persons, or that say who somebody is.
    let overrides: [Int64]
    let withdrawals: [Int64]
    let approvals: [Int64]
    /// What was wrong with the way the records were written.
    let issues: [Int64]
    /// Sources whose records are called after their place.
    private let unnamed: Set<String>
    private let words: Words
    /// Fields that tell people apart.
    let fields: Set<String>

    /// Whether a text says who one of the records is of.
    package func tells(_ text: String) -> Bool { words.occur(in: text) }

    func isPlace(_ record: SubjectRecord) -> Bool {
        unnamed.contains(record.source) || RecordKey.isPlace(record.recordID)
    }

    /// Events that say nothing about one person, and that `verify` needs.
    private static let structural: Set<String> = [
        "rows.sealed", "findings.changed", "erasure.executed", "retention.executed", "batch.imported", "run.completed",
        "rules.changed", "key.created", "key.rotated", "key.replaced", "backup.made", "backup.restored",
    ]

    /// What the values of a field say of who somebody is.
    package enum Telling: Sendable {
        /// Many have them: a date, a code.
        case nothing
        /// Few have them: a phone, an address.
        case detail
        case name
        /// One has it.
        case number
    }

    /// - Parameters:
    ///   - telling: by field; what tells is looked for in what people wrote.
    ///   - unnamed: sources whose records have no id of their own.
    ///   - schema: without it an erased record is known again by its id alone.
    init(
        _ wanted: [SubjectRecord], telling: (String) -> Telling, unnamed: Set<String>, schema: Schema?, _ db: Database
    ) throws {
        fields = schema.map { ErasedValues.fields(of: $0) } ?? []
        self.unnamed = unnamed
        records = wanted.filter { !$0.isErased }
        let own = Set(records.map(\.id))
        let list = try JSON.text(own.sorted())
        let related = try JSON.text(try WorkspaceStore.related(to: own.sorted(), db))
        func ids(_ sql: String, _ list: String) throws -> [Int64] {
            try Int64.fetchAll(db, sql: sql, arguments: ["list": list])
        }
        let named = "(SELECT value FROM json_each(:list))"
        let about = "SELECT id FROM finding WHERE record IN \(named) OR other_record IN \(named) ORDER BY id"
        ownFindings = try ids(about, list)
        findings = try ids(about, related)
        let words = try Words(own, list, telling, db)
        self.words = words
        let strays = try words.strays(list, telling, unnamed, db)
        self.strays = strays
        versions =
            try ids("SELECT id FROM record_version WHERE record IN \(named) AND cells IS NOT NULL", list).count
            + strays.count
        let keys = Set(records.map(\.key))
        let holders = try IDHolders(db)
        let ownDecisions = try Row.fetchAll(db, sql: "SELECT * FROM decision ORDER BY id").filter { row in
            let decision = try DecisionTable.decision(row, holders)
            return keys.contains(decision.a) || keys.contains(decision.b) || words.occur(in: decision.reason)
        }.map { row -> Int64 in row["id"] }
        let ownOverrides = Set(
            try ids("SELECT DISTINCT override FROM cell_override_record WHERE record IN \(named)", list))
        overrides = try Row.fetchAll(db, sql: "SELECT id, text, reason FROM cell_override ORDER BY id").filter { row in
            ownOverrides.contains(row["id"]) || words.occur(in: row["text"]) || words.occur(in: row["reason"])
        }.map { $0["id"] }
        issues = try Row.fetchAll(db, sql: "SELECT id, issue FROM batch_issue ORDER BY id").filter {
            words.occur(inJSON: Array(($0["issue"] as String).utf8))
        }.map { $0["id"] }
        events = try Self.events(
            Set(
                ownDecisions.map { "decision:\($0)" } + overrides.map { "override:\($0)" }
                    + records.map { "record:\($0.id)" }
                    + ownFindings.map { "finding:F" + Hex.text(UInt64(bitPattern: $0)) }), words, db)
        let said = Set(events)
        /// Rows of words that these events record, whose reason is of the records, or that tell by themselves.
        func told(in table: String, besides isOwn: (Row) -> Bool = { _ in false }) throws -> [Int64] {
            try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY id").filter {
                said.contains($0["event"]) || isOwn($0) || words.occur(in: $0["reason"])
            }.map { $0["id"] }
        }
        let (known, ownWaivers) = (Set(ownDecisions), Set(ownFindings))
        decisions = try told(in: "decision") { known.contains($0["id"]) }
        waivers = try told(in: "waiver") { ownWaivers.contains($0["finding"]) }
        restrictions = try told(in: "restriction") { own.contains($0["record"]) }
        withdrawals = try told(in: "withdrawal")
        approvals = try told(in: "approval")
        // From the first export that held one of them, on whatever line.
        let held = try Row.fetchOne(
            db,
            sql: """
                SELECT min(batch) AS first, json_group_array(DISTINCT source) AS sources
                FROM record_version AS version JOIN record ON record.id = version.record
                WHERE record.id IN \(named) OR version.id IN (SELECT value FROM json_each(:strays))
                """, arguments: ["list": list, "strays": try JSON.text(strays)])
        let first: Int64? = held?["first"]
        runs = try Int.fetchAll(
            db,
            sql: """
                SELECT DISTINCT run FROM run_batch WHERE batch >= ?
                AND run NOT IN (SELECT run FROM emptied_run) ORDER BY run
                """, arguments: [first ?? .max])
        deliveries = try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT path FROM batch WHERE id >= ?1 AND source IN (SELECT value FROM json_each(?2))
                ORDER BY path
                """, arguments: [first ?? .max, held?["sources"] as String?])
    }

    /// Those with a subject of these, or with a text that says one of the words; and those that answer them, take them back or
    /// approve them, which come later and say why.
    private static func events(_ subjects: Set<String>, _ words: Words, _ db: Database) throws -> [Int] {
        var (events, subjects) = ([Int](), subjects)
        try EventTable.forEach(db, where: "salt IS NOT NULL") { recorded in
            guard !structural.contains(recorded.event.type), let payload = recorded.payload else { return }
            if recorded.event.subjects.contains(where: subjects.contains) || words.occur(inJSON: payload.body) {
                events.append(recorded.event.sequence)
                subjects.insert("event:\(recorded.event.sequence)")
            }
        }
        return events
    }
}

/// By what a person is told from others in a text: record ids, names, numbers, phones, addresses. Case does not tell.
private struct Words: Sendable {
    /// Looked for anywhere in a text.
    private var parts: Set<String> = []
    /// The same for names in Han and long numbers, which people write with blanks and strokes between: letters and digits
    /// alone.
    private var packed: Set<String> = []
    /// Too short for that: the text has to be just this.
    private var whole: Set<String> = []
    /// Cells of the records that tell who somebody is, as `field␟text`.
    private var cells: Set<String> = []
    private let layouts: [Int64: RecordLayout]

    init(
        _ records: Set<Int64>, _ list: String, _ telling: (String) -> ErasurePlan.Telling, _ db: Database
    ) throws {
        layouts = Dictionary(try BatchTable.all(db).map { (Int64($0.id), $0.layout) }) { first, _ in first }
        for id in try String.fetchAll(
            db, sql: "SELECT record_id FROM record WHERE id IN (SELECT value FROM json_each(?))", arguments: [list])
        { add(id) }
        try BulkQuery(
            db,
            """
            SELECT batch, cells FROM record_version
            WHERE record IN (SELECT value FROM json_each(?)) AND cells IS NOT NULL
            """, [list]
        ).eachRow { row in
            for (field, text) in texts(row.bytes(1), batch: row.integer(0), telling) {
                add(text)
                cells.insert("\(field)\u{1F}\(text)")
            }
        }
    }

    private func texts(
        _ bytes: UnsafeBufferPointer<UInt8>, batch: Int64, _ telling: (String) -> ErasurePlan.Telling
    ) -> [(field: String, text: String)] {
        guard let layout = layouts[batch], let ranges = RecordCells.decode(bytes, count: layout.columns.count) else {
            return []
        }
        return zip(layout.columns, ranges).filter { !$1.isEmpty && telling($0.field) != .nothing }.map {
            ($0.field, String(decoding: UnsafeBufferPointer(rebasing: bytes[$1]), as: UTF8.self))
        }
    }

    /// Versions that are not the newest of their record, of records that are called after a line, with a number of these
    /// records, or a name and something else.
    func strays(
        _ list: String, _ telling: (String) -> ErasurePlan.Telling, _ unnamed: Set<String>, _ db: Database
    ) throws -> [Int64] {
        var found: [Int64] = []
        try BulkQuery(
            db,
            """
            SELECT version.id, batch, cells, record_id, source.name FROM record_version AS version
            JOIN record ON record.id = version.record JOIN source ON source.id = record.source
            WHERE (record_id LIKE 'line %' OR source.name IN (SELECT value FROM json_each(?2))) AND cells IS NOT NULL
                AND record.id NOT IN (SELECT value FROM json_each(?1))
                AND version.id <> (SELECT max(id) FROM record_version WHERE record_version.record = version.record)
            """, [list, try JSON.text(unnamed.sorted())]
        ).eachRow { row in
            guard unnamed.contains(row.text(4)) || RecordKey.isPlace(row.text(3)) else { return }
            var (hasName, shared) = (false, 0)
            for (field, text) in texts(row.bytes(2), batch: row.integer(1), telling)
            where cells.contains("\(field)\u{1F}\(text)") {
                shared += telling(field) == .number ? 2 : 1
                hasName = hasName || telling(field) != .detail
            }
            if hasName, shared >= 2 { found.append(row.integer(0)) }
        }
        return found
    }

    private mutating func add(_ text: String) {
        let text = Self.folded(text)
        let packed = Self.packed(text)
        let isHan = text.unicodeScalars.contains { $0.properties.isIdeographic }
        if isHan ? packed.count >= 2 : packed.count >= 7 && packed.count(where: \.isNumber) >= 7 {
            self.packed.insert(packed)
        } else if text.count >= (isHan ? 2 : 5) {
            parts.insert(text)
        } else if !text.isEmpty {
            whole.insert(text)
        }
    }

    /// Lower case, with one blank where there are several.
    private static func folded(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// - Parameter text: folded.
    private static func packed(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }

    func occur(in text: String) -> Bool {
        let text = Self.folded(text)
        if whole.contains(text) || parts.contains(where: { text.contains($0) }) { return true }
        if packed.isEmpty { return false }
        let letters = Self.packed(text)
        return packed.contains { letters.contains($0) }
    }

    /// In any text of it.
    func occur(inJSON body: [UInt8]) -> Bool {
        guard let value = try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) else {
            return false
        }
        return occur(inValue: value)
    }

    private func occur(inValue value: Any) -> Bool {
        switch value {
        case let text as String: occur(in: text)
        case let list as [Any]: list.contains { occur(inValue: $0) }
        case let object as [String: Any]: object.values.contains { occur(inValue: $0) }
        default: false
        }
    }
}

extension WorkspaceStore {
    /// - Parameters:
    ///   - telling: what the values of a field say of who somebody is.
    ///   - unnamed: sources whose records have no id of their own.
    package func erasurePlan(
        of records: [SubjectRecord], telling: (String) -> ErasurePlan.Telling, unnamed: Set<String>, schema: Schema?
    ) throws -> ErasurePlan {
        try read { try ErasurePlan(records, telling: telling, unnamed: unnamed, schema: schema, $0) }
    }
}
