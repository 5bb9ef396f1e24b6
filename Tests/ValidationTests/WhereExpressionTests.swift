import Records
import TestSupport
import Testing

@testable import Validation

@Suite struct WhereExpressionTests {
    private static let fields = [
        Field(name: "name", kind: .personName), Field(name: "registered", kind: .date),
        Field(name: "last visit", kind: .date),
        Field(name: "income", kind: .number), Field(name: "状态", kind: .text),
    ]
    private static let schema = Schema(fields)

    /// Row 0: 王伟, registered 2020-03-01, visited 2019-12-31, income 900, 死亡.
    private static func table(_ rows: [[String]]) -> RecordTable {
        var builder = RecordTableBuilder(fields)
        builder.add(rows)
        return builder.table { field, cell in
            field.kind == .date
                ? (cell, cell.count == 10 && cell.first != "?") : (cell, Double(cell) != nil || field.kind != .number)
        }
    }

    private static func holds(_ sql: String, _ row: [String]) throws -> Bool {
        let plan = ValidationPlan(
            conditions: [.init(id: "c", expression: sql, severity: .error, fields: [])], today: "2026-11-01")
        return try Validator.check(table([row]), plan: plan, threads: 1).contains { $0.check == "c" }
    }

    @Test(arguments: [
        ("registered > \"last visit\"", true),
        ("registered <= \"last visit\"", false),
        ("income < 1000", true),
        ("income = 900", true),
        ("income > 1000 or 状态 = '死亡'", true),
        ("状态 is null", false),
        ("name like '王%' and length(name) = 2", true),
        ("years_between(\"last visit\", registered) = 0", true),
        ("days_between(\"last visit\", registered) = 61", true),
        ("year(registered) = 2020 and month(registered) = 3 and day(registered) = 1", true),
        ("REGISTERED > '2020-02-29'", true),
        ("registered > \"last visit\" -- a comment", true),
        ("case 状态 when '死亡' then 1 end", true),
        ("1 = 1", true),
        ("null", false),
        ("'text'", false),
    ])
    func expressionsSeeTypedValues(_ sql: String, _ isTrue: Bool) throws {
        #expect(try Self.holds(sql, ["王伟", "2020-03-01", "2019-12-31", "900", "死亡"]) == isTrue)
    }

    @Test(arguments: [
        (["", "2020-03-01", "", "", ""], "registered > \"last visit\"", false),
        (["", "2020-03-01", "", "", ""], "\"last visit\" is null", true),
        (["", "2020-03-01", "?019-13-45", "", ""], "\"last visit\" is null", true),
        (["", "", "", "12,5", ""], "income is null", true),
        (["", "", "", "1e400", ""], "income is null", true),
    ])
    func missingAndMalformedValuesAreNull(_ row: [String], _ sql: String, _ isTrue: Bool) throws {
        #expect(try Self.holds(sql, row) == isTrue)
    }

    @Test func itKnowsWhichFieldsItReads() throws {
        #expect(try WhereExpression("\"last visit\" < registered", schema: Self.schema).fields == [1, 2])
        #expect(try WhereExpression("NAME = 'x'", schema: Self.schema).fields == [0])
        #expect(try WhereExpression("1", schema: Self.schema).fields == [])
    }

    @Test(arguments: [
        "random() > 0", "load_extension('x')", "readfile('/etc/passwd')", "date('now') > registered",
        "julianday(registered) > 0", "strftime('%s', 'now') > 0", "current_timestamp > registered",
        "current_date > registered",
        "(select 1)", "exists (select 1 from sqlite_master)", "name in (select name from sqlite_master)",
        "name in sqlite_master", "name in record", "count(*) > 0", "sum(income) > 0", "row_number() over () = 1",
        "income in (with recursive n(i) as (select 1 union all select i + 1 from n) select i from n)",
        "name -> 'a'", "zeroblob(1000000000)", "sqlite_version()", "changes() = 0", "last_insert_rowid() = 0",
        "randomblob(8)",
    ])
    func whatIsNotPureIsRefused(_ sql: String) {
        let failure = #expect(throws: Failure.self) { try WhereExpression(sql, schema: Self.schema) }
        #expect(failure?.kind == .badInput)
    }

