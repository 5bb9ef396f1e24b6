import Crypto
import Foundation
import Importers
package import Pipeline
package import Records
import Reports
package import Workspace

/// The queue as a workbook, for offices that decide at a desk without this one: a row a pair with three answers to choose from,
/// given back and taken in as if it had been said at the desk.
package struct CaseWorkbook: Sendable {
    package let session: ReviewSession
    package let language: Language

    package init(session: ReviewSession, language: Language) {
        (self.session, self.language) = (session, language)
    }

    /// Columns before those with values: number, answer, reason, comment.
    static let answerColumn = 1
    static let reasonColumn = 2
    static let commentColumn = 3
    static let firstShown = 4
    static let why = ["compared", "papers", "asked", "relatives", "namesakes", "moved", "too-little"]

    private func words(_ key: String, _ values: [String: String] = [:]) -> String {
        Catalogue.text(key, language, values)
    }

    // MARK: Out

    package struct Written: Sendable {
        package let pairs: Int
        /// Pairs of the queue that are not in the workbook.
        package let left: Int
        package let event: Int
    }

    /// Writes the first pairs of a list to a file that is not there yet; the trail knows it.
    ///
    /// - Throws: `E-XLS-005` when there is such a file, `E-XLS-006` for an empty list; `E-OUT-002`.
    package func write(_ filter: DeskFilter, most: Int, to path: String, by name: String) throws -> Written {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Failure(
                .notDone, code: "E-XLS-005", Text(en: "there is a file of that name", zh: "已有同名文件"),
                at: Place(file: path),
                advice: Text(
                    en: "It may hold answers. Name another, or take it away first.", zh: "其中可能有判定结果。请另取名称，或先移走该文件。"))
        }
        let queue = try session.queue(filter, limit: most)
        let pairs = queue.pairs.filter { $0.a != nil && $0.b != nil }
        guard let first = pairs.first?.a else {
            throw Failure(
                .notDone, code: "E-XLS-006", Text(en: "no pair waits for an answer", zh: "没有待核对的记录对"))
        }
        let key = try CaseKeyFile.load(session.workspace, makes: true)
        let run = try session.run()
        let shown = Shown(language: language, isRevealed: false)
        let isBlind = try session.isBlind
        let rows = try pairs.map { listed -> [String] in
            let cells = cells(listed, shown, isBlind: isBlind)
            let caseKey = CaseKey(
                run: run, pair: listed.pair.id, a: listed.pair.a, b: listed.pair.b, state: listed.pair.state,
                said: try session.history(ofPair: listed.pair.id).count)
            return [String(listed.pair.id), "", "", ""] + cells + [caseKey.text(cells, key)]
        }
        let book = FormWorkbook(
            title: words("offline-title"), sheet: words("offline-sheet"), columns: columns(first), rows: rows,
            guideSheet: words("offline-guide"), guide: (1...6).map { words("offline-guide-\($0)") },
            refusal: words("offline-choose"))
        // Nobody else sees it half written, nor with another mode.
        let partial = path + ".part-" + Secret.make().prefix(8)
        defer { try? FileManager.default.removeItem(atPath: partial) }
        try PrivateFile.touch(partial)
        try book.write(to: partial)
        let bytes = FileManager.default.contents(atPath: partial) ?? Data()
        let event = try session.exportedCases(
            pairs: rows.count, file: URL(fileURLWithPath: path).lastPathComponent,
            sha256: Hex.text(SHA256.hash(data: bytes)), by: name)
        try PrivateFile.touch(partial)
        try PrivateFile.rename(partial, to: path)
        return Written(pairs: rows.count, left: queue.counts.total - rows.count, event: event)
    }

    private func columns(_ record: DeskRecord) -> [FormWorkbook.Column] {
        let answers = Decision.Verdict.allCases.map { words("answer-\($0.rawValue)") }
        let reasons = Self.why.map { words("why-\($0)") }
        return [
            .init(words("pair"), width: 7),
            .init(words("offline-answer"), width: 18, isOpen: true, choices: answers),
            .init(words("why"), width: 24, isOpen: true, choices: reasons, isSuggestion: true),
            .init(words("comment"), width: 24, isOpen: true),
            .init(words("probability"), width: 11), .init(words("differs"), width: 20),
            .init(words("record") + " 1", width: 20), .init(words("record") + " 2", width: 20),
        ]
            + record.cells.flatMap { cell in
                ["1", "2"].map { .init("\(cell.field) \($0)", width: Self.width(cell.kind)) }
            } + [.init(words("offline-key"), width: 14)]
    }

    private static func width(_ kind: FieldKind) -> Double {
        switch kind {
        case .address, .street, .text: 30
        case .residentID, .email: 21
        default: 14
        }
    }

    /// As the desk shows them: ids covered but for what differs, and no score where the rule book hides scores.
    private func cells(_ listed: ListedPair, _ shown: Shown, isBlind: Bool) -> [String] {
        guard let a = listed.a, let b = listed.b else { return [] }
        func name(_ record: DeskRecord) -> String {
            shown.visible("\(record.key.source) \(maskedRecordID(record.key.recordID))")
        }
        let probability = isBlind ? "" : Percent.text(listed.pair.probability)
        return [probability, listed.differing.joined(separator: ", "), name(a), name(b)]
            + zip(a.cells, b.cells).flatMap { left, right -> [String] in
                guard left.raw != right.raw else { return [left, right].map { shown.value($0.raw, $0.kind) } }
                let (one, other) = shown.compared(left.raw, right.raw, left.kind)
                return [one, other].map { $0.map(\.text).joined() }
            }
    }

    // MARK: In

    /// What became of a row.
    package enum Outcome: Sendable, Hashable {
        case saved(event: Int?, Decision.Verdict)
        /// It does not count until a second person agrees.
        case proposed(event: Int, Decision.Verdict)
        /// The same answer of the same person is there.
        case known(Decision.Verdict)
        case blank
        case refused(Failure)

        package static func == (a: Outcome, b: Outcome) -> Bool { a.code == b.code }

        package func hash(into hasher: inout Hasher) { hasher.combine(code) }

        /// `saved`, `proposed`, `known`, `blank`, or the code of a failure.
        package var code: String {
            switch self {
            case .saved: "saved"
            case .proposed: "proposed"
            case .known: "known"
            case .blank: "blank"
            case .refused(let failure): failure.code
            }
        }
    }

    package struct Row: Sendable {
        /// As the program that shows the sheet counts.
        package let number: Int
        /// `nil` when the row does not say, or says it wrongly.
        package let pair: Int?
        package let outcome: Outcome
    }

    /// Takes answers in, row by row; what cannot be taken is left out and told. A workbook that is taken in again changes nothing.
    ///
    /// - Parameter isDryRun: only says what would come of it.
    /// - Throws: `E-XLS-001`, `E-XLS-002`, `E-XLS-007` for a sheet that is none of these; `E-XLS-003`, `E-XLS-004` for the key.
    package func read(_ bytes: [UInt8], by name: String, isDryRun: Bool) throws -> [Row] {
        let key = try CaseKeyFile.load(session.workspace, makes: false)
        let sheet = try WorkbookSheet(bytes)
        let titles = Language.allCases.map { Catalogue.text("offline-key", $0) }
        guard let header = sheet.rows.first,
            let last = header.cells.first(where: { cell in titles.contains { .text($0) == cell.value } })?.key,
            last > Self.firstShown
        else {
            throw Failure(
                .badInput, code: "E-XLS-007",
                Text(en: "the first sheet has no column of row keys", zh: "第一个工作表没有行密钥列"),
                advice: Text(
                    en: "Give the workbook that qingku review --export made, with its columns.",
                    zh: "请使用 qingku review --export 生成的工作簿，并保留其各列。"))
        }
        let rows = sheet.rows.dropFirst()
        // One pair answered twice with different answers says nothing.
        var answers: [String: Set<String>] = [:]
        for row in rows {
            guard case .text(let text)? = row.cells[last] else { continue }
            if case .text(let answer)? = row.cells[Self.answerColumn], let verdict = Self.verdict(answer) {
                answers[text, default: []].insert(verdict.rawValue)
            }
        }
        return try rows.map { row in
            var text = ""
            if case .text(let found)? = row.cells[last] { text = found }
            let shown = (Self.firstShown..<last).map { column -> String in
                if case .text(let cell)? = row.cells[column] { return cell }
                return ""
            }
            let caseKey = CaseKey(text, shown, key)
            let outcome = try outcome(
                row.cells, caseKey, isAmbiguous: (answers[text]?.count ?? 0) > 1, name, isDryRun)
            return Row(number: row.number, pair: caseKey?.pair, outcome: outcome)
        }
    }

    /// In either language.
    private static func verdict(_ text: String) -> Decision.Verdict? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        return Decision.Verdict.allCases.first { verdict in
            Language.allCases.contains { Catalogue.text("answer-\(verdict.rawValue)", $0).lowercased() == text }
        }
    }

    private func outcome(
        _ cells: [Int: WorkbookSheet.Cell], _ caseKey: CaseKey?, isAmbiguous: Bool, _ name: String, _ isDryRun: Bool
    ) throws -> Outcome {
        let said = [Self.answerColumn, Self.reasonColumn, Self.commentColumn].map { cells[$0] }
        if said.contains(.formula) { return .refused(Self.formula) }
        let texts = said.map { cell -> String in
            if case .text(let text)? = cell { return text.trimmingCharacters(in: .whitespacesAndNewlines) }
            return ""
        }
        if texts[0].isEmpty { return .blank }
        guard let caseKey else { return .refused(Self.forged) }
        guard let verdict = Self.verdict(texts[0]) else { return .refused(Self.unknownAnswer(texts[0])) }
        if isAmbiguous { return .refused(Self.ambiguous) }
        guard try caseKey.run == session.run(), let pair = try session.known(caseKey.pair), pair.a == caseKey.a,
            pair.b == caseKey.b
        else { return .refused(Self.outdated) }
        let history = try session.history(ofPair: pair.id)
        if history.count != caseKey.said || pair.state != caseKey.state {
            if let last = history.last, last.by == name, last.verdict == verdict { return .known(verdict) }
            return .refused(Self.conflict(history.last))
        }
        let reason =
            (texts[1].isEmpty ? words("why-compared") : String(texts[1].prefix(200)))
            + (texts[2].isEmpty ? "" : ": " + texts[2].prefix(1_000))
        let answer = PairAnswer(
            pair: pair.id, token: CaseToken(run: caseKey.run, a: caseKey.a, b: caseKey.b), verdict: verdict, by: name,
            reason: reason, seen: caseKey.state)
        if isDryRun {
            return try session.hold(of: pair.id).flatMap { hold in
                hold.by == name ? nil : .refused(ReviewSession.held(hold))
            } ?? .saved(event: nil, verdict)
        }
        do {
            let done = try session.answer(answer)
            guard let event = done.event else { return .known(verdict) }
            return done.isWaiting ? .proposed(event: event, verdict) : .saved(event: event, verdict)
        } catch let failure as Failure where [.notDone, .busy, .badInput].contains(failure.kind) {
            return .refused(failure)
        }
    }

    // MARK: What is said of a row

    private static let formula = Failure(
        .badInput, code: "E-XLS-010", Text(en: "a cell to fill in holds a formula", zh: "填写单元格中含有公式"),
        advice: Text(en: "Type the answer as text.", zh: "请以文本填写。"))

    private static let forged = Failure(
        .verification, code: "E-XLS-011",
        Text(
            en: "the row or its key is not as it was exported: what was decided on is not certain",
            zh: "该行或其密钥与导出时不同，无法确定判定的对象"),
        advice: Text(
            en: "Answer this pair at the desk, or in a workbook exported anew.", zh: "请在平台上判定这一对，或重新导出后填写。"))

    private static let ambiguous = Failure(
        .badInput, code: "E-XLS-012",
        Text(en: "the pair stands there twice with different answers", zh: "同一记录对出现两次且答案不同"),
        advice: Text(en: "Leave one of the rows.", zh: "请只保留其中一行。"))

    private static let outdated = Failure(
        .notDone, code: "E-XLS-013", Text(en: "the workbook is of an earlier run", zh: "该工作簿来自较早的一次运行"),
        advice: Text(en: "Export it anew; the pairs may be others now.", zh: "请重新导出；记录对可能已不同。"))

    private static func unknownAnswer(_ text: String) -> Failure {
        func answers(_ language: Language) -> [String] {
            Decision.Verdict.allCases.map { Catalogue.text("answer-\($0.rawValue)", language) }
        }
        return Failure(
            .badInput, code: "E-XLS-014",
            Text(en: "“\(text.prefix(40))” is no answer", zh: "“\(text.prefix(40))”不是可选的答案"),
            advice: Text(
                en: "One of: \(answers(.english).joined(separator: ", ")).",
                zh: "可选：\(answers(.chinese).joined(separator: "、"))。"))
    }

    private static func conflict(_ last: Decision?) -> Failure {
        let said = last.map { "\($0.by): \($0.verdict.rawValue)" } ?? ""
        return Failure(
            .notDone, code: "E-DSK-003",
            Text(
                en: "something else was said of the two since the export\(said.isEmpty ? "" : " (\(said))")",
                zh: "导出之后，这两条记录已有其他判定\(said.isEmpty ? "" : "（\(said)）")"),
            advice: Text(en: "Look at the pair at the desk.", zh: "请在平台上查看这一对。"))
    }
}
