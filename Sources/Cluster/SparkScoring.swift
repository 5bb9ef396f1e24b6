import Foundation
package import Matching
import Records

/// Compares the candidate pairs on Apache Spark: the executors run `qingku worker`, with the comparing that this process has.
///
/// What takes long and grows with the pairs is done there. Reading, the model and its training on a sample, groups and all
/// that follows stay here, so the result is the same, byte for byte.
package struct SparkScoring: PairScoring {
    private let options: SparkOptions
    private let programs: SparkOptions.Programs
    private let settings: [(name: String, value: String)]
    private let progress: @Sendable (SparkProgress) -> Void

    /// - Parameter progress: told several times a second what Spark is at.
    /// - Throws: `E-SPK-001` … `E-SPK-003` when it cannot be started as the options say.
    package init(_ options: SparkOptions, progress: @escaping @Sendable (SparkProgress) -> Void = { _ in }) throws {
        self.options = options
        programs = try options.programs()
        settings = try options.settings.map { try SparkProperties.read($0) } ?? []
        self.progress = progress
        _ = try SparkProperties(options, own: settings, secret: "", scratch: "")
    }

    package func found(_ job: ScoringJob) throws -> FoundPairs {
        let most = options.mostPairs ?? max(1_000_000_000, job.count * 1_000)
        guard job.pairs <= most else { throw SparkFailure.tooManyPairs(job.pairs, most: most, keys: job.keys) }
        if job.pairs == 0 { return FoundPairs() }
        let folder = try JobFolder(job, cap: options.cap, worker: programs.worker, in: options.stages)
        if let stage = folder.open { try run(job, folder, from: stage) }
        do {
            let found = try folder.found(of: job.keyedLines(cap: options.cap))
            if !options.keepsStages { folder.remove() }
            return found
        } catch let failure as Failure {
            folder.forget(from: .keys)
            throw failure
        }
    }

    private func run(_ job: ScoringJob, _ folder: JobFolder, from stage: SparkStage) throws {
        let plan = SparkPlan(
            folder: folder.path, worker: programs.command,
            job: URL(fileURLWithPath: folder.jobFile).lastPathComponent, hash: folder.hash, records: job.count,
            keyed: job.keyedLines(cap: options.cap),
            pairs: job.pairs)
        let scratch = try PrivateFolder.scratch()
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let secret = PrivateFolder.secret()
        let process = SparkProcess(
            program: programs.sql, files: [programs.worker, folder.jobFile], statements: plan.sql(from: stage),
            settings: try SparkProperties(options, own: settings, secret: secret, scratch: scratch).text,
            scratch: scratch)
        let ended = try process.run { now in
            var now = now
            now.count = now.stage == .pairs ? job.pairs : job.count
            progress(now)
        }
        if ended.isDone { return }
        let log = folder.path + "/spark.log"
        try? FileManager.default.removeItem(atPath: log)
        try? FileManager.default.moveItem(atPath: ended.logPath, toPath: log)
        let failure = SparkFailure.ended(ended.stage, status: ended.status, log: ended.log, path: log)
        if failure.code == "E-SPK-006" { folder.forget(from: .keys) }
        throw failure
    }
}
