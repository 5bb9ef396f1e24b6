import ArgumentParser
import Cluster
import Foundation
import Matching
import Records

/// Where the pairs of a run are compared.
struct EngineOptions: ParsableArguments {
    enum Engine: String, ExpressibleByArgument, CaseIterable {
        case embedded
        case spark
    }

    @Option(help: "Where pairs are compared: embedded (this machine) or spark; the result is the same.")
    var engine: Engine = .embedded

    @Option(help: "Spark's master: local[2], spark://host:7077, yarn or k8s://…")
    var master: String?

    @Option(help: "Private folder for the stages of a Spark job, which all its machines see under the same path.")
    var stages: String?

    @Option(help: "Folder of the Spark installation, version 4 (default: SPARK_HOME, else spark-sql on the path).")
    var sparkHome: String?

    @Option(help: "Properties file of Spark with settings of the cluster, such as spark.authenticate.secret.")
    var sparkConf: String?

    @Option(help: "Program that executors run (default: qingku-worker beside this program, else this program).")
    var worker: String?

    @Option(help: "Blocks with more records are compared in parts of about so many, from 2.")
    var blockCap: Int = SparkOptions.usualCap

    @Option(help: "Most pairs that a Spark job may compare (default: 1,000 a record, a billion in any case).")
    var mostPairs: Int?

    @Option(help: "Write the tables of persons and pairs as Parquet, too, into this folder, which Spark reaches.")
    var parquet: String?

    @Flag(help: "Keep the folder of stages, which holds personal data, when the Spark job is done.")
    var keepStages = false

    func validate() throws {
        guard blockCap >= 2 else { throw ValidationError("--block-cap is a number from 2.") }
        switch engine {
        case .spark:
            guard master != nil, stages != nil else {
                throw ValidationError("--engine spark needs --master and --stages.")
            }
        case .embedded:
            let given: [(String, Bool)] = [
                ("--master", master != nil), ("--stages", stages != nil), ("--spark-home", sparkHome != nil),
                ("--spark-conf", sparkConf != nil), ("--worker", worker != nil), ("--most-pairs", mostPairs != nil),
                ("--keep-stages", keepStages), ("--parquet", parquet != nil),
                ("--block-cap", blockCap != SparkOptions.usualCap),
            ]
            if let (name, _) = given.first(where: \.1) { throw ValidationError("\(name) goes with --engine spark.") }
        }
    }

    /// `nil`: on this machine.
    func scoring(_ language: Language) throws -> (any PairScoring)? {
        try spark.map { options in
            try SparkScoring(options) { now in Console.progress(Self.text(now)(language)) }
        }
    }

    /// Runs something with the exports where this machine reads them: those that only Spark reaches are brought here, and go
    /// again.
    ///
    /// - Parameter paths: by source.
    func withInputs<Result>(_ paths: [String: String], _ body: ([String: String]) throws -> Result) throws -> Result {
        let elsewhere = paths.filter { SparkTables.isElsewhere($0.value) }
        guard let spark, !elsewhere.isEmpty else { return try body(paths) }
        let taken = try SparkTables(spark).take(elsewhere)
        defer { taken.remove() }
        return try body(paths.merging(taken.paths) { $1 })
    }

    /// Writes tables of a run where somebody asked for them as Parquet.
    func write(_ names: [String], of folder: String) throws {
        guard let spark, let parquet else { return }
        try SparkTables(spark).write(names, of: folder, to: parquet)
    }

    private var spark: SparkOptions? {
        guard engine == .spark, let master, let stages else { return nil }
        var options = SparkOptions(master: master, stages: URL(fileURLWithPath: stages).standardizedFileURL.path)
        options.home = sparkHome
        options.settings = sparkConf
        options.worker = worker.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        options.cap = blockCap
        options.mostPairs = mostPairs
        options.keepsStages = keepStages
        return options
    }

    private static func text(_ now: SparkProgress) -> Text {
        guard let stage = now.stage else { return Text(en: "Spark starts", zh: "Spark 正在启动") }
        let (count, done, pieces) = (now.count.grouped, now.done.grouped, now.pieces.grouped)
        let share =
            now.pieces > 0
            ? Text(en: ", \(done) of \(pieces) pieces", zh: "，\(done) / \(pieces) 份") : Text(en: "", zh: "")
        return switch stage {
        case .keys: Text(en: "Spark: keys of \(count) records\(share.en)", zh: "Spark：\(count) 条记录的分块键\(share.zh)")
        case .pairs: Text(en: "Spark: comparing \(count) pairs\(share.en)", zh: "Spark：比较 \(count) 对记录\(share.zh)")
        }
    }
}
