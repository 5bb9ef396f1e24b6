import Foundation
import Importers
import Matching
import Records
import Rules

/// A run's records, read again from its inputs by its rule book.
struct RunData {
    let book: RuleBook
    let records: RecordTable

    /// `nil` when the rule book or an input is no longer there, or the run's folder alone is known.
    init?(_ source: EvaluationRun.Source, threads: Int) throws {
        guard let rulesPath = source.rulesPath, FileManager.default.fileExists(atPath: rulesPath),
            source.paths.values.allSatisfy({ FileManager.default.fileExists(atPath: $0) })
        else { return nil }
        let book = try RuleBook.load(path: rulesPath)
        let plans = book.sources.filter { source.paths[$0.profile.name] != nil }
        let tables = try Parallel.map(plans.count, threads: threads) { index throws -> SourceTable in
            let plan = plans[index]
            return try Importer.read(plan, path: source.paths[plan.profile.name] ?? "", schema: book.schema).table
        }
        self.book = book
        records = RecordNormalizer.normalize(schema: book.schema, sources: tables, threads: threads)
    }

    func rowsByKey() -> [RecordKey: Int] {
        Dictionary((0..<records.count).map { (records.key($0), $0) }) { first, _ in first }
    }
}
