package import Encryption
import Foundation
import Reconciliation
import Records
import Workspace

/// One file that holds the database of a workspace as it stands, proved before it gets its name.
package enum BackupRun {
    package struct Outcome: Sendable {
        package let path: String
        package let bytes: Int
        /// Hex.
        package let sha256: String
        /// It holds the events up to this one.
        package let events: Int
        /// Sequence of the event that says so.
        package let event: Int
    }

    /// - Parameters:
    ///   - recipients: whose keys open it; empty: it is not encrypted.
    ///   - isForced: write over a file that is there.
    /// - Throws: `E-BAK-001` when there is such a file, `E-BAK-002` when the copy is not sound, `E-BAK-008` for a place where it
    ///   would lie in the workspace or be its key; as the opening of a workspace.
    package static func make(
        workspace: String, to path: String, encryptedTo recipients: [AgeRecipient] = [], isForced: Bool, actor: String,
        clock: Clock
    ) throws -> Outcome {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue || !isForced {
            throw Failure(
                .badInput, code: "E-BAK-001", Text(en: "there is such a file already", zh: "该文件已存在"),
                at: Place(file: path),
                advice: Text(en: "Choose another name, or write over it with --force.", zh: "请另选文件名，或用 --force 覆盖。"))
        }
        let store = try WorkspaceStore.openExisting(directory: workspace)
        try refuse(path, of: store)
        let outside = try Staging(beside: path)
        defer { outside.remove() }
        // Where an encrypted file goes nothing stands in the clear, not even until it is proved.
        let staging = recipients.isEmpty ? outside : try Staging(for: ProcessFolder.outgoing, in: store.directory)
        defer { staging.remove() }
        try store.copyDatabase(to: staging.database)
        let head = try store.lastEvent()
        let copy = try WorkspaceStore.openReadOnly(directory: staging.folder)
        let check = try AuditRun.verify(copy, given: [])
        let problems = check.problems.filter { $0.kind != "output" }
        if let problem = problems.first ?? (check.head == head?.hash ?? EventChain.seed ? nil : AuditRun.Problem.other)
        {
            throw Failure(
                .verification, code: "E-BAK-002",
                Text(
                    en: "the copy is not sound, and was not kept: \(problem.message.en)",
                    zh: "副本有误，未予保留：\(problem.message.zh)"), at: Place(file: path),
                advice: Text(
                    en: "qingku audit verify says whether the workspace is", zh: "请运行 qingku audit verify 检查工作区"))
        }
        let made = try sealed(staging.database, in: outside, for: recipients)
        let digest = try Self.digest(made)
        try PrivateFile.rename(made, to: path)
        let event = try TrailCommit.run(store, by: .init(actor: actor, time: clock.now)) { commit in
            try commit.add(
                .backupMade(
                    file: URL(fileURLWithPath: path).lastPathComponent, sha256: digest.sha256, size: digest.bytes,
                    head: (head?.sequence ?? 0, head?.hash ?? EventChain.seed),
                    encryptedTo: recipients.map(\.description)))
        }
        return Outcome(
            path: path, bytes: digest.bytes, sha256: digest.sha256, events: head?.sequence ?? 0, event: event)
    }

    /// The proved copy, or an encrypted one of it.
    private static func sealed(
        _ database: String, in outside: Staging, for recipients: [AgeRecipient]
    ) throws -> String {
        if recipients.isEmpty { return database }
        let path = outside.folder + "/backup" + AgeFile.ending
        try PrivateFile.write([], to: path)
        try AgeFile.encrypt(database, to: path, for: recipients)
        return path
    }

    /// A backup within the workspace would be lost with it, and `isForced` would write over the database or a key.
    private static func refuse(_ path: String, of store: WorkspaceStore) throws {
        let file = URL(fileURLWithPath: path).standardizedFileURL
        let folder = resolved(file.deletingLastPathComponent().path)
        let workspace = resolved(store.directory)
        let place = folder + "/" + file.lastPathComponent
        let keys = try store.signingKeys().map { resolved(TrailSigner.path($0.file, store.directory)) }
        guard folder == workspace || folder.hasPrefix(workspace + "/") || keys.contains(place) else { return }
        throw Failure(
            .badInput, code: "E-BAK-008",
            Text(
                en: "a backup cannot lie in the workspace it is of, nor in the place of its key",
                zh: "备份不能位于其所属的工作区内，也不能占用其密钥的位置"), at: Place(file: path),
            advice: Text(
                en: "Choose a place outside of it, best on another disk; nothing was changed.",
                zh: "请另选工作区以外的位置，最好在其他磁盘上；未作任何改动。"))
    }

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }

    static func digest(_ path: String) throws -> FileDigest {
        guard let digest = FileDigest(ofFile: path) else { throw unreadable(path) }
        return digest
    }

    static func makeFolder(_ path: String, withParents: Bool) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: withParents, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .storage, code: "E-BAK-004",
                Text(
                    en: "cannot be written: \(error.localizedDescription)", zh: "无法写入：\(error.localizedDescription)"),
                at: Place(file: path))
        }
    }

    static func unreadable(_ path: String) -> Failure {
        Failure(
            .badInput, code: "E-BAK-003",
            Text(en: "there is no such file, or it cannot be read", zh: "文件不存在或无法读取"), at: Place(file: path))
    }

    /// A folder of this process, which only the user may look into.
    struct Staging {
        let folder: String
        var database: String { folder + "/registry.sqlite" }

        /// Beside the file to come, on the same file system.
        init(beside path: String) throws {
            let url = URL(fileURLWithPath: path).standardizedFileURL
            try self.init(for: url.lastPathComponent, in: url.deletingLastPathComponent().path)
        }

        init(for name: String, in parent: String) throws {
            ProcessFolder.clearLeftovers(for: name, in: parent)
            folder = ProcessFolder.path(for: name, in: parent)
            // A disk that is not mounted is not made up for by a folder.
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: parent, isDirectory: &isFolder), isFolder.boolValue else {
                throw Failure(
                    .badInput, code: "E-BAK-011", Text(en: "there is no such folder", zh: "没有这个文件夹"),
                    at: Place(file: parent),
                    advice: Text(
                        en: "Make it, or mount the disk it is on, and run again.", zh: "请先建立该文件夹或挂载所在磁盘，然后重新运行。"))
            }
            try? FileManager.default.removeItem(atPath: folder)
            try BackupRun.makeFolder(folder, withParents: false)
        }

        func remove() { try? FileManager.default.removeItem(atPath: folder) }
    }
}

extension AuditRun.Problem {
    static let other = AuditRun.Problem(
        kind: "root", sequence: nil,
        message: Text(en: "it does not end with the newest event", zh: "末尾不是最新事件"))
}
