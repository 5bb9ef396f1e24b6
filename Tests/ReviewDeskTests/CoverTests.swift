import Foundation
import Pipeline
import Records
import Reports
import Testing
import Workspace

@testable import ReviewDesk

/// An account for some sources decides pairs with records of others, and sees nothing of what these say.
struct CoverTests {
    private static let own = "dossier"

    /// Values of a record of another source that no record of the account's source in sight has.
    private func secrets(_ record: DeskRecord, beside own: [DeskRecord]) -> [String] {
        record.cells.filter { cell in
            cell.raw.count > 3 && !own.contains { $0.cells.contains { [$0.raw, $0.value].contains(cell.raw) } }
        }.map(\.raw)
    }

    @Test("SEC-34, SEC-39: cells of other sources are covered on every page", arguments: [Role.reviewer, .approver])
    func covered(role: Role) async throws {
        let desk = try RegistryDesk()
        let session = desk.session
        var filter = DeskFilter()
        (filter.state, filter.sources) = (nil, [Self.own])
        let listed = try session.queue(filter, limit: 1_000).pairs
        let mixed = listed.filter { one in
            guard let a = one.a, let b = one.b else { return false }
            return (a.key.source == Self.own) != (b.key.source == Self.own)
        }
        #expect(mixed.count > 3)
        var li = try await desk.enter("li", [role], sources: [Self.own])
        var seen = 0
        for one in mixed.prefix(6) {
            let two = [one.a, one.b].compactMap { $0 }
            let foreign = try #require(two.first { $0.key.source != Self.own })
            // Records of their own source in the two groups are theirs to see too.
            let groups = try session.pair(one.pair.id).groups
            let own = (two + groups.a + groups.b).filter { $0.key.source == Self.own }
            let page = await li.get("/pairs/\(one.pair.id)?state=all")
            #expect(page.status == 200 && page.text.contains("id=\"covered\""))
            for secret in secrets(foreign, beside: own) {
                seen += 1
                #expect(!page.text.contains(secret), "pair \(one.pair.id): \(secret)")
            }
            let theirs = two.filter { $0.key.source == Self.own }.flatMap(\.cells)
            for cell in theirs where cell.kind == .address && !cell.raw.isEmpty {
                #expect(page.text.contains(cell.raw), "their own source is theirs to see")
            }
            for name in two.map(\.person) where !name.isEmpty {
                let person = await li.get("/persons/\(name)")
                if person.status == 404 { continue }
                let records = try session.person(name).records
                let known = records.filter { $0.key.source == Self.own } + own
                for other in records where other.key.source != Self.own {
                    for secret in secrets(other, beside: known) {
                        #expect(!person.text.contains(secret), "person \(name): \(secret)")
                    }
                }
            }
        }
        #expect(seen > 10)
    }

    @Test func `SEC-34: lists of pairs and of repairs do not tell either`() async throws {
        let desk = try RegistryDesk()
        var filter = DeskFilter()
        (filter.state, filter.sources) = (.open, [Self.own])
        let listed = try desk.session.queue(filter, limit: 25).pairs
        var li = try await desk.enter("li", [.reviewer], sources: [Self.own])
        let queue = await li.get("/pairs").text
        let records = listed.flatMap { [$0.a, $0.b].compactMap { $0 } }
        let own = records.filter { $0.key.source == Self.own }
        let foreign = records.filter { $0.key.source != Self.own }
        #expect(!foreign.isEmpty && queue.contains(Shown.cover))
        for record in foreign {
            #expect(own.contains { $0.name == record.name } || !queue.contains(record.name), "\(record.name)")
        }
        for choice in try desk.session.findings(DeskFindingFilter()).choices[.check] ?? [] {
            var wanted = DeskFindingFilter()
            (wanted.check, wanted.pool) = (choice.value, DeskPool(sources: [Self.own], areas: []))
            let repairs = try desk.session.repairs(wanted)
            if repairs.repairs.isEmpty { continue }
            var zhao = try await desk.enter("zhao-\(choice.value)", [.reviewer], sources: [Self.own])
            let page = await zhao.get("/findings/repairs?check=\(choice.value)").text
            for repair in repairs.repairs {
                let around = repairs.around[repair.finding] ?? []
                for value in [repair.former, repair.value] where value.count > 3 {
                    let isOwn = around.contains { record in
                        record.key.source == Self.own
                            && record.cells.contains { [$0.raw, $0.value].contains(value) }
                    }
                    let isForeign = around.contains { record in
                        record.key.source != Self.own
                            && record.cells.contains { $0.field == repair.field && [$0.raw, $0.value].contains(value) }
                    }
                    if isForeign, !isOwn { #expect(!page.contains(value), "\(repair.finding): \(value)") }
                }
            }
        }
    }

    @Test(
        "SEC-34, SEC-39: cells of records of other areas are covered too",
        arguments: [Role.viewer, .reviewer, .approver])
    func otherAreas(role: Role) async throws {
        let desk = try RegistryDesk()
        var filter = DeskFilter()
        filter.state = nil
        let listed = try desk.session.queue(filter, limit: 1_000).pairs
        let mixed = listed.filter { one in
            guard let a = one.a, let b = one.b else { return false }
            return one.pair.area.count == 6 && (a.area == one.pair.area) != (b.area == one.pair.area)
        }
        try #require(!mixed.isEmpty)
        var seen = 0
        for (number, one) in mixed.prefix(6).enumerated() {
            let two = [one.a, one.b].compactMap { $0 }
            let foreign = try #require(two.first { $0.area != one.pair.area })
            let groups = try desk.session.pair(one.pair.id).groups
            let own = (two + groups.a + groups.b).filter { $0.area == one.pair.area }
            var li = try await desk.enter("li-\(number)", [role], areas: [one.pair.area])
            let page = await li.get("/pairs/\(one.pair.id)?state=all")
            #expect(page.status == 200 && page.text.contains("id=\"covered\""))
            let person = await li.get("/persons/\(foreign.person)")
            for secret in secrets(foreign, beside: own) {
                seen += 1
                #expect(!page.text.contains(secret), "pair \(one.pair.id): \(secret)")
                #expect(!person.text.contains(secret), "person \(foreign.person): \(secret)")
            }
            for cell in own.flatMap(\.cells) where cell.kind == .address && !cell.raw.isEmpty && own.count == 1 {
                #expect(page.text.contains(cell.raw), "their own area is theirs to see")
            }
        }
        #expect(seen > 5)
    }

    @Test func `who works on all sources sees all of them`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let pair = try #require(try desk.session.first(DeskFilter()))
        let page = await li.get("/pairs/\(pair)").text
        #expect(!page.contains("id=\"covered\"") && !page.contains(">\(Shown.cover)<"))
    }
}
