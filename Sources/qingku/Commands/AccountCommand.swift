import ArgumentParser
import Foundation
import Pipeline
import Records

struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "Manage who may sign in to the review desk.",
        discussion: """
            Roles: viewer reads with ids masked, reviewer decides or proposes, approver is the second person and sees ids, operator
            imports, runs and exports, auditor reads and verifies the trail, admin sees accounts and no data of the registry.
            What changes counts at once, in a desk that is running too. Every change is an event of the audit trail.

            Examples:
              qingku account add li --role reviewer --area 3302 --workspace registry.qingku
              qingku account add chen --role approver --role auditor --password-file - < chen.txt
              qingku account disable li
            """,
        subcommands: [Add.self, List.self, Password.self, Roles.self, Disable.self, Enable.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody sign in.")

        @Argument(help: "Name to sign in with; small and capital letters are the same.")
        var name: String

        @Option(help: "viewer, reviewer, approver, operator, auditor or admin; may be given again.")
        var role: [Role]

        @OptionGroup var cases: Cases

        @OptionGroup var secret: NewPassword

        @OptionGroup var common: Common

        func run() throws {
            var change = cases.change
            change.roles = Set(role)
            change.password = try secret.read()
            let verdict = try AccountRun.add(
                workspace: try common.place.folder(), name: name, change, actor: common.by, clock: .system)
            common.say(Text(en: "\(name) may sign in.", zh: "\(name) 可以登录。"), verdict)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts.")

        @OptionGroup var place: LedgerPlace

        @Flag(help: "Print JSON instead of text.")
        var json = false

        func run() throws {
            let accounts = try AccountRun.list(workspace: try place.folder())
            if json { return try Console.print(json: accounts.map(Line.init)) }
            if accounts.isEmpty { Console.print(Text(en: "Nobody has an account.", zh: "尚无账户。")(place.spoken)) }
            for account in accounts {
                let line = Line(account)
                let cells = [line.name, line.state, line.roles.joined(separator: " ")] + line.areas + line.sources
                Console.print(Console.harmless(cells.joined(separator: "  ")))
            }
        }

        private struct Line: Encodable {
            let name: String
            let roles: [String]
            let areas: [String]
            let sources: [String]
            let state: String

            init(_ account: Account) {
                name = account.name
                roles = Role.allCases.filter { account.roles.contains($0) }.map(\.rawValue)
                (areas, sources) = (account.areas, account.sources)
                state = account.isDisabled ? "disabled" : "open"
            }
        }
    }

    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Set a password anew; sessions of the account end.")

        @Argument(help: "Name of the account.")
        var name: String

        @OptionGroup var secret: NewPassword

        @OptionGroup var common: Common

        func run() throws {
            var change = AccountRun.Change()
            change.password = try secret.read()
            let verdict = try AccountRun.change(
                workspace: try common.place.folder(), name: name, change, actor: common.by, clock: .system)
            common.say(Text(en: "\(name) has another password.", zh: "\(name) 的密码已更换。"), verdict)
        }
    }

    struct Roles: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an account other roles or cases; its sessions end.")

        @Argument(help: "Name of the account.")
        var name: String

        @Option(help: "All roles from now on, one each time (default: those it has).")
        var role: [Role] = []

        @OptionGroup var cases: Cases

        @OptionGroup var common: Common

        func run() throws {
            var change = cases.change
            if !role.isEmpty { change.roles = Set(role) }
            try AccountRun.change(
                workspace: try common.place.folder(), name: name, change, actor: common.by, clock: .system)
            common.say(Text(en: "\(name) is changed.", zh: "\(name) 已更改。"), .good)
        }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody in no more; what they did stays.")

        @Argument(help: "Name of the account.")
        var name: String

        @OptionGroup var common: Common

        func run() throws {
            try common.letIn(false, name: name)
            common.say(Text(en: "\(name) may not sign in any more.", zh: "\(name) 不能再登录。"), .good)
        }
    }

    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody in again, in the roles they had.")

        @Argument(help: "Name of the account.")
        var name: String

        @OptionGroup var common: Common

        func run() throws {
            try common.letIn(true, name: name)
            common.say(Text(en: "\(name) may sign in again.", zh: "\(name) 可以重新登录。"), .good)
        }
    }

    /// For which cases somebody works.
    struct Cases: ParsableArguments {
        @Option(
            help:
                "Only cases of this area, a division code or its beginning; may be given again (“all”: of every area).")
        var area: [String] = []

        @Option(help: "Only cases of this source; may be given again (“all”: of every source).")
        var source: [String] = []

        /// What is not said stays; a new account is for all cases.
        var change: AccountRun.Change {
            var change = AccountRun.Change()
            if !area.isEmpty { change.areas = area.contains("all") ? [] : area }
            if !source.isEmpty { change.sources = source.contains("all") ? [] : source }
            return change
        }
    }

    struct Common: ParsableArguments {
        @OptionGroup var place: LedgerPlace

        @Option(help: "Who does this, for the audit trail (default: the user of the system).")
        var by: String = NSUserName()

        func letIn(_ isLetIn: Bool, name: String) throws {
            var change = AccountRun.Change()
            change.isDisabled = !isLetIn
            try AccountRun.change(workspace: try place.folder(), name: name, change, actor: by, clock: .system)
        }

        func say(_ text: Text, _ verdict: PasswordRules.Verdict) {
            Console.print(Console.harmless(text(place.spoken)))
            guard verdict == .short else { return }
            Console.note(
                place.spoken(
                    en: "The password has fewer than 15 characters: four words would be better.",
                    zh: "密码少于 15 个字符：建议使用四个词。"))
        }
    }
}

/// A password on its way in: from a file, from standard input, or typed; never an argument, which others can list.
struct NewPassword: ParsableArguments {
    @Option(
        name: .customLong("password-file"),
        help:
            "File whose first line is the password, readable by its owner alone; - for standard input (default: asked)."
    )
    var file: String?

    func read() throws -> String {
        if let file, file != "-" { return try Self.firstLine(ofFile: file) }
        if file == nil, isatty(0) == 1 { return try Self.ask() }
        guard file == "-", let line = readLine(strippingNewline: true) else {
            throw Failure(
                .notDone, code: "E-ACC-006", Text(en: "there is no password", zh: "没有密码"),
                advice: Text(
                    en: "Give --password-file FILE, or - to read it from standard input.",
                    zh: "请用 --password-file FILE 指定文件，或用 - 从标准输入读取。"))
        }
        return line
    }

    private static func firstLine(ofFile file: String) throws -> String {
        guard let mode = try? FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int,
            let data = FileManager.default.contents(atPath: file), data.count <= 65_536
        else {
            throw Failure(
                .notDone, code: "E-ACC-007", Text(en: "cannot be read", zh: "无法读取"), at: Place(file: file))
        }
        guard mode & 0o077 == 0 else {
            throw Failure(
                .notDone, code: "E-ACC-008", Text(en: "others may read the password", zh: "其他用户可以读取该密码"),
                at: Place(file: file), advice: Text(en: "chmod 600 \(file)", zh: "请运行 chmod 600 \(file)"))
        }
        let line = data.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return String(decoding: line, as: UTF8.self)
    }

    private static func ask() throws -> String {
        func typed(_ prompt: String) -> String { getpass(prompt).map { String(cString: $0) } ?? "" }
        let password = typed("Password / 密码: ")
        guard typed("Again / 再次输入: ") == password else {
            throw Failure(.notDone, code: "E-ACC-009", Text(en: "the two are not the same", zh: "两次输入不一致"))
        }
        return password
    }
}

extension Role: ExpressibleByArgument {}
