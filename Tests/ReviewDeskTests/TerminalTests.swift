import Pipeline
import Records
import Reports
import Testing
import Workspace

@testable import ReviewDesk

/// The desk at a terminal of 80 columns and 24 rows.
struct TerminalTests {
    @Test(arguments: [Language.english, .chinese])
    func `all keys are told, and the line of keys is whole`(_ language: Language) throws {
        let desk = try RegistryDesk()
        var terminal = TerminalDesk(session: desk.session, visitor: "li", language: language, isStyled: false)
        try terminal.begin()
        func screen() throws -> [String] {
            let lines = try terminal.lines((80, 24))
            #expect(lines.count == 24 && lines.allSatisfy { displayWidth($0) <= 80 })
            return lines
        }
        let pair = try screen()
        #expect(pair[22].hasSuffix(Catalogue.text("terminal-help", language)) && !pair[22].contains("…"))
        #expect(try terminal.take(.character("?")) { _ in nil })
        let help = try screen()
        for key in ["S", "D", "U", "R", "C", "Z", "← →", "↑ ↓", "E", "B", "Q"] {
            #expect(help.contains { $0.hasPrefix(key + " ") })
        }
        #expect(try terminal.take(.character("s")) { _ in nil })
        #expect(try screen() == pair && (try desk.session.lastDecision(by: "li")) == nil)
    }

    @Test func `another reason goes with the next answer, and with no later one`() throws {
        let desk = try RegistryDesk()
        var terminal = TerminalDesk(session: desk.session, visitor: "li", language: .english, isStyled: false)
        try terminal.begin()
        let first = try #require(try desk.session.first(DeskFilter()))
        for key in ["r", "d"] {
            _ = try terminal.lines((80, 24))
            #expect(try terminal.take(.character(Character(key))) { _ in nil })
        }
        #expect(try desk.session.history(ofPair: first).map(\.reason) == ["seen the papers"])
        let next = try #require(try desk.session.first(DeskFilter()))
        _ = try terminal.lines((80, 24))
        #expect(try terminal.take(.character("d")) { _ in nil })
        #expect(try desk.session.history(ofPair: next).map(\.reason) == ["compared both records"])
    }
}
