import Foundation
import Importers
import Matching
package import Records
import Reports
import Rules
import Validation
import Workspace

/// How well a run's persons agree with a known truth.
package enum EvaluationRun {
    package struct Outcome: Sendable {
        package let evaluation: Evaluation
        /// Of the true pairs, the share that any blocking key brings together; `nil` when the run's inputs or rule book
        /// are no longer there.
        package let blockingRecall: Double?
        /// Records of the run that the truth does not know, and the other way round.
        package let withoutTruth: Int
        package let withoutRecord: Int
        /// `nil`: no truth about them was given.
        package let errors: ErrorEvaluation?
        package let omissions: OmissionEvaluation?
    }

    /// Where a run's inputs and rules are.
    package struct Source: Sendable {
        package let output: String
        package let rulesPath: String?
        package let paths: [String: String]

        package init(output: String, rulesPath: String? = nil, paths: [String: String] = [:]) {
            self.output = output
            self.rulesPath = rulesPath
            self.paths = paths
        }
    }

    /// The folder of a run, given as such, as a number of the workspace, or as the workspace's newest.
    package static func source(run: String?, workspace: String?) throws -> Source {
        guard let workspace else { return Source(output: run ?? "") }
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        let runs = try store.runs()
        let wanted = run.flatMap { Int($0) } ?? run.flatMap { folder in number(ofRunIn: folder, runs, workspace) }
        if let run, wanted == nil { return Source(output: run) }
        guard let found = wanted.map({ number in runs.first { $0.id == number } }) ?? runs.last else {
            throw Failure(
                .notDone, code: "E-EVAL-002",
                Text(en: "the workspace has no such run", zh: "工作区中没有该次运行"), at: Place(file: workspace))
        }
        let batches = try store.batches().filter { found.batches.contains($0.id) }
        return Source(
            output: found.folder(in: workspace),
            rulesPath: try store.ruleBook()?.path,
            paths: Dictionary(batches.map { ($0.source, $0.file.path) }) { _, last in last })
    }

    private static func number(ofRunIn folder: String, _ runs: [StoredRun], _ workspace: String) -> Int? {
        func place(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
        return runs.first { place($0.folder(in: workspace)) == place(folder) }?.id
    }

    /// - Parameter truthPath: CSV with a column `entity_id` and the record's id in another one, `id` or the first; a
    ///   column `source` where ids of several sources coincide.
    /// - Parameters:
    ///   - errorsPath: CSV with the columns id, source, field, kind, original and value: which cells were altered.
    ///   - omissionsPath: CSV with the columns entity_id and missing_in, and inferable where known.
    package static func run(
        _ source: Source, truthPath: String, errorsPath: String? = nil, omissionsPath: String? = nil, threads: Int
    ) throws -> Outcome {
        let truth = try Truth(path: truthPath)
        let members = try FlatTable(
            path: source.output + "/members.csv", columns: ["source", "record_id", "person_id"])
        var found: [String] = []
        var entities: [String] = []
        var withoutTruth = 0
        for row in members.rows {
            if let entity = truth.entity(source: row[0], recordID: row[1]) {
                found.append(row[2])
                entities.append(entity)
            } else {
                withoutTruth += 1
            }
        }
        guard !found.isEmpty || members.rows.isEmpty else {
            throw Failure(
                .badInput, code: "E-EVAL-003",
                Text(en: "the truth knows none of the run's records", zh: "真值文件与本次运行没有共同的记录"),
                at: Place(file: truthPath),
                advice: Text(
                    en: "Its ids have to be the record ids of members.csv, such as \(members.rows.first?[1] ?? "").",
                    zh: "其编号须为 members.csv 中的 record_id，例如 \(members.rows.first?[1] ?? "")。"))
        }
        let data = try RunData(source, threads: threads)
        let findings =
            errorsPath == nil && omissionsPath == nil
            ? []
            : try FlatTable(
                path: source.output + "/findings.csv",
                columns: ["kind", "check", "source", "record_id", "field", "suggestion", "severity"], mayBeEmpty: true
            ).rows
        return Outcome(
            evaluation: Evaluation(found: found, truth: entities),
            blockingRecall: data.map { blockingRecall($0, truth: truth, threads: threads) }, withoutTruth: withoutTruth,
            withoutRecord: max(0, truth.count - entities.count),
            errors: try errorsPath.map {
                try errors($0, source, data, members: members.rows, findings, truth, threads: threads)
            },
            omissions: try omissionsPath.map { try OmissionEvaluation(path: $0, findings: findings, truth: truth) })
    }

    private static func errors(
        _ path: String, _ source: Source, _ data: RunData?, members: [[String]], _ findings: [[String]], _ truth: Truth,
        threads: Int
    ) throws -> ErrorEvaluation {
        guard let data else { throw withoutRecords(source) }
        let rows = data.rowsByKey()
        // The day of the run matters only for sources without a day of their own.
        let today = data.records.sources.compactMap(\.profile.asOf).max() ?? "9999-12-31"
        let validator = try Validator(data.records, plan: data.book.validation(today: today), threads: threads)
        return ErrorEvaluation(
            try AlteredCells(path: path, data.records, rows: rows, threads: threads), findings: findings,
            persons: PersonsOfRun(members, rows: rows), truth: truth, rows: rows, validator: validator,
            records: data.records)
    }

    private static func withoutRecords(_ source: Source) -> Failure {
        let isNamed = source.rulesPath != nil
        return Failure(
            .badInput, code: "E-EVAL-004",
            isNamed
                ? Text(
                    en:
                        "the run's inputs or its rule book are no longer there, and errors are scored against the records",
                    zh: "本次运行的输入文件或规则文件已不存在，无法对照记录评估错误")
                : Text(
                    en: "the workspace of the run is not named, and errors are scored against its records",
                    zh: "未指定本次运行的工作区，无法对照记录评估错误"),
            at: Place(file: source.output),
            advice: isNamed
                ? Text(en: "Keep its inputs and its rule book where they were.", zh: "请将输入文件和规则文件保留在原处。")
                : Text(
                    en: "Name it with --workspace; the run is its newest, or the one named beside.",
                    zh: "请用 --workspace 指定；默认为最近一次运行，也可另行指定。"))
    }

    private static func blockingRecall(_ data: RunData, truth: Truth, threads: Int) -> Double {
        let records = data.records
        var groups: [String: [Int]] = [:]
        for row in 0..<records.count {
            let key = records.key(row)
            if let entity = truth.entity(source: key.source, recordID: key.recordID) {
                groups[entity, default: []].append(row)
            }
        }
        return BlockingRecall.share(of: Array(groups.values), records: records, plan: data.book.match, threads: threads)
    }
}

/// A truth file: record → entity.
struct Truth {
    private var entities: [String: String] = [:]
    private let hasSource: Bool

    var count: Int { entities.count }

    init(path: String) throws {
        let headers = try FlatTable.headers(path: path)
        guard headers.contains("entity_id") else {
            throw Failure(
                .badInput, code: "E-EVAL-001",
                Text(en: "a truth file has a column entity_id", zh: "真值文件应有 entity_id 列"),
                at: Place(file: path, line: 1),
                advice: Text(
                    en: "Expected a header such as id,entity_id; found \(headers.joined(separator: ",")).",
                    zh: "表头应如 id,entity_id；实际为 \(headers.joined(separator: ","))。"))
        }
        let others = headers.filter { $0 != "entity_id" && $0 != "source" }
        let id = others.contains("id") ? "id" : others.contains("record_id") ? "record_id" : others.first ?? "id"
        hasSource = headers.contains("source")
        let table = try FlatTable(path: path, columns: hasSource ? [id, "entity_id", "source"] : [id, "entity_id"])
        for row in table.rows { entities[hasSource ? row[2] + "\u{1F}" + row[0] : row[0]] = row[1] }
    }

    func entity(source: String, recordID: String) -> String? {
        entities[hasSource ? source + "\u{1F}" + recordID : recordID]
    }
}

/// A small CSV file of the product's own or the user's making, as rows of texts; read by the same importer as exports.
struct FlatTable {
    let rows: [[String]]
    /// Line on which each row begins.
    let lines: [Int]

    /// - Throws: a `Failure` when the file or one of the columns is not there.
    init(path: String, columns: [String], mayBeEmpty: Bool = false) throws {
        let headers = try Self.headers(path: path)
        for column in columns where !headers.contains(column) {
            throw Failure(
                .badInput, code: "E-CSV-101", Text(en: "there is no column \(column)", zh: "缺少列 \(column)"),
                at: Place(file: path, line: 1),
                advice: Text(
                    en: "The header is: \(headers.joined(separator: ", ")).",
                    zh: "表头为：\(headers.joined(separator: "、"))。"))
        }
        let imported = try Importer.read(
            SourcePlan(
                profile: SourceProfile(name: "table"), path: path, format: .csv, delimiter: ",", quote: "\"",
                hasHeader: true, mappings: columns.enumerated().map { .init(field: $0.offset, path: $0.element) }),
            path: path, schema: Schema(columns.map { Field(name: $0, kind: .text) }))
        if let issue = imported.issues.first(where: {
            $0.severity >= .warning && !(mayBeEmpty && $0.check == "no-rows")
        }) {
            throw Failure(.badInput, code: "E-CSV-102", issue.message, at: issue.place)
        }
        let table = imported.table
        lines = table.lines.map { Int($0) }
        rows = (0..<table.count).map { record in
            table.columns.map { column in column.map { $0.values[$0.codes[record]] } ?? "" }
        }
    }

    static func headers(path: String) throws -> [String] {
        guard let file = FileHandle(forReadingAtPath: path) else { throw Failure.unreadable(path) }
        defer { try? file.close() }
        let head = String(decoding: (try? file.read(upToCount: 65_536)) ?? Data(), as: UTF8.self)
        let line = head.split(whereSeparator: \.isNewline).first ?? ""
        return line.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"\u{FEFF} "))
        }
    }
}
