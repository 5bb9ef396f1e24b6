import ArgumentParser
import Foundation
import Pipeline
import Records
import ReviewDesk
import Synchronization

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Open the review desk: a page on which people decide the doubtful cases.",
        discussion: """
            Without --bind the desk is for this machine, and for the user who starts it as long as nobody has an account: the
            link that is printed signs in once, within five minutes, in every role but that of an admin; Enter prints a new one.
            With --bind others reach it: that takes a certificate and accounts (qingku account add).

            Examples:
              qingku review --workspace registry.qingku
              qingku review --workspace registry.qingku --bind 10.0.0.5 --tls-certificate desk.pem --tls-key desk.key
              qingku review --workspace registry.qingku --export cases.xlsx --most 200
              qingku review --workspace registry.qingku --import cases.xlsx --by li --dry-run
            """)

    @OptionGroup var place: LedgerPlace

    @Option(help: "Port to listen on (default: the first free one from 8787).")
    var port: Int?

    @Option(help: "Address to listen on, for others to reach the desk (default: this machine alone).")
    var bind: String?

    @Option(help: "Name under which visitors reach the desk, with --bind (default: the address); may be given again.")
    var host: [String] = []

    @Option(name: .customLong("tls-certificate"), help: "File with the certificate and its chain, PEM.")
    var tlsCertificate: String?

    @Option(name: .customLong("tls-key"), help: "File with the certificate's key, PEM, readable by its owner alone.")
    var tlsKey: String?

    @Option(
        help: """
            Who starts the desk and signs in by the link, or whose answers an import brings (default: the user of the system).
            """)
    var by: String = NSUserName()

    @Flag(help: "Work in this terminal, with the same answers and keys, instead of opening a page.")
    var terminal = false

    @Flag(name: .customLong("no-browser"), help: "Do not open a browser.")
    var noBrowser = false

    @OptionGroup var offline: OfflineOptions

    @Flag(
        help: "Write a line on each reply to standard error: method, address pattern, status, time; nothing personal.")
    var verbose = false

    func validate() throws {
        guard (port ?? 1) >= 0, (port ?? 1) <= 65_535 else { throw ValidationError("--port is a number to 65535.") }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("Give --tls-certificate and --tls-key, or neither.")
        }
    }

    func run() throws {
        var start = DeskStart(workspace: try place.folder(), starter: by) { .system }
        (start.address, start.port, start.hosts) = (bind, port, host)
        if let tlsCertificate, let tlsKey { start.tls = TLSFiles(certificate: tlsCertificate, key: tlsKey) }
        if verbose { start.log = { Console.note($0) } }
        let session = try ReviewSession(workspace: start.workspace) { .system }
        if try offline.run(session, by: by, language: place.spoken) { return }
        if terminal {
            let isStyled = ProcessInfo.processInfo.environment["NO_COLOR"] == nil
            var desk = TerminalDesk(session: session, visitor: by, language: place.spoken, isStyled: isStyled)
            return try desk.run()
        }
        let (desk, server) = try start.prepare(routes: ReviewRoutes.all(session))
        let invitation = Invitation(start: start, desk: desk, language: place.spoken, opensBrowser: !noBrowser)
        try Self.wait { try await server.run { port in invitation.print(port) } }
    }

    /// Runs to its end on other threads.
    private static func wait(_ work: @escaping @Sendable () async throws -> Void) throws {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<Void, any Error>>(.success(()))
        Task {
            do { try await work() } catch { result.withLock { $0 = .failure(error) } }
            done.signal()
        }
        done.wait()
        try result.withLock { $0 }.get()
    }
}

/// How people learn where the desk is.
private struct Invitation: Sendable {
    let start: DeskStart
    let desk: Desk
    let language: Language
    let opensBrowser: Bool

    func print(_ port: Int) {
        guard (try? desk.gate.accounts.isEmpty()) ?? false else {
            let url = start.url(port, "/")
            Console.print(url)
            note(en: "Sign in there by name and password. Ctrl-C ends the desk.", zh: "请在该页面用用户名和密码登录。按 Ctrl-C 结束。")
            return open(url)
        }
        let url = link(port)
        Console.print(url)
        note(
            en:
                "The link signs in \(start.starter) once, within five minutes. Enter prints a new one, Ctrl-C ends the desk.",
            zh: "该链接供 \(start.starter) 在五分钟内登录一次。按回车键打印新链接，按 Ctrl-C 结束。")
        open(url)
        // A job in the background that reads from its terminal is stopped.
        guard isatty(0) == 0 || tcgetpgrp(0) == getpgrp() else { return }
        let renewing = Thread { while readLine() != nil { Console.print(link(port)) } }
        renewing.start()
    }

    private func link(_ port: Int) -> String {
        start.url(port, "/open/" + desk.gate.link.make(at: .now))
    }

    private func note(en: String, zh: String) { Console.note(Console.harmless(language(en: en, zh: zh))) }

    /// Where there is a display. Other users of the machine can list the argument; the desk lets none of them in.
    private func open(_ url: String) {
        let environment = ProcessInfo.processInfo.environment
        guard opensBrowser, environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else { return }
        let browser = Process()
        browser.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        browser.arguments = ["xdg-open", url]
        (browser.standardInput, browser.standardOutput, browser.standardError) =
            (FileHandle.nullDevice, FileHandle.nullDevice, FileHandle.nullDevice)
        try? browser.run()
    }
}
