import Foundation
import Records

/// The settings of a job, in a file that only its owner reads: a secret on the command line would stand in the list of processes.
struct SparkProperties: Sendable {
    let text: String

    /// - Parameters:
    ///   - own: of the user; they come before those of the tool.
    ///   - secret: shared by the processes of a job on this machine.
    ///   - scratch: a private folder of this machine.
    /// - Throws: `E-SPK-003` for a standalone cluster whose secret is not known.
    init(_ options: SparkOptions, own: [(name: String, value: String)], secret: String, scratch: String) throws {
        var settings: [(name: String, value: String)] = [
            ("spark.master", options.master),
            ("spark.app.name", "qingku"),
            // Without this spark-sql makes a database of its own in the working folder.
            ("spark.sql.catalogImplementation", "in-memory"),
            ("spark.sql.warehouse.dir", scratch + "/warehouse"),
            // A "${…}" in a path is no variable.
            ("spark.sql.variable.substitute", "false"),
            ("spark.sql.scriptTransformation.exitTimeoutInSeconds", "60"),
            ("spark.authenticate", "true"),
            ("spark.network.crypto.enabled", "true"),
            ("spark.io.encryption.enabled", "true"),
            ("spark.eventLog.enabled", "false"),
            ("spark.ui.enabled", "false"),
            ("spark.ui.showConsoleProgress", "true"),
            ("spark.log.level", "WARN"),
        ]
        if options.isLocal {
            settings += [
                ("spark.local.dir", scratch + "/local"), ("spark.driver.host", "127.0.0.1"),
                ("spark.driver.bindAddress", "127.0.0.1"), ("spark.authenticate.secret", secret),
            ]
        } else if options.master.hasPrefix("spark://") {
            let given = Dictionary(own.map { ($0.name, $0.value) }) { _, last in last }
            guard
                given["spark.authenticate"] == "false" || given["spark.authenticate.secret"] != nil
                    || given["spark.authenticate.secret.file"] != nil
            else {
                throw Failure(
                    .notPermitted, code: "E-SPK-003",
                    Text(
                        en:
                            "the secret of the cluster \(options.master) is not known, and without it its network is open",
                        zh: "不知道集群 \(options.master) 的密钥；没有密钥，其网络是开放的"),
                    advice: Text(
                        en: """
                            Write spark.authenticate.secret of the cluster into a file that only you can read, and give it \
                            with --spark-conf; “spark.authenticate false” there takes the risk.
                            """,
                        zh:
                            "请把集群的 spark.authenticate.secret 写入只有您可读的文件，并用 --spark-conf 给出；在其中写 “spark.authenticate false” 表示接受风险。"
                    ))
            }
        }
        let taken = Set(own.map(\.name))
        text = (settings.filter { !taken.contains($0.name) } + own).map { "\($0.name) \($0.value)\n" }.joined()
    }

    /// The settings of a file: a name and a value a line, between them a blank, an equals sign or a colon.
    ///
    /// - Throws: `E-SPK-010` when it cannot be read.
    static func read(_ path: String) throws -> [(name: String, value: String)] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure(
                .badInput, code: "E-SPK-010", Text(en: "this file of settings cannot be read", zh: "无法读取该设置文件"),
                at: Place(file: path))
        }
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            let line = line.drop(while: \.isWhitespace)
            guard let first = line.first, first != "#", first != "!" else { return nil }
            let name = line.prefix { !$0.isWhitespace && $0 != "=" && $0 != ":" }
            let value = line[name.endIndex...].drop { $0.isWhitespace || $0 == "=" || $0 == ":" }
            return (String(name), value.trimmingCharacters(in: .whitespaces))
        }
    }
}
