import Foundation
import Records
import Testing

@testable import Cluster

@Suite struct SparkPlanTests {
    private static let plan = SparkPlan(
        folder: "/shared/stages/qingku-0123456789abcdef", worker: "qingku-worker", job: "job-0123456789abcdef.json",
        hash: "0123456789abcdef", records: 1_000_000, keyed: 3_000_000,
        pairs: 64_000_000)

    private static func golden(_ name: String) throws -> String {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test func `the statements of a whole job are these`() throws {
        #expect(Self.plan.sql(from: .keys) == (try Self.golden("whole.sql")))
    }

    @Test func `a job that goes on leaves out what is done`() throws {
        #expect(Self.plan.sql(from: .pairs) == (try Self.golden("pairs.sql")))
    }

    @Test(arguments: [
        (1_000, 3_000, 8), (64_000_000, 5_000_000, 64), (1_000_000, 50_000_000, 500),
        (400_000_000_000, 5_000_000_000, 20_000),
    ])
    func `partitions grow with pairs and rows`(_ pairs: Int, _ keyed: Int, _ partitions: Int) {
        let plan = SparkPlan(
            folder: "", worker: "", job: "", hash: "", records: 1, keyed: keyed, pairs: pairs)
        #expect(plan.partitions == partitions)
    }

    @Test(arguments: ["/a b", "/a'b", "/a`b", "/a\"b", "/a,b", "/a;b", "/a\\b", "/a\nb", "/a$b", "/a*"])
    func `a path that Spark takes for something else is refused`(_ path: String) {
        let failure = #expect(throws: Failure.self) { try SparkText.check(path) }
        #expect(failure?.code == "E-SPK-002")
    }
}

@Suite struct SparkPropertiesTests {
    private static func text(_ master: String, _ own: [(name: String, value: String)] = []) throws -> String {
        try SparkProperties(
            SparkOptions(master: master, stages: "/s"), own: own, secret: "s3cret", scratch: "/tmp/x"
        ).text
    }

    @Test func `SEC-: authentication and encryption of network and disk are on unless somebody says otherwise`() throws
    {
        let text = try Self.text("local[2]")
        for line in [
            "spark.authenticate true", "spark.network.crypto.enabled true", "spark.io.encryption.enabled true",
            "spark.eventLog.enabled false", "spark.ui.enabled false", "spark.authenticate.secret s3cret",
            "spark.driver.bindAddress 127.0.0.1",
        ] {
            #expect(text.contains(line + "\n"))
        }
        let own = try Self.text("yarn", [("spark.ui.enabled", "true"), ("spark.executor.memory", "8g")])
        #expect(own.contains("spark.ui.enabled true\n") && !own.contains("spark.ui.enabled false"))
        #expect(own.contains("spark.executor.memory 8g\n") && !own.contains("s3cret"))
    }

    @Test func `a standalone cluster needs its secret, or the word that its network is open`() throws {
        let failure = #expect(throws: Failure.self) { try Self.text("spark://h:7077") }
        #expect(failure?.code == "E-SPK-003")
        #expect(try Self.text("spark://h:7077", [("spark.authenticate.secret", "x")]).contains("secret x\n"))
        #expect(
            try Self.text("spark://h:7077", [("spark.authenticate", "false")]).contains("spark.authenticate false\n"))
    }

    @Test func `settings are read as Spark reads them`() throws {
        let path = NSTemporaryDirectory() + "conf-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try "# a remark\n\nspark.a 1\n spark.b=2\nspark.c : 3 4 \n".write(
            toFile: path, atomically: true, encoding: .utf8)
        let read = try SparkProperties.read(path)
        #expect(read.map(\.name) == ["spark.a", "spark.b", "spark.c"] && read.map(\.value) == ["1", "2", "3 4"])
        #expect(throws: Failure.self) { try SparkProperties.read(path + "x") }
    }
}

@Suite struct SparkFailureTests {
    @Test(arguments: [
        ("ERROR … qingku worker: the job file is of another version [E-WRK-001]", "E-SPK-007", "another version"),
        ("java.io.IOException: No space left on device", "E-SPK-007", "disk is full"),
        ("…'qingku-rows-are-missing' SQLSTATE: P0001", "E-SPK-006", "is short"), ("?", "E-SPK-007", "stopped"),
    ])
    func `what Spark says last becomes one sentence`(_ log: String, _ code: String, _ words: String) {
        let failure = SparkFailure.ended(.pairs, status: "exited(1)", log: log, path: "/s/spark.log")
        #expect(failure.code == code && failure.message.en.contains(words))
        #expect(failure.message.en.contains(code == "E-SPK-006" ? "keys" : "pairs") && failure.advice != nil)
    }

    @Test func `too many pairs are told with what each key costs`() {
        let failure = SparkFailure.tooManyPairs(
            5_000_000, most: 1_000, keys: [("phone", 1_000), ("birth_date", 4_999_000)])
        #expect(failure.message.en.contains("birth_date: 4,999,000; phone: 1,000"))
    }
}
