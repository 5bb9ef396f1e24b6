package import Records

/// An SQL expression over the typed values of one record, compiled by SQLite: dates are ISO text, numbers are numbers,
/// everything else is its normalised text, missing and malformed dates and numbers are NULL.
///
/// It sees the record's fields and the functions of `WhereFunctions`, no table, file, clock or random number.
package struct WhereExpression: Sendable, Hashable {
    package let sql: String
    /// Indices of the fields the expression reads, ascending.
    package let fields: [Int]

    /// Throws a `Failure` that holds SQLite's words when the expression is no SQL, names an unknown field, or asks for
    /// something that is not allowed.
    package init(_ sql: String, schema: Schema) throws {
        self.sql = sql
        do {
            let connection = try WhereConnection()
            try connection.createRecord(columns: schema.fields.map(\.name))
            // Compiled bare and in parentheses: text that closes our parenthesis or adds a clause fails one of the two.
            let (bare, columns) = try connection.prepare("SELECT\n\(sql)\nFROM record", selects: 1)
            guard bare.parameterCount == 0 else {
                throw WhereConnection.Problem(message: "parameters such as ? have no value here", refused: nil)
            }
            _ = try connection.prepare("SELECT (\n\(sql)\n) FROM record", selects: 1)
            // SQLite compares names of columns without regard to ASCII case.
            let read = Set(columns.map { $0.lowercased() })
            fields = schema.fields.indices.filter { read.contains(schema.fields[$0].name.lowercased()) }
            _ = try statement(for: schema)
        } catch let problem as WhereConnection.Problem {
            throw Self.failure(sql, problem, schema)
        }
    }

    /// Parameter n is the n-th of `fields`.
    func statement(for schema: Schema) throws -> WhereStatement {
        let connection = try WhereConnection()
        let condition = "SELECT CASE WHEN (\n\(sql)\n) THEN 1 ELSE 0 END"
        if fields.isEmpty { return try connection.prepare(condition, selects: 1).0 }
        let columns = fields.enumerated().map { number, field in
            "?\(number + 1) AS \(WhereConnection.quoted(schema.fields[field].name))"
        }
        return try connection.prepare("\(condition) FROM (SELECT \(columns.joined(separator: ", ")))", selects: 2).0
    }

    private static func failure(_ sql: String, _ problem: WhereConnection.Problem, _ schema: Schema) -> Failure {
        if let refused = problem.refused {
            return Failure(
                .badInput, code: "E-WHERE-002",
                Text(
                    en: "the condition “\(sql)” uses \(refused), which a condition may not",
                    zh: "条件“\(sql)”使用了不允许的 \(refused)"),
                advice: Text(
                    en: "use the record's fields, operators and these functions: "
                        + WhereFunctions.allowed.joined(separator: ", "),
                    zh: "只能使用记录的字段、运算符和以下函数：" + WhereFunctions.allowed.joined(separator: "、")))
        }
        let names = schema.fields.map(\.name)
        return Failure(
            .badInput, code: "E-WHERE-001",
            Text(
                en: "the condition “\(sql)” cannot be read: \(problem.message)",
                zh: "条件“\(sql)”无法解析：\(problem.message)"),
            advice: Text(
                en: "write one SQL expression over these fields: " + names.joined(separator: ", "),
                zh: "请写一个 SQL 表达式，可用字段：" + names.joined(separator: "、")))
    }
}
