import ArgumentParser
import Encryption
import Foundation
import Pipeline
import Records

struct BackupCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the database of a workspace into one file, and prove the copy.",
        discussion: """
            The copy has everything but the files of runs and the keys (audit.key, erasure.key): keep those elsewhere. Only
            its owner may read it; with --encrypt-to it opens only with the secret key of a recipient, wherever it goes (age
            format, which the age tool reads too). What was erased is not in a backup made afterwards.

            Example:
              qingku keygen --out backup.key
              qingku backup --workspace registry.qingku --out /backup/registry-2026-11-22.age --encrypt-to age1…
            """)

    @Option(help: "Folder of the registry's store.")
    var workspace: String

    @Option(help: "The file to write.")
    var out: String

    @Option(help: EncryptTo.help)
    var encryptTo: [String] = []

    @Flag(help: "Write over a file that is there.")
    var force = false

    @Option(name: .customLong("by"), help: "Who makes it, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    func run() throws {
        let made = try BackupRun.make(
            workspace: workspace, to: out, encryptedTo: AgeRecipient.named(encryptTo), isForced: force, actor: actor,
            clock: .system)
        let line = Text(
            en: "\(made.path): \(made.bytes) bytes, events 1 to \(made.events), proved. SHA-256 \(made.sha256).",
            zh: "\(made.path)：\(made.bytes) 字节，事件 1 至 \(made.events)，已验证。SHA-256 \(made.sha256)。")
        Console.print(Console.harmless(line(Console.language(language))))
    }
}

struct RestoreCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of a workspace's database.",
        discussion: """
            The backup is proved first. One that is older than the newest checkpoint known (given, in the workspace, in its
            outbox) is refused, and the events that would be lost are named; --force restores it, and the audit trail names the
            gap. The database that is replaced, and runs that the backup does not know, are kept in replaced-TIME within the
            workspace. Records that were erased or restricted since the backup are so again, and no person id that was given
            out since is given to somebody else. Where the database that is there cannot be read, none of that is known: the
            restore is refused, and --force does it without.

            Example:
              qingku restore /backup/registry-2026-11-22.qingku-backup --workspace registry.qingku
            """)

    @Argument(help: "The backup.")
    var file: String

    @Option(help: "Folder of the registry's store; made when there is none.")
    var workspace: String

    @Option(help: "A checkpoint that was kept elsewhere; may be given more than once.")
    var checkpoint: [String] = []

    @Option(help: "File of the secret key that opens an encrypted backup; may be given more than once.")
    var identity: [String] = []

    @Flag(help: "Restore although events are lost by it, or erasures and restrictions that cannot be read.")
    var force = false

    @Option(name: .customLong("by"), help: "Who restores, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    func run() throws {
        let language = Console.language(language)
        let outcome = try RestoreRun.restore(
            RestoreRun.Request(
                file: file, workspace: workspace, checkpoints: checkpoint,
                identities: identity.flatMap { try AgeIdentity.read($0) }, isForced: force, actor: actor, clock: .system
            ))
        for line in Self.lines(outcome) { Console.print(Console.harmless(line(language))) }
    }

    private static func lines(_ outcome: RestoreRun.Outcome) -> [Text] {
        var lines = [
            Text(
                en: "Restored: events 1 to \(outcome.events); event \(outcome.event) says so.",
                zh: "已恢复：事件 1 至 \(outcome.events)；第 \(outcome.event) 号事件记录此事。")
        ]
        if outcome.known > outcome.events {
            let types = outcome.lost.map { "\($0.type) \($0.count)" }.joined(separator: ", ")
            let chinese = outcome.lost.map { "\(TrailRun.title(ofType: $0.type).zh) \($0.count)" }
            let named = types.isEmpty ? "" : " (\(types))"
            let namedInChinese = chinese.isEmpty ? "" : "（\(chinese.joined(separator: "、"))）"
            lines.append(
                Text(
                    en: "Lost: events \(outcome.events + 1) to \(outcome.known)\(named).",
                    zh: "丢失：第 \(outcome.events + 1) 至 \(outcome.known) 号事件\(namedInChinese)。"))
        }
        if let aside = outcome.aside {
            lines.append(Text(en: "What was there is kept in \(aside).", zh: "原有内容保存在 \(aside)。"))
        }
        if outcome.erasedAgain > 0 {
            lines.append(
                Text(
                    en: "\(outcome.erasedAgain) records that were erased since the backup were erased again.",
                    zh: "备份之后删除过的 \(outcome.erasedAgain) 条记录已再次删除。"))
        }
        if outcome.restrictedAgain > 0 {
            lines.append(
                Text(
                    en:
                        "\(outcome.restrictedAgain) records that were restricted since the backup were restricted again.",
                    zh: "备份之后限制使用的 \(outcome.restrictedAgain) 条记录已再次限制。"))
        }
        if !outcome.unrestricted.isEmpty {
            let names = outcome.unrestricted.joined(separator: ", ")
            lines.append(
                Text(
                    en:
                        "Restricted before and not in the backup: \(names). Restrict them again after their next import.",
                    zh: "此前限制使用但不在备份中：\(names)。请在下次导入后再次限制。"))
        }
        if outcome.personFloor > 0 {
            let next = PersonID.text(outcome.personFloor + 1)
            lines.append(
                Text(
                    en: "New persons are numbered from \(next) on: those before it were given out already.",
                    zh: "新人员自 \(next) 起编号：此前的编号已分配过。"))
        }
        if let why = outcome.unread {
            lines.append(
                Text(
                    en:
                        "The database that was there could not be read (\(why.en)): its erasures, restrictions and person numbers could not be carried over. Erase and restrict again who was erased or restricted since the backup.",
                    zh: "原有数据库无法读取（\(why.zh)）：其中的删除、限制使用及人员编号未能沿用。请对备份之后删除或限制过的记录再次操作。"))
        }
        if !outcome.isSigned {
            lines.append(
                Text(
                    en:
                        "Nothing was signed: the key is not there. Put it back, or replace it: qingku audit key --lost REASON.",
                    zh: "未作签署：密钥不在此处。请放回，或更换：qingku audit key --lost 原因。"))
        }
        lines.append(Text(en: "Next: qingku audit verify.", zh: "下一步：qingku audit verify。"))
        return lines
    }
}
