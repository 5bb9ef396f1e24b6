import Crypto
import Foundation
import GRDB
package import Records

extension WorkspaceStore {
    /// Something that is not as it was written.
    package struct Problem: Sendable, Hashable {
        package enum Kind: String, Sendable, CaseIterable {
            /// SQLite finds its own structure damaged.
            case database
            /// A row refers to one that is not there.
            case reference
            /// A stored record is not what the office delivered.
            case record
            /// Records of a batch are missing, or were put in.
            case batch
            /// Retired person ids lead round in a circle, or an id was given out twice.
            case person
            /// The state of a finding is not what the audit trail says of it.
            case finding
            /// A file of the last run was changed or is missing.
            case output
        }

        package let kind: Kind
        package let message: Text
    }

    /// Looks at everything that is stored but the trail, which `readTrail` reads; an empty list says that all is as it was
    /// written.
    package func verify() throws -> [Problem] {
        var problems: [Problem] = []
        do {
            problems += try read { db in try Self.structure(db) }
            problems += try read { db in try Self.records(db) }
            problems += try read { db in try Self.ledgerProblems(db) }
            problems += try read { db in
                try PersonTables.circularAliases(db).map { person in
                    Problem(
                        kind: .person,
                        message: Text(
                            en: "the retired id \(PersonID.text(person)) leads round in a circle",
                            zh: "已停用的编号 \(PersonID.text(person)) 形成循环引用"))
                }
            }
            problems += try reusedPersons().map { person in
                Problem(
                    kind: .person,
                    message: Text(
                        en: "the id \(PersonID.text(person)) was given to somebody when it was not free",
                        zh: "编号 \(PersonID.text(person)) 在不可用时被分配"))
            }
        } catch let failure as Failure where failure.kind == .verification {
            problems.append(Problem(kind: .database, message: failure.message))
        }
        problems += try outputs()
        return problems
    }

    private static func structure(_ db: Database) throws -> [Problem] {
        let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
            .map { Problem(kind: .database, message: Text(en: "database: \($0)", zh: "数据库：\($0)")) }
        // Read as far as they are named: a lost table may leave a million of them.
        let references = try Row.fetchCursor(db, sql: "PRAGMA foreign_key_check").prefix(20).map { row in
            let (table, parent): (String, String) = (row[0], row[2])
            return Problem(
                kind: .reference,
                message: Text(
                    en: "a row of \(table) refers to a row of \(parent) that is not there",
                    zh: "表 \(table) 中的一行引用了 \(parent) 中不存在的行"))
        }
        return integrity + (try Array(references))
    }

    /// Every version's digest is that of its cells, and every batch's that of its versions. At most 20 records are named.
    private static func records(_ db: Database) throws -> [Problem] {
        let batches = try BatchTable.all(db)
        let layouts = Dictionary(batches.map { (Int64($0.id), $0.layout.digest) }) { first, _ in first }
        var hashes = Dictionary(batches.map { (Int64($0.id), SHA256()) }) { first, _ in first }
        let tokens = try ErasureTables.tokens(db)
        var problems: [Problem] = []
        var scratch: [UInt8] = []
        try BulkQuery(
            db,
            """
            SELECT batch, record_id, cells, digest, record, record_version.salt, removed.name, removed.salt
            FROM record_version JOIN record ON record.id = record_version.record
            LEFT JOIN removed_version AS removed ON removed.version = record_version.id ORDER BY record_version.id
            """
        ).eachRow { row in
            let batch = row.integer(0)
            let stored = row.bytes(3)
            if row.isNull(3) {
                hashes[batch]?.update(data: [UInt8](repeating: 0, count: 32))
                return
            }
            hashes[batch]?.update(bufferPointer: UnsafeRawBufferPointer(stored))
            let token = tokens[row.integer(4)]
            let isWhole: Bool
            if let token {
                isWhole = row.isNull(2) && token.utf8.elementsEqual(row.bytes(1))
            } else if !row.isNull(6) {
                let name = ErasureTables.name(row.bytes(1), salt: row.bytes(7))
                isWhole = row.isNull(2) && name.elementsEqual(row.bytes(6))
            } else {
                isWhole =
                    !row.isNull(2)
                    && RecordCells.digest(
                        salt: row.bytes(5), layout: layouts[batch] ?? [], recordID: row.bytes(1), cells: row.bytes(2),
                        scratch: &scratch
                    ).elementsEqual(stored)
            }
            if problems.count < 20, !isWhole {
                let name = row.text(1)
                problems.append(
                    Problem(
                        kind: .record,
                        message: Text(
                            en: "record \(name) of batch \(batch) is not as it was imported",
                            zh: "第\(batch)批的记录 \(name) 与导入时不一致")))
            }
        }
        for batch in batches {
            guard var hash = hashes[Int64(batch.id)] else { continue }
            hash.update(data: try BatchTable.order(of: batch.id, db))
            if Hex.text(hash.finalize()) != batch.digest { problems.append(incomplete(batch.id)) }
        }
        let known = Set(batches.map(\.id))
        for id in try Int.fetchAll(db, sql: "SELECT id FROM batch ORDER BY id") where !known.contains(id) {
            problems.append(incomplete(id))
        }
        return problems
    }

