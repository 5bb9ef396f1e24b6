import Foundation
import GRDB
import Records

/// What went wrong below, in words for people.
enum StorageFailure {
    static func wrapping<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw failure(error, path)
        }
    }

    static func unusable(_ path: String, reason: String) -> Failure {
        Failure(
            .storage, code: "E-WS-005",
            Text(en: "cannot be read or written: \(reason)", zh: "无法读写：\(reason)"), at: Place(file: path),
            advice: isWritable(path) ? nil : readOnlyAdvice)
    }

    /// Reading takes writing too: of the database's log, and at the desk of its index.
    private static let readOnlyAdvice = Text(
        en:
            "this place can only be read here; every command writes beside the database, and the desk keeps what people say: make the folder and its files writable for you, or work on a copy elsewhere",
        zh: "此处只能读取；所有命令都需在数据库旁写入，审核平台还需保存判定：请为您开放该文件夹及其中文件的写权限，或复制到其他位置后使用")

    private static func isWritable(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let folder = isThere && isFolder.boolValue ? path : (path as NSString).deletingLastPathComponent
        return access(folder.isEmpty ? "." : folder, W_OK) == 0 && (!isThere || access(path, W_OK) == 0)
    }

    private static func failure(_ error: DatabaseError, _ path: String) -> Failure {
        let reason = error.message ?? "SQLite \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return Failure(
                .verification, code: "E-WS-004",
                Text(en: "the database is damaged: \(reason)", zh: "数据库已损坏：\(reason)"), at: Place(file: path),
                advice: Text(
                    en: "restore a backup; keep this file for those who have to find out what happened",
                    zh: "请从备份恢复，并保留此文件以便查明原因"))
        // A limit on file sizes comes as an input/output error, not as a full disk.
        case .SQLITE_FULL,
            .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE:
            return Failure(
                .storage, code: "E-WS-006",
                Text(
                    en: "no space left, or a limit on the size of files was reached; nothing was changed",
                    zh: "磁盘空间不足或达到文件大小限制；未作任何改动"),
                at: Place(file: path), advice: Text(en: "make room and run again", zh: "请腾出空间后重新运行"))
        case .SQLITE_INTERRUPT where Interruption.isAsked: return Interruption.failure
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return Failure(
                .busy, code: "E-WS-001", Text(en: "the workspace is in use", zh: "工作区正被使用"), at: Place(file: path),
                advice: Text(en: "try again when it is done", zh: "请等其结束后重试"))
        default:
            return unusable(path, reason: reason)
        }
    }
}
