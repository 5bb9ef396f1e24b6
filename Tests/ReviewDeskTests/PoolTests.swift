import Foundation
import Pipeline
import Records
import Reports
import Testing
import Workspace

@testable import ReviewDesk

/// What lies outside of an account's pool is not there for it, on any page, in any role.
struct PoolTests {
    /// Two of everything that an address can name: of a pool, and of nobody in it.
    private struct Objects {
        let source = "dossier"
        let pairs: (inside: Int, outside: Int)
        let tokens: (inside: String, outside: String)
        let persons: (inside: String, outside: String)
        /// Two of each: one is accepted on the way.
        let findings: (inside: [String], outside: [String])
        let events: (inside: Int, outside: Int)
    }

    private func objects(_ desk: RegistryDesk) throws -> Objects {
        let session = desk.session
        let pool = DeskPool(sources: ["dossier"], areas: [])
        var all = DeskFilter()
        all.state = nil
        let pairs = try session.queue(all, limit: 10_000).pairs
        let inside = try #require(pairs.first { pool.allows($0.pair) && $0.pair.state == .open })
        let outside = try #require(pairs.first { !pool.allows($0.pair) && $0.pair.state == .open })
        func person(_ isInside: Bool) throws -> String {
            for listed in pairs {
                for name in [listed.a?.person, listed.b?.person].compactMap({ $0 }) where !name.isEmpty {
                    if try session.isPerson(session.person(name), in: pool) == isInside { return name }
                }
            }
            throw CocoaError(.fileNoSuchFile)
        }
        func findings(_ source: String) throws -> [String] {
            var filter = DeskFindingFilter()
            filter.source = source
            return try session.findings(filter, limit: 2).findings.map(\.id)
        }
        func say(_ pair: Int) throws -> Int {
            let token = try session.pair(pair).token
            let answer = PairAnswer(
                pair: pair, token: token, verdict: .unsure, by: "wu", reason: "one card", seen: .open)
            return try #require(try session.answer(answer).event)
        }
        return Objects(
            pairs: (inside.pair.id, outside.pair.id),
            tokens: (try session.pair(inside.pair.id).token.text, try session.pair(outside.pair.id).token.text),
            persons: (try person(true), try person(false)),
            findings: (try findings("dossier"), try findings("registry")),
            events: (try say(inside.pair.id), try say(outside.pair.id)))
    }

