import GRDBSQLite
import Standards

/// What a `where` expression may call: pure functions alone, so that the same record always gets the same answer.
///
/// SQLite's own date functions are left out because they know `now`; the five here take their place.
enum WhereFunctions {
    /// Lower case, ascending.
    static let allowed = [
        "abs", "ceil", "ceiling", "char", "coalesce", "day", "days_between", "floor", "format", "glob", "hex", "ifnull",
        "iif", "instr", "length", "like", "lower", "ltrim", "max", "min", "mod", "month", "nullif", "pow", "power",
        "printf", "replace", "round", "rtrim", "sign", "sqrt", "substr", "substring", "trim", "trunc", "typeof",
        "unicode", "upper", "year", "years_between",
    ]

    /// Adds to a connection: `year(d)`, `month(d)`, `day(d)`, `days_between(from, to)` and `years_between(from, to)`, the
    /// age in completed years. Days are ISO text; anything else gives NULL.
    static func register(on connection: OpaquePointer) {
        add("year", 1, on: connection) { context, _, arguments in answer(context, date(arguments, 0)?.year) }
        add("month", 1, on: connection) { context, _, arguments in answer(context, date(arguments, 0)?.month) }
        add("day", 1, on: connection) { context, _, arguments in answer(context, date(arguments, 0)?.day) }
        add("days_between", 2, on: connection) { context, _, arguments in
            guard let from = date(arguments, 0), let to = date(arguments, 1) else {
                return sqlite3_result_null(context)
            }
            answer(context, to.dayNumber - from.dayNumber)
        }
        add("years_between", 2, on: connection) { context, _, arguments in
            guard let from = date(arguments, 0), let to = date(arguments, 1) else {
                return sqlite3_result_null(context)
            }
            // Both packed as year, month, day: the difference divided by 10000 is the number of birthdays passed.
            answer(context, (Int(to.packed) - Int(from.packed)) / 10000)
        }
    }

    private typealias Function =
        @convention(c) (
            OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?
        ) -> Void

    private static func add(
        _ name: String, _ count: Int32, on connection: OpaquePointer, _ function: @escaping Function
    ) {
        sqlite3_create_function_v2(
            connection, name, count, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil, function, nil, nil, nil)
    }
}

private func date(_ arguments: UnsafeMutablePointer<OpaquePointer?>?, _ index: Int) -> CivilDate? {
    guard let arguments, let text = sqlite3_value_text(arguments[index]) else { return nil }
    return CivilDate(iso: String(cString: text))
}

private func answer(_ context: OpaquePointer?, _ value: Int?) {
    guard let value else { return sqlite3_result_null(context) }
    sqlite3_result_int64(context, Int64(value))
}
