import Records
import TestSupport
import Testing

@testable import Matching

/// A register that changes from run to run: going on from what the run before kept finds what comparing everything finds.
@Suite struct MatchAgainTests {
    private static let fields = [
        Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
        Field(name: "birth_date", kind: .date), Field(name: "phone", kind: .phone), Field(name: "city", kind: .city),
    ]

    private static let plan = MatchPlan(
        keys: [
            .init([.init(field: 0), .init(field: 1)]), .init([.init(field: 2)]), .init([.init(field: 3)]),
            .init([.init(field: 1), .init(field: 2, transform: "year")]), .init([.init(field: 4)], atMost: 10),
        ],
        comparisons: [
            .init(field: 0, comparator: "given_name"), .init(field: 1, comparator: "surname"),
            .init(field: 2, comparator: "date"), .init(field: 3, comparator: "phone"),
            .init(field: 4, comparator: "city"),
        ], decide: .init(merge: 0.9, review: 0.05))

    /// The rows of a register by record id, as they are one week.
    private struct Register {
        var rows: [(id: String, cells: [String])]

        var table: RecordTable {
            var builder = RecordTableBuilder(MatchAgainTests.fields)
            builder.add(rows.map(\.cells), recordIDs: rows.map(\.id))
            return builder.table()
        }
    }

    private static let start: Register = {
        let records = SmallRegistry.shared.records
        return Register(
            rows: (0..<1_400).map { row in
                ("r\(row)", fields.indices.map { records.value(row, $0) })
            })
    }()

    /// Removes, alters and adds rows, and puts some in another place.
    private static func change(_ register: Register, share: Double, _ random: inout SeededRandom) -> Register {
        let spare = SmallRegistry.shared.records
        var rows = register.rows
        let count = max(1, Int(Double(rows.count) * share))
        for _ in 0..<count {
            switch random.below(5) {
            case 0: rows.remove(at: random.below(rows.count))
            case 1:
                let row = random.below(spare.count)
                rows.insert(
                    ("n\(random.below(1_000_000_000))", fields.indices.map { spare.value(row, $0) }),
                    at: random.below(rows.count + 1))
            case 2:
                let moved = rows.remove(at: random.below(rows.count))
                rows.insert(moved, at: random.below(rows.count + 1))
            default:
                let (row, field) = (random.below(rows.count), random.below(fields.count))
                rows[row].cells[field] =
                    random.below(4) == 0 ? "" : spare.value(random.below(spare.count), field)
            }
        }
        return Register(rows: rows)
    }

    private static func pinned(_ matches: Matches, _ schema: Schema) -> PinnedModel {
        PinnedModel(
            path: "model.json",
            fields: matches.comparisons.map { .init(name: $0.field, comparator: $0.comparator, levels: $0.levels) },
            classes: matches.model.classes, basis: matches.model.basis)
    }

    private static func same(_ left: Matches, _ right: Matches) -> Bool {
        left.groups == right.groups && left.pairs.count == right.pairs.count
            && zip(left.pairs, right.pairs).allSatisfy { x, y in
                x.a == y.a && x.b == y.b && x.levels == y.levels && x.probability == y.probability && x.key == y.key
                    && x.outcome == y.outcome && x.likeliestClass == y.likeliestClass
            } && left.model.expectedPrecision?.value == right.model.expectedPrecision?.value
            && left.model.expectedRecall?.value == right.model.expectedRecall?.value
            && left.model.lines == right.model.lines
    }

