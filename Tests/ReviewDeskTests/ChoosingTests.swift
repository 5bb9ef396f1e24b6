import Foundation
import Pipeline
import Records
import Testing
import Workspace

@testable import ReviewDesk

/// Cells of the person that two records would be, chosen together with saying that they are one.
struct ChoosingTests {
    /// A pair whose preview has other values on offer, with the form that answers it, and one of these.
    private struct Case {
        let pair: PairCase
        let field: String
        let record: DeskRecord

        init(_ session: ReviewSession) throws {
            for listed in try session.queue(DeskFilter(), limit: 200).pairs {
                let pair = try session.pair(listed.pair.id)
                for cell in pair.preview where !cell.value.isEmpty && cell.kind == .address {
                    for record in [pair.a, pair.b] {
                        guard let own = record.cells.first(where: { $0.field == cell.field }), own.isWellFormed,
                            !own.value.isEmpty, ![own.raw, own.value].contains(cell.value)
                        else { continue }
                        (self.pair, field, self.record) = (pair, cell.field, record)
                        return
                    }
                }
            }
            throw CocoaError(.fileNoSuchFile)
        }

        func form(_ answer: String, _ more: [(String, String)] = []) -> [(String, String)] {
            [("answer", answer), ("case", pair.token.text), ("seen", "open"), ("why", "papers")] + more
        }
    }

    private func master(_ desk: RegistryDesk, _ record: DeskRecord, _ field: String) throws -> String {
        let store = try WorkspaceStore.openReadOnly(directory: desk.workspace)
        let number = try store.person(of: record.record)
        let person = try desk.session.person(PersonID.text(number))
        return try #require(person.explanation.cells.first { $0.field == field }).value
    }

    @Test func `U18: a value of another record is saved with the answer, in one commit, and taken back with it`()
        async throws
    {
        let desk = try RegistryDesk()
        let one = try Case(desk.session)
        var li = try await desk.enter("li", [.reviewer])
        let path = "/pairs/\(one.pair.pair.id)"
        let page = await li.get(path).text
        #expect(page.contains("name=\"from-\(one.field)\" form=\"answer\""))
        #expect(page.contains("<option value=\"\(one.record.record)\">"))
        let chosen = [("from-\(one.field)", String(one.record.record))]
        let said = await li.post(path, one.form("same", chosen))
        #expect(said.status == 303)
        let decision = try #require(try desk.events("decision.made").last)
        let cell = try #require(try desk.events("cell.overridden").last)
        #expect(cell.sequence == decision.sequence + 1 && cell.time == decision.time && cell.actor == "li")
        #expect(cell.subjects.contains("event:\(decision.sequence)"))
        try desk.session.reconcile(by: "wu", threads: 1, language: .english)
        let store = try WorkspaceStore.openReadOnly(directory: desk.workspace)
        let text = try #require(try store.liveOverrides().last?.text)
        let own = try #require(one.record.cells.first { $0.field == one.field })
        #expect([own.raw, own.value].contains(text))
        #expect(try master(desk, one.record, one.field) == text)
        #expect(try desk.problems().isEmpty)
        // Whichever of the two is taken back takes the other along.
        _ = try desk.session.undo(cell.sequence, by: "li", reason: "wrong card")
        #expect(try desk.events("word.withdrawn").count == 2)
        try desk.session.reconcile(by: "wu", threads: 1, language: .english)
        #expect(try store.liveOverrides().isEmpty)
        #expect(try store.person(of: one.pair.a.record) != store.person(of: one.pair.b.record))
        #expect(try desk.problems().isEmpty)
    }

    @Test func `a value is typed; the undo of the answer takes it back too`() async throws {
        let desk = try RegistryDesk()
        let one = try Case(desk.session)
        var li = try await desk.enter("li", [.reviewer])
        let typed = [("typed-\(one.field)", "1 Example Road"), ("from-\(one.field)", "")]
        #expect(await li.post("/pairs/\(one.pair.pair.id)", one.form("same", typed)).status == 303)
        let store = try WorkspaceStore.openReadOnly(directory: desk.workspace)
        #expect(try store.liveOverrides().last?.text.lowercased().filter(\.isLetter) == "exampleroad")
        let undone = await li.post(json: "{}", to: "/undo")
        #expect(undone.status == 200)
        #expect(try store.liveOverrides().isEmpty)
        #expect(try desk.session.pair(one.pair.pair.id).pair.state == .open)
        #expect(try desk.problems().isEmpty)
    }

