import Foundation
import Reconciliation
import Records
import Reports
import Rules
import Workspace

/// Puts together what is held about a person, and says in the audit trail that it was told.
package enum SubjectRun {
    /// - Parameters:
    ///   - name: a person, or `SOURCE:RECORD`, which stands for its person.
    ///   - purpose: kept in the audit trail.
    /// - Throws: `E-SUB-001`, `E-SUB-002`; as the opening of a workspace.
    package static func report(
        workspace: String, name: String, purpose: String, actor: String, clock: Clock
    ) throws -> SubjectReport {
        _ = try WorkspaceStore.openReadOnly(directory: workspace)
        let store = try WorkspaceStore.open(directory: workspace)
        let named = try store.subject(name)
        let person = named.first?.person
        let records = try person.map { try store.subject(PersonID.text($0)) } ?? named
        let runs = try store.runs(since: records)
        let ids = Set(records.map(\.id))
        let book = try store.ruleBook(nil).map { try RuleBook.parse($0.text, path: $0.path) }
        let unnamed = book?.sourcesWithoutIDs ?? []
        let accesses = try accesses(person, ids, in: store)
        let event = try TrailCommit.run(store, by: .init(actor: actor, time: clock.now)) { commit in
            try commit.add(
                .subjectReported(person: person, records: records.map(\.id), by: actor, purpose: purpose))
        }
        return SubjectReport(
            person: person.map { PersonID.text($0) },
            formerNumbers: try person.map { try store.formerNumbers(of: $0).map { PersonID.text($0) } } ?? [],
            records: try records.map { try Self.record($0, unnamed, in: store) },
            master: try person.map { try master($0, in: store) } ?? [],
            persons: try persons(records, in: store),
            findings: try findings(records, book, in: store, clock),
            words: try words(records, in: store),
            corrections: try runs.flatMap { try corrections(records, of: $0, in: store) },
            exports: try Disclosure.all(in: store).filter { export in runs.contains { $0.id == export.run } },
            accesses: accesses, event: event)
    }

    /// Of a record that is called after its line the newest version alone: the ones before may be of somebody else.
    private static func record(
        _ record: SubjectRecord, _ unnamed: Set<String>, in store: WorkspaceStore
    ) throws -> SubjectReport.Record {
        let versions = try store.versions(of: record)
        return SubjectReport.Record(
            source: record.source, recordID: record.recordID, isRestricted: record.isRestricted,
            isErased: record.isErased,
            versions: (unnamed.contains(record.source) ? versions.suffix(1) : versions).map { version in
                SubjectReport.Version(
                    state: "\(version.state)", importedAt: version.batch.importedAt, file: version.batch.file.path,
                    line: version.line, cells: version.cells)
            })
    }

    private static func persons(
        _ records: [SubjectRecord], in store: WorkspaceStore
    ) throws -> [SubjectReport.Membership] {
        let names = Dictionary(records.map { ($0.id, "\($0.source):\($0.recordID)") }) { first, _ in first }
        return try store.personsOverTime(of: records).map { member in
            SubjectReport.Membership(
                record: names[member.record] ?? "", run: member.run, person: PersonID.text(member.person))
        }
    }

    // MARK: Files of runs

    private static func table(_ name: String, of run: StoredRun, in store: WorkspaceStore) throws -> StoredTable? {
        let folder = store.path(of: run)
        guard let output = run.outputs.first(where: { $0.path == name + ".csv" }),
            FileManager.default.fileExists(atPath: folder + "/" + output.path)
        else { return nil }
        return try StoredTable(name: name, path: folder + "/" + output.path, sha256: output.sha256, fields: [])
    }

    private static func cells(_ row: TableRow, _ table: StoredTable) -> [(column: String, text: String)] {
        table.columns.indices.map { (table.columns[$0].name, row[$0]) }.filter { !$0.1.isEmpty }
    }

    private static func master(_ person: UInt32, in store: WorkspaceStore) throws -> [(column: String, text: String)] {
        guard let run = try store.lastRun(), let table = try table("master", of: run, in: store) else { return [] }
        var found: [(column: String, text: String)] = []
        try table.eachRow { if $0[0] == PersonID.text(person) { found = cells($0, table) } }
        return found
    }

    /// The evidence of a correction names other records; those of other persons are not told.
    private static func corrections(
        _ records: [SubjectRecord], of run: StoredRun, in store: WorkspaceStore
    ) throws -> [(run: Int, cells: [(column: String, text: String)])] {
        guard let table = try table("corrections", of: run, in: store),
            let source = table.columns.firstIndex(where: { $0.name == "source" }),
            let id = table.columns.firstIndex(where: { $0.name == "record_id" })
        else { return [] }
        let keys = Set(records.map(\.key))
        let told: Set<String> = [
            "source", "record_id", "line", "field", "action", "before", "after", "reason", "finding",
        ]
        var found: [(run: Int, cells: [(column: String, text: String)])] = []
        try table.eachRow { row in
            guard keys.contains(RecordKey(source: row[source], recordID: row[id])) else { return }
            let isMerge = cells(row, table).contains { $0.column == "action" && $0.text == "merge" }
            let shown = cells(row, table).filter { told.contains($0.column) }.map { cell in
                // Of a record to merge, `after` is another record's id.
                let isOther = isMerge && cell.column == "after" && !keys.contains { $0.recordID == cell.text }
                return isOther ? (cell.column, SubjectReport.placeholder.en) : cell
            }
            found.append((run.id, shown))
        }
        return found
    }

    // MARK: What was found and said

    private static func findings(
        _ records: [SubjectRecord], _ book: RuleBook?, in store: WorkspaceStore, _ clock: Clock
    ) throws -> [SubjectReport.Finding] {
        let unnamed = book?.sourcesWithoutIDs ?? []
        let found = try store.findings(about: records, on: clock.today).filter {
            !(unnamed.contains($0.source) && $0.state == .resolved)
        }
        let ids = Set(records.map(\.id))
        return found.map { finding in
            let isOwn = ids.contains(finding.record)
            let isAlone = isOwn && finding.other.map { ids.contains($0) } ?? true
            return SubjectReport.Finding(
                id: "F" + Hex.text(finding.id), check: finding.check,
                title: book.map { CleaningRun.title(finding.check, $0.validation(today: clock.today)) }
                    ?? Text(en: finding.check, zh: finding.check),
                severity: finding.severity.rawValue, state: finding.state.rawValue,
                record: isOwn ? "\(finding.source):\(finding.recordID)" : SubjectReport.placeholder.en,
                field: finding.field ?? "", suggestion: isAlone ? finding.suggestion : "")
        }
    }

    private static func words(_ records: [SubjectRecord], in store: WorkspaceStore) throws -> [SubjectReport.Word] {
        let keys = Set(records.map(\.key))
        return try store.words(about: records).map { word in
            var (reason, about) = (word.reason, Text(en: word.note, zh: word.note))
            for other in word.others.sorted() where !keys.contains(other) {
                for text in try store.tellingTexts(of: other) { reason = reason.replacing(text, with: "…") }
            }
            if let other = word.other {
                let name = "\(other.source):\(other.recordID)"
                about = keys.contains(other) ? Text(en: name, zh: name) : SubjectReport.placeholder
            } else if let finding = word.finding {
                let name = "F" + Hex.text(finding)
                about = Text(en: name, zh: name)
            }
            return SubjectReport.Word(
                kind: word.kind.rawValue, word: word.word, by: word.by, at: word.at, reason: reason, about: about)
        }
    }

    private static func accesses(
        _ person: UInt32?, _ ids: Set<Int64>, in store: WorkspaceStore
    ) throws -> [SubjectReport.Access] {
        let subjects = Set(ids.map { "record:\($0)" } + (person.map { ["person:\(PersonID.text($0))"] } ?? []))
        var found: [SubjectReport.Access] = []
        try store.forEachEvent { recorded in
            let event = recorded.event
            guard event.subjects.contains(where: subjects.contains) else { return }
            found.append(
                SubjectReport.Access(event: event.sequence, time: event.time, type: event.type, actor: event.actor))
        }
        return found
    }
}

extension SubjectRun {
    /// A new file that only its owner may read.
    package static func write(_ text: String, to path: String) throws {
        try PrivateFile.write(Array(text.utf8), to: path)
    }

    /// The same, in the place of one that may be there.
    package static func replace(_ path: String, by text: String) throws {
        let new = path + ".tmp-\(getpid())"
        try PrivateFile.write(Array(text.utf8), to: new)
        do {
            try PrivateFile.rename(new, to: path)
        } catch {
            unlink(new)
            throw error
        }
    }
}
