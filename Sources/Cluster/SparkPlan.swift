/// The statements of a job, for `spark-sql -f`. They name folders, programs and numbers; no value of a record is in them.
struct SparkPlan: Sendable, Equatable {
    /// The folder of the job, which all machines see.
    let folder: String
    /// What executors call: `qingku-worker`, or `qingku worker`.
    let worker: String
    /// Name of the job file beside the worker.
    let job: String
    /// Of the job with its records.
    let hash: String
    let records: Int
    /// Lines that the first stage has to make of them.
    let keyed: Int
    /// Pairs of all blocks together, at most.
    let pairs: Int

    /// Marks the lines of standard output that are meant for `SparkProcess`.
    static let mark = "qingku"

    /// A process takes some seconds for its pairs; a thousand processes a core are no better than ten.
    var partitions: Int { min(20_000, max(8, pairs / 1_000_000, keyed / 100_000)) }

    /// - Parameter stage: those before it are done.
    func sql(from stage: SparkStage) -> String {
        let all: [(SparkStage, String)] = [(.keys, keysStage), (.pairs, pairsStage)]
        return settings + all.filter { $0.0 >= stage }.map(\.1).joined(separator: "\n")
    }

    private var settings: String {
        """
        -- Job \(hash) of qingku.
        SET spark.sql.shuffle.partitions=\(partitions);
        -- Pairs grow with the square of a block, so partitions that are small in bytes are not put together.
        SET spark.sql.adaptive.coalescePartitions.enabled=false;
        SET spark.sql.files.maxPartitionBytes=8m;

        """
    }

    /// Records to blocks; a block over the cap goes out in parts. Each worker ends with what it has read and written (E).
    private var keysStage: String {
        """
        \(announce(.keys))
        INSERT OVERWRITE DIRECTORY '\(folder)/keys' USING parquet
        SELECT TRANSFORM (value) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\001'
          USING '\(call("keys"))'
          AS (kind STRING, block STRING, crossed STRING, part STRING, record STRING, payload STRING)
          ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'
        FROM text.`\(folder)/records`;
        SELECT assert_true(
          coalesce(sum(try_cast(block AS BIGINT)), 0) = \(records)
          AND coalesce(sum(try_cast(crossed AS BIGINT)), 0) = \(keyed)
          AND (SELECT count(*) FROM parquet.`\(folder)/keys` WHERE kind = 'K') = \(keyed),
          '\(SparkStage.shortMark)')
          FROM parquet.`\(folder)/keys` WHERE kind = 'E';

        """
    }

    /// Blocks to pairs over the line, with the sums of the others.
    private var pairsStage: String {
        """
        \(announce(.pairs))
        INSERT OVERWRITE DIRECTORY '\(folder)/pairs' USING text
        SELECT TRANSFORM (block, crossed, part, record, payload) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'
          USING '\(call("pairs"))'
          AS (line STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\001'
        FROM (
          SELECT block, crossed, part, record, payload FROM parquet.`\(folder)/keys` WHERE kind = 'K'
          DISTRIBUTE BY block SORT BY block
        );

        """
    }

    private func announce(_ stage: SparkStage) -> String { "SELECT '\(Self.mark)', '\(stage.rawValue)';" }

    /// `exec`: without it the shell would answer for the worker.
    private func call(_ mode: String) -> String {
        "exec \(worker) \(mode) --model \(job) --format 1 --job-hash \(hash)"
    }
}

/// What Spark does one after the other.
package enum SparkStage: String, Sendable, CaseIterable, Comparable {
    case keys
    case pairs

    package static func < (left: SparkStage, right: SparkStage) -> Bool { left == .keys && right == .pairs }

    /// Said by a statement that finds that a worker was cut short.
    static let shortMark = "qingku-rows-are-missing"
}
