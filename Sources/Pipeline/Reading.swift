import Foundation
import Importers
import Matching
import Records
import Rules

/// The first two steps of every run that keeps nothing: exports in, normalised records out.
enum Reading {
    static func records(
        _ book: RuleBook, paths: [String: String], threads: Int, progress: (CleaningStage) -> Void
    ) throws -> RecordTable {
        let inputs = try Inputs(book, paths: paths, hashing: false).inputs
        progress(.read)
        let tables = try Parallel.map(inputs.count, threads: threads) { index throws -> SourceTable in
            try Importer.read(inputs[index].plan, path: inputs[index].path, schema: book.schema, threads: threads).table
        }
        progress(.normalise)
        return RecordNormalizer.normalize(schema: book.schema, sources: tables, threads: threads)
    }
}