    @Test(arguments: 0..<6)
    func `whatever the order of changes, only changed records are compared and the result is that of comparing all`(
        _ seed: Int
    ) throws {
        var random = SeededRandom(seed: UInt64(100 + seed))
        let first = try Matcher.begin(Self.start.table, plan: Self.plan, threads: 2)
        let model = Self.pinned(first.matches, Schema(Self.fields))
        var kept = first.kept(threads: 1)
        var register = Self.start
        for step in 0..<8 {
            register = Self.change(register, share: [0.01, 0.05, 0.002, 0.3][step % 4], &random)
            let table = register.table
            let decisions = step % 2 == 0 ? [] : Self.decisions(table, &random)
            let again = try #require(
                try Matcher.goOn(
                    table, plan: Self.plan, decisions: decisions, with: model, from: kept, threads: 1 + step % 2))
            let whole = try #require(
                try Matcher.goOn(table, plan: Self.plan, decisions: decisions, with: model, from: nil, threads: 2))
            #expect(Self.same(again.matches, whole.matches))
            #expect(again.kept(threads: 2) == whole.kept(threads: 1))
            let reuse = try #require(again.reuse)
            #expect(reuse.changedRecords < table.count)
            #expect(reuse.comparedPairs < whole.reuse?.comparedPairs ?? 0)
            kept = again.kept(threads: 2)
            // The same model as a file that a rule book names: compared the way a first run does.
            let fixed = try Matcher.match(table, plan: Self.plan, decisions: decisions, pinned: model, threads: 2)
            #expect(fixed.groups == again.matches.groups)
            #expect(fixed.pairs.map(\.levels) == again.matches.pairs.map(\.levels))
            #expect(fixed.pairs.map(\.outcome) == again.matches.pairs.map(\.outcome))
        }
    }

    private static func decisions(_ table: RecordTable, _ random: inout SeededRandom) -> [Decision] {
        (0..<6).map { number in
            Decision(
                table.key(random.below(table.count)), table.key(random.below(table.count)),
                [.same, .different, .unsure][number % 3], by: "li", reason: "", at: "2026-01-05T08:00:00Z")
        }
    }

    @Test func `with nothing changed nothing is compared, and all comes out again`() throws {
        let first = try Matcher.begin(Self.start.table, plan: Self.plan, threads: 2)
        let model = Self.pinned(first.matches, Schema(Self.fields))
        let again = try #require(
            try Matcher.goOn(
                Self.start.table, plan: Self.plan, with: model, from: first.kept(threads: 2), threads: 2))
        #expect(
            again.reuse
                == MatchReuse(changedRecords: 0, comparedPairs: 0, keptPairs: first.kept(threads: 1).pairs.count))
        #expect(Self.same(again.matches, first.matches))
        #expect(again.matches.blocking.map(\.pairs) == first.matches.blocking.map(\.pairs))
        #expect(again.drift == nil)
    }

    @Test func `a value that becomes common is compared again wherever it stands`() throws {
        // One row in 300 holds a common name; the levels of all who bear it change when it becomes one.
        var register = Register(rows: Array(Self.start.rows.prefix(1_000)))
        for row in 0..<3 { register.rows[row].cells[1] = "zzyzxwood" }
        let first = try Matcher.begin(register.table, plan: Self.plan, threads: 1)
        let model = Self.pinned(first.matches, Schema(Self.fields))
        var later = register
        later.rows[500].cells[1] = "zzyzxwood"
        let again = try #require(
            try Matcher.goOn(later.table, plan: Self.plan, with: model, from: first.kept(threads: 1), threads: 1))
        #expect(again.reuse?.changedRecords ?? 0 >= 4)
        let whole = try #require(try Matcher.goOn(later.table, plan: Self.plan, with: model, from: nil, threads: 1))
        #expect(Self.same(again.matches, whole.matches))
    }

    @Test func `records that are in an export twice are compared again, and found`() throws {
        var register = Register(rows: Array(Self.start.rows.prefix(600)))
        register.rows += register.rows.prefix(5)
        let first = try Matcher.begin(register.table, plan: Self.plan, threads: 1)
        let model = Self.pinned(first.matches, Schema(Self.fields))
        let again = try #require(
            try Matcher.goOn(register.table, plan: Self.plan, with: model, from: first.kept(threads: 1), threads: 1))
        #expect(again.reuse?.changedRecords == 10)
        #expect(Self.same(again.matches, first.matches))
    }

    @Test func `of many equal records each makes one pair, with the first, however many there come to be`() throws {
        let register = Register(rows: Array(Self.start.rows.prefix(600)))
        let first = try Matcher.begin(register.table, plan: Self.plan, threads: 1)
        let model = Self.pinned(first.matches, Schema(Self.fields))
        var kept = first.kept(threads: 1)
        // The first of them are taken away now and then, so that another one leads.
        for (step, copies) in [0..<90, 0..<130, 20..<131, 20..<125, 30..<120, 30..<260, 40..<290].enumerated() {
            let made = copies.map { ("copy \($0)", ["Test", "Entry", "1980-02-03", "", "Testville"]) }
            let table = Register(rows: register.rows + made).table
            let named = (0..<2).map { [600, 600 + copies.count / 2][$0] }
            let decisions =
                step < 5
                ? []
                : [
                    Decision(
                        table.key(named[0]), table.key(named[1]), step == 5 ? .different : .same, by: "li", reason: "",
                        at: "2026-01-05T08:00:00Z")
                ]
            let again = try #require(
                try Matcher.goOn(
                    table, plan: Self.plan, decisions: decisions, with: model, from: kept, threads: 1 + step % 2))
            let whole = try #require(
                try Matcher.goOn(table, plan: Self.plan, decisions: decisions, with: model, from: nil, threads: 2))
            #expect(Self.same(again.matches, whole.matches))
            #expect(again.kept(threads: 2) == whole.kept(threads: 1))
            kept = again.kept(threads: 1)
            let fixed = try Matcher.match(table, plan: Self.plan, decisions: decisions, pinned: model, threads: 2)
            #expect(fixed.groups == again.matches.groups)
            let pairs = fixed.pairs.filter { $0.a >= 600 }
            let isLarge = copies.count > Copies.most
            #expect(pairs.count == (isLarge ? copies.count - 1 : copies.count * (copies.count - 1) / 2))
            #expect(fixed.model.warnings.contains { $0.en.contains("hold the same in every field") } == isLarge)
            let apart = step == 5 ? 1 : 0
            #expect(fixed.groups[600...].count { $0 == 600 } == copies.count - apart)
            #expect(fixed.pairs.count { $0.outcome == .decidedDifferent } == apart)
        }
    }

    @Test func `a model is not gone on with under another plan`() throws {
        let first = try Matcher.begin(Self.start.table, plan: Self.plan, threads: 2)
        let model = Self.pinned(first.matches, Schema(Self.fields))
        let fewer = MatchPlan(
            keys: Array(Self.plan.keys.dropLast()), comparisons: Self.plan.comparisons, decide: Self.plan.decide)
        #expect(try Matcher.goOn(Self.start.table, plan: fewer, with: model, from: nil, threads: 2) == nil)
        let lower = MatchPlan(
            keys: Self.plan.keys, comparisons: Self.plan.comparisons, decide: .init(merge: 0.9, review: 0.01))
        #expect(try Matcher.goOn(Self.start.table, plan: lower, with: model, from: nil, threads: 2) == nil)
        let strict = MatchPlan(
            keys: Self.plan.keys, comparisons: Self.plan.comparisons, decide: .init(merge: 0.99, review: 0.05))
        #expect(try Matcher.goOn(Self.start.table, plan: strict, with: model, from: nil, threads: 2) != nil)
    }

    @Test func `a register that has doubled, or agrees otherwise, asks for a new model`() throws {
        let half = Register(rows: Array(Self.start.rows.prefix(600)))
        let first = try Matcher.begin(half.table, plan: Self.plan, threads: 2)
        let model = Self.pinned(first.matches, Schema(Self.fields))
        let whole = try #require(
            try Matcher.goOn(
                Self.start.table, plan: Self.plan, with: model, from: first.kept(threads: 2), threads: 2))
        #expect(whole.drift == .size(before: 600, now: 1_400))
        let full = try Matcher.begin(Self.start.table, plan: Self.plan, threads: 2)
        var moved = Self.start
        for row in moved.rows.indices { moved.rows[row].cells[4] = "town \(row)" }
        let after = try #require(
            try Matcher.goOn(
                moved.table, plan: Self.plan, with: Self.pinned(full.matches, Schema(Self.fields)),
                from: full.kept(threads: 2), threads: 2))
        guard case .levels(let field, let index) = after.drift else {
            Issue.record("no drift of levels")
            return
        }
        #expect(field == "city" && index > ModelDrift.mostShift)
    }
}
