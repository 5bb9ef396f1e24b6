import Importers
import Records
import Reports
import Rules
import Workspace

/// What is wrong with the way the newest exports are written, beside the findings about their records. It follows from the files,
/// so nobody waives it: the office gives a better one.
extension LedgerReader {
    func exportFindings() throws -> [ListedFinding] {
        let runs = try store.runs(nil)
        let exclusions = try store.exclusions(unnamed: book.sourcesWithoutIDs)
        return try store.batches().filter { run.batches.contains($0.id) }.flatMap { batch in
            let first = runs.first { $0.batches.contains(batch.id) }?.id ?? run.id
            return try store.issues(of: batch).filter { !exclusions.hides($0) }.map { issue in
                ListedFinding(
                    id: issue.id, kind: .error, check: issue.check, severity: issue.severity, source: issue.source,
                    recordID: issue.recordID, line: issue.place.line, field: issue.field,
                    fieldKind: issue.field.flatMap { book.schema.index(of: $0) }.map { book.schema.fields[$0].kind },
                    value: issue.raw, suggestion: "", message: issue.message, state: .open, hasVanished: false,
                    owner: issue.source, firstRun: first, isNew: first == run.id, waiver: nil)
            }
        }
    }

    /// Of them those that a request wants; none where it asks for an area, which a file does not have.
    func exportFindings(_ request: FindingsRequest) throws -> [ListedFinding] {
        guard request.area == nil, request.states.isEmpty || request.states.contains(.open) else { return [] }
        func fits<Value: Equatable>(_ wanted: [Value], _ value: Value?) -> Bool {
            wanted.isEmpty || value.map(wanted.contains) ?? false
        }
        return try exportFindings().filter {
            // Records come and go: who wants to know which asks for them.
            (request.checks.isEmpty ? $0.check != VanishedRecords.check : request.checks.contains($0.check))
                && fits(request.kinds, $0.kind) && fits(request.sources, $0.source)
                && fits(request.severities, $0.severity) && fits(request.fields, $0.field)
                && (!request.isNew || $0.isNew)
        }
    }
}
