import Foundation
import Importers
import Records
import Rules
package import Workspace

/// Takes exports into a workspace and does nothing else: the next run works on them.
package enum ImportRun {
    package struct Outcome: Sendable {
        package struct Export: Sendable {
            package let batch: Batch
            /// False: the workspace had it already.
            package let isNew: Bool
            /// What is wrong with the way it is written.
            package let issues: Int
        }

        /// In the order of the rule book.
        package let exports: [Export]
        package let workspace: String
        /// A run was made in it before.
        package let hasRun: Bool
    }

    /// - Throws: as a run for what it reads; `E-APR-004` for a rule book that waits for a second person.
    package static func run(
        _ request: CleaningRequest, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        let book = try RuleBook(request, nil)
        let inputs = try Inputs(book, paths: request.paths)
        try ExportLoss.check(accepted: request.acceptedLosses, book)
        let directory = RunStore.directory(request, book: book, inputs: inputs)
        let known = WorkspaceStore.exists(at: directory) ? try WorkspaceStore.open(directory: directory) : nil
        let standing = try known.map { store in
            try Standing(
                store, run: (store.lastRun(nil)?.id ?? 0) + 1, day: request.clock.today, rules: book.sha256)
        }
        let reading = try Reading(inputs, book, standing: standing, threads: request.threads, begin: progress)
        try ExportLoss.check(reading.losses, request)
        // A workspace is only made once the exports have been read.
        let store = try known ?? WorkspaceStore.open(directory: directory)
        try RunStore.checkRules(book, request, store)
        progress(.store)
        let taken = try commit(reading, book, request, store)
        return Outcome(
            exports: zip(taken, reading.exports).map {
                Outcome.Export(
                    batch: $0.batch, isNew: $0.isNew, issues: $1.issues.count { $0.check != VanishedRecords.check })
            }, workspace: store.directory, hasRun: try store.lastRun(nil) != nil)
    }

    /// Nothing new leaves no trace.
    private struct NothingNew: Error {
        let taken: [TakenExport]
    }

    private static func commit(
        _ reading: Reading, _ book: RuleBook, _ request: CleaningRequest, _ store: WorkspaceStore
    ) throws -> [TakenExport] {
        let author = TrailCommit.Author(actor: request.actor, rules: book.sha256, time: request.clock.now)
        do {
            return try TrailCommit.run(store, by: author) { commit in
                let path = URL(fileURLWithPath: book.path).standardizedFileURL.path
                try commit.writer.remember(StoredRuleBook(sha256: book.sha256, path: path, text: book.text))
                let taken = try commit.take(reading, at: request.clock.now)
                guard taken.contains(where: \.isNew) else { throw NothingNew(taken: taken) }
                return taken
            }
        } catch let nothing as NothingNew {
            return nothing.taken
        }
    }
}
