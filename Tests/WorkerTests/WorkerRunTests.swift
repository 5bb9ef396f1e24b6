import Foundation
import Matching
import Records
import Testing
import Worker

@Suite struct WorkerRunTests {
    /// A worker reads no job of another version, format or hash.
    @Test func `a job of another version, format or hash is refused`() throws {
        struct Writing: PairScoring {
            let path: String
            func found(_ job: ScoringJob) throws -> FoundPairs {
                try JSONEncoder().encode(job.description(cap: 100, hash: "abc")).write(to: URL(fileURLWithPath: path))
                return try WorkersHere().found(job)
            }
        }
        let path = NSTemporaryDirectory() + "job-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try Matcher.match(
            SmallRegister.records, plan: SmallRegister.plan(), scoring: Writing(path: path), threads: 1)
        #expect(try WorkerRun.work(model: path, format: 1, hash: "abc").keys == 5)
        #expect(throws: WorkerFailure.self) { try WorkerRun.work(model: path, format: 2, hash: "abc") }
        #expect(throws: WorkerFailure.self) { try WorkerRun.work(model: path, format: 1, hash: "abd") }
        #expect(throws: WorkerFailure.self) { try WorkerRun.work(model: path + "x", format: 1, hash: "abc") }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for (this, other) in [
            (Version.text, "0.0.0-other"), ("\"given_name\"", "\"given-name\""),
            ("\"transform\":\"year\"", "\"transform\":\"yaer\""),
            ("\"link\":\"all\"", "\"link\":\"some\""), ("\"fields\":5", "\"fields\":2"),
        ] {
            #expect(text.contains(this))
            try text.replacingOccurrences(of: this, with: other).write(toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: WorkerFailure.self, "\(this)") { try WorkerRun.work(model: path, format: 1, hash: "abc") }
        }
    }

    @Test(arguments: [
        (WorkerFailure.usage("x"), Int32(64)), (.wire("it is cut off", line: 7), 65), (.output, 74),
    ])
    func `each way to stop has its status`(_ failure: WorkerFailure, _ status: Int32) {
        #expect(failure.status == status)
        #expect(failure.description.hasPrefix("qingku worker: "))
    }
}
