import Foundation
import Importers
import Pipeline
import Records
import Reports
import Testing
import Workspace

@testable import ReviewDesk

/// The queue as a workbook: out, filled in, and in again.
struct OfflineTests {
    private let desk: RegistryDesk
    private let workbook: CaseWorkbook

    init() throws {
        desk = try RegistryDesk()
        workbook = CaseWorkbook(session: desk.session, language: .english)
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try #require(FileManager.default.contents(atPath: path)))
    }

    private func exported(_ most: Int = 6) throws -> [[String]] {
        let path = desk.folder + "/\(UUID().uuidString).xlsx"
        _ = try workbook.write(DeskFilter(), most: most, to: path, by: "li")
        let sheet = try WorkbookSheet(bytes(path))
        let width = (sheet.rows.first?.cells.keys.max() ?? 0) + 1
        return sheet.rows.map { row in
            (0..<width).map { column in
                if case .text(let text)? = row.cells[column] { text } else { "" }
            }
        }
    }

    /// A sheet as another program would save it.
    private func saved(_ rows: [[String]]) throws -> [UInt8] {
        let path = desk.folder + "/\(UUID().uuidString).xlsx"
        let book = FormWorkbook(
            title: "t", sheet: "s", columns: rows[0].map { .init($0, width: 10) }, rows: Array(rows.dropFirst()),
            guideSheet: "g", guide: [], refusal: "")
        try book.write(to: path)
        return try bytes(path)
    }

    private func take(_ rows: [[String]], by name: String = "li", isDryRun: Bool = false) throws -> [String] {
        try workbook.read(try saved(rows), by: name, isDryRun: isDryRun).map(\.outcome.code)
    }

    @Test func `U24: answers of a workbook are decisions, once`() throws {
        var rows = try exported()
        #expect(rows.count == 7 && rows[0][1...3] == ["Answer", "Why", "Comment"] || rows[0][1] == "Answer")
        rows[1][1] = "same person"
        rows[2][1] = "不是同一人"
        (rows[3][1], rows[3][2], rows[3][3]) = (" Cannot tell ", "asked", "nobody home")
        let before = try desk.lastEvent()?.sequence
        #expect(try take(rows, isDryRun: true) == ["saved", "saved", "saved", "blank", "blank", "blank"])
        #expect(try desk.lastEvent()?.sequence == before)
        #expect(try take(rows) == ["saved", "saved", "saved", "blank", "blank", "blank"])
        let last = try #require(try desk.lastEvent()?.sequence)
        let pairs = rows.dropFirst().compactMap { Int($0[0]) }
        #expect(try pairs.map { try desk.session.known($0)?.state }.prefix(3) == [.same, .different, .unsure])
        let reason = try #require(try desk.session.history(ofPair: pairs[2]).last)
        #expect(reason.by == "li" && reason.reason == "asked: nobody home")
        // Sorted, and taken in again: nothing changes.
        let again = try take([rows[0]] + rows.dropFirst().reversed())
        #expect(again == ["blank", "blank", "blank", "known", "known", "known"])
        #expect(try desk.lastEvent()?.sequence == last)
        #expect(try desk.problems().isEmpty)
    }

    @Test func `rows that were changed, forged, stale or in conflict are told apart and not taken`() throws {
        var rows = try exported()
        let key = rows[0].count - 1
        for row in 1...6 { rows[row][1] = "same person" }
        rows[1][8] += "x"
        rows[2][key] = rows[3][key]
        rows[4][key] = String(rows[4][key].dropLast()) + (rows[4][key].hasSuffix("0") ? "1" : "0")
        rows[5][1] = "perhaps"
        let sixth = try #require(Int(rows[6][0]))
        _ = try desk.session.answer(
            PairAnswer(
                pair: sixth, token: desk.session.pair(sixth).token, verdict: .different, by: "wang",
                reason: "two cards", seen: .open))
        #expect(
            try take(rows) == ["E-XLS-011", "E-XLS-011", "saved", "E-XLS-011", "E-XLS-014", "E-DSK-003"])
        // What somebody took back is not said again by the same file.
        let event = try #require(try desk.events("decision.made").last { $0.actor == "li" })
        _ = try desk.session.undo(event.sequence, by: "li", reason: "wrong row")
        #expect(try take([rows[0], rows[3]]) == ["known"])
        #expect(try desk.session.known(try #require(Int(rows[3][0])))?.state == .open)
        // Two answers for one pair are none.
        var twice = try exported(1)
        twice.append(twice[1])
        (twice[1][1], twice[2][1]) = ("same person", "different persons")
        #expect(try take(twice) == ["E-XLS-012", "E-XLS-012"])
        // Of another workspace, or an earlier run.
        let other = try OfflineTests()
        #expect(try other.exported(1).count == 2)
        twice[2][1] = ""
        #expect(try other.take(twice).first == "E-XLS-011")
        try desk.session.reconcile(by: "li", threads: 1, language: .english)
        let first = try #require(try desk.session.first(DeskFilter()))
        _ = try desk.session.answer(
            PairAnswer(
                pair: first, token: desk.session.pair(first).token, verdict: .unsure, by: "wu", reason: "later",
                seen: .open))
        try desk.session.reconcile(by: "li", threads: 1, language: .english)
        #expect(try take(twice).first == "E-XLS-013")
        #expect(try desk.problems().isEmpty)
    }

    @Test func `U29: ids are covered, nothing is a formula, and the trail knows of the file`() throws {
        let rows = try exported(50)
        let text = rows.joined().joined(separator: "\n")
        var filter = DeskFilter()
        filter.state = .open
        for listed in try desk.session.queue(filter, limit: 50).pairs {
            for record in [listed.a, listed.b].compactMap({ $0 }) {
                for cell in record.cells where isMasked(cell.kind) && cell.raw.count > 8 {
                    #expect(!text.contains(cell.raw), "\(cell.field)")
                }
            }
        }
        let event = try #require(try desk.events("cases.exported").first)
        #expect(event.actor == "li" && event.subjects == ["run:1"])
        let path = desk.folder + "/x.xlsx"
        _ = try workbook.write(DeskFilter(), most: 1, to: path, by: "li")
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(throws: Failure.self) { try workbook.write(DeskFilter(), most: 1, to: path, by: "li") }
        let key = desk.workspace + "/cases.key"
        #expect(try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        #expect(throws: Failure.self) { try workbook.read(bytes(path), by: "li", isDryRun: true) }
    }
}
