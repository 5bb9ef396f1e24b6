import Foundation
import Matching
import Records
import TestSupport
import Testing

@testable import Cluster

@Suite struct JobFolderTests {
    /// Runs `body` with a job of a few invented records and a private folder for its stages.
    private static func withJob(_ body: @escaping @Sendable (ScoringJob, String) throws -> Void) throws {
        struct Looking: PairScoring {
            let body: @Sendable (ScoringJob, String) throws -> Void
            func found(_ job: ScoringJob) throws -> FoundPairs {
                let stages = NSTemporaryDirectory() + "stages-\(UUID().uuidString)"
                defer { try? FileManager.default.removeItem(atPath: stages) }
                try body(job, stages)
                throw CancellationError()
            }
        }
        var builder = RecordTableBuilder([
            Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
            Field(name: "birth_date", kind: .date),
        ])
        builder.add((0..<40).map { ["given\($0 % 7)", "surname\($0 % 5)", "1980-01-\(10 + $0 % 9)"] })
        let plan = MatchPlan(
            keys: [.init([.init(field: 0)]), .init([.init(field: 2)])],
            comparisons: [
                .init(field: 0, comparator: "given_name"), .init(field: 1, comparator: "surname"),
                .init(field: 2, comparator: "date"),
            ], decide: .init(merge: 0.9, review: 0.1))
        #expect(throws: CancellationError.self) {
            try Matcher.match(builder.table(), plan: plan, scoring: Looking(body: body), threads: 1)
        }
    }

    /// Any file serves: only its bytes count here.
    private static let worker = "/bin/sh"

    private static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `records lie in a private folder, and another process does not run the same job`() throws {
        try Self.withJob { job, stages in
            let folder = try JobFolder(job, cap: 10, worker: Self.worker, in: stages)
            #expect(try Self.mode(stages) == 0o700 && Self.mode(folder.path) == 0o700)
            #expect(try Self.mode(folder.records + "/records.txt") == 0o600 && Self.mode(folder.jobFile) == 0o600)
            let failure = #expect(throws: Failure.self) {
                try JobFolder(job, cap: 10, worker: Self.worker, in: stages)
            }
            #expect(failure?.code == "E-SPK-008")
            // Blocks in other parts, another job.
            let other = try JobFolder(job, cap: 3, worker: Self.worker, in: stages)
            #expect(other.path != folder.path)
            #expect(try FileManager.default.contentsOfDirectory(atPath: stages).count == 2)
            folder.remove()
            other.remove()
            #expect(try FileManager.default.contentsOfDirectory(atPath: stages).isEmpty)
        }
    }

    @Test func `a job goes on at the first stage that is not done`() throws {
        try Self.withJob { job, stages in
            let folder = try JobFolder(job, cap: 10, worker: Self.worker, in: stages)
            func finish(_ stage: String) throws {
                try PrivateFolder.make(folder.path + "/" + stage)
                try PrivateFolder.write(Data(), to: folder.path + "/\(stage)/_SUCCESS")
            }
            #expect(folder.open == .keys)
            try finish("keys")
            #expect(folder.open == .pairs)
            try finish("pairs")
            #expect(folder.open == nil)
            folder.forget(from: .pairs)
            #expect(folder.open == .pairs)
            folder.forget(from: .keys)
            #expect(folder.open == .keys)
        }
    }

    @Test(arguments: [
        ("S\t0\nE\t3\t1\n", true), ("S\t0\nE\t2\t1\n", false), ("E\t3\t1\n", false), ("S\t0\n", false),
        ("S\t0\nE\t3\t1", false), ("no line\nE\t3\t1\n", false),
    ])
    func `results count only when every line of the stage before was read`(_ text: String, _ isWhole: Bool) throws {
        try Self.withJob { job, stages in
            let folder = try JobFolder(job, cap: 10, worker: Self.worker, in: stages)
            try PrivateFolder.make(folder.path + "/pairs")
            try PrivateFolder.write(Data(text.utf8), to: folder.path + "/pairs/part-00000")
            if isWhole {
                #expect(try folder.found(of: 3) == FoundPairs())
            } else {
                let failure = #expect(throws: Failure.self) { try folder.found(of: 3) }
                #expect(failure?.code == "E-SPK-006")
            }
        }
    }

    @Test func `folders of processes that are gone are removed, those of others stay`() throws {
        let folder = NSTemporaryDirectory() + "leftovers-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try PrivateFolder.make(folder)
        let own = try PrivateFolder.make(named: "new-", in: folder)
        let name = URL(fileURLWithPath: own).lastPathComponent
        let gone = name.replacingOccurrences(of: "-\(getpid())", with: "-999999999")
        try PrivateFolder.make(folder + "/" + gone)
        try PrivateFolder.make(folder + "/new-elsewhere-999999999")
        try PrivateFolder.make(folder + "/new-kept")
        try FileManager.default.removeItem(atPath: own)
        _ = try PrivateFolder.make(named: "new-", in: folder)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(left) == [name, "new-elsewhere-999999999", "new-kept"])
    }

    @Test func `a link that stands where a folder is to be made is not followed`() throws {
        let folder = NSTemporaryDirectory() + "taken-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try PrivateFolder.make(folder)
        let own = try PrivateFolder.make(named: "x-", in: folder)
        try FileManager.default.removeItem(atPath: own)
        try FileManager.default.createSymbolicLink(atPath: own, withDestinationPath: "/")
        let made = try PrivateFolder.make(named: "x-", in: folder)
        let kind = try FileManager.default.attributesOfItem(atPath: made)[.type] as? FileAttributeType
        #expect(kind == .typeDirectory)
    }
}

@Suite struct SparkTablesTests {
    @Test func `tables are read in the order of their cells and written as text`() {
        #expect(
            SparkTables.reading("hdfs://h/people.parquet", number: 0, into: "/s/0") == """
                CREATE TEMPORARY VIEW input0 AS SELECT * FROM parquet.`hdfs://h/people.parquet`;
                SET spark.sql.shuffle.partitions=1;
                INSERT OVERWRITE DIRECTORY '/s/0' USING csv OPTIONS (header 'true', escape '"', emptyValue '', nullValue '')
                SELECT * FROM input0 ORDER BY ALL;

                """)
        #expect(
            SparkTables.reading("s3a://b/people.csv", number: 1, into: "/s/1").hasPrefix(
                """
                CREATE TEMPORARY VIEW input1 USING csv OPTIONS (path 's3a://b/people.csv', header 'true', escape '"', \
                multiLine 'true');
                """))
        #expect(
            SparkTables.writing("/s/pairs.csv", number: 2, to: "/out/pairs") == """
                CREATE TEMPORARY VIEW table2 USING csv OPTIONS (path '/s/pairs.csv', header 'true', escape '"', multiLine 'true');
                INSERT OVERWRITE DIRECTORY '/out/pairs' USING parquet SELECT * FROM table2;

                """)
    }

    @Test(arguments: [
        ("people.csv", false), ("/x/people.xml", false), ("people.parquet", true), ("hdfs://h/x", true),
        ("s3a://b/people.csv", true),
    ])
    func `what the importers can read stays with them`(_ path: String, _ isElsewhere: Bool) {
        #expect(SparkTables.isElsewhere(path) == isElsewhere)
    }
}