    @Test func `cells are for one person: another answer with them, or a value that is not on offer, saves nothing`()
        async throws
    {
        let desk = try RegistryDesk()
        let one = try Case(desk.session)
        var li = try await desk.enter("li", [.reviewer])
        let (path, before) = ("/pairs/\(one.pair.pair.id)", try desk.lastEvent()?.sequence)
        let other = await li.post(path, one.form("different", [("typed-\(one.field)", "1 Example Road")]))
        #expect(other.status == 400 && other.text.contains("value=\"1 Example Road\""))
        let foreign = await li.post(path, one.form("same", [("from-\(one.field)", "999999")]))
        #expect(foreign.status == 400)
        // The rules for written values hold here too, and what was typed is there again.
        let date = try #require(one.pair.preview.first { $0.kind == .date && !$0.value.isEmpty })
        let bad = await li.post(path, one.form("same", [("typed-\(date.field)", "soon")]))
        #expect(bad.status == 400 && bad.text.contains("value=\"soon\"") && bad.text.contains("id=\"preview\" open"))
        let future = one.form("same", [("typed-\(date.field)", "2999-01-01")])
        let doubtful = await li.post(path, future)
        if date.field == "birth_date" {
            #expect(doubtful.status == 400 && doubtful.text.contains("name=\"confirmed\""))
        }
        #expect(try desk.lastEvent()?.sequence == before)
        if date.field == "birth_date" {
            #expect(await li.post(path, future + [("confirmed", "1")]).status == 303)
            #expect(try desk.events("cell.overridden").count == 1)
        }
    }

    @Test func `SEC-35: where cells need a second person the answer waits with them, and is agreed to with them`()
        async throws
    {
        let desk = try RegistryDesk()
        let one = try Case(desk.session)
        var li = try await desk.enter("li", [.reviewer])
        var wang = try await desk.enter("wang", [.approver])
        // More cells at once than the rule book lets one person write.
        let texts = one.pair.preview.filter { !$0.value.isEmpty }.prefix(7).map { cell in
            ("typed-\(cell.field)", cell.value)
        }
        try #require(texts.count > 5)
        let form = one.form("same", texts + [("confirmed", "1")])
        #expect(await li.post("/pairs/\(one.pair.pair.id)", form).status == 303)
        let waiting = try desk.session.waiting().map(\.event)
        #expect(waiting.count == 2)
        #expect(try desk.session.pair(one.pair.pair.id).pair.state == .proposed)
        #expect(throws: Failure.self) {
            try desk.session.approve(waiting[0], isRefused: false, by: "li", reason: "mine")
        }
        let agreed = await wang.post("/approvals/\(waiting[1])", [("answer", "grant"), ("reason", "seen")])
        #expect(agreed.status == 303)
        #expect(try desk.session.waiting().isEmpty)
        #expect(try desk.session.pair(one.pair.pair.id).pair.state == .same)
        #expect(try desk.problems().isEmpty)
    }

    @Test func `SEC-34: who may not answer is offered nothing, and values of others are not on offer`() async throws {
        let desk = try RegistryDesk()
        let one = try Case(desk.session)
        var zhou = try await desk.enter("zhou", [.viewer])
        #expect(!(await zhou.get("/pairs/\(one.pair.pair.id)").text.contains("name=\"from-")))
        let sources = Set([one.pair.a.key.source, one.pair.b.key.source])
        if sources.count == 2 {
            let own = try #require(sources.first { $0 != one.record.key.source })
            var wu = try await desk.enter("wu", [.reviewer], sources: [own])
            let page = await wu.get("/pairs/\(one.pair.pair.id)").text
            #expect(!page.contains("<option value=\"\(one.record.record)\">"))
            let chosen = one.form("same", [("from-\(one.field)", String(one.record.record))])
            #expect(await wu.post("/pairs/\(one.pair.pair.id)", chosen).status == 400)
        }
    }
}
