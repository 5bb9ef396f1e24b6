import ArgumentParser
import Foundation
import Pipeline
import ReviewDesk

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

    @OptionGroup var desk: DeskOptions

    @Option(
        help: """
            Who starts the desk and signs in by the link, or whose answers an import brings (default: the user of the system).
            """)
    var by: String = NSUserName()

    @Flag(help: "Work in this terminal, with the same answers and keys, instead of opening a page.")
    var terminal = false

    @OptionGroup var offline: OfflineOptions

    func run() throws {
        let start = try desk.start(by: by) { .system }
        let language = desk.place.spoken
        let session = try ReviewSession(workspace: start.workspace) { .system }
        if terminal || offline.importPath != nil { try DeskAccounts.checkMayPropose(by, workspace: start.workspace) }
        if try offline.run(session, by: by, language: language) { return }
        if terminal {
            let isStyled = ProcessInfo.processInfo.environment["NO_COLOR"] == nil
            var desk = TerminalDesk(session: session, visitor: by, language: language, isStyled: isStyled)
            return try desk.run()
        }
        let (served, server) = try start.prepare(routes: ReviewRoutes.all(session))
        let invitation = Invitation(start: start, desk: served, language: language, opensBrowser: !desk.noBrowser)
        try DeskOptions.wait { try await server.run { port in invitation.print(port) } }
    }
}
