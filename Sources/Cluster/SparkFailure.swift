import Foundation
import Records

/// What goes wrong with a job on Spark, as one sentence with the stage and what to do.
enum SparkFailure {
    /// A worker did not read or write all of its lines.
    static func short(_ stage: SparkStage) -> Failure {
        Failure(
            .notDone, code: "E-SPK-006",
            Text(
                en:
                    "stage “\(stage.rawValue)” is short: a worker did not read all of its lines, or not all it wrote came back",
                zh: "阶段“\(stage.rawValue)”不完整：某个工作进程未读完全部行，或其输出未全部返回"),
            advice: Text(
                en:
                    "Nothing was taken over from the stage. Run the same command again; if it stays, look into the logs of the executors.",
                zh: "该阶段的结果未被采用。请重新运行同一命令；若仍然如此，请查看执行器日志。"))
    }

    /// The folder of stages cannot be used.
    static func noStages(_ error: any Error, _ path: String) -> any Error {
        if error is Failure { return error }
        return Failure(
            .storage, code: "E-SPK-004",
            Text(
                en: "the folder for Spark's stages cannot be written (\(error.localizedDescription))",
                zh: "无法写入 Spark 各阶段的文件夹（\(error.localizedDescription)）"),
            at: Place(file: path),
            advice: Text(
                en: "Give a folder with room that you may write to, with --stages.",
                zh: "请用 --stages 给出有足够空间且可写的文件夹。"))
    }

    /// Another process runs the same job.
    static func busy(_ path: String) -> Failure {
        Failure(
            .busy, code: "E-SPK-008",
            Text(en: "the same job runs already", zh: "同一任务正在运行"), at: Place(file: path),
            advice: Text(en: "Wait until it is done, or end it.", zh: "请等待其完成，或终止它。"))
    }

    /// More pairs than are allowed, with what each key costs.
    static func tooManyPairs(_ pairs: Int, most: Int, keys: [(name: String, pairs: Int)]) -> Failure {
        let worst = keys.sorted { ($1.pairs, $0.name) < ($0.pairs, $1.name) }.prefix(5)
        let list = worst.map { "\($0.name): \($0.pairs.grouped)" }.joined(separator: "; ")
        return Failure(
            .notDone, code: "E-SPK-005",
            Text(
                en: "the keys bring \(pairs.grouped) pairs to compare, and \(most.grouped) are allowed: \(list)",
                zh: "分块键会产生 \(pairs.grouped) 对比较，而允许的上限是 \(most.grouped)：\(list)"),
            advice: Text(
                en:
                    "Nothing was compared. Make the keys at the front of the list rarer (pair_budget, at_most), or allow more with --most-pairs.",
                zh: "尚未比较。请使列表前面的键更具区分力（pair_budget、at_most），或用 --most-pairs 放宽上限。"))
    }

    /// What Spark said last, in as much as it says what to do.
    static func ended(_ stage: SparkStage?, status: String, log: String, path: String) -> Failure {
        if log.contains(SparkStage.shortMark) { return short(.keys) }
        let name = stage?.rawValue
        let known = Self.known.first { $0.signs.contains(where: log.contains) }
        return Failure(
            .notDone, code: "E-SPK-007",
            Text(
                en:
                    "Spark stopped \(name.map { "in stage “\($0)”" } ?? "before the first stage") (\(status))\(known.map { ": " + $0.reason.en } ?? "")",
                zh:
                    "Spark 在\(name.map { "阶段“\($0)”" } ?? "第一个阶段之前")停止（\(status)）\(known.map { "：" + $0.reason.zh } ?? "")"
            ),
            at: Place(file: path),
            advice: known?.advice
                ?? Text(
                    en: "The log of Spark is in this file. What was done stays: run the same command again to go on.",
                    zh: "Spark 的日志在此文件中。已完成的部分会保留：重新运行同一命令即可继续。"))
    }

    /// A table could not be read or written by Spark.
    static func tables(_ ended: SparkProcess.Ended) -> Failure {
        let known = Self.known.first { $0.signs.contains(where: ended.log.contains) }
        return Failure(
            .notDone, code: "E-SPK-009",
            Text(
                en: "Spark could not read or write a table (\(ended.status))\(known.map { ": " + $0.reason.en } ?? "")",
                zh: "Spark 无法读取或写入数据表（\(ended.status)）\(known.map { "：" + $0.reason.zh } ?? "")"),
            advice: known?.advice
                ?? Text(
                    en: "Look whether Spark reaches the path, and whether it holds Parquet or CSV with a header.",
                    zh: "请检查 Spark 能否访问该路径，以及其中是否为 Parquet 或带表头的 CSV。"))
    }

    private static let known: [(signs: [String], reason: Text, advice: Text)] = [
        (
            ["[E-WRK-001]", "exited with status 64"],
            Text(en: "a worker refused the job, as it is of another version", zh: "工作进程版本不同，拒绝了任务"),
            Text(en: "Give the worker of this version with --worker.", zh: "请用 --worker 给出本版本的工作程序。")
        ),
        (
            ["[E-WRK-002]", "exited with status 65"], Text(en: "a worker read a line that is none", zh: "工作进程读到无效的行"),
            Text(
                en: "Something changed the rows on their way; look whether all machines see the same --stages folder.",
                zh: "行在传输中被改动；请检查所有机器看到的 --stages 文件夹是否相同。")
        ),
        (
            ["error while loading shared libraries"],
            Text(en: "the worker lacks a library on a machine", zh: "某台机器缺少工作程序所需的库"),
            Text(
                en: "Build one that needs none with “make worker”, and give it with --worker.",
                zh: "请用 make worker 构建静态程序，并用 --worker 给出。")
        ),
        (
            ["No space left on device"], Text(en: "a disk is full", zh: "磁盘已满"),
            Text(
                en: "Make room in --stages, or in spark.local.dir of the executors, and run the same command again.",
                zh: "请在 --stages 或执行器的 spark.local.dir 中腾出空间，然后重新运行同一命令。")
        ),
        (
            ["All masters are unresponsive"], Text(en: "the cluster does not answer", zh: "集群没有响应"),
            Text(
                en:
                    "Look whether the master runs at that address, and whether it has the same spark.authenticate.secret.",
                zh: "请检查该地址上的主节点是否运行，以及 spark.authenticate.secret 是否一致。")
        ),
        (
            ["Path does not exist"], Text(en: "a machine does not see the stages", zh: "某台机器看不到阶段文件夹"),
            Text(
                en: "Give a folder with --stages that all machines see under the same path.",
                zh: "请用 --stages 给出所有机器以相同路径可见的文件夹。")
        ),
        (
            ["JAVA_HOME is not set"], Text(en: "there is no Java", zh: "没有 Java"),
            Text(en: "Install Java 17 or set JAVA_HOME.", zh: "请安装 Java 17 或设置 JAVA_HOME。")
        ),
    ]
}