    @Test(arguments: [
        "attach 'x.db' as x", "pragma writable_schema = on", "1; attach 'x.db' as x", "1; select 1",
        "1) from record; pragma page_size; --",
        "delete from record", "1 from record", "1 from record --", "1), (2", "1) + (2", "1, 2", "", "  ", "--",
        "registered >", "unknown = 1",
        "\"unknown\" = 'unknown'", "rowid = 1", "?1 = 1", ":name = 1", "name regexp 'x'", "name match 'x'",
        "1\u{0} + 1",
        "raise(abort, 'x')", String(repeating: "(", count: 100_000), String(repeating: "1+", count: 5000) + "1",
        String(repeating: " ", count: 300_000) + "1",
    ])
    func whatIsNoSingleExpressionIsRefused(_ sql: String) {
        let failure = #expect(throws: Failure.self) { try WhereExpression(sql, schema: Self.schema) }
        #expect(failure?.kind == .badInput)
    }

    @Test func aRefusalNamesTheFunctionAndWhatIsAllowed() {
        let failure = #expect(throws: Failure.self) { try WhereExpression("random() > 0", schema: Self.schema) }
        #expect(failure?.code == "E-WHERE-002")
        #expect(failure?.message.en.contains("random()") == true)
        #expect(failure?.advice?.en.contains("years_between") == true)
    }

    @Test func anUnknownColumnIsNamedWithTheFieldsThereAre() {
        let failure = #expect(throws: Failure.self) { try WhereExpression("registred > 1", schema: Self.schema) }
        #expect(failure?.code == "E-WHERE-001")
        #expect(failure?.message.zh.contains("registred") == true)
        #expect(failure?.advice?.en.contains("registered") == true)
    }

    @Test func aRunawayExpressionIsStopped() throws {
        let branches = (0..<5000).map { "when income=\($0 + 1000) then 0" }.joined(separator: " ")
        let failure = #expect(throws: Failure.self) {
            try Self.holds("case \(branches) end", ["王伟", "", "", "900", ""])
        }
        #expect(failure?.code == "E-WHERE-003")
        #expect(failure?.message.en.contains("steps") == true)
    }

    @Test(arguments: ["like", "glob"])
    func `SEC-26: a pattern of a rule book that is made to take for ever does not`(_ verb: String) throws {
        let (any, text) = (verb == "like" ? "%" : "*", String(repeating: "a", count: 3_000))
        let pattern = String(repeating: any + "a", count: 90) + any + "b"
        let start = ContinuousClock.now
        _ = try? Self.holds("\"状态\" \(verb) '\(pattern)'", ["王伟", "", "", "900", text])
        #expect(ContinuousClock.now - start < .seconds(5))
        let failure = #expect(throws: Failure.self) {
            try Self.holds("\"状态\" \(verb) '\(pattern)\(pattern)'", ["王伟", "", "", "900", text])
        }
        #expect(failure?.code.hasPrefix("E-WHERE") == true)
    }

    @Test func anErrorWhileComputingNamesTheCheckAndTheLineAndNoRecordID() {
        let failure = #expect(throws: Failure.self) {
            try Self.holds("abs(-9223372036854775807 - 1) > 0 and name = '王伟'", ["王伟", "", "", "", ""])
        }
        #expect(failure?.message.en.contains("check c failed on the record in line 2 of a") == true)
    }

    @Test func fieldNamesAreQuoted() throws {
        let odd = Schema([Field(name: "a\"b; drop table record", kind: .text), Field(name: "select", kind: .text)])
        #expect(try WhereExpression("\"a\"\"b; drop table record\" = \"select\"", schema: odd).fields == [0, 1])
    }

    @Test func allowedFunctionsAreSortedAndKnownToSQLite() throws {
        #expect(WhereFunctions.allowed == WhereFunctions.allowed.sorted())
        let arguments = ["", "income", "income, income", "income, income, income"]
        for function in WhereFunctions.allowed {
            #expect(
                arguments.contains { (try? WhereExpression("\(function)(\($0))", schema: Self.schema)) != nil },
                "\(function)")
        }
    }
}
