import Crypto
import Foundation
import Matching
import Records
import Worker

/// The folder of a job among the stages: the records as workers read them, and what each stage left. It holds personal data, so
/// only its owner may look in, and it goes when the job is done.
struct JobFolder: Sendable {
    let path: String
    let hash: String

    var records: String { path + "/records" }
    var jobFile: String { path + "/job-\(hash.prefix(16)).json" }

    /// Writes the records, unless an earlier run of the same job has.
    ///
    /// - Parameters:
    ///   - worker: whose bytes decide, with the records and the job, whether it is the same job.
    init(_ job: ScoringJob, cap: Int, worker: String, in stages: String) throws {
        let new: String
        do {
            try PrivateFolder.make(stages)
            new = try PrivateFolder.make(named: "qingku-new-", in: stages)
        } catch { throw SparkFailure.noStages(error, stages) }
        do {
            try PrivateFolder.make(new + "/records")
            var digest = SHA256()
            digest.update(data: try Self.json(job.description(cap: cap, hash: "")))
            digest.update(data: try Data(contentsOf: URL(fileURLWithPath: worker), options: .mappedIfSafe))
            try Self.write(job, to: new + "/records/records.txt", &digest)
            hash = Hex.text(Array(digest.finalize()))
            path = stages + "/qingku-" + hash.prefix(16)
            if FileManager.default.fileExists(atPath: path) {
                try FileManager.default.removeItem(atPath: new)
            } else {
                try FileManager.default.moveItem(atPath: new, toPath: path)
            }
            guard PrivateFolder.lock(path) else { throw SparkFailure.busy(path) }
            let file = try Self.json(job.description(cap: cap, hash: hash))
            try PrivateFolder.write(file, to: jobFile)
        } catch {
            try? FileManager.default.removeItem(atPath: new)
            throw SparkFailure.noStages(error, stages)
        }
    }

    private static func json(_ job: PairJob) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(job)
    }

    private static func write(_ job: ScoringJob, to path: String, _ digest: inout SHA256) throws {
        try PrivateFolder.write(Data(), to: path)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var piece: [UInt8] = []
        for row in 0..<job.count {
            WireRow.append(row, of: job, to: &piece)
            piece.append(WireText.newline)
            if piece.count >= 1 << 20 || row == job.count - 1 {
                try Interruption.check()
                piece.withUnsafeBytes { digest.update(bufferPointer: $0) }
                try file.write(contentsOf: piece)
                piece.removeAll(keepingCapacity: true)
            }
        }
    }

    // MARK: Stages

    /// The first stage that is not done; `nil`: all are.
    var open: SparkStage? {
        if !isDone(.keys) { return .keys }
        return isDone(.pairs) ? nil : .pairs
    }

    private func isDone(_ stage: SparkStage) -> Bool {
        FileManager.default.fileExists(atPath: path + "/\(stage.rawValue)/_SUCCESS")
    }

    /// What a stage and those after it left goes.
    func forget(from stage: SparkStage) {
        for name in ["pairs"] + (stage == .keys ? ["keys"] : []) {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
    }

    /// - Parameter keyed: lines that the workers had to read.
    /// - Throws: `E-SPK-006` when lines are missing.
    func found(of keyed: Int) throws -> FoundPairs {
        let folder = path + "/pairs"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("part-") }
            .sorted()
        var found = FoundPairs()
        var read = 0
        do {
            for name in names {
                let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder + "/" + name))
                defer { try? file.close() }
                let reader = LineReader { space in
                    let data = try file.read(upToCount: space.count) ?? Data()
                    data.copyBytes(to: space)
                    return data.count
                }
                let part = try FoundPairs.read(reader)
                found.add(part.found)
                read += part.read
            }
        } catch is WorkerFailure {
            throw SparkFailure.short(.pairs)
        }
        guard read == keyed else { throw SparkFailure.short(.pairs) }
        found.keepFirstDrawn()
        return found
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
