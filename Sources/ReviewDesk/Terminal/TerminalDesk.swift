import Foundation
package import Pipeline
package import Records
import Workspace

/// The desk in a terminal, for work over SSH: the same pairs, answers, keys and undo as the page.
package struct TerminalDesk {
    private let session: ReviewSession
    private let visitor: String
    private let language: Language
    private let filter: DeskFilter
    private let isStyled: Bool
    private var current: Int?
    /// What is on the screen, which an answer is about.
    private var seen: (pair: Int, token: CaseToken, state: DeskPair.State)?
    private var message = ""
    private var comment = ""
    /// What the next answer is given for.
    private var why = PairPage.whys[0]
    private var isHelping = false
    private var isFolded = false
    private var start = 0
    /// Without scores, by the reviewer's choice or the rule book's.
    private var isBlind = false

    package init(session: ReviewSession, visitor: String, language: Language, isStyled: Bool) {
        self.session = session
        self.visitor = visitor
        self.language = language
        self.isStyled = isStyled
        filter = DeskFilter()
    }

    /// A key as it was pressed.
    package enum Key: Equatable, Sendable {
        case character(Character)
        case left, right, up, down
        case enter, erase, escape
        /// The terminal is gone.
        case end
    }

    /// Until somebody leaves.
    ///
    /// - Throws: `E-DSK-006` where there is no terminal; as the reading of a workspace.
    package mutating func run() throws {
        guard let terminal = Terminal() else {
            throw Failure(
                .notDone, code: "E-DSK-006", Text(en: "this is no terminal", zh: "这不是终端"),
                advice: Text(
                    en: "Run it in a terminal, or leave --terminal out for the page.",
                    zh: "请在终端中运行，或省略 --terminal 以使用网页。"))
        }
        defer { terminal.leave() }
        try begin()
        while true {
            terminal.show(try lines(terminal.size))
            if try !take(terminal.key(), ask: { terminal.line($0) }) { return }
        }
    }

    /// The first pair comes on the screen.
    mutating func begin() throws { current = try session.first(filter) }

    /// What is on the screen now.
    package mutating func lines(_ size: (columns: Int, rows: Int)) throws -> [String] {
        var screen = TerminalScreen(columns: size.columns, rows: size.rows, language: language, isStyled: isStyled)
        screen.isBlind = try isBlind || session.isBlind
        guard let current else { return screen.empty(message) }
        guard let shown = try pair(current) else { return try lines(size) }
        seen = (current, shown.token, shown.pair.state)
        var said = message
        if [.open, .unsure].contains(shown.pair.state) {
            let hold = try session.take(current, by: visitor)
            if hold.by != visitor { said = hold.text(language) }
        }
        return isHelping
            ? screen.help(message: said) : screen.lines(shown, message: said, isFolded: isFolded, from: start)
    }

    /// - Parameter ask: a line of text, with what stands before it; `nil` when it was left.
    /// - Returns: `false` to leave.
    package mutating func take(_ key: Key, ask: (String) -> String?) throws -> Bool {
        if isHelping, key != .end {
            isHelping = false
            return true
        }
        switch key {
        case .end, .character("q"), .character("Q"): return false
        case .character(let character):
            switch character.lowercased() {
            case "s": try answer(.same)
            case "d": try answer(.different)
            case "u": try answer(.unsure)
            case "z": try undo()
            case "e": isFolded.toggle()
            case "b": try toggleBlind()
            case "c": comment = ask(Catalogue.text("comment", language) + ": ") ?? comment
            case "r":
                let place = (PairPage.whys.firstIndex(of: why) ?? 0) + 1
                why = PairPage.whys[place % PairPage.whys.count]
                message = Catalogue.text("terminal-why", language, ["reason": Catalogue.text("why-\(why)", language)])
            case "?", "？", "h": isHelping = true
            default: break
            }
        case .right: try move { $0.after }
        case .left: try move { $0.before }
        case .up: start = max(0, start - 1)
        case .down: start += 1
        case .enter, .erase, .escape: break
        }
        return true
    }

    private mutating func toggleBlind() throws {
        if try session.isBlind {
            message = Catalogue.text("blind-by-rule", language)
        } else {
            isBlind.toggle()
            message = isBlind ? Catalogue.text("blind-notice", language) : ""
        }
    }

    private mutating func move(_ side: (PairCase) -> Int?) throws {
        guard let current else { return }
        // What was written for one pair is not said of another.
        (start, message, comment, why) = (0, "", "", PairPage.whys[0])
        if let pair = try pair(current), let next = side(pair) { self.current = next }
    }

    /// - Returns: `nil` where a run made since has no such pair: then the first one is the current one.
    private mutating func pair(_ number: Int) throws -> PairCase? {
        do {
            return try session.pair(number, in: filter)
        } catch let failure as Failure where failure.code == "E-DSK-002" {
            (current, seen, start, message) = (try session.first(filter), nil, 0, failure.message(language))
            return nil
        }
    }

    private mutating func answer(_ verdict: Decision.Verdict) throws {
        guard let current, let seen, seen.pair == current, let shown = try pair(current) else { return }
        let reason = Catalogue.text("why-\(why)", language)
        do {
            let said = try session.answer(
                PairAnswer(
                    pair: current, token: seen.token, verdict: verdict, by: visitor,
                    reason: comment.isEmpty ? reason : reason + ": " + comment, seen: seen.state))
            let key = said.isWaiting ? "saved-waiting" : said.event == nil ? "saved-already" : "saved"
            message = Catalogue.text(
                key, language,
                [
                    "answer": Catalogue.text("answer-\(verdict.rawValue)", language),
                    "event": said.event.map(String.init) ?? "",
                ])
            (comment, why, start) = ("", PairPage.whys[0], 0)
            self.current = try shown.after ?? shown.before ?? session.first(filter)
        } catch let failure as Failure where failure.kind != .storage && failure.kind != .verification {
            message = failure.message(language)
        }
    }

    private mutating func undo() throws {
        guard let last = try session.lastDecision(by: visitor) else {
            message = Catalogue.text("history-none", language)
            return
        }
        do {
            let pair = try session.pair(ofDecision: last.event)
            _ = try session.takeBack(last, by: visitor, reason: Catalogue.text("undo-reason", language))
            message = Catalogue.text("undone", language, ["event": String(last.event)])
            (current, start) = (try pair ?? current ?? session.first(filter), 0)
        } catch let failure as Failure where failure.kind != .storage && failure.kind != .verification {
            message = failure.message(language)
        }
    }
}

