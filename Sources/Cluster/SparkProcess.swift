import Foundation
import Records
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// What Spark is at.
package struct SparkProgress: Sendable, Equatable {
    package let stage: SparkStage?
    /// Records whose keys the stage makes, or pairs of the blocks it compares.
    package var count = 0
    /// Of the step of Spark that runs: pieces that are done, and all.
    package let done: Int
    package let pieces: Int
}

/// One `spark-sql` from its start to its end, with all that it starts.
struct SparkProcess: Sendable {
    let program: String
    /// Files that go to the executors.
    let files: [String]
    let statements: String
    let settings: String
    /// A private folder, in which it runs and keeps what it says.
    let scratch: String

    private var log: String { scratch + "/spark.log" }

    struct Ended: Sendable {
        let isDone: Bool
        /// For people.
        let status: String
        /// The stage that it was in.
        let stage: SparkStage?
        /// The last of what it said.
        let log: String
        let logPath: String
    }

    /// - Throws: `E-INT-001` when somebody asked to stop; nothing runs then any more.
    func run(progress: @escaping @Sendable (SparkProgress) -> Void = { _ in }) throws -> Ended {
        let now = Now()
        Task {
            let outcome: Result<Ended, any Error>
            do { outcome = .success(try await run(now, progress)) } catch { outcome = .failure(error) }
            now.ended.withLock { $0 = outcome }
            now.ready.signal()
        }
        now.ready.wait()
        guard let outcome = now.ended.withLock({ $0 }) else { preconditionFailure("who signals has a result") }
        return try outcome.get()
    }

    /// What its threads tell each other.
    private final class Now: Sendable {
        let stage = Mutex<SparkStage?>(nil)
        let isOver = Atomic<Bool>(false)
        let ended = Mutex<Result<Ended, any Error>?>(nil)
        let ready = DispatchSemaphore(value: 0)
    }

    private func run(_ now: Now, _ progress: @escaping @Sendable (SparkProgress) -> Void) async throws -> Ended {
        try PrivateFolder.write(Data(statements.utf8), to: scratch + "/job.sql")
        try PrivateFolder.write(Data(settings.utf8), to: scratch + "/spark.conf")
        try PrivateFolder.write(Data(), to: log)
        let arguments =
            ["--properties-file", scratch + "/spark.conf"]
            + (files.isEmpty ? [] : ["--files", files.joined(separator: ",")]) + ["-f", scratch + "/job.sql"]
        var options = PlatformOptions()
        // What it starts ends with it.
        options.processGroupID = 0
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments),
            environment: .inherit.updating(["SPARK_LOCAL_DIRS": nil]),
            workingDirectory: FilePath(scratch), platformOptions: options, input: .none, output: .sequence,
            error: .fileDescriptor(
                try FileDescriptor.open(FilePath(log), .writeOnly), closeAfterSpawningProcess: true)
        ) { execution in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await read(execution.standardOutput, now) }
                group.addTask { try await watch(execution, now, progress) }
                try await group.waitForAll()
            }
        }
        try Interruption.check()
        return Ended(
            isDone: result.terminationStatus.isSuccess, status: "\(result.terminationStatus)",
            stage: now.stage.withLock { $0 }, log: tail(of: log, bytes: 1 << 20), logPath: log)
    }

    private func read(_ output: SubprocessOutputSequence, _ now: Now) async throws {
        defer { now.isOver.store(true, ordering: .relaxed) }
        for try await line in output.strings() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count == 2, words[0] == SparkPlan.mark else { continue }
            now.stage.withLock { $0 = SparkStage(rawValue: String(words[1])) }
        }
    }

    private func watch<Input, Output, Failure>(
        _ execution: Execution<Input, Output, Failure>, _ now: Now, _ progress: @Sendable (SparkProgress) -> Void
    ) async throws {
        var asked = 0
        while !now.isOver.load(ordering: .relaxed) {
            if Interruption.isAsked {
                // Spark ends its job and leaves; who does not leave in time is ended.
                try? execution.send(signal: asked < 4 ? .terminate : .kill, toProcessGroup: true)
                asked += 1
            } else {
                progress(progressNow(now.stage.withLock { $0 }))
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Spark draws `[Stage 3:=====>   (5 + 2) / 64]`, again and again.
    private func progressNow(_ stage: SparkStage?) -> SparkProgress {
        let text = tail(of: log, bytes: 400)
        guard let bar = text.range(of: "[Stage ", options: .backwards) else {
            return SparkProgress(stage: stage, done: 0, pieces: 0)
        }
        let numbers = text[bar.upperBound...].prefix { $0 != "]" }.split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count >= 4 else { return SparkProgress(stage: stage, done: 0, pieces: 0) }
        return SparkProgress(stage: stage, done: numbers[1], pieces: numbers[3])
    }

    private func tail(of path: String, bytes: Int) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? file.close() }
        let size = (try? file.seekToEnd()) ?? 0
        try? file.seek(toOffset: size > UInt64(bytes) ? size - UInt64(bytes) : 0)
        return String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    }
}
