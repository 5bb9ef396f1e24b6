import Foundation
import Records
import ReviewDesk

/// How people learn where the desk is.
struct Invitation: Sendable {
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
