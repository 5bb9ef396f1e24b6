import Foundation
import Records

/// Tables where Spark reaches them: exports that are read from there, and results that are written there.
package struct SparkTables: Sendable {
    private let options: SparkOptions
    private let program: String
    private let settings: [(name: String, value: String)]

    /// - Throws: `E-SPK-001` … `E-SPK-003` when Spark cannot be started as the options say.
    package init(_ options: SparkOptions) throws {
        self.options = options
        program = try options.program()
        settings = try options.settings.map { try SparkProperties.read($0) } ?? []
    }

    /// Whether the importers of this machine cannot read it: it has a scheme, such as `hdfs://`, or is Parquet.
    package static func isElsewhere(_ path: String) -> Bool { path.contains("://") || path.hasSuffix(".parquet") }

    /// Exports as CSV files of this machine, rows in the order of their cells, so that they do not depend on how files were cut.
    package struct Taken: Sendable {
        /// By source.
        package let paths: [String: String]
        fileprivate let folder: String

        /// They hold personal data.
        package func remove() { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// - Parameter paths: by source.
    /// - Throws: `E-SPK-009` when Spark cannot read them.
    package func take(_ paths: [String: String]) throws -> Taken {
        for path in paths.values { try SparkText.check(path) }
        let folder: String
        do {
            try PrivateFolder.make(options.stages)
            folder = try PrivateFolder.make(named: "qingku-inputs-", in: options.stages)
        } catch { throw SparkFailure.noStages(error, options.stages) }
        let names = paths.keys.sorted()
        do {
            try run(
                names.enumerated().map { index, name in
                    Self.reading(paths[name] ?? "", number: index, into: folder + "/\(index)")
                }.joined())
            var taken: [String: String] = [:]
            for (index, name) in names.enumerated() {
                let parts = try FileManager.default.contentsOfDirectory(atPath: folder + "/\(index)")
                    .filter { $0.hasPrefix("part-") }
                guard let part = parts.first, parts.count == 1 else { throw CocoaError(.fileReadCorruptFile) }
                let file = folder + "/\(index).csv"
                try FileManager.default.moveItem(atPath: folder + "/\(index)/" + part, toPath: file)
                taken[name] = file
            }
            return Taken(paths: taken, folder: folder)
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    /// Writes CSV tables of a run as Parquet, all columns as text.
    ///
    /// - Parameter target: a folder that Spark reaches; each table is a folder in it, and replaces one that is there.
    package func write(_ names: [String], of folder: String, to target: String) throws {
        try SparkText.check(target)
        let copies: String
        do {
            try PrivateFolder.make(options.stages)
            copies = try PrivateFolder.make(named: "qingku-tables-", in: options.stages)
            for name in names {
                try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: copies + "/" + name)
            }
        } catch { throw SparkFailure.noStages(error, options.stages) }
        defer { try? FileManager.default.removeItem(atPath: copies) }
        try run(
            names.enumerated().map { index, name in
                Self.writing(
                    copies + "/" + name, number: index,
                    to: target + "/" + URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent)
            }.joined())
    }

    // MARK: Statements

    /// Of one export to one file.
    static func reading(_ path: String, number: Int, into folder: String) -> String {
        let source: String
        if path.hasSuffix(".csv") {
            source = """
                CREATE TEMPORARY VIEW input\(number) USING csv OPTIONS (path '\(path)', \(Self.csv), multiLine 'true');

                """
        } else {
            source = "CREATE TEMPORARY VIEW input\(number) AS SELECT * FROM parquet.`\(path)`;\n"
        }
        return """
            \(source)SET spark.sql.shuffle.partitions=1;
            INSERT OVERWRITE DIRECTORY '\(folder)' USING csv OPTIONS (\(Self.csv), emptyValue '', nullValue '')
            SELECT * FROM input\(number) ORDER BY ALL;

            """
    }

    static func writing(_ path: String, number: Int, to target: String) -> String {
        """
        CREATE TEMPORARY VIEW table\(number) USING csv OPTIONS (path '\(path)', \(Self.csv), multiLine 'true');
        INSERT OVERWRITE DIRECTORY '\(target)' USING parquet SELECT * FROM table\(number);

        """
    }

    /// As RFC 4180 has it: Spark's own escape sign is the backslash.
    private static let csv = "header 'true', escape '\"'"

    private func run(_ statements: String) throws {
        let scratch = try PrivateFolder.scratch()
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let secret = PrivateFolder.secret()
        let process = SparkProcess(
            program: program, files: [], statements: statements,
            settings: try SparkProperties(options, own: settings, secret: secret, scratch: scratch).text,
            scratch: scratch)
        let ended = try process.run()
        if ended.isDone { return }
        throw SparkFailure.tables(ended)
    }
}