    /// Path and form of a route for objects of the pool, or outside of it.
    private func request(
        _ route: Route, _ objects: Objects, isInside: Bool, seen: String
    ) -> (path: String, form: [(String, String)], json: String)? {
        let pair = String(isInside ? objects.pairs.inside : objects.pairs.outside)
        let token = isInside ? objects.tokens.inside : objects.tokens.outside
        let person = isInside ? objects.persons.inside : objects.persons.outside
        let finding =
            (isInside ? objects.findings.inside : objects.findings.outside)[
                route.pattern == "/findings/repairs" ? 1 : 0]
        let event = String(isInside ? objects.events.inside : objects.events.outside)
        var path = route.pattern
        if path.hasPrefix("/pairs/{id}") {
            path = path.replacing("{id}", with: pair)
        } else if path.hasPrefix("/persons/{id}") {
            path = path.replacing("{id}", with: person)
        } else if path.contains("{event}") {
            path = path.replacing("{event}", with: event)
        } else if !["/findings/waive", "/findings/repairs"].contains(path) || route.method == .get {
            return nil
        }
        let form = [
            ("answer", route.pattern.hasPrefix("/approvals") ? "grant" : "unsure"), ("case", token),
            ("seen", seen), ("why", "papers"), ("reason", "seen the card"), ("field", "name"), ("value", ""),
            ("finding", finding),
            ("repair", finding + "-0"), ("back", "/findings"),
        ]
        return (path, form, #"{"answer":"unsure","case":"\#(token)","seen":"\#(seen)"}"#)
    }

    @Test(
        "SEC-34: every role, every address that names something, within the pool and outside", arguments: Role.allCases)
    func matrix(role: Role) async throws {
        let desk = try RegistryDesk()
        let objects = try objects(desk)
        var cells = 0
        for isInside in [false, true] {
            for route in ReviewRoutes.all(desk.session) {
                guard let asked = request(route, objects, isInside: isInside, seen: "unsure") else { continue }
                // Changes before it may not matter to this one.
                var browser = try await desk.enter("li", [role], sources: ["dossier"])
                let before = try desk.lastEvent()?.sequence
                let response =
                    switch (route.method, route.kind) {
                    case (.get, _): await browser.get(asked.path)
                    case (.post, .json): await browser.post(json: asked.json, to: asked.path)
                    case (.post, _): await browser.post(asked.path, asked.form)
                    }
                let cell = Comment(
                    rawValue: "\(role) \(route.method) \(asked.path) inside: \(isInside): \(response.status)")
                cells += 1
                if !Policy.allows(route.permission, [role]) {
                    #expect(response.status == 403, cell)
                } else if isInside {
                    #expect(response.status != 404 && response.status != 403 && response.status < 500, cell)
                } else {
                    #expect(response.status == 404, cell)
                    #expect(response.text.contains("E-WEB-404"), cell)
                }
                if response.status >= 400 { #expect(try desk.lastEvent()?.sequence == before, cell) }
            }
        }
        #expect(cells == 2 * 16, "\(cells) cells")
    }

    @Test func `SEC-34: lists, search, groups and findings hold what is of the pool and nothing else`() async throws {
        let desk = try RegistryDesk()
        let pool = DeskPool(sources: ["dossier"], areas: [])
        let session = desk.session
        let everything = try session.search("wang", limit: 10_000)
        let own = try session.search("wang", in: pool, limit: 10_000)
        #expect(own == everything.filter { $0.key.source == "dossier" } && !own.isEmpty && own.count < everything.count)
        let groups = try session.clusters(leastRecords: 2, in: pool, limit: 10_000)
        let all = try session.clusters(leastRecords: 2, limit: 10_000)
        #expect(groups.total == groups.clusters.count && (1..<all.total).contains(groups.total))
        for entry in groups.clusters {
            #expect(!entry.records.isEmpty && entry.records.allSatisfy { $0.key.source == "dossier" })
            #expect(try session.isPerson(session.person(PersonID.text(entry.cluster.person)), in: pool))
        }
        var filter = DeskFindingFilter()
        filter.pool = pool
        let findings = try session.findings(filter, limit: 10_000)
        #expect(findings.findings.allSatisfy { $0.source == "dossier" } && findings.total == findings.findings.count)
        #expect(findings.choices[.source]?.map(\.value) == ["dossier"])
        // By area: six digits of the division code.
        let area = try #require(
            try session.queue(DeskFilter(), limit: 100).pairs.map(\.pair.area).first { !$0.isEmpty })
        let local = DeskPool(sources: [], areas: [String(area.prefix(4))])
        filter.pool = local
        #expect(try session.findings(filter).choices[.area]?.allSatisfy { $0.value.hasPrefix(area.prefix(4)) } == true)
        #expect(try session.search("wang", in: local, limit: 10_000).count < everything.count)
        let objects = try objects(desk)
        var li = try await desk.enter("li", [.reviewer, .operator, .approver], sources: ["dossier"])
        let history = await li.get("/history?who=all").text
        #expect(history.contains("/history/\(objects.events.inside)/undo"))
        #expect(!history.contains("/history/\(objects.events.outside)/undo"))
        for path in ["/exports", "/sample", "/learning"] { #expect(await li.get(path).status == 404, "\(path)") }
        let learn = [("shift", "0"), ("slope", "1000000"), ("decisions", "2")]
        #expect(await li.post("/learning", learn).status == 404)
        var narrow = DeskFilter()
        narrow.sources = ["dossier"]
        let beside = try session.pair(objects.pairs.inside, in: narrow).others.map(\.pair)
        #expect(beside.allSatisfy { pool.allows($0) })
        #expect(await li.get("/runs/1/report").status == 404)
        #expect(await li.get("/search?q=\(objects.persons.outside)").text.contains("class=\"empty\""))
        #expect(await li.get("/persons/P99999999").status == 404)
    }

    @Test func `SEC-34: a word about several persons is seen by who has one of them, and undone by who has all`() throws
    {
        let desk = try RegistryDesk()
        let pool = DeskPool(sources: ["dossier"], areas: [])
        for choice in try desk.session.findings(DeskFindingFilter()).choices[.check] ?? [] {
            var filter = DeskFindingFilter()
            filter.check = choice.value
            var repairs: [Bool: ProposedRepair] = [:]
            for repair in try desk.session.repairs(filter).repairs where repairs.count < 2 {
                let records = try desk.session.person(repair.person).records
                repairs[records.contains { $0.key.source == "dossier" }] = repair
            }
            guard let inside = repairs[true], let outside = repairs[false] else { continue }
            let said = try desk.session.accept([inside.token, outside.token], by: "wu", reason: "cards seen")
            let event = try #require(said.event)
            #expect(try desk.session.isWord(event, in: pool, of: "li"))
            #expect(try !desk.session.isWord(event, in: pool, of: "li", isWhole: true))
            #expect(try desk.session.isWord(event, in: .all, of: "li", isWhole: true))
            return
        }
        Issue.record("no check proposes something for both")
    }

    // MARK: - How much is opened

    @Test func `SEC-38: 300 records an hour beside the queue, and then no more`() {
        let meter = AccessMeter()
        let start = ContinuousClock.now
        for record in 1...300 {
            #expect(meter.open([Int64(record)], by: "li", isWork: false, at: start + .seconds(record)) == .fine)
        }
        let later = start + .seconds(400)
        #expect(meter.open([1, 2, 3], by: "li", isWork: false, at: later) == .fine)
        #expect(meter.open([301], by: "li", isWork: false, at: later) == .tooMany(wait: 3_201, isNews: true))
        #expect(meter.open([301], by: "li", isWork: false, at: later) == .tooMany(wait: 3_201, isNews: false))
        #expect(meter.open([301], by: "wang", isWork: false, at: later) == .fine)
        #expect(meter.open([301, 302], by: "li", isWork: true, at: later) == .fine)
        #expect(meter.open([303], by: "li", isWork: false, at: start + .seconds(3_602)) == .fine)
    }

    @Test func `SEC-38: what somebody decides of what they opened does not count against them`() {
        let meter = AccessMeter()
        let start = ContinuousClock.now
        #expect(meter.open((1...300).map { Int64($0) }, by: "li", isWork: false, at: start) == .fine)
        meter.decide(100, by: "li")
        meter.decide(100, by: "nobody")
        #expect(meter.open((301...400).map { Int64($0) }, by: "li", isWork: false, at: start) == .fine)
        #expect(meter.open([401], by: "li", isWork: false, at: start) != .fine)
        meter.decide(10_000, by: "li")
        #expect(meter.open((401...700).map { Int64($0) }, by: "li", isWork: false, at: start) == .fine)
    }

    @Test func `SEC-38: reviewing 720 pairs an hour is not held up`() {
        let meter = AccessMeter()
        let start = ContinuousClock.now
        for pair in 0..<2_000 {
            let records = [Int64(2 * pair), Int64(2 * pair + 1)]
            #expect(meter.open(records, by: "li", isWork: true, at: start + .seconds(5 * pair)) == .fine)
        }
    }

    @Test func `SEC-38: who reads the register page by page is stopped, and the trail knows once`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        var statuses: [Int] = []
        for name in [
            "wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhao", "zhou", "wu", "xu", "sun", "ma", "zhu",
        ] {
            let response = await li.get("/search?q=\(name)")
            statuses.append(response.status)
            if response.status == 429 {
                #expect(Int(response.header("Retry-After") ?? "") ?? 0 > 0)
                #expect(response.text.contains("E-DSK-011") && !response.text.contains("<tbody>"))
            }
        }
        #expect(statuses.first == 200 && statuses.contains(429), "\(statuses)")
        #expect(try desk.events("access.exceeded").map(\.actor) == ["li"])
        // Work goes on.
        let id = try #require(try desk.session.first(DeskFilter()))
        #expect(await li.get("/pairs/\(id)").status == 200)
        #expect(try desk.problems().isEmpty)
    }

    @Test(
        "SEC-38: lists are counted, whatever they list, but for the queue of open cases",
        arguments: [
            ("/pairs?state=all&page=2", 429), ("/clusters?least=2", 429), ("/findings", 429), ("/pairs?page=2", 200),
            ("/findings/repairs?check=", 429),
        ])
    func lists(path: String, status: Int) async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let before = (1..<AccessMeter.most).map { Int64(1_000_000 + $0) }
        #expect(desk.session.access.open(before, by: "li", isWork: false, at: desk.instants.now) == .fine)
        // Of a check that proposes something.
        let checks = try desk.session.findings(DeskFindingFilter()).choices[.check] ?? []
        let check = try checks.first { choice in
            var filter = DeskFindingFilter()
            filter.check = choice.value
            return try desk.session.repairs(filter).repairs.count > 1
        }?.value
        let wanted = path.hasSuffix("check=") ? path + (try #require(check)) : path
        #expect(await li.get(wanted).status == status)
    }

    @Test func `SEC-38: who decides nothing has no work, all that they open is counted`() async throws {
        let desk = try RegistryDesk()
        var chen = try await desk.enter("chen", [.viewer])
        let before = (0..<AccessMeter.most).map { Int64(1_000_000 + $0) }
        #expect(desk.session.access.open(before, by: "chen", isWork: false, at: desk.instants.now) == .fine)
        #expect(await chen.get("/pairs").status == 429)
        let id = try #require(try desk.session.first(DeskFilter()))
        #expect(await chen.get("/pairs/\(id)").status == 429)
    }

    @Test func `SEC-34: the overview counts what is of the pool, and the trail shows what is about its records`()
        async throws
    {
        let desk = try RegistryDesk()
        let all = try desk.session.overview()
        let pool = DeskPool(sources: ["dossier"], areas: [])
        let own = try desk.session.overview(in: pool)
        var filter = DeskFilter()
        (filter.state, filter.sources) = (.open, pool.sources)
        #expect(own.pairs["open"] == (try desk.session.queue(filter, limit: 1).counts.total))
        #expect((own.pairs["open"] ?? 0) < (all.pairs["open"] ?? 0) && own.rates.isEmpty && !all.rates.isEmpty)
        var findings = DeskFindingFilter()
        findings.pool = pool
        #expect(own.findings.values.reduce(0, +) == (try desk.session.findings(findings, limit: 1).total))
        // One word within and one beside it.
        let pairs = try desk.session.queue(DeskFilter(), limit: 1_000).pairs.map(\.pair)
        let (inside, outside) = (
            try #require(pairs.first(where: pool.allows)), try #require(pairs.first { !pool.allows($0) })
        )
        var events: [Int] = []
        for pair in [inside, outside] {
            let said = try desk.session.answer(
                PairAnswer(
                    pair: pair.id, token: try desk.session.pair(pair.id).token, verdict: .different, by: "chen",
                    reason: "papers", seen: .open))
            events.append(try #require(said.event))
        }
        var zhou = try await desk.enter("zhou", [.auditor], sources: ["dossier"])
        let trail = await zhou.get("/trail").text
        #expect(trail.contains(">\(events[0])<") && !trail.contains(">\(events[1])<"))
        var wu = try await desk.enter("wu", [.auditor])
        let whole = await wu.get("/trail").text
        #expect(whole.contains(">\(events[0])<") && whole.contains(">\(events[1])<"))
    }

    @Test(arguments: ["P00000007", "P7", "p7"])
    func `a person is found by its number, in short too`(text: String) throws {
        let desk = try RegistryDesk()
        let found = try desk.session.search(text)
        #expect(!found.isEmpty && found.contains { $0.person == "P00000007" })
    }

    @Test func `a record is found by its own id, however short`() async throws {
        let desk = try RegistryDesk()
        let record = try #require(try desk.session.search("wang").first)
        #expect(try desk.session.search(record.key.recordID, isWhole: true).contains { $0.key == record.key })
        var li = try await desk.enter("li", [.reviewer])
        let page = await li.get("/search?q=" + PercentEncoding.encode(record.key.recordID)).text
        #expect(page.contains("/persons/\(record.person)"))
        // The beginning of a masked number is still no way in (SEC-39).
        #expect(await li.get("/search?q=1101").text.contains("class=\"empty\""))
    }
}
