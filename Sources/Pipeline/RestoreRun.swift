package import Encryption
import Foundation
import Reconciliation
package import Records
import Rules
import Workspace

/// Puts a backup in the place of a workspace's database, and says what is lost by it.
package enum RestoreRun {
    package struct Request: Sendable {
        package var file: String
        package var workspace: String
        /// Files with checkpoints that were kept elsewhere.
        package var checkpoints: [String]
        /// Keys that may open it, if it is encrypted.
        package var identities: [AgeIdentity]
        /// Restore although something is lost.
        package var isForced: Bool
        package var actor: String
        package var clock: Clock

        package init(
            file: String, workspace: String, checkpoints: [String], identities: [AgeIdentity] = [], isForced: Bool,
            actor: String, clock: Clock
        ) {
            self.file = file
            self.workspace = workspace
            self.checkpoints = checkpoints
            self.identities = identities
            self.isForced = isForced
            self.actor = actor
            self.clock = clock
        }
    }

    package struct Outcome: Sendable {
        /// Events of the copy.
        package let events: Int
        /// The greatest number of events known from anywhere.
        package let known: Int
        /// By type, of the events after the copy's that the replaced database had.
        package let lost: [(type: String, count: Int)]
        /// Where that database is kept; `nil` when there was none.
        package let aside: String?
        /// Records that had been erased since the copy, and were erased again.
        package let erasedAgain: Int
        /// The same of restrictions.
        package let restrictedAgain: Int
        /// `source:record`, restricted, and not in the copy.
        package let unrestricted: [String]
        /// The highest person number that the replaced database had given out, where the copy had not; else 0.
        package let personFloor: UInt32
        /// Why the replaced database could not be read, if so: nothing of it was carried over.
        package let unread: Text?
        package let event: Int
        /// False: the key that signs is not there.
        package let isSigned: Bool
    }

    /// - Throws: `E-BAK-003` for a file that cannot be read, `E-BAK-005` for one that is not sound, `E-BAK-006` when events are
    ///   known that it does not have and `isForced` is not given, `E-BAK-007` for a copy of another registry or another past,
    ///   `E-BAK-009` for an encrypted one without a key, `E-BAK-010` when the database that is there cannot be read and
    ///   `isForced` is not given;
    ///   `E-ERA-001` when it has records that were erased since, and the key that recognises them is not there.
    package static func restore(_ request: Request) throws -> Outcome {
        let directory = request.workspace
        guard FileManager.default.isReadableFile(atPath: request.file) else { throw BackupRun.unreadable(request.file) }
        try BackupRun.makeFolder(directory, withParents: true)
        // Nobody says anything from here on that the restored copy would not know.
        let replacement = try WorkspaceReplacement(directory: directory)
        let staging = try BackupRun.Staging(beside: directory + "/registry.sqlite")
        defer { staging.remove() }
        try take(request, to: staging.database)
        let sha256 = try BackupRun.digest(request.file).sha256
        let copy = try compare(staging, request)
        let aside = Aside(request, newer: copy.newer)
        let said = try replacement.prepare(staging.database) { store in
            try say(in: store, request, copy, sha256: sha256, aside: aside)
        }
        try replacement.replace(with: staging.database, aside: aside.path, folders: copy.newer)
        _ = try replacement.open()
        return Outcome(
            events: copy.events, known: copy.known, lost: copy.present.lost, aside: aside.isKept ? aside.path : nil,
            erasedAgain: said.erased, restrictedAgain: said.restricted, unrestricted: said.missing,
            personFloor: said.floor, unread: copy.present.unread, event: said.event, isSigned: said.isSigned)
    }

    private static func take(_ request: Request, to database: String) throws {
        guard AgeFile.isEncrypted(request.file) else { return try PrivateFile.copy(request.file, to: database) }
        guard !request.identities.isEmpty else {
            throw Failure(
                .badInput, code: "E-BAK-009", Text(en: "the backup is encrypted", zh: "备份已加密"),
                at: Place(file: request.file),
                advice: Text(
                    en: "Give the file of the key that opens it: --identity.", zh: "请用 --identity 给出可打开它的密钥文件。"))
        }
        try PrivateFile.write([], to: database)
        try AgeFile.decrypt(request.file, to: database, with: request.identities)
    }

    private struct Said {
        var event = 0
        /// Records that were erased again.
        var erased = 0
        var restricted = 0
        /// Restricted records that are not in the copy.
        var missing: [String] = []
        var floor: UInt32 = 0
        let isSigned: Bool
    }

    /// That a backup was restored, and with it that who had been erased or restricted since is so again, and that no person
    /// number is given out twice.
    private static func say(
        in store: WorkspaceStore, _ request: Request, _ copy: Comparison, sha256: String, aside: Aside
    ) throws -> Said {
        var said = Said(isSigned: (try? TrailSigner(store)) != nil)
        let isSigned = said.isSigned
        let entry = AuditEntry.backupRestored(
            file: URL(fileURLWithPath: request.file).lastPathComponent, sha256: sha256, events: copy.events,
            known: copy.known, lost: Dictionary(copy.present.lost.map { ($0.type, $0.count) }) { $1 },
            persons: copy.present.highestPerson, isUnread: copy.present.unread != nil,
            aside: aside.isKept ? URL(fileURLWithPath: aside.path).lastPathComponent : "", isSigned: isSigned)
        let book = try store.ruleBook(nil).flatMap { try? RuleBook.parse($0.text, path: $0.path) }
        let restricted = try store.records(
            restrictedAs: copy.present.restricted, unnamed: book?.sourcesWithoutIDs ?? [])
        (said.restricted, said.missing) = (
            restricted.found.count, restricted.missing.map { "\($0.source):\($0.recordID)" }
        )
        if try store.highestPerson() < copy.present.highestPerson { said.floor = copy.present.highestPerson }
        func restored(_ commit: inout TrailCommit) throws {
            said.event = try commit.add(entry)
            if said.floor > 0 { try commit.writer.keep(personsUpTo: said.floor, event: said.event) }
            try restrict(restricted.found, in: &commit, request)
        }
        let records = try erased(copy.present, in: store, request)
        if records.isEmpty {
            let author = TrailCommit.Author(actor: request.actor, role: .admin, time: request.clock.now)
            try isSigned
                ? TrailCommit.run(store, by: author, restored) : TrailCommit.runUnsigned(store, by: author, restored)
            return said
        }
        let again = ErasureRun.Request(
            workspace: request.workspace, names: [], reason: "erased before; the restored copy was older",
            isRehearsal: false, actor: request.actor, clock: request.clock)
        said.erased = try ErasureRun.erase(
            records, in: store, again, reasons: [], role: .admin, isSigned: isSigned, isStaged: true, first: restored
        ).records.count
        return said
    }

    private static func erased(
        _ present: Present, in store: WorkspaceStore, _ request: Request
    ) throws -> [SubjectRecord] {
        guard let erased = present.erased else { return [] }
        let book = try store.ruleBook(nil).flatMap { try? RuleBook.parse($0.text, path: $0.path) }
        return try store.records(erasedAs: erased, keyIn: request.workspace, schema: book?.schema)
    }

    private static func restrict(
        _ records: [SubjectRecord], in commit: inout TrailCommit, _ request: Request
    ) throws {
        if records.isEmpty { return }
        let reason = "restricted before; the restored copy was older"
        let event = try commit.add(
            .restricted(records: records.map(\.id), isLifted: false, reason: reason, by: request.actor))
        try commit.writer.restrict(
            records, isLifted: false, by: request.actor, reason: reason, time: request.clock.now, event: event)
    }

    /// Where what is replaced is kept.
    private struct Aside {
        let path: String
        /// There is something to keep.
        let isKept: Bool

        init(_ request: Request, newer: [String]) {
            let time = request.clock.now.filter { $0 != "-" && $0 != ":" }
            path = RestoreRun.newFolder(request.workspace + "/replaced-" + time)
            isKept = !newer.isEmpty || WorkspaceStore.exists(at: request.workspace)
        }
    }

    // MARK: The copy

    /// The copy beside the workspace as it is.
    private struct Comparison {
        /// Of the copy.
        let events: Int
        let present: Present
        /// Events known of.
        let known: Int
        /// Folders of the outbox that the copy does not know.
        let newer: [String]
    }

    /// The copy is closed again when it returns.
    private static func compare(_ staging: BackupRun.Staging, _ request: Request) throws -> Comparison {
        let copy = try facts(of: staging, request)
        let present = Present(request.workspace, after: copy.events)
        try Interruption.check()
        if let why = present.unread, !request.isForced { throw unreadable(why, request) }
        let known = try claims(request, present, copy)
        // Before anything is replaced: who was erased does not come back because a key is missing.
        _ = try erased(present, in: copy.store, request)
        return Comparison(
            events: copy.events, present: present, known: known, newer: try newerFolders(request.workspace, copy))
    }

    private struct Copy {
        let events: Int
        let origin: String?
        /// Names of the folders of its runs.
        let folders: Set<String>
        let store: WorkspaceStore
        /// Against checkpoints that are known elsewhere.
        let verify: ([(name: String, text: String)]) throws -> [AuditRun.Problem]
    }

    private static func facts(of staging: BackupRun.Staging, _ request: Request) throws -> Copy {
        do {
            // A copy that an older version made is brought up to date here.
            _ = try WorkspaceStore.open(directory: staging.folder)
        } catch let failure as Failure where isOfContent(failure) {
            throw unsound(failure.message, request)
        }
        let store = try WorkspaceStore.openReadOnly(directory: staging.folder)
        func verify(_ given: [(name: String, text: String)]) throws -> [AuditRun.Problem] {
            do {
                return try AuditRun.verify(store, given: given).problems.filter { $0.kind != "output" }
            } catch let failure as Failure where isOfContent(failure) {
                throw unsound(failure.message, request)
            }
        }
        if let problem = try verify([]).first { throw unsound(problem.message, request) }
        let prefix = "outbox/"
        return Copy(
            events: try store.lastEvent()?.sequence ?? 0,
            origin: try store.registryName(),
            folders: Set(
                try store.runs(nil).compactMap {
                    $0.folder.hasPrefix(prefix) ? String($0.folder.dropFirst(prefix.count)) : nil
                }), store: store, verify: verify)
    }

    /// A spoilt file may look to SQLite like one that cannot be read.
    private static func isOfContent(_ failure: Failure) -> Bool {
        failure.kind == .verification || failure.code == "E-WS-005"
    }

    private static func unsound(_ message: Text, _ request: Request) -> Failure {
        Failure(
            .verification, code: "E-BAK-005",
            Text(en: "the backup is not sound: \(message.en)", zh: "备份有误：\(message.zh)"), at: Place(file: request.file),
            advice: Text(en: "Use another backup; nothing was changed.", zh: "请使用其他备份；未作任何改动。"))
    }

    // MARK: What is known

    /// The workspace as it is before.
    private struct Present {
        /// Why it, or a part of it, cannot be read; `nil` too where there is none.
        private(set) var unread: Text?
        /// Its newest event and newest checkpoint; 0 and `nil` where it cannot be read.
        private(set) var events = 0
        private(set) var checkpoint: String?
        private(set) var lost: [(type: String, count: Int)] = []
        private(set) var erased: WorkspaceStore.ErasedNames?
        private(set) var restricted: [WorkspaceStore.RestrictedRecord] = []
        private(set) var highestPerson: UInt32 = 0

        init(_ directory: String, after last: Int) {
            guard WorkspaceStore.exists(at: directory),
                let store = read({ try WorkspaceStore.openReadOnly(directory: directory) })
            else { return }
            var (newest, counts) = (0, [String: Int]())
            read {
                try store.forEachEvent { recorded in
                    newest = recorded.event.sequence
                    if newest > last { counts[recorded.event.type, default: 0] += 1 }
                }
            }
            events = newest
            lost = counts.sorted { $0.key < $1.key }.map { (type: $0.key, count: $0.value) }
            checkpoint = read { try store.lastCheckpoint()?.note }.flatMap { $0 }
            erased = read { try store.erasedNames() }
            restricted = read { try store.restrictedRecords() } ?? []
            highestPerson = read { try store.highestPerson() } ?? 0
        }

        /// What can be read of a damaged database is still carried over.
        @discardableResult
        private mutating func read<Value>(_ body: () throws -> Value) -> Value? {
            do {
                return try body()
            } catch {
                let other = Text(en: error.localizedDescription, zh: error.localizedDescription)
                unread = unread ?? (error as? Failure)?.message ?? other
                return nil
            }
        }
    }

    private static func unreadable(_ why: Text, _ request: Request) -> Failure {
        Failure(
            .verification, code: "E-BAK-010",
            Text(
                en:
                    "the database that is there cannot be read (\(why.en)): who was erased or restricted in it, and which person numbers it has given out, would be forgotten",
                zh: "现有数据库无法读取（\(why.zh)）：其中的删除、限制使用及已分配的人员编号将无从得知"), at: Place(file: request.workspace),
            advice: Text(
                en:
                    "--force restores the backup without them and keeps the present database aside; a newer backup forgets less. Nothing was changed.",
                zh: "用 --force 可在不含这些内容的情况下恢复，现有数据库会另存；较新的备份遗漏较少。未作任何改动。"))
    }

    /// How many events are known of.
    private static func claims(_ request: Request, _ present: Present, _ copy: Copy) throws -> Int {
        var claims = try request.checkpoints.map { (name: $0, text: try AuditRun.text(ofFile: $0)) }
        if let note = present.checkpoint { claims.append(("registry.sqlite", note)) }
        claims += AuditRun.outboxCheckpoints(request.workspace + "/outbox").map { ($0.name, $0.text) }
        let sizes = claims.compactMap { Checkpoint($0.text)?.size }
        let known = max(present.events, copy.events, sizes.max() ?? 0)
        if request.isForced { return known }
        if let problem = try copy.verify(claims).first(where: { $0.kind != "truncated" }) {
            throw Failure(
                .verification, code: "E-BAK-007",
                Text(
                    en: "the backup is not of the past of this workspace: \(problem.message.en)",
                    zh: "该备份不属于此工作区的历史：\(problem.message.zh)"), at: Place(file: request.file),
                advice: Text(
                    en: "Restore it into another folder, or --force it; nothing was changed.",
                    zh: "请恢复到其他文件夹，或用 --force；未作任何改动。"))
        }
        // The event that speaks of the backup itself always comes after it.
        let isHarmless =
            known == present.events && present.lost.allSatisfy { ["backup.made", "rows.sealed"].contains($0.type) }
        if known > copy.events, !isHarmless {
            let types = present.lost.map { "\($0.type) \($0.count)" }.joined(separator: ", ")
            throw Failure(
                .verification, code: "E-BAK-006",
                Text(
                    en:
                        "the backup is older than what is known: events \(copy.events + 1) to \(known) would be lost\(types.isEmpty ? "" : " (\(types))")",
                    zh: "该备份比已知记录旧：第\(copy.events + 1)至\(known)号事件将丢失\(types.isEmpty ? "" : "（\(types)）")"),
                at: Place(file: request.file),
                advice: Text(
                    en: "--force restores it and keeps the present database aside; nothing was changed.",
                    zh: "用 --force 可恢复，现有数据库会另存；未作任何改动。"))
        }
        return known
    }

    private static func newFolder(_ path: String) -> String {
        var (name, number) = (path, 2)
        while FileManager.default.fileExists(atPath: name) {
            name = "\(path)-\(number)"
            number += 1
        }
        return name
    }

    /// Runs of the outbox that the copy does not know.
    private static func newerFolders(_ directory: String, _ copy: Copy) throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory + "/outbox")) ?? []
        return names.filter { !$0.hasPrefix(".") && !copy.folders.contains($0) }.sorted()
    }
}
