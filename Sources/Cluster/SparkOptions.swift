import Foundation
import Records

/// Where and how a job runs on Apache Spark.
package struct SparkOptions: Sendable {
    /// `local[2]`, `spark://host:7077`, `yarn`, `k8s://…`
    package var master: String
    /// A folder that this machine and all machines of the cluster see under the same path.
    package var stages: String
    /// The folder of a Spark installation; `nil`: `SPARK_HOME`, else `spark-sql` on the path.
    package var home: String?
    /// A properties file of Spark whose settings come before the tool's own.
    package var settings: String?
    /// The program that executors run; `nil`: `qingku-worker` beside this program, else this program.
    package var worker: String?
    /// Blocks with more records are compared in parts of about so many.
    package var cap: Int = usualCap
    /// Most pairs that may be compared; `nil`: 1,000 a record, and a billion in any case.
    package var mostPairs: Int?
    package var keepsStages = false

    package static let usualCap = 2_000

    package init(master: String, stages: String) {
        self.master = master
        self.stages = stages
    }

    var isLocal: Bool { master.hasPrefix("local") }
}

extension SparkOptions {
    /// The program that runs SQL, and the one that executors run.
    struct Programs: Sendable {
        let sql: String
        let worker: String

        /// What executors call: its file name, with the command where it is this program.
        var command: String {
            let name = URL(fileURLWithPath: worker).lastPathComponent
            return name == "qingku" ? "qingku worker" : name
        }
    }

    /// `spark-sql`.
    ///
    /// - Throws: `E-SPK-001` without Spark, `E-SPK-002` for a folder of stages that cannot stand in a statement.
    func program(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws -> String {
        try SparkText.check(stages)
        let folders =
            (home ?? environment["SPARK_HOME"]).map { [$0 + "/bin"] }
            ?? (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let sql = folders.map { $0 + "/spark-sql" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let sql else {
            throw Failure(
                .notDone, code: "E-SPK-001",
                Text(
                    en: "there is no spark-sql in \(folders.first ?? "the path")",
                    zh: "在 \(folders.first ?? "PATH") 中找不到 spark-sql"),
                advice: Text(
                    en: "Give the folder of a Spark 4 installation with --spark-home, or set SPARK_HOME.",
                    zh: "请用 --spark-home 给出 Spark 4 的安装文件夹，或设置 SPARK_HOME。"))
        }
        return sql
    }

    /// - Throws: `E-SPK-001` without Spark, `E-SPK-002` for names that cannot stand in a statement.
    func programs() throws -> Programs {
        let sql = try program()
        let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
        let beside = URL(fileURLWithPath: own).deletingLastPathComponent().appending(path: "qingku-worker").path
        let worker = worker ?? (FileManager.default.isExecutableFile(atPath: beside) ? beside : own)
        try SparkText.check(worker)
        guard FileManager.default.isExecutableFile(atPath: worker) else {
            throw Failure(
                .badInput, code: "E-SPK-002", Text(en: "this is not a program", zh: "这不是可执行程序"),
                at: Place(file: worker),
                advice: Text(en: "Give one made with “make worker”.", zh: "请给出由 make worker 生成的程序。"))
        }
        return Programs(sql: sql, worker: worker)
    }
}

/// What may stand in statements and properties.
enum SparkText {
    /// - Throws: `E-SPK-002` for a path with quotes, commas or the like: Spark takes them for its own signs.
    static func check(_ path: String) throws {
        let refused = Set("'\"`\\,;#${}*?[]")
        guard let found = path.first(where: { refused.contains($0) || $0.isNewline || $0 == "\t" || $0 == " " }) else {
            return
        }
        throw Failure(
            .badInput, code: "E-SPK-002",
            Text(
                en: "Spark cannot take a path with “\(found)” in it", zh: "Spark 不能使用含有“\(found)”的路径"),
            at: Place(file: path),
            advice: Text(en: "Give another folder.", zh: "请使用其他文件夹。"))
    }
}