/// The terminal itself: raw keys, a screen of its own, and everything as it was when it is left.
private final class Terminal {
    private let before: termios

    /// `nil` where input or output is none.
    init?() {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return nil }
        var attributes = termios()
        guard tcgetattr(STDIN_FILENO, &attributes) == 0 else { return nil }
        before = attributes
        cfmakeraw(&attributes)
        // Ctrl-C still ends the process the usual way once the screen was restored: it comes as a byte.
        attributes.c_oflag |= tcflag_t(OPOST)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &attributes)
        write("\u{1B}[?1049h\u{1B}[?25l")
    }

    func leave() {
        write("\u{1B}[?25h\u{1B}[?1049l")
        var attributes = before
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &attributes)
    }

    var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    func show(_ lines: [String]) {
        write("\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J")
    }

    func key() -> TerminalDesk.Key {
        guard let byte = byte() else { return .end }
        switch byte {
        case 3, 4: return .end
        case 13, 10: return .enter
        case 8, 127: return .erase
        case 27:
            guard isReady, self.byte() == UInt8(ascii: "["), let end = self.byte() else { return .escape }
            switch end {
            case UInt8(ascii: "A"): return .up
            case UInt8(ascii: "B"): return .down
            case UInt8(ascii: "C"): return .right
            case UInt8(ascii: "D"): return .left
            default: return .escape
            }
        default:
            var bytes = [byte]
            let length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            while bytes.count < length, let next = self.byte() { bytes.append(next) }
            return String(validating: bytes, as: UTF8.self)?.first.map { .character($0) } ?? .escape
        }
    }

    /// A line of text on the last line of the screen.
    func line(_ prompt: String) -> String? {
        var text = ""
        while true {
            write("\u{1B}[\(size.rows);1H\u{1B}[K\(prompt)\(text)\u{1B}[?25h")
            let pressed = key()
            write("\u{1B}[?25l")
            switch pressed {
            case .enter: return text
            case .escape, .end: return nil
            case .erase: if !text.isEmpty { text.removeLast() }
            case .character(let character) where !character.unicodeScalars.contains { $0.value < 0x20 }:
                if text.count < 200 { text.append(character) }
            default: break
            }
        }
    }

    private var isReady: Bool {
        var wait = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&wait, 1, 50) > 0
    }

    private func byte() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count == 1 { return byte }
            if count < 0, errno == EINTR { continue }
            return nil
        }
    }

    private func write(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }
}