    private static func incomplete(_ batch: Int) -> Problem {
        Problem(
            kind: .batch,
            message: Text(
                en: "batch \(batch) does not hold the records it was imported with",
                zh: "第\(batch)批的记录与导入时不符"))
    }

    /// The files of the newest run of each kind. Nothing is wrong when the whole folder was moved away, or when it still holds
    /// an earlier run's files, whole: the process ended between the commit and the moment the new folder takes its place, and
    /// the next run puts it there. `uncheckedOutputs` says so.
    private func outputs() throws -> [Problem] {
        try newestRuns().flatMap { runs -> [Problem] in
            guard let newest = runs.last, try whyUnchecked(runs) == nil else { return [] }
            let folder = path(of: newest)
            return try spoiltOutputs(of: newest).map { output in
                let path = folder + "/" + output
                return Problem(
                    kind: .output,
                    message: Text(
                        en: "\(path) is missing or not as the run wrote it", zh: "\(path) 缺失或与运行时写出的内容不一致"))
            }
        }
    }

    /// Of which newest runs the files could not be looked at, and why.
    package func uncheckedOutputs() throws -> [Text] { try newestRuns().compactMap(whyUnchecked) }

    /// Of each kind, in order.
    private func newestRuns() throws -> [[StoredRun]] { try StoredRun.Kind.allCases.map { try runs($0) } }

    private func whyUnchecked(_ runs: [StoredRun]) throws -> Text? {
        guard let newest = runs.last else { return nil }
        let emptied = try emptiedRuns()
        if emptied.contains(newest.id) {
            return Text(
                en: "the files of run \(newest.id) went with an erasure or with retention",
                zh: "第 \(newest.id) 次运行的文件已随删除或按期清理移除")
        }
        let folder = path(of: newest)
        guard FileManager.default.fileExists(atPath: folder) else {
            return Text(
                en: "the folder of run \(newest.id) is not there any more: \(folder)",
                zh: "第 \(newest.id) 次运行的文件夹已不存在：\(folder)")
        }
        if try spoiltOutputs(of: newest).isEmpty { return nil }
        let earlier = try runs.dropLast().last { run in
            try !emptied.contains(run.id) && path(of: run) == folder && spoiltOutputs(of: run).isEmpty
        }
        return earlier.map {
            Text(
                en: "\(folder) holds the files of run \($0.id); the next run puts those of run \(newest.id) there",
                zh: "\(folder) 中是第 \($0.id) 次运行的文件；下次运行会写入第 \(newest.id) 次运行的文件")
        }
    }

    /// Their names.
    private func spoiltOutputs(of run: StoredRun) throws -> [String] {
        let files = run.outputs.filter { FileDigest(ofFile: path(of: run) + "/" + $0.path)?.sha256 != $0.sha256 }
        return files.map(\.path) + (try isAccountWhole(of: run) ? [] : [RunAccountDigest.name])
    }

    /// Whether `run.json` lists the files of the run, and says what the event of the run knows that it said.
    private func isAccountWhole(of run: StoredRun) throws -> Bool {
        struct Body: Decodable { let digests: [String: String] }
        let payload = try event(run.event)?.payload
        let known = payload.flatMap { try? JSONDecoder().decode(Body.self, from: Data($0.body)) }
        // Runs of earlier versions kept no digest of it.
        guard let digest = known?.digests[RunAccountDigest.name] else { return true }
        let path = path(of: run) + "/" + RunAccountDigest.name
        guard let account = FileManager.default.contents(atPath: path) else { return false }
        let listed = RunAccountDigest.outputs(account)
        return RunAccountDigest.of(account) == digest && listed.count == run.outputs.count
            && run.outputs.allSatisfy { listed[$0.path] == $0.sha256 }
    }
}
